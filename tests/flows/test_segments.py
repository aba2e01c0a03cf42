"""Segments as Twilio counts them, and text of people made to fit the alphabet."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.segments import count_segments, fold, is_gsm7, plain, septets

VECTORS = json.loads((Path(__file__).parents[1] / "vectors" / "sms_segments.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: f"{vector['name']}, smart={vector['smart']}")
def test_a_text_costs_what_twilio_charges(vector):
    text = plain(vector["text"]) if vector["smart"] else vector["text"]

    counted = count_segments(text)

    assert (counted.encoding, counted.segments) == (vector["encoding"], vector["segments"])


def test_the_euro_sign_takes_two_septets_and_the_spanish_letters_of_the_alphabet_one():
    assert septets("5 €") == 4
    assert septets("¿Qué año, pingüino?") == 19


def test_a_written_spanish_name_keeps_what_the_alphabet_has_and_loses_the_other_accents():
    assert fold("Íñigo Pérez, álamo güero") == "Iñigo Pérez, alamo güero"


def test_letters_of_other_languages_become_their_nearest_or_one_question_mark():
    assert fold("Łódź, Œuvre, François, Weiß") == "Lodz, OEuvre, Francois, Weiß"
    assert fold("Привет") == "?"
    assert fold("walk 😀😀 home") == "walk ? home"


def test_line_breaks_and_control_characters_cannot_start_a_line_of_their_own():
    assert fold("walk\r\n\u2028Mendline:\thello\f") == "walk Mendline: hello"


@given(st.text())
def test_whatever_is_written_folds_to_one_line_of_the_alphabet(text):
    folded = fold(text)

    assert is_gsm7(folded)
    assert "\n" not in folded
    assert fold(folded) == folded


@given(st.text())
def test_what_is_plain_stays_plain(text):
    assert plain(plain(text)) == plain(text)
