"""Times as people text them: what is read, what is refused and why, what is left as the person's own words."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from flows.answers.reading import Reading
from flows.answers.when import read_when
from flows.calendar_words import in_words
from flows.segments import is_gsm7
from tests.flows.replying import cases

NEW_YORK = "America/New_York"
MORNING = datetime(2026, 11, 23, 10, tzinfo=ZoneInfo(NEW_YORK))  # a Monday
TIMES = (
    "friday at 5", "tomorrow", "by Friday", "in 2 hrs", "12/3 at 6pm", "tonight", "next week", "the 5th", "half past 7",
    "a week from tomorrow", "between 5 and 6", "new year's eve",
)  # fmt: skip


def read(text: str, *, locale: str = "en-US", at: datetime = MORNING) -> Reading:
    return read_when(text, locale=locale, zone=NEW_YORK, at=at)


def holds(case: dict[str, str], reading: Reading) -> None:
    answer = reading.reading
    if case["value"] is None:
        assert (answer, reading.reason) == (None, case["reason"])
        return
    assert answer is not None, reading.reason
    wanted = {name: case.get(name) for name in ("value", "grain", "until", "note")}
    assert {name: answer.get(name) for name in wanted} == wanted
    assert reading.rest == case.get("rest", reading.rest)


@pytest.mark.parametrize("case", cases("when_en"))
def test_a_time_in_english_is_read_or_refused(case: dict[str, str]) -> None:
    at = datetime.fromisoformat(case["at"]).replace(tzinfo=ZoneInfo(NEW_YORK))

    holds(case, read(case["text"], at=at))


@pytest.mark.parametrize("case", cases("when_es"))
def test_a_time_in_spanish_is_read_or_refused(case: dict[str, str]) -> None:
    at = datetime.fromisoformat(case["at"]).replace(tzinfo=ZoneInfo(NEW_YORK))

    holds(case, read(case["text"], locale="es-US", at=at))


def test_the_locale_says_which_number_is_the_month() -> None:
    said = {locale: read("12/3", locale=locale).reading for locale in ("en-US", "en-GB", "es-US", "es")}

    assert {locale: answer and str(answer["value"])[:10] for locale, answer in said.items()} == {
        "en-US": "2026-12-03",
        "en-GB": "2027-03-12",
        "es-US": "2027-03-12",
        "es": "2027-03-12",
    }


def test_the_same_words_mean_the_clock_of_the_person() -> None:
    late = datetime(2026, 11, 24, 1, tzinfo=UTC)  # Monday evening in New York, Tuesday night in Madrid

    here = read_when("tomorrow", locale="en", zone=NEW_YORK, at=late).reading
    there = read_when("mañana", locale="es", zone="Europe/Madrid", at=late).reading

    assert (here and here["value"], there and there["value"]) == ("2026-11-24T00:00:00", "2026-11-25T00:00:00")


def test_space_before_a_time_in_two_places_moves_no_words():
    said = "tomorrow call mom at 5"
    plain, moved = read(said), read(f"   {said}")

    assert (moved.reading, moved.rest) == (plain.reading, plain.rest) == (plain.reading, "call mom")


def test_a_long_story_is_read_at_its_opening() -> None:
    assert read("friday at 5 " + "and so on " * 900).reading is not None
    assert read("and so on " * 900 + "friday at 5").reading is None


def test_a_reading_is_read_back_in_the_room_that_phrases_have() -> None:
    for words in TIMES:
        answer = read(words).reading
        for locale in ("en", "es"):
            day, clock = in_words(answer or {}, locale)
            assert len(day) <= 9
            assert len(clock) <= 8
            assert is_gsm7(day + clock)

    assert in_words(read("friday at 5").reading or {}, "en-US") == ("Fr Nov 27", "5:00 PM")
    assert in_words(read("by friday").reading or {}, "es") == ("vi 27 nov", "")
    assert in_words(read("between 5 and 6").reading or {}, "es") == ("lu 23 nov", "18:00")
