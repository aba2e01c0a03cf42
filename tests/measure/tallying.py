"""A table of how many replies were read right, wrong or not at all, by group, with the time it took."""

from __future__ import annotations

import argparse
import statistics
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from time import perf_counter
from typing import Any

from flows.answers.reading import Reading

Row = Mapping[str, Any]


def options(about: str | None) -> argparse.Namespace:
    """What was asked for on the command line: `folder`, `failures`, `file`."""
    asked = argparse.ArgumentParser(description=about)
    asked.add_argument("folder", type=Path)
    asked.add_argument("--failures", action="store_true")
    asked.add_argument("--file", default="")
    return asked.parse_args()


def tally(
    rows: Iterable[tuple[str, Row]],
    *,
    read: Callable[[str, Row], Reading],
    judge: Callable[[Row, Reading], str],
    kind_of: Callable[[Row], str],
    lists_failures: bool,
) -> None:
    """Reads and judges every row, named by its file, and prints the table; then what was not right, or how many."""
    rates: dict[str, Counter[str]] = defaultdict(Counter)
    failures: list[str] = []
    seconds: list[float] = []
    for name, row in rows:
        started = perf_counter()
        reading = read(name, row)
        seconds.append(perf_counter() - started)
        group = f"{name} {kind_of(row)}"
        verdict = judge(row, reading)
        rates[group][verdict] += 1
        if verdict != "right":
            failures.append(_line_of(group, verdict, row, reading))
    _print_table(rates)
    print(f"median {statistics.median(seconds) * 1000:.3f} ms, longest {max(seconds) * 1000:.1f} ms")
    print("\n".join(sorted(failures)) if lists_failures else f"{len(failures)} not right: --failures lists them")


def _line_of(group: str, verdict: str, row: Row, reading: Reading) -> str:
    expected = {name: value for name, value in row["expected"].items() if name not in {"type", "grain", "timex"}}
    at = str(row.get("reference_time"))[:16]
    return f"{verdict:5} {group:42} {row['input']!r} at {at} {expected} got {reading.reading} {reading.reason}"


def _print_table(rates: Mapping[str, Counter[str]]) -> None:
    for group, counts in sorted(rates.items()):
        total = counts.total()
        shares = " ".join(
            f"{name} {counts[name]:3d} {100 * counts[name] / total:5.1f}%" for name in ("right", "wrong", "none")
        )
        print(f"{group:48} {total:4d}  {shares}")
