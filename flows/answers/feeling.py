"""Which words of the shared vocabulary of feeling a reply holds. For offering words; nobody is scored by them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from typing import NamedTuple

from flows.answers.feeling_words import Vocabulary, read_vocabulary
from flows.answers.reading import Json, Reading, nothing, understood
from flows.phrases.book import Hit, PhraseBook, Words
from flows.phrases.tokens import STOP

LANGUAGES = ("en", "es")
# A whole text, as long as one can be; what was felt is said by then.
_READ_LETTERS = 1600
# How far back a word is denied or strengthened: "not really that angry", "a little bit sad".
_REACH_WORDS = 3
_WEAKEST, _STRONGEST = 1, 5


class _Lexicon(NamedTuple):
    book: PhraseBook
    vocabulary: Vocabulary

    def is_of(self, group: str, word: str) -> bool:
        return word in self.vocabulary.groups[group]


def read_feeling(text: str) -> Reading:
    """The words of feeling in a reply, English and Spanish together: `{"words": [{word, kind, valence, intensity}]}`.

    `word` is the vocabulary's own, in the language it was written in; `kind` is body, feeling, thought, urge or wish;
    `valence` 1 pleasant, -1 unpleasant, 0 neither; `intensity` 1 to 5, moved by words like "very" and "un poco". A word
    that is denied ("not angry") is not read. Never raises.
    """
    lexicon = _lexicon()
    words = lexicon.book.words(text[:_READ_LETTERS])
    found = _apart(lexicon.book.hits(words))
    said = list(_said(lexicon, _with_words_before(words, found)))
    if not said:
        return nothing(text, "feeling-denied" if found else "no-feeling-word")
    read: dict[str, dict[str, Json]] = {}
    strengths: dict[str, int] = {}
    for hit, before in said:
        feeling = lexicon.vocabulary.feelings[hit.label]
        pushed = _pushed(lexicon, (*before, *words.words[hit.start : hit.end]))
        intensity = min(max(feeling.intensity + pushed, _WEAKEST), _STRONGEST)
        if intensity > strengths.get(feeling.word, 0):
            strengths[feeling.word] = intensity
            read[feeling.word] = feeling.as_json(intensity)
    span = words.span(said[0][0].start, said[-1][0].end)
    return understood(text, {"words": list(read.values())}, span, reason="feeling-words")


@cache
def _lexicon() -> _Lexicon:
    vocabulary = read_vocabulary(LANGUAGES)
    return _Lexicon(PhraseBook(vocabulary.lists, keeps_stops=True), vocabulary)


def _apart(hits: Iterable[Hit]) -> list[Hit]:
    """Of phrases that share words the longest; "pissed off" is not "off"."""
    chosen: list[Hit] = []
    taken: set[int] = set()
    for hit in sorted(hits, key=lambda hit: (hit.start - hit.end, hit.start)):
        if not taken.intersection(range(hit.start, hit.end)):
            chosen.append(hit)
            taken.update(range(hit.start, hit.end))
    return sorted(chosen, key=lambda hit: hit.start)


def _with_words_before(words: Words, found: list[Hit]) -> list[tuple[Hit, tuple[str, ...]]]:
    """Each with the few words that stand before it in its sentence and belong to no other."""
    placed: list[tuple[Hit, tuple[str, ...]]] = []
    free_from = 0
    for hit in found:
        start = max(free_from, hit.start - _REACH_WORDS)
        while STOP in words.words[start : hit.start]:
            start += 1
        placed.append((hit, words.words[start : hit.start]))
        free_from = hit.end
    return placed


def _said(lexicon: _Lexicon, placed: list[tuple[Hit, tuple[str, ...]]]) -> Iterator[tuple[Hit, tuple[str, ...]]]:
    """Without those that are denied: "not angry", and also the second of "not angry or sad"."""
    was_denied = False
    for hit, before in placed:
        joins = was_denied and len(before) > 0 and all(lexicon.is_of("joining", word) for word in before)
        was_denied = joins or _is_denied(lexicon, before)
        if not was_denied:
            yield hit, before


def _is_denied(lexicon: _Lexicon, before: tuple[str, ...]) -> bool:
    denied = False
    for word in before:
        if lexicon.is_of("denying", word):
            denied = True
        elif lexicon.is_of("turning", word):
            denied = False
    return denied


def _pushed(lexicon: _Lexicon, words: tuple[str, ...]) -> int:
    """One stronger, one weaker, or as it is: "very very" is no stronger than "very"."""
    strong = any(lexicon.is_of("stronger", word) for word in words)
    weak = any(lexicon.is_of("weaker", word) for word in words)
    return strong - weak
