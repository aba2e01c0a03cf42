"""What holds of every text about time: no fault, no delay, nothing over, and dress changes nothing."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.answers.calendar.english import ENGLISH
from flows.answers.calendar.openings import openings
from flows.answers.calendar.spanish import SPANISH
from flows.answers.reading import Reading
from flows.answers.recurrence import read_recurrence
from flows.answers.when import read_when
from flows.folding import word_set
from tests.flows.replying import cases

NEW_YORK = "America/New_York"
MORNING = datetime(2026, 11, 23, 10, tzinfo=ZoneInfo(NEW_YORK))  # a Monday
MOST_SECONDS = 0.02
READERS: tuple[Callable[..., Reading], ...] = (read_when, read_recurrence)
LOCALES = ("en-US", "en-GB", "es-US", "es")
ZONES = sorted(zone for zone in available_timezones() if "/" in zone and not zone.startswith("Etc/"))

_WORDS = st.sampled_from(
    sorted(
        word_set(
            "friday mon sat next this last by before after between and to at in the on 5 12 7pm 17:30 3/4 31 2nd "
            "may december half quarter past noon midnight tonight tomorrow morning week weekend month year hour "
            "minutes "
            "a 2 from ago every other end of day until early late mid latest within time same first third twice 2-4 "
            "2h30 ½ lunes mañana viernes próximo a las dentro de media hora hasta tarde noche cada dos semana "
            "que viene entre "
            "principios fin mes último 9999 2199 feb 29 christmas navidad not or - , . : ' \" ( 🙂"
        )
    )
)
_TEXTS = st.one_of(st.text(max_size=10_000), st.lists(_WORDS, max_size=9).map(" ".join))


def read_by(reader: Callable[..., Reading], text: str, locale: str) -> Reading:
    return reader(text, locale=locale, zone=NEW_YORK, at=MORNING)


@settings(max_examples=400)
@given(_TEXTS, st.sampled_from(LOCALES), st.sampled_from(READERS))
def test_any_text_is_read_without_a_fault_and_within_itself(text: str, locale: str, reader: Callable[..., Reading]):
    found = read_by(reader, text, locale)

    assert (found.reading is None) == (found.span is None)
    if found.span is not None:
        assert 0 <= found.span[0] < found.span[1] <= len(text)


def quickest(text: str) -> float:
    """Seconds of this thread that the slowest of all readers takes, at its best of three."""
    worst = 0.0
    for reader in READERS:
        for locale in ("en-US", "es"):
            took = []
            for _ in range(3):
                began = time.thread_time()
                read_by(reader, text, locale)
                took.append(time.thread_time() - began)
            worst = max(worst, min(took))
    return worst


@settings(max_examples=60)
@given(st.lists(_WORDS, min_size=1, max_size=5), st.sampled_from([" ", "", ", ", " and ", "-", "\n"]))
def test_ten_thousand_letters_take_no_longer_than_a_text(words: list[str], join: str):
    unit = join.join(words) + join
    text = (unit * (10_000 // len(unit) + 1))[:10_000] if unit.strip() else unit
    quickest(text[:200])  # patterns are compiled at their first use

    assert quickest(text) < MOST_SECONDS


@pytest.mark.parametrize(
    "sign", ["1", "a", " ", "½", ".", "\n", "ñ", "🙂", "0", "-", "'", "at ", "12/", "monda ", "9:", "{", "("]
)
def test_a_single_sign_over_and_over_takes_no_longer(sign: str):
    quickest(sign)

    assert quickest((sign * 10_000)[:10_000]) < MOST_SECONDS


def dressed(text: str) -> list[str]:
    """The same reply as other thumbs and telephones write it."""
    return [
        f"  {text} ", f"\n{text}\n", f"\u00a0{text}\u2003", text.upper(), text.title(), text.replace("'", "’"),
        text.replace('"', "”"), f"{text}!", f"{text}.", f"{text}?", f"{text}…", f"{text} !!", f"{text},", f"“{text}”",
        f"'{text}'", f"‘{text}’", f'"{text}"', f"({text})", f"«{text}»", f" {text}  . ",
    ]  # fmt: skip


@pytest.mark.parametrize(("name", "locale"), [("en", "en-US"), ("es", "es-US")])
@pytest.mark.parametrize(("kind", "reader"), [("when", read_when), ("recurrence", read_recurrence)])
def test_dress_changes_no_reading(kind: str, reader: Callable[..., Reading], name: str, locale: str):
    for case in cases(f"{kind}_{name}"):
        text = case.values[0]["text"]
        plain = read_by(reader, text, locale)
        for other in dressed(text):
            found = read_by(reader, other, locale)
            assert (found.reading, found.reason) == (plain.reading, plain.reason), other


@settings(max_examples=300)
@given(st.lists(_WORDS, max_size=6).map(" ".join), st.sampled_from(LOCALES), st.sampled_from(READERS))
def test_dress_changes_no_reading_of_any_words(text: str, locale: str, reader: Callable[..., Reading]):
    plain = read_by(reader, text, locale).reading

    for other in (f"  {text} ", text.upper(), f"{text} ", f"\t{text}\n"):
        assert read_by(reader, other, locale).reading == plain


def turns_of_clocks(zone: str, year: int) -> list[datetime]:
    """The instants at which clocks there are put forward or back in that year, to the hour."""
    there, start = ZoneInfo(zone), datetime(year, 1, 1, tzinfo=UTC)
    hours = [start + timedelta(hours=hour) for hour in range(0, 366 * 24, 6)]
    offsets = [hour.astimezone(there).utcoffset() for hour in hours]
    return [hour for hour, one, other in zip(hours, offsets, offsets[1:], strict=False) if one != other]


@settings(max_examples=300)
@given(
    st.lists(_WORDS, max_size=6).map(" ".join),
    st.sampled_from(ZONES),
    st.datetimes(datetime(2020, 1, 1), datetime(2090, 1, 1)),
    st.sampled_from(LOCALES),
)
def test_nothing_that_is_read_is_over_in_any_zone(text: str, zone: str, moment: datetime, locale: str):
    assert_not_over(text, zone, moment.replace(tzinfo=UTC), locale)


@settings(max_examples=80)
@given(
    st.lists(_WORDS, max_size=5).map(" ".join),
    st.sampled_from([NEW_YORK, "Europe/Madrid", "Australia/Lord_Howe", "America/Santiago", "Africa/Casablanca"]),
    st.integers(0, 1),
    st.integers(-120, 480),
    st.sampled_from(LOCALES),
)
def test_nothing_that_is_read_is_over_while_clocks_change(text: str, zone: str, turn: int, minutes: int, locale: str):
    turns = turns_of_clocks(zone, 2026)

    assert_not_over(text, zone, turns[turn] + timedelta(minutes=minutes), locale)


def assert_not_over(text: str, zone: str, at: datetime, locale: str) -> None:
    answer = read_when(text, locale=locale, zone=zone, at=at).reading
    if answer is None:
        return
    there = ZoneInfo(zone)
    now = at.astimezone(there).replace(tzinfo=None)
    value = datetime.fromisoformat(str(answer["value"]))
    until = datetime.fromisoformat(str(answer.get("until") or answer["value"]))

    # In the hour that clocks show twice the second showing of a time may be the one that is meant.
    assert value >= now or value.replace(tzinfo=there, fold=1).astimezone(UTC) >= at, answer
    assert until >= value, answer


@pytest.mark.parametrize("language", [ENGLISH, SPANISH], ids=["en", "es"])
def test_a_rule_is_tried_at_every_word_it_could_read(language) -> None:
    """What decides which rules are tried reads patterns by itself; here Python's own reading decides."""
    texts = {case.values[0]["text"] for name in ("when_en", "when_es") for case in cases(name)}
    for each in language.rules:
        begins = openings(each.pattern)
        for text in texts:
            for found in re.finditer(each.pattern, text.lower()):
                opening = text.lower()[found.start() : found.start() + 2]
                assert opening in begins or opening[0] in begins, (each.pattern, found[0])
