"""A talk in the terminal: what is said is printed, and the whole of it is a golden transcript."""

from __future__ import annotations

from datetime import datetime

import pytest

from flows.catalogue import load_catalogue
from flows.conversation.library import load_library
from flows.helplines import load_helplines
from flows.rehearsal import House
from flows.transcript import read_transcript, replay
from service.house import answered_words
from service.talking import talk

LIBRARY = load_library()
CATALOGUE = load_catalogue(answered_words=answered_words(LIBRARY))
HALF_PAST_SIX = datetime.fromisoformat("2026-03-02T18:30-05:00")


def hold(name, *typed, locale="en"):
    heard = []
    kept = talk(
        name, LIBRARY, CATALOGUE, load_helplines(), locale=locale, zone="America/New_York", at=HALF_PAST_SIX,
        lines_in=typed, lines_out=heard.append,
    )  # fmt: skip
    return heard, kept


def test_our_words_are_printed_as_the_person_would_get_them():
    heard, _ = hold("check-in", "7 tired")

    assert heard[1].startswith("US   Mendline: Check-in time.")
    assert "     mood 7" in heard


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("check-in", ["11", "+2h", "6", "3"]),
        ("join", ["YES", "1", "7:30 pm", "6:30 pm", "5"]),
        ("", ["break 30", "+30m"]),
    ],
)
def test_a_talk_can_be_kept_as_a_golden_transcript(name, typed):
    _, kept = hold(name, *typed)

    assert replay(read_transcript(kept), House(LIBRARY, CATALOGUE, load_helplines())) == kept


def test_a_talk_ends_with_an_empty_line():
    _, kept = hold("check-in", "7", "", "3")

    assert "ADA  3" not in kept


def test_a_mistyped_script_is_named_and_the_talk_goes_on():
    heard, kept = hold("", "begin chekin", "7")

    assert "there is no script chekin" in heard
    assert "chekin" not in kept


def test_a_script_that_is_not_installed_is_refused():
    with pytest.raises(KeyError):
        hold("chekin")
