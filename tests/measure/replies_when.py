"""How many replies of a folder of JSON lines are read right, wrong or not at all: a table, and the failures by kind.

Run: python -m tests.measure.replies_when FOLDER [--failures] [--file PART]"""

# Each line has `input`, `reference_time`, `expected` and `tags`. Rows about a convention, another zone or the past are
# counted apart: libraries differ there, or our contract has no such answer.


from __future__ import annotations

import argparse
import json
import statistics
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import perf_counter

from flows.answers.reading import Reading
from flows.answers.recurrence import read_recurrence
from flows.answers.when import read_when

FILES = (
    "duckling_time",
    "chrono",
    "recognizers_datetime",
    "recognizers_recurrence",
    "recognizers_tasksmode",
    "recurrent",
)
APART = ("convention", "part_of_day", "tz", "upstream_lossy", "forwardDate", "reference_impl_fails")
ALMOST = timedelta(minutes=61)  # Duckling's windows end a grain later than we say


def main() -> int:
    """Print the table; 0 whatever the rates."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("folder", type=Path)
    asked.add_argument("--failures", action="store_true")
    asked.add_argument("--file", default="")
    options = asked.parse_args()
    rates: dict[str, Counter[str]] = defaultdict(Counter)
    failures: list[str] = []
    seconds: list[float] = []
    for name, row in rows(options.folder, options.file):
        started = perf_counter()
        reading = read(name, row)
        seconds.append(perf_counter() - started)
        group = f"{name} {kind_of(row)}"
        verdict = judge(row["expected"], reading, reference(row))
        rates[group][verdict] += 1
        if verdict != "right":
            failures.append(line_of(group, verdict, row, reading))
    print_table(rates)
    print(f"median {statistics.median(seconds) * 1000:.3f} ms, longest {max(seconds) * 1000:.1f} ms")
    print("\n".join(sorted(failures)) if options.failures else f"{len(failures)} not right: --failures lists them")
    return 0


def rows(folder: Path, part: str) -> Iterator[tuple[str, Mapping[str, object]]]:
    for path in sorted(folder.glob("*.jsonl")):
        if path.name.startswith(FILES) and part in path.name:
            for line in path.read_text().splitlines():
                yield path.stem, json.loads(line)


def reference(row: Mapping[str, object]) -> datetime:
    written = row.get("reference_time")
    return (
        datetime.fromisoformat(str(written)).replace(tzinfo=UTC) if written else datetime(2012, 8, 10, 12, tzinfo=UTC)
    )


def kind_of(row: Mapping[str, object]) -> str:
    expected, tags = row["expected"], row.get("tags", ())
    if any(tag.startswith(APART) for tag in tags):
        return "(apart)"
    if expected["type"] == "recurrence":
        return "recurrence"
    value = expected.get("value")
    if expected["type"] == "none":
        return "none"
    first = value[0] if isinstance(value, list) else value or expected.get("start")
    if expected["type"] in {"date", "datetime"} and first[:10] < reference(row).date().isoformat():
        return "(apart)"
    return "windows" if "interval" in expected["type"] else "when"


def read(name: str, row: Mapping[str, object]) -> Reading:
    locale = "es" if "_es" in name else "en-US"
    reader = read_recurrence if row["expected"]["type"] == "recurrence" else read_when
    return reader(str(row["input"]), locale=locale, zone="UTC", at=reference(row))


def judge(expected: Mapping[str, object], reading: Reading, at: datetime) -> str:
    answer = reading.reading
    if expected["type"] == "none":
        return "right" if answer is None else "wrong"
    if answer is None:
        return "none"
    if expected["type"] == "recurrence":
        return "right" if same_rule(expected, answer) else "wrong"
    return "right" if same_time(expected, answer, at) else "wrong"


def same_time(expected: Mapping[str, object], answer: Mapping[str, object], at: datetime) -> bool:
    value = datetime.fromisoformat(answer["value"])
    if "interval" in expected["type"]:
        return same_window(expected, answer, at.replace(tzinfo=None))
    wanted = expected["value"] if isinstance(expected["value"], list) else [expected["value"]]
    if expected["type"] == "date":
        return value.date().isoformat() in wanted
    if expected["type"] == "time":
        return value.time().isoformat() in wanted
    letters = {"day": 10, "hour": 13, "minute": 16}.get(expected.get("grain", ""), 19)
    return any(value.isoformat()[:letters] == each[:letters] for each in wanted)


def same_window(expected: Mapping[str, object], answer: Mapping[str, object], now: datetime) -> bool:
    value = datetime.fromisoformat(answer["value"])
    until = datetime.fromisoformat(answer.get("until", answer["value"]))
    if expected["type"] == "open_interval":
        edge = datetime.fromisoformat(expected["value"])
        return abs((until if expected["direction"] == "before" else value) - edge) < timedelta(minutes=1)
    start, end = datetime.fromisoformat(expected["start"]), datetime.fromisoformat(expected["end"])
    if "deadline" in expected:
        return abs(until - end) < timedelta(minutes=1)
    return start <= value <= max(end, now) and until <= end + ALMOST


def same_rule(expected: Mapping[str, object], answer: Mapping[str, object]) -> bool:
    """Whether the rule says all that is expected: RFC 5545 fields, and the time."""
    wanted = expected.get("value")
    rule = dict(part.split("=") for part in str(answer["rrule"]).split(";"))
    if wanted is None:
        shapes = {"P1WE": ("WEEKLY", "SA,SU"), "P1WD": ("WEEKLY", "MO,TU,WE,TH,FR")}
        if expected["timex"] in shapes:
            return (rule["FREQ"], rule.get("BYDAY")) == shapes[expected["timex"]]
        return expected["timex"] == "P0.5Y" and (rule["FREQ"], rule.get("INTERVAL")) == ("MONTHLY", "6")
    fields = {name: str(value).upper() for name, value in wanted.items()}
    clock = fields.pop("time", None)
    if "byhour" in fields:
        clock = f"{int(fields.pop('byhour')):02d}:{int(fields.pop('byminute')):02d}"
    fields.pop("part_of_day", None), fields.pop("dtstart", None), fields.pop("until", None)
    rule.pop("UNTIL", None)
    days = {",".join(sorted(rule.get("BYDAY", "").split(","))), ",".join(sorted(fields.get("byday", "").split(",")))}
    others = all(rule.get(name.upper(), "1") == value for name, value in fields.items() if name != "byday")
    return len(days) == 1 and others and (clock is None or answer.get("time") == clock)


def line_of(group: str, verdict: str, row: Mapping[str, object], reading: Reading) -> str:
    expected = {name: value for name, value in row["expected"].items() if name not in {"type", "grain", "timex"}}
    at = str(row.get("reference_time"))[:16]
    return f"{verdict:5} {group:42} {row['input']!r} at {at} {expected} got {reading.reading} {reading.reason}"


def print_table(rates: Mapping[str, Counter[str]]) -> None:
    for group, counts in sorted(rates.items()):
        total = counts.total()
        shares = " ".join(
            f"{name} {counts[name]:3d} {100 * counts[name] / total:5.1f}%" for name in ("right", "wrong", "none")
        )
        print(f"{group:48} {total:4d}  {shares}")


if __name__ == "__main__":
    sys.exit(main())
