"""The manual's table of what is read says what the readers do: its examples are read, or are left alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from flows.answers.choice import read_choice
from service.understand import READ, Line

MANUAL = Path(__file__).resolve().parents[2] / "flows" / "scripts" / "MANUAL.md"
AT = datetime(2026, 11, 23, 15, tzinfo=UTC)
ZONE = ZoneInfo("America/New_York")
READERS = {**READ, "choice": lambda line: read_choice(line.text, 3, line.locale)}
KINDS = ("rating", "yes-no", "choice", "when", "recurrence")


def examples() -> Iterator[tuple[str, str, str, bool]]:
    """Kind, locale, text, and whether it is read: what stands behind the semicolon and before "none" is not."""
    for line in MANUAL.read_text("utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip("|").split(" | ")]
        kind = cells[0].strip(" `")
        if len(cells) != 5 or kind not in KINDS:
            continue
        for locale, cell in zip(("en-US", "es-US"), cells[3:], strict=True):
            read, _, left = cell.partition(";")
            yield from ((kind, locale, text, True) for text in re.findall(r"`([^`]+)`", read))
            yield from ((kind, locale, text, False) for text in re.findall(r"`([^`]+)`", left))


@pytest.mark.parametrize(("kind", "locale", "text", "is_read"), list(examples()))
def test_an_example_of_the_manual_is_as_it_says(kind: str, locale: str, text: str, is_read: bool) -> None:
    found = READERS[kind](Line(text, locale, ZONE, AT))

    assert (found.reading is not None) == is_read, found.reason


def test_every_kind_has_its_row() -> None:
    assert {kind for kind, *_ in examples()} == set(KINDS)
