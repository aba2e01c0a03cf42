"""A choice is read by its number, its words or its place, and nobody is given one they did not make."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.answers.choice import read_choice
from tests.flows.replying import cases, written

REACH = (("texts", "textos"), ("calls", "llamadas"), ("only when I call", "solo cuando llamo"))
BOTH = (("choice_en", "en-US"), ("choice_es", "es-US"))


@pytest.mark.parametrize("case", cases("choice_en"))
def test_a_choice_in_english_is_read_or_left_open(case: dict[str, object]) -> None:
    read = read_choice(str(case["text"]), REACH, "en-US")

    assert (read.reading or {}).get("value") == case["value"], read.reason


@pytest.mark.parametrize("case", cases("choice_es"))
def test_a_choice_in_spanish_is_read_or_left_open(case: dict[str, object]) -> None:
    read = read_choice(str(case["text"]), REACH, "es-US")

    assert (read.reading or {}).get("value") == case["value"], read.reason


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("2", "number"),
        ("calls", "keyword"),
        ("the last", "place"),
        ("1 no wait 2", "corrected"),
        ("1 or 2", "several-choices"),
        ("4", "out-of-range"),
        ("whatever", "no-choice"),
        ("not 2", "no-choice"),
    ],
)
def test_a_choice_says_why(text: str, reason: str) -> None:
    assert read_choice(text, REACH).reason == reason


@pytest.mark.parametrize(
    ("text", "count", "value"),
    [
        ("the third", 3, 3),
        ("the third", 2, None),
        ("the latter", 2, 2),
        ("the former", 2, 1),
        ("the middle one", 4, None),
        ("the second to last", 4, 3),
        ("la penúltima", 3, 2),
        ("ten", 12, 10),
    ],
)
def test_a_count_of_choices_is_enough(text: str, count: int, value: int | None) -> None:
    assert (read_choice(text, count).reading or {}).get("value") == value


def test_the_words_around_a_choice_are_the_rest() -> None:
    read = read_choice("the second one, I sleep late", REACH)

    assert (read.span, read.rest) == ((4, 10), "the one, I sleep late")


@given(
    st.sampled_from([(case["text"], locale) for name, locale in BOTH for case in written(name)]),
    st.sampled_from(["", " ", "\n "]),
    st.sampled_from(["", " ", ".", "!!", "?"]),
)
def test_space_case_quotes_and_marks_at_the_end_change_no_choice(
    case: tuple[str, str], before: str, after: str
) -> None:
    text, locale = case
    dressed = before + text.upper().replace("'", "\u2019") + after

    assert read_choice(dressed, REACH, locale).reading == read_choice(text, REACH, locale).reading


@given(st.text(max_size=10_000), st.integers(1, 9))
def test_a_choice_is_always_one_of_those_offered(text: str, count: int) -> None:
    read = read_choice(text, count)

    assert read.reading is None or 1 <= read.reading["value"] <= count  # type: ignore[operator]


@pytest.mark.parametrize(
    "words", ["1 ", "the first ", "texts ", "not ", "a", "1 no ", "\u00e9", "second to ", "x1", "no quiero "]
)
def test_the_longest_text_of_one_word_is_read_in_20_ms(words: str) -> None:
    for text in ((words * 10_000)[:10_000], (words * 900)[:900], (f"{(words * 40)[:40]} " * 250)[:10_000]):
        took = []
        for _ in range(5):
            started = time.process_time()  # others share this machine
            read_choice(text, REACH)
            took.append(time.process_time() - started)

        assert min(took) < 0.02
