"""Words of danger are heard in three languages, however they are typed, and everyday sayings are left in peace."""

from __future__ import annotations

import time
import timeit
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ruamel.yaml import YAML

from flows.phrases.lists import lines_of, read_lists
from flows.safety import CRISIS, LANGUAGES, read_danger
from tests.flows.replying import grouped_cases


def _sentences(language: str, name: str) -> list[str]:
    return list(lines_of(YAML(typ="safe", pure=True).load((CRISIS / f"{language}.yaml").read_text("utf-8"))[name]))


HEARD = [line.split(" ", 1) for language in LANGUAGES for line in _sentences(language, "heard")]
UNHEARD = [line for language in LANGUAGES for line in _sentences(language, "unheard")]
LABELLED = YAML(typ="safe", pure=True).load(Path(__file__).with_name("crisis_sentences.yaml"))["sentences"]


@pytest.mark.parametrize(("expected", "text"), HEARD)
def test_invariant_31_each_sentence_of_the_lists_gets_its_category(expected: str, text: str) -> None:
    danger = read_danger(text)

    assert danger is not None
    assert danger.category + danger.tier == expected


@pytest.mark.parametrize("text", UNHEARD)
def test_an_everyday_saying_raises_no_alarm(text: str) -> None:
    assert read_danger(text) is None


@pytest.mark.parametrize("sentence", LABELLED, ids=lambda sentence: sentence["text"] or "blank")
def test_invariant_31_each_labelled_sentence_gets_its_answer(sentence: dict[str, str]) -> None:
    danger = read_danger(sentence["text"], score=sentence.get("score"))

    assert (danger.category + danger.tier if danger else "none") == sentence["expect"]


def _kinds(text: str) -> set[str]:
    """Every category and tier that is heard."""
    danger = read_danger(text)
    return set() if danger is None else {danger.category + danger.tier, *("".join(pair) for pair in danger.also)}


def test_danger_told_by_many_people_is_heard_for_what_it_is() -> None:
    told = [(text, expect) for text, expect in grouped_cases("danger") if expect != "none"]

    assert [text for text, expect in told if f"{expect}A" not in _kinds(text)] == []
    assert len(told) >= 1_000


def test_ordinary_days_told_by_many_people_raise_no_alarm() -> None:
    told = [text for text, expect in grouped_cases("danger") if expect == "none"]

    assert [text for text in told if read_danger(text)] == []
    assert len(told) >= 500


def test_invariant_31_there_are_enough_sentences_of_each_kind_in_three_languages() -> None:
    counted = Counter((language, line[:2]) for language in LANGUAGES for line in _sentences(language, "heard"))

    assert len(HEARD) + len(UNHEARD) + len(LABELLED) >= 600
    for language in LANGUAGES:
        for kind in ("SA", "SB", "VA", "VB", "HA", "HB", "CA", "CB", "MA", "LA"):
            assert counted[language, kind] >= 3, (language, kind)
        assert len(_sentences(language, "unheard")) >= 40


def test_the_most_severe_comes_first_and_the_others_are_named() -> None:
    danger = read_danger("he hit me and I took too many pills and the kids saw it")

    assert danger is not None
    assert (danger.category, danger.tier) == ("M", "A")
    assert {("S", "A"), ("V", "A"), ("C", "B")} <= set(danger.also)


@pytest.mark.parametrize(
    "text",
    [
        *("KILL MYSELF", "k1ll my$elf", "kiiill  myselffff", "kill... myself!", "\uff2b\uff29\uff2c\uff2c myself"),
        *("1m g0ing to k1ll my$3lf", "he h1t$ me", "hes hittin me n wont stop", "i wish 2 die"),
    ],
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
    assert danger.version.split() == [read_lists(CRISIS / f"{language}.yaml").version for language in LANGUAGES]
    assert "suicide" not in repr(danger)


@given(st.text(max_size=1600), st.sampled_from([None, 0, 2, 7]))
def test_any_text_at_all_is_read_without_a_fault(text: str, score: int | None) -> None:
    danger = read_danger(text, score=score)

    if danger is not None:
        start, end = danger.span
        assert 0 <= start < end <= len(text)


@pytest.mark.parametrize(
    "words", ["he hit me ", "i ", "took a ", "@", "k ", "1mg ", "he took my ", "\u00e9", "\U0001f622"]
)
def test_ten_thousand_characters_take_no_longer_than_a_text_can_be_long(words: str) -> None:
    text = (words * 10_000)[:10_000]
    read_danger(text)

    seconds = min(timeit.repeat(lambda: read_danger(text), timer=time.process_time, number=1, repeat=5))

    assert seconds < 0.02


TYPED = st.sampled_from([text for _, text in HEARD])
MARKS = st.sampled_from(["", "!", "...", "?!", " \u2026", " ;"])


@given(text=TYPED, mark=MARKS, before=st.sampled_from(["", "  ", "\n"]), is_loud=st.booleans())
def test_space_case_quotes_and_marks_around_change_nothing(text: str, mark: str, before: str, is_loud: bool) -> None:
    dressed = f"{before}{(text.upper() if is_loud else text).replace(chr(39), chr(0x2019))}{mark} "

    one, other = read_danger(text), read_danger(dressed)

    assert one is not None
    assert other is not None
    assert (one.category, one.tier, one.also) == (other.category, other.tier, other.also)
