"""Words of danger are heard in three languages, however they are typed, and everyday sayings are left in peace."""

from __future__ import annotations

import time
from importlib.resources import files
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ruamel.yaml import YAML

from flows.crisis_phrases import compile_phrase
from flows.safety import LANGUAGES, read_danger


def _lists(language: str) -> dict[str, list[list[str]]]:
    text = (files("flows") / "crisis" / f"{language}.yaml").read_text("utf-8")
    loaded: dict[str, list[list[str]]] = YAML(typ="safe", pure=True).load(text)
    return loaded


HEARD = [(str(text), category + tier) for language in LANGUAGES for text, category, tier in _lists(language)["heard"]]
UNHEARD = [str(text) for language in LANGUAGES for text in _lists(language)["unheard"]]
LABELLED = YAML(typ="safe", pure=True).load(Path(__file__).with_name("crisis_sentences.yaml"))["sentences"]


@pytest.mark.parametrize(("text", "expected"), HEARD)
def test_each_sentence_of_the_lists_gets_its_category(text: str, expected: str) -> None:
    danger = read_danger(text)

    assert danger is not None
    assert danger.category + danger.tier == expected


@pytest.mark.parametrize("text", UNHEARD)
def test_an_everyday_saying_raises_no_alarm(text: str) -> None:
    assert read_danger(text) is None


@pytest.mark.parametrize("sentence", LABELLED, ids=lambda sentence: sentence["text"] or "blank")
def test_each_labelled_sentence_gets_its_answer(sentence: dict[str, str]) -> None:
    """Invariant 31, in part."""
    danger = read_danger(sentence["text"], score=sentence.get("score"))

    assert (danger.category + danger.tier if danger else "none") == sentence["expect"]


def test_the_most_severe_comes_first_and_the_others_are_named() -> None:
    danger = read_danger("he hit me and I took too many pills and the kids saw it")

    assert danger is not None
    assert (danger.category, danger.tier) == ("M", "A")
    assert {("S", "A"), ("V", "A"), ("C", "B")} <= set(danger.also)


@pytest.mark.parametrize(
    "text", ["KILL MYSELF", "k1ll my$elf", "kiiill  myselffff", "kill... myself!", "\uff2b\uff29\uff2c\uff2c myself"]
)
def test_typing_does_not_hide_it(text: str) -> None:
    assert read_danger(text) is not None


def test_a_saying_does_not_hide_a_real_hit_beside_it() -> None:
    danger = read_danger("dying laughing but honestly I want to kill myself")

    assert danger is not None
    assert (danger.category, danger.tier) == ("S", "A")


def test_the_span_holds_the_words_that_were_heard() -> None:
    text = "7️⃣ fine — but él me pegó ayer"

    danger = read_danger(text)

    assert danger is not None
    assert text[slice(*danger.span)] == "me pegó"


def test_a_hit_says_which_lists_were_read_and_quotes_nobody() -> None:
    danger = read_danger("suicide")

    assert danger is not None
    assert danger.version.split() == [_lists(language)["version"] for language in LANGUAGES]
    assert "suicide" not in repr(danger)


@given(st.text(max_size=1600), st.sampled_from([None, 0, 2, 7]))
def test_any_text_at_all_is_read_without_a_fault(text: str, score: int | None) -> None:
    danger = read_danger(text, score=score)

    if danger is not None:
        start, end = danger.span
        assert 0 <= start < end <= len(text)


@pytest.mark.parametrize("words", ["he hit me ", "i ", "took a ", "@", "k ", "1mg ", "he took my "])
def test_the_longest_text_of_one_word_takes_no_longer_than_any_other(words: str) -> None:
    read_danger("warm")
    started = time.perf_counter()

    read_danger((words * 1600)[:1600])

    assert time.perf_counter() - started < 0.25


@pytest.mark.parametrize("written", ["[maybe] so", ".. so", "(a|) b", "{nobody} here", "broken (choice"])
def test_a_broken_phrase_is_refused(written: str) -> None:
    with pytest.raises(ValueError):
        compile_phrase(written, {}, "here", "S", "A")
