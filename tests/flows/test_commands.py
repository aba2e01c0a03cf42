"""The words that work everywhere, and the sentences in which the same letters mean nothing of the kind."""

from __future__ import annotations

import time
import timeit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.commands import (
    RESERVED_WORDS,
    OptOut,
    Wish,
    read_command,
    read_help,
    read_opt_in,
    read_opt_out,
    read_suspected,
)
from tests.flows.opt_out_phrasings import CARRIER_WORDS, DOUBTFUL, NOT_OPT_OUTS, PHRASINGS
from tests.flows.replying import cases, grouped_cases

ENDINGS = grouped_cases("endings")


def _named(read: OptOut | None) -> str:
    if read is None:
        return "nothing"
    if read.wish is Wish.DOUBTFUL:
        return "ask-partner" if read.aimed_at_partner else "ask"
    return "stop-wrong-number" if read.wrong_number else "stop"


@pytest.mark.parametrize(("text", "expected"), ENDINGS)
def test_each_reply_is_the_wish_it_is(text: str, expected: str) -> None:
    assert _named(read_opt_out(text)) == expected


@pytest.mark.parametrize("case", cases("slips"))
def test_a_global_word_with_one_slip_is_asked_about_and_never_assumed(case: dict[str, str]) -> None:
    suspected = read_suspected(case["text"])

    assert (suspected.meant if suspected else None) == case["meant"], case["why"]
    assert case["meant"] is None or read_command(case["text"]) is None


def test_a_suspected_word_is_named_in_english_for_those_who_count() -> None:
    suspected = read_suspected("  puasa 3 dias!")

    assert suspected is not None
    assert (suspected.word, suspected.meant, suspected.argument) == ("PAUSE", "PAUSA 3", "3")
    assert suspected.span == (2, 14)


@pytest.mark.parametrize("text", PHRASINGS)
def test_each_way_of_ending_it_ends_it_at_once(text: str) -> None:
    """Invariant 6, the half that reads."""
    read = read_opt_out(text)

    assert read is not None
    assert read.wish is not Wish.DOUBTFUL


def test_there_are_at_least_twenty_five_ways_in_three_languages() -> None:
    assert len(set(PHRASINGS)) >= 25


@pytest.mark.parametrize("text", DOUBTFUL)
def test_a_doubtful_wish_is_asked_about(text: str) -> None:
    """Invariant 9, the half that reads."""
    read = read_opt_out(text)

    assert read is not None
    assert read.wish is Wish.DOUBTFUL


@pytest.mark.parametrize("text", NOT_OPT_OUTS)
def test_an_ordinary_sentence_ends_nothing(text: str) -> None:
    assert read_opt_out(text) is None


@pytest.mark.parametrize("text", PHRASINGS)
def test_only_the_exact_words_of_the_network_count_as_answered_by_it(text: str) -> None:
    read = read_opt_out(text)

    assert read is not None
    assert read.carrier_handles is (text in CARRIER_WORDS)


@pytest.mark.parametrize("text", ["tell him to stop", "I told her to leave me alone", "he won't stop", "dile que pare"])
def test_a_stop_meant_for_the_partner_asks_for_a_look_at_safety(text: str) -> None:
    read = read_opt_out(text)

    assert read is not None
    assert read.aimed_at_partner
    assert read.wish is Wish.DOUBTFUL


@pytest.mark.promise(29)
@pytest.mark.parametrize("text", ["wrong number", "Sorry, wrong person", "stop wrong number", "número equivocado"])
def test_a_stranger_who_got_this_number_is_told_apart(text: str) -> None:
    read = read_opt_out(text)

    assert read is not None
    assert read.wrong_number


@pytest.mark.parametrize(
    ("text", "word", "argument"),
    [
        ("menu", "MENU", None),
        ("  Skip. ", "SKIP", None),
        ("OMITIR", "SKIP", None),
        ("atrás", "BACK", None),
        ("más", "MORE", None),
        ("¿Quién?", "WHO", None),
        ("silencio", "QUIET", None),
        ("QUIET 3", "QUIET", "3"),
        ("pause 5 days", "PAUSE", "5"),
        ("pausa 3 días", "PAUSE", "3"),
        ("break 30", "BREAK", "30"),
        ("Break 45 min", "BREAK", "45"),
        ("calma", "BREAK", None),
        ("descanso", "BREAK", None),
        ("off walk", "OFF", "walk"),
        ("ok 👍", "OK", None),
        ("vale", "OK", None),
        ("later please", "LATER", None),
        ("DELETE", "DELETE", None),
        ("borrar", "DELETE", None),
        ("datos", "DATA", None),
        ("guardar", "KEEP", None),
        ("HELPME", "HELPME", None),
        ("unlink", "UNLINK", None),
    ],
)
def test_a_global_word_works_in_any_dress(text: str, word: str, argument: str | None) -> None:
    read = read_command(text)

    assert read is not None
    assert (read.word, read.argument) == (word, argument)
    assert not read.carrier_handles


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "🛑",
        "can you call him",
        "more tired than before",
        "the end of the movie",
        "I need a break from work",
        "back home now",
        "less than yesterday",
        "más cansado que ayer",
        "ok but tired",
        "menu 7",
        "pause for a while maybe",
        "off",
        "off we go to the beach",
        "share it with Ben",
        "private matter",
        "7",
    ],
)
def test_a_word_inside_a_sentence_is_no_command(text: str) -> None:
    assert read_command(text) is None


@pytest.mark.parametrize(("text", "carrier"), [("HELP", True), ("info", True), ("ayuda", False), ("Help!", False)])
def test_help_alone_is_about_the_service(text: str, carrier: bool) -> None:
    read = read_help(text)

    assert read is not None
    assert (read.word, read.carrier_handles) == ("HELP", carrier)


@pytest.mark.parametrize(
    "text", ["help me", "Help me please", "help please", "I need help", "ayúdame", "necesito ayuda", "aidez-moi"]
)
def test_help_for_a_person_is_asked_about(text: str) -> None:
    read = read_command(text)

    assert read is not None
    assert read.word == "HELPME"


@pytest.mark.parametrize(
    ("text", "carrier"), [("START", True), ("Unstop", True), ("empezar", False), ("start.", False)]
)
def test_start_brings_the_texts_back(text: str, carrier: bool) -> None:
    read = read_opt_in(text)

    assert read is not None
    assert (read.word, read.carrier_handles) == ("START", carrier)


def test_starting_something_else_is_no_opt_in() -> None:
    assert read_opt_in("start the car") is None


def test_every_reserved_word_is_an_opt_out_or_a_known_word() -> None:
    """Invariant 2 rests on this list: none of these may ever be an answer."""
    for word in RESERVED_WORDS - {"YES"}:
        assert read_opt_out(word) or read_opt_in(word) or read_help(word), word


@given(st.text(max_size=1600))
def test_any_text_at_all_is_read_without_a_fault(text: str) -> None:
    for read in (read_opt_out(text), read_command(text), read_suspected(text)):
        if read is not None:
            start, end = read.span
            assert 0 <= start < end <= len(text)


MARKS = st.sampled_from(["", "!", "...", "?!", " \u2026"])


@given(case=st.sampled_from(ENDINGS), mark=MARKS, before=st.sampled_from(["", "  ", "\n"]), is_loud=st.booleans())
def test_space_case_quotes_and_marks_around_change_nothing(
    case: tuple[str, str], mark: str, before: str, is_loud: bool
) -> None:
    text, expected = case

    dressed = f"{before}{(text.upper() if is_loud else text).replace(chr(39), chr(0x2019))}{mark} "

    assert _named(read_opt_out(dressed)) == expected


@pytest.mark.parametrize(
    "words", ["stop texting me ", "stop ", "s", "\u00e9", "@a", "\U0001f6d1", "no me escriban ", "a. "]
)
def test_ten_thousand_characters_take_no_longer_than_a_text_can_be_long(words: str) -> None:
    text = (words * 10_000)[:10_000]

    for read in (read_opt_out, read_command, read_suspected):
        read(text)
        seconds = min(timeit.repeat(lambda read=read: read(text), timer=time.process_time, number=1, repeat=5))
        assert seconds < 0.02
