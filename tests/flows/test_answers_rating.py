"""A number is read however it is written, and nothing that only looks like one becomes a score."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.answers.rating import read_rating
from flows.answers.readers import READERS
from flows.answers.reading import Asked


@pytest.mark.parametrize(
    ("text", "value", "rest"),
    [
        ("7", 7, ""),
        ("0", 0, ""),
        ("10", 10, ""),
        ("7/10", 7, ""),
        ("8 out of 10", 8, ""),
        ("seven", 7, ""),
        ("siete", 7, ""),
        ("cero", 0, ""),
        ("seven out of ten", 7, ""),
        ("7.5", 7.5, ""),
        ("7 and a half", 7.5, ""),
        ("7½", 7.5, ""),
        ("7 tired", 7, "tired"),
        ("mood 7", 7, "mood"),
        ("mood:7", 7, "mood"),
        ("7, had 3 beers", 7, "had 3 beers"),
        ("a solid 7", 7, "a solid"),
        ("hoy un 6", 6, "hoy un"),
        ("7 gracias", 7, "gracias"),
        ("7\ufe0f\u20e3", 7, ""),
        ("\uff17", 7, ""),
        ("\U0001f51f", 10, ""),
        ("8 no wait 7", 7, "8 no wait"),
        ("I'm at 5", 5, "I'm at"),
        ("tired but ok 7", 7, "tired but ok"),
        ("7!!", 7, ""),
    ],
)
def test_one_number_is_read_and_the_words_beside_it_are_kept(text: str, value: float, rest: str) -> None:
    read = read_rating(text)

    assert read.reading == {"value": value, "approximate": False}
    assert read.rest == rest


@pytest.mark.parametrize("text", ["about 7", "7ish", "~7", "around 7"])
def test_a_rough_number_says_so(text: str) -> None:
    assert read_rating(text).reading == {"value": 7, "approximate": True}


@pytest.mark.parametrize("text", ["6-7", "between 6 and 7", "6 or 7", "6 to 7", "entre 6 y 7", "6~7", "6 o 7"])
def test_two_neighbours_are_asked_about_not_averaged(text: str) -> None:
    assert read_rating(text).reading == {"value": None, "between": [6, 7], "approximate": True}


@pytest.mark.parametrize("text", ["4 8", "4, 8", "mood 4, body 8", "4 and 8"])
def test_several_numbers_are_all_handed_on(text: str) -> None:
    assert read_rating(text).reading == {"value": 4, "values": [4, 8], "approximate": False}


@pytest.mark.parametrize("text", ["11", "-1", "100", "minus 1", "11/10", "2000"])
def test_a_number_off_the_scale_gets_the_range_hint(text: str) -> None:
    read = read_rating(text)

    assert read.reading is None
    assert read.reason == "out-of-range"


@pytest.mark.parametrize(
    "text",
    [
        "07/10/2026",
        "2026-03-02",
        "7:30",
        "7pm",
        "at 7",
        "7 o'clock",
        "212 555 0100",
        "+12125550100",
        "I had 3 beers",
        "7 kids sick",
        "500 mg",
        "7 mg",
        "$5",
        "2nd",
        "day 7",
        "one of those days",
        "no one",
        "8 of us",
        "ten years ago",
        "I slept 5",
        "we argued over 2",
        "6/7",
        "not 7",
        "fifty-two",
        "cuarenta y siete",
        "two hundred",
        "2 1/4",
        "1 over 3",
        "5 abril",
        "3 de la tarde",
        "9 tomorrow",
    ],
)
def test_a_date_a_time_a_dose_or_a_count_is_no_score(text: str) -> None:
    assert read_rating(text).reading is None


@pytest.mark.parametrize("text", ["", "  ", "meh", "fine", "bien", "tired of this", "7️⃣7️⃣7️⃣7️⃣"])
def test_words_without_a_number_are_kept_as_a_note(text: str) -> None:
    read = read_rating(text)

    assert read.reading is None
    assert read.rest == text.strip()


def test_once_is_eleven_only_in_spanish() -> None:
    assert read_rating("once", locale="en-US").reason == "no-number"
    assert read_rating("once", locale="es-ES").reason == "out-of-range"


def test_a_decimal_comma_is_read_where_it_is_written() -> None:
    assert read_rating("7,5", locale="es-ES").reading == {"value": 7.5, "approximate": False}
    assert read_rating("7,5", locale="en-US").reading is None


def test_another_scale_is_held_to_its_own_ends() -> None:
    assert read_rating("5", low=1, high=5).reading == {"value": 5, "approximate": False}
    assert read_rating("0", low=1, high=5).reason == "out-of-range"
    assert read_rating("7/10", low=1, high=5).reading is None


@given(st.text(max_size=1600), st.sampled_from(sorted(READERS)), st.sampled_from(["en-US", "es-ES"]))
def test_any_text_at_all_is_read_without_a_fault(text: str, kind: str, locale: str) -> None:
    read = READERS[kind](text, Asked(locale=locale, options=(("texts",), ("calls",), ("only",))))

    if read.span is not None:
        assert 0 <= read.span[0] < read.span[1] <= len(text)
    assert (read.reading is None) == (read.span is None)


@pytest.mark.parametrize("words", ["one ", "7 ", "1", "1-", "at ", "a@", "twenty ", "6 or ", "uno y ", "."])
def test_the_longest_text_of_one_word_takes_no_longer_than_any_other(words: str) -> None:
    text = (words * 1600)[:1600]
    started = time.perf_counter()

    for kind, read in READERS.items():
        assert read(text, Asked(options=(("texts",),))) is not None, kind

    assert time.perf_counter() - started < 0.5


@given(st.integers(0, 10), st.sampled_from(["{}", " {} ", "{}.", "mood {}", "{}/10", "{} tired", "hoy {}"]))
def test_every_score_survives_every_way_of_writing_it(score: int, way: str) -> None:
    assert read_rating(way.format(score)).reading == {"value": score, "approximate": False}
