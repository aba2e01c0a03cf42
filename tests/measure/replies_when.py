"""How many replies of a folder of JSON lines are read right, wrong or not at all: a table, and the failures by kind.

Run: python -m tests.measure.replies_when FOLDER [--failures] [--file PART]"""

# Each line has `input`, `reference_time`, `expected` and `tags`. Rows about a convention, another zone or the past are
# counted apart: libraries differ there, or our contract has no such answer.


from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path

from flows.answers.reading import Reading
from flows.answers.recurrence import read_recurrence
from flows.answers.when import read_when
from tests.measure.tallying import options, tally

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
    asked = options(__doc__)
    tally(
        rows(asked.folder, asked.file), read=read, kind_of=kind_of, lists_failures=asked.failures,
        judge=lambda row, reading: judge(row["expected"], reading, reference(row)),
    )  # fmt: skip
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


if __name__ == "__main__":
    sys.exit(main())
