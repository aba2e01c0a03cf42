"""Words of feeling in two languages: which are read, how strong, and which are left alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.answers.feeling import LANGUAGES, read_feeling
from flows.answers.feeling_words import KINDS, read_vocabulary
from tests.flows.replying import cases

MARKS = ("", "!", " ...", "?!", " \u2026")


@pytest.mark.parametrize("case", cases("feelings"))
def test_each_reply_holds_the_words_of_feeling_it_holds(case):
    reading = read_feeling(case["text"]).reading

    read = [
        [each["word"], each["kind"], each["valence"], each["intensity"]] for each in (reading or {"words": []})["words"]
    ]
    assert read == (case["words"] or []), case["why"]


def test_there_are_enough_cases_and_each_says_why_it_is_there():
    every = [case.values[0] for case in cases("feelings")]

    assert len(every) >= 60
    assert all(case["why"] for case in every)


def test_the_span_runs_from_the_first_word_to_the_last_and_the_rest_stays():
    reading = read_feeling("today I was scared and a bit lonely again")

    assert reading.span == (12, 35)
    assert reading.rest == "today I was again"


@pytest.mark.parametrize(
    ("text", "reason"), [("sad", "feeling-words"), ("not sad", "feeling-denied"), ("7", "no-feeling-word")]
)
def test_a_reading_says_why(text, reason):
    assert read_feeling(text).reason == reason


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_language_has_words_of_every_kind_and_150_in_all(language):
    vocabulary = read_vocabulary((language,))

    words = {(feeling.kind, feeling.word) for feeling in vocabulary.feelings.values()}
    assert {kind for kind, _ in words} == set(KINDS)
    assert len(words) >= 150
    assert {feeling.valence for feeling in vocabulary.feelings.values()} == {-1, 0, 1}


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_word_that_we_may_offer_is_understood_when_it_comes_back(language):
    for feeling in read_vocabulary((language,)).feelings.values():
        reading = read_feeling(feeling.word).reading

        assert reading is not None, feeling.word
        assert feeling.word in [each["word"] for each in reading["words"]], feeling


SENTENCES = st.sampled_from([case.values[0]["text"] for case in cases("feelings") if case.values[0]["words"]])


@given(text=SENTENCES, mark=st.sampled_from(MARKS), before=st.sampled_from(["", "  ", "\n"]), loud=st.booleans())
def test_space_case_quotes_and_marks_around_change_nothing(text, mark, before, loud):
    dressed = f"{before}{(text.upper() if loud else text).replace(chr(39), chr(0x2019))}{mark}  "

    assert read_feeling(dressed).reading == read_feeling(text).reading


@given(st.text(max_size=300))
def test_any_text_is_read_without_a_fault(text):
    reading = read_feeling(text)

    assert (reading.reading is None) == (reading.span is None)
    if reading.span is not None:
        start, end = reading.span
        assert 0 <= start < end <= len(text)
