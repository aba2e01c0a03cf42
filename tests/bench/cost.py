"""What a month of the default programme costs one person on the telephone network, from the scripts and the words."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from flows.catalogue import load_catalogue
from flows.conversation.library import load_library
from flows.helplines import load_helplines
from flows.rehearsal import US, House, Rehearsal
from flows.segments import count_segments
from service.house import answered_words
from tests.bench.row import Measured, Row, at_most

BEGINS = datetime(2026, 11, 2, 23, 30, tzinfo=UTC)  # half past six in New York
DAYS = 28  # a check-in a day; then every second
ANSWERS = ("4", "3")
PROMISES = {"en": ("PROMISE call the bank fri 5pm", "SKIP"), "es": ("PROMESA llamar al banco vie 5pm", "OMITIR")}
CALLS = Path(__file__).resolve().parents[1] / "transcripts" / "calls"
BREAKS = 4  # one guided break a week, by call
WORDS_A_MINUTE, SECONDS_A_KEY = 150.0, 3.0


def texts_of_a_month(locale: str) -> list[str]:
    """Every text of four weeks: a check-in answered each day, and a promise a week."""
    library, helplines = load_library(), load_helplines()
    house = House(library, load_catalogue(answered_words=answered_words(library)), helplines)
    person = Rehearsal(house, at=BEGINS, zone="America/New_York", locale=locale)
    lines: list[str] = []
    for day in range(DAYS):
        lines += person.service_begins("check-in")
        for answer in (*ANSWERS, *(PROMISES[locale] if day % 7 == 0 else ())):
            lines += person.person_says(answer)
        lines += person.time_passes(person.now + timedelta(days=1))
    return [line.removeprefix(US) for line in lines if line.startswith(US)]


def call_minutes(locale: str) -> float:
    """How long a guided break lasts on the telephone, from what is said and pressed on the golden one."""
    written = (CALLS / ("guided-break.txt" if locale == "en" else "guided-break-es.txt")).read_text(encoding="utf-8")
    lines = written.splitlines()
    silent = sum(int(pause) for pause in re.findall(r"\[(\d+) s\]", written))
    words = sum(len(line.split()) - 1 for line in lines if line.startswith(US) and "[" not in line)
    pressed = sum(line[:3].isupper() and not line.startswith(US) for line in lines)
    return words / WORDS_A_MINUTE + (silent + pressed * SECONDS_A_KEY) / 60


def _segments(locale: str) -> Callable[[], Iterator[Measured]]:
    def runs() -> Iterator[Measured]:
        texts = texts_of_a_month(locale)
        yield Measured(sum(count_segments(text).segments for text in texts), len(texts))

    return runs


def _minutes(locale: str) -> Callable[[], Iterator[Measured]]:
    def runs() -> Iterator[Measured]:
        minutes = call_minutes(locale)
        yield Measured(BREAKS * minutes, BREAKS * math.ceil(minutes))

    return runs


ROWS = tuple(
    row
    for locale, language in (("en", "English"), ("es", "Spanish"))
    for row in (
        Row(f"cost in texts, {language}", "segments a month", "one a prompt", at_most(1), _segments(locale), times=1),
        Row(f"cost in calls, {language}", "minutes a month", "what is billed", at_most(1), _minutes(locale), times=1),
    )
)
