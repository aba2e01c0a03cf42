"""Lists of phrases: what their notation means, and that typing does not hide a word."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ruamel.yaml.error import YAMLError

from flows.phrases.book import PhraseBook
from flows.phrases.lists import Listed, Lists, read_lists, spellings
from flows.phrases.spelling import is_slip_of_finger

SETS = {"me": "myself | me", "us": "{me} | us", "itself": "{itself} | it"}


def book(*phrases: str, keeps_stops: bool = False, ordinary: frozenset[str] = frozenset()) -> PhraseBook:
    listed = tuple(Listed(phrase, phrase, phrase) for phrase in phrases)
    lists = Lists("en", "1", SETS, {"want_2": "want to"}, frozenset({"really"}), ordinary, listed)
    return PhraseBook([lists], keeps_stops=keeps_stops)


def found(phrase: str, reply: str, *, keeps_stops: bool = False) -> list[str]:
    """The words of the reply in which the phrase stands."""
    one = book(phrase, keeps_stops=keeps_stops)
    words = one.words(reply)
    return [reply[slice(*words.span(hit.start, hit.end))] for hit in one.hits(words)]


@pytest.mark.parametrize(
    ("phrase", "reply", "words"),
    [
        ("leave me", "Please LEAVE me.", ["LEAVE me"]),
        ("leave me", "leaves me", []),
        ("(text|call) me", "call me or text me", ["call me", "text me"]),
        ("stop [all of] this", "stop this, stop all of this", ["stop this", "stop all of this"]),
        ("call (him | {us})", "call us. call him", ["call us", "call him"]),
        ("(. call|text (me|us)) now", "call now. text us now", ["call now", "text us now"]),
        ("took .. tablets", "took all of the tablets", ["took all of the tablets"]),
        ("took .. tablets", "took one and another and more tablets", []),
        ("# tablets", "20 tablets", ["20 tablets"]),
        ("# tablets", "20tablets", ["20tablets"]),
        ("help {us}", "help us, help me, help myself", ["help us", "help me", "help myself"]),
        ("!(not|do not) call", "call. not call. don't call", ["call"]),
        ("call ~(me later|back)", "call back. call me later. call me", ["call"]),
        ("call [me]", "call me", ["call me"]),
        ("(go|take (it|him) [and]) home", "take him and home", ["take him and home"]),
        ("wants really to", "wants to", ["wants to"]),
        ("dont want to", "do not want 2", ["do not want 2"]),
        ("i am", "im, I'm, i m, i’m", ["im", "I'm", "i m", "i’m"]),
    ],
)
def test_each_sign_of_the_notation_means_what_the_page_says(phrase: str, reply: str, words: list[str]) -> None:
    assert found(phrase, reply) == words


@pytest.mark.parametrize(
    ("phrase", "reply", "words"),
    [
        ("wife is bleeding", "my wife's bleeding", ["wife's bleeding"]),
        ("wife is on fire", "the wife’s on fire", ["wife’s on fire"]),
        ("wife has got gun", "wife's got gun", ["wife's got gun"]),
        ("wife has stopped", "wife's stopped", ["wife's stopped"]),
        ("wifes gun", "my wife's gun", ["wife's gun"]),
        ("wifes ring", "my wife's ring", ["wife's ring"]),
        ("wife is ring", "my wife's ring", []),
    ],
)
def test_a_short_s_is_a_verb_or_says_whose(phrase: str, reply: str, words: list[str]) -> None:
    assert found(phrase, reply) == words


@pytest.mark.parametrize(
    ("phrase", "reply", "words"),
    [
        (". stop .", "stop", ["stop"]),
        (". stop .", "No. Stop! please", ["Stop"]),
        (". stop .", "please stop", []),
        ("leave me", "leave. me", []),
        ("leave .. me", "leave. me", []),
    ],
)
def test_where_sentences_count_a_phrase_stays_within_one(phrase: str, reply: str, words: list[str]) -> None:
    assert found(phrase, reply, keeps_stops=True) == words


@pytest.mark.parametrize(
    "reply",
    ["THREATENED", "threateneddd", "thr3atened",
     "t h r e a t e n e d", "t.h.r.e.a.t.e.n.e.d", "thretened", "threatenned",
     "threatneed", "thrwatened", "\uff34hreat\u00e9ned"],
)  # fmt: skip
def test_typing_does_not_hide_a_word(reply: str) -> None:
    assert len(found("threatened", reply)) == 1


@pytest.mark.parametrize("reply", ["treated", "hreatened", "threatens them", "thereafter", "kil", "threat"])
def test_another_word_is_another_word(reply: str) -> None:
    assert found("threatened", reply) == []


def test_an_ordinary_word_is_no_slip() -> None:
    trusting, guarded = book("choked"), book("choked", ordinary=frozenset({"chocked"}))

    assert list(trusting.hits(trusting.words("chocked"))) != []
    assert list(guarded.hits(guarded.words("chocked"))) == []


@pytest.mark.parametrize(("written", "meant", "slip"), [
    ("stpo", "stop", True), ("stiop", "stop", True), ("sop", "stop", True), ("dtop", "stop", True),
    ("step", "stop", False), ("stops", "stop", False),
    ("stop", "stop", False), ("shop", "stop", False), ("tops", "stop", False), ("spto", "stop", False),
])  # fmt: skip
def test_a_slip_is_one_finger_once(written: str, meant: str, slip: bool) -> None:
    assert is_slip_of_finger(written, meant) is slip


@pytest.mark.parametrize(
    "written",
    ["[maybe]", "..", "(a|) b", "(|a) b", "() a", "{nobody} here", "help {itself}", "broken (choice", "a ) b",
     "a ~(b) c", "!(x)", "a | b", "a ~ b", "really"],
)  # fmt: skip
def test_a_broken_phrase_is_refused_and_named(written: str) -> None:
    with pytest.raises(ValueError) as refusal:
        book(written)

    assert str(refusal.value).startswith(written)


WORDS = st.sampled_from(["a", "b", "took", "20", "all", "of", "tablets", "zebra"])


@given(st.lists(WORDS, max_size=12))
def test_what_is_found_does_not_depend_on_what_was_read_before(words: list[str]) -> None:
    reply, phrases = " ".join(words), ("took .. tablets", "(a|b) [of] took", "# [of] .. tablets")
    fresh, used = book(*phrases), USED

    assert list(fresh.hits(fresh.words(reply))) == list(used.hits(used.words(reply)))


USED = book("took .. tablets", "(a|b) [of] took", "# [of] .. tablets")


@pytest.mark.parametrize(
    ("source", "refusal"),
    [
        ("- a", ValueError), ("only words", ValueError), ("version: one", KeyError),
        ("version: [one]\nphrases: {}", ValueError), ("version: 7\nphrases: {}", ValueError),
        ("version: one\nphrases: [b]", ValueError),
        ("version: one\nphrases: {a: [b]}", ValueError), ("version: one\nversion: two", YAMLError),
        ("version: one\nphrases: {a: 'b'", YAMLError),
    ],
)  # fmt: skip
def test_a_list_of_another_shape_is_refused(tmp_path: Path, source: str, refusal: type[Exception]) -> None:
    (tmp_path / "en.yaml").write_text(source, encoding="utf-8")

    with pytest.raises(refusal):
        read_lists(tmp_path / "en.yaml")


@pytest.mark.parametrize("written", ["a = b_", "a = _b", "a = b_c_d"])
def test_a_spelling_joins_two_words_at_most(written: str) -> None:
    with pytest.raises(ValueError, match="not one word or two"):
        spellings(written)
