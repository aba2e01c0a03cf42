"""How many ratings and yes/no replies of a folder of JSON lines are read right, wrong or not at all, and which not.

Run: python -m tests.measure.replies_said FOLDER [--failures] [--file PART]"""

# Of the number files only what is tagged as a rating has to be read; any other number has to be left alone.

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from flows.answers.rating import read_one_rating
from flows.answers.reading import Reading
from flows.answers.yes_no import read_yes_no
from tests.measure.tallying import options, tally

RATING = "rating_0_10"


def main() -> int:
    """Print the table; 0 whatever the rates."""
    asked = options(__doc__)
    found = (each for each in rows(asked.folder) if asked.file in each[0])
    tally(found, read=read, judge=judge, kind_of=kind_of, lists_failures=asked.failures)
    return 0


def rows(folder: Path) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for path in sorted(folder.glob("*.jsonl")):
        if any(part in path.name for part in ("boolean", "number", "numeral")):
            for line in path.read_text(encoding="utf-8").splitlines():
                yield path.stem, json.loads(line)


def kind_of(row: Mapping[str, Any]) -> str:
    if row["expected"]["type"] == "confirm":
        return "yes-no"
    return "rating" if RATING in row.get("tags", ()) else "other numbers"


def read(name: str, row: Mapping[str, Any]) -> Reading:
    locale = "es" if "_es" in name else "en-US"
    if kind_of(row) == "yes-no":
        return read_yes_no(row["input"], locale)
    return read_one_rating(row["input"], locale=locale)


def judge(row: Mapping[str, Any], reading: Reading) -> str:
    kind, value = kind_of(row), (reading.reading or {}).get("value")
    if kind == "other numbers":
        return "right" if value is None or value == number_in(row) else "wrong"
    if reading.reading is None:
        return "none"
    return "right" if value == (row["expected"]["value"] if kind == "yes-no" else number_in(row)) else "wrong"


def number_in(row: Mapping[str, Any]) -> float | None:
    expected = row["expected"]
    return float(str(expected["value"]).replace(",", ".")) if expected["type"] == "number" else None


if __name__ == "__main__":
    sys.exit(main())
