"""Times, lengths, countries, own words: what is clear is read, what is not is left alone."""

from __future__ import annotations

import pytest

from flows.answers.agreement import read_agreement
from flows.answers.clock_time import read_clock_time
from flows.answers.country import read_country
from flows.answers.minutes import read_minutes
from flows.answers.words import read_words


@pytest.mark.parametrize("text", ["YES", "yes.", "Yes please", "SI", "Sí", "sí, por favor"])
def test_yes_joins(text: str) -> None:
    assert read_agreement(text).reading == {"value": "agree"}


@pytest.mark.parametrize("text", ["ok", "yep", "sure", "👍", "yes but who is this", "no", ""])
def test_nothing_softer_than_yes_joins(text: str) -> None:
    assert read_agreement(text).reading is None


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("7:30 PM", "19:30"),
        ("7:30pm", "19:30"),
        ("7 pm", "19:00"),
        ("7 p. m.", "19:00"),
        ("19:30", "19:30"),
        ("19h30", "19:30"),
        ("07:30", "07:30"),
        ("0:15", "00:15"),
        ("13", "13:00"),
        ("12 am", "00:00"),
        ("12 pm", "12:00"),
        ("noon", "12:00"),
        ("mediodía", "12:00"),
        ("midnight", "00:00"),
        ("half past 7 pm", "19:30"),
        ("7 de la tarde", "19:00"),
        ("las siete y media de la tarde", "19:30"),
        ("a las 8 de la noche", "20:00"),
        ("at 9 in the evening", "21:00"),
        ("make it 6:40 PM please", "18:40"),
    ],
)
def test_a_time_is_read_to_the_minute(text: str, value: str) -> None:
    assert read_clock_time(text).reading == {"value": value}


@pytest.mark.parametrize("text", ["7", "7:30", "half past 7", "8 o'clock", "12 de la mañana"])
def test_half_a_day_is_not_guessed(text: str) -> None:
    read = read_clock_time(text)

    assert read.reading is None
    assert read.reason == "which-half"


@pytest.mark.parametrize("text", ["", "evening", "25:00", "7:75", "between 7pm and 8pm", "13 am", "I feel 7"])
def test_what_is_no_single_time_is_left_alone(text: str) -> None:
    assert read_clock_time(text).reading is None


@pytest.mark.parametrize(
    ("text", "value"),
    [("45", 45), ("45 min", 45), ("20min", 20), ("1h", 60), ("1h30", 90), ("an hour", 60), ("half an hour", 30),
     ("media hora", 30), ("una hora", 60), ("hora y media", 90), ("an hour and a half", 90), ("1.5 hours", 90),
     ("forty five", 45), ("cuarenta y cinco minutos", 45), ("about 30 minutes please", 30)],
)  # fmt: skip
def test_a_length_is_read_in_minutes(text: str, value: int) -> None:
    assert read_minutes(text).reading == {"value": value}


@pytest.mark.parametrize("text", ["", "0", "2000", "-5", "20-30", "7:30", "a while", "10 min or 20 min"])
def test_no_single_length_is_left_alone(text: str) -> None:
    assert read_minutes(text).reading is None


@pytest.mark.parametrize(
    ("text", "value"),
    [("US", "US"), ("usa", "US"), ("Estados Unidos", "US"), ("U.S.A.", "US"), ("UK", "GB"), ("England", "GB"),
     ("i'm in Canada", "CA"), ("México", "MX"), ("España", "ES"), ("Ireland", "IE"), ("NZ", "NZ"), ("BR", "BR")],
)  # fmt: skip
def test_a_country_is_read_by_name_or_code(text: str, value: str) -> None:
    assert read_country(text).reading == {"value": value}


@pytest.mark.parametrize("text", ["", "no", "NO", "ME", "ZZ", "br", "somewhere warm"])
def test_a_word_that_happens_to_be_a_code_is_no_country(text: str) -> None:
    assert read_country(text).reading is None


def test_a_country_without_helplines_here_says_so() -> None:
    assert read_country("BR").reason == "other-country"
    assert read_country("US").reason == "named"


def test_own_words_are_kept_as_written() -> None:
    assert read_words("  Él vino, ¡por fin! ").reading == {"value": "Él vino, ¡por fin!"}
    assert read_words(" \n ").reading is None
