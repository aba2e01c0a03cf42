"""Times as people text them: what is read, what is refused and why, what is left as the person's own words."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.answers.reading import Reading
from flows.answers.when import read_when
from flows.calendar_words import in_words
from flows.folding import word_set
from flows.segments import is_gsm7
from tests.flows.replying import cases

NEW_YORK = "America/New_York"
MORNING = datetime(2026, 11, 23, 10, tzinfo=ZoneInfo(NEW_YORK))  # a Monday
TIMES = (
    "friday at 5", "tomorrow", "by Friday", "in 2 hrs", "12/3 at 6pm", "tonight", "next week", "the 5th", "half past 7",
    "a week from tomorrow", "between 5 and 6", "new year's eve",
)  # fmt: skip
TIMES_IN_SPANISH = ("el viernes a las 5", "mañana por la tarde", "a fin de mes", "dentro de media hora", "el 3/12")


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


@pytest.mark.parametrize(("words", "locale"), [*((w, "en-US") for w in TIMES), *((w, "es") for w in TIMES_IN_SPANISH)])
def test_dress_does_not_change_what_is_read(words: str, locale: str) -> None:
    plain = read(words, locale=locale).reading

    assert plain is not None
    for dressed in (f"  {words} ", words.upper(), words.replace("'", "’"), f"{words}!", f"{words}.", f"“{words}”"):
        assert read(dressed, locale=locale).reading == plain, dressed


@settings(max_examples=300)
@given(st.text(max_size=400), st.sampled_from(["en-US", "en-GB", "es-US", "es"]))
def test_any_text_at_all_is_read_without_a_fault(text: str, locale: str) -> None:
    found = read(text, locale=locale)

    assert (found.reading is None) == (found.span is None)
    if found.span is not None:
        assert 0 <= found.span[0] < found.span[1] <= len(text)


_WORDS = st.sampled_from(
    sorted(
        word_set(
            "friday mon sat next this last by before after between and to at in the on 5 12 7pm 17:30 3/4 31 "
            "2nd december may half quarter past noon midnight tonight tomorrow morning week weekend month year "
            "hour minutes a 2 from ago every end of day lunes mañana viernes próximo a las dentro de media hora "
            "hasta tarde noche 9999 2199 feb 29 christmas not or"
        )
    )
)
_MOMENTS = st.datetimes(datetime(2020, 1, 1), datetime(2090, 1, 1)).map(lambda moment: moment.replace(tzinfo=UTC))


@settings(max_examples=500)
@given(
    st.lists(_WORDS, max_size=7).map(" ".join),
    _MOMENTS,
    st.sampled_from([NEW_YORK, "Europe/Madrid", "Australia/Sydney"]),
)
def test_what_is_read_is_never_over(text: str, at: datetime, zone: str) -> None:
    for locale in ("en-US", "es"):
        answer = read_when(text, locale=locale, zone=zone, at=at).reading
        if answer is None:
            continue
        now = at.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
        value = datetime.fromisoformat(str(answer["value"]))
        until = datetime.fromisoformat(str(answer.get("until") or answer["value"]))

        # In the hour that happens twice the wall clock itself steps back.
        assert value >= now or (value >= now - timedelta(hours=1) and _clock_changes(at, zone)), answer
        assert until >= value


def _clock_changes(at: datetime, zone: str) -> bool:
    there = ZoneInfo(zone)
    offsets = {(at + timedelta(hours=hours)).astimezone(there).utcoffset() for hours in range(-30, 31, 3)}
    return len(offsets) > 1


@pytest.mark.parametrize(
    "words", ["a ", "1 ", "at ", "friday ", "in 2 ", "half ", "every mon and ", "a las 5 ", "ñ", "🙂", "12/", "\n"]
)
def test_ten_thousand_letters_take_no_longer_than_a_text(words: str) -> None:
    text = (words * 10_000)[:10_000]
    read("friday at 5")
    read("viernes", locale="es")
    started = time.perf_counter()

    read(text)
    read(text, locale="es")

    assert time.perf_counter() - started < 0.2  # a fifth of it is the aim; the rest is for a busy machine


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
