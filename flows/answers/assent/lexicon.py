"""The phrases of both languages, ready to be looked up word by word; the longest that fits comes first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache

from flows.answers.assent.english import ENGLISH
from flows.answers.assent.kinds import ORDER, SINGLE_WORDS
from flows.answers.assent.notation import Phrase, read_phrases
from flows.answers.assent.spanish import SPANISH
from flows.answers.slips import is_one_slip, is_swapped, without_doubles, without_held_keys
from flows.folding import word_set
from flows.patterns import late
from flows.phrases.spelling import Slips, is_slip_of_finger

# What is yes in one language and something else in the other.
_ONLY = {
    "en": {"yes": "ya", "yes alone": "y"},
    "es": {"yes": "see | sep | seh", "yes alone": "sale | va | s | ya", "unsure": "nose"},
}
_NUMBER = "#"  # in the lists: a number, or a time as "5pm"
_LONG_ENOUGH_TO_SLIP = 6  # "nice" is not "nine": in a short word one other letter makes another word
_SHORT_PARTICLE = 3  # "nnn" is anything
_PARTICLES = ("yes", "yeah", "yep", "yup", "sure", "nope", "okay", "maybe", "claro", "not")
# The key beside, in words so short that only these are surely no others; nor are the words of the second line slips.
_OFTEN_SLIPPED = ("yes", "yeah", "yep", "nope")
_NO_SLIPS = word_set(
    "hes yds yew yews yens yet yeps hope mope hep nose note node noon heap eyes dyes byes eyed open pope rope yeast"
)
# Words of their own that are one slip from a word of the lists.
_ORDINARY = word_set(
    "thins thing think though through course coarse heart heard hears house hours horse store story stork works world "
    "words least leave leaves leaver fines finer greater grater weather whether places please pleased pleas"
)
_FURTHER = {
    "defiantly": "definitely", "definatly": "definitely", "definetly": "definitely", "defintely": "definitely",
    "mayb": "maybe", "prolly": "probably", "probly": "probably", "probs": "probably", "shure": "sure", "ys": "yes",
    "quisas": "quizas",
    "quisa": "quizas", "kisas": "quizas", "kizas": "quizas", "toy": "estoy", "tmb": "tambien", "xfa": "porfa",
    "q": "que", "u": "you", "ur": "your", "gud": "good", "gd": "good", "gr8": "great", "corse": "course",
    "cnt": "cant", "cudnt": "couldnt", "wudnt": "wouldnt", "dnt": "dont", "dint": "didnt", "wnt": "wont", "sur": "sure",
    "em": "them", "tnx": "thanks",
}  # fmt: skip
_ANSWERS = ("yes", "assure", "no", "no through", "unsure")

# What is still to be heard of a phrase: which, from which slot on, and the rest of the alternative that was begun.
_Part = tuple[Phrase, int, tuple[str, ...]]


class _Heard:
    """Where one stands after some words: what may follow, the kinds of the phrases that end here, and what came of
    each word that followed before."""

    __slots__ = ("after", "kinds", "parts")

    def __init__(self, parts: Iterable[_Part], kinds: Iterable[str]) -> None:
        self.parts = tuple(parts)
        self.kinds = tuple(sorted(kinds, key=ORDER.index))
        self.after: dict[str, _Heard | None] = {}


class Lexicon:
    """All phrases, followed word by word. What was followed once is remembered, so that looking up stays quick."""

    def __init__(self, phrases: Sequence[Phrase]) -> None:
        self.phrases = tuple(phrases)
        self.words = frozenset(word for each in phrases for slot, _ in each.slots for part in slot for word in part)
        self.single = {kind: frozenset(_single_words(phrases, kind)) for kind in SINGLE_WORDS}
        self._first: dict[str, list[_Part]] = {}
        for phrase in phrases:
            for part in _opened(phrase, 0):
                self._first.setdefault(part[2][0], []).append(part)
        self._root = _Heard((), ())

    def matches(self, words: Sequence[str], start: int) -> list[tuple[int, str]]:
        """Ends and kinds of every phrase that begins at word `start`, the longest first."""
        found: list[tuple[int, str]] = []
        heard = self._begun(words[start])
        end = start + 1
        while heard is not None:
            found[:0] = [(end, kind) for kind in heard.kinds]
            heard = self._followed(heard, words[end]) if end < len(words) else None
            end += 1
        return found

    def _begun(self, word: str) -> _Heard | None:
        if word not in self._root.after and word in self._first:
            self._root.after[word] = _behind(self._first[word], word)
        return self._root.after.get(word)

    def _followed(self, heard: _Heard, word: str) -> _Heard | None:
        if word not in heard.after and word in self.words:
            heard.after[word] = _behind(heard.parts, word)
        return heard.after.get(word)


def _opened(phrase: Phrase, slot: int) -> Iterator[_Part]:
    """Every way in which the phrase may go on at that slot."""
    for place in range(slot, len(phrase.slots)):
        alternatives, may_miss = phrase.slots[place]
        yield from ((phrase, place, alternative) for alternative in alternatives)
        if not may_miss:
            return


def _behind(parts: Iterable[_Part], word: str) -> _Heard | None:
    following: list[_Part] = []
    kinds: set[str] = set()
    for phrase, slot, rest in parts:
        if rest[0] != word:
            continue
        if len(rest) > 1:
            following.append((phrase, slot, rest[1:]))
            continue
        following += _opened(phrase, slot + 1)
        if all(may_miss for _, may_miss in phrase.slots[slot + 1 :]):
            kinds.add(phrase.kind)
    return _Heard(following, kinds) if following or kinds else None


def _single_words(phrases: Sequence[Phrase], kind: str) -> Iterator[str]:
    for phrase in phrases:
        if phrase.kind == kind:
            yield from (part[0] for slot, _ in phrase.slots for part in slot if len(part) == 1)


@cache
def lexicon_for(language: str) -> Lexicon:
    """English and Spanish together, as somebody who texts in `language` means them."""
    lists = (ENGLISH, SPANISH, _ONLY.get(language, {}))
    return Lexicon([phrase for each in lists for kind, lines in each.items() for phrase in read_phrases(kind, lines)])


@lru_cache(maxsize=4096)
def known_word(word: str, language: str) -> str:
    """The word of the lexicon that was meant: `yesss`, `yse`, `definately`; the word itself where none was."""
    words = lexicon_for(language).words
    if word in words:
        return word
    if word in _FURTHER:
        return _FURTHER[word]
    if not word.isalpha():
        return _NUMBER if word[0].isdigit() else word
    once = without_held_keys(word)
    if once in words or once in _FURTHER:
        return _FURTHER.get(once, once)
    single = without_doubles(word)
    if len(word) > _SHORT_PARTICLE and single in _one_word_answers(language):
        return single
    for particle in _PARTICLES:
        if is_swapped(once, particle):
            return particle
    for particle in _OFTEN_SLIPPED:
        is_long_enough = _SHORT_PARTICLE <= len(once) <= len(particle) + 1 and once[0] == particle[0]
        is_long_enough = is_long_enough or len(once) == len(particle)
        if is_long_enough and once not in _NO_SLIPS and is_slip_of_finger(once, particle):
            return particle
    if len(word) >= _LONG_ENOUGH_TO_SLIP:
        slipped = next((meant for meant in _long_words(language) if is_one_slip(word, meant)), None)
        if slipped is not None:
            return slipped
    return _slips(language).meant(word)


@cache
def _slips(language: str) -> Slips:
    return Slips(lexicon_for(language).words, _ORDINARY)


@cache
def _one_word_answers(language: str) -> frozenset[str]:
    return frozenset(
        part[0]
        for each in lexicon_for(language).phrases
        if each.kind in _ANSWERS and len(each.slots) == 1
        for part in each.slots[0][0]
        if len(part) == 1
    )


@cache
def _long_words(language: str) -> tuple[str, ...]:
    """Words that are an answer by themselves and long enough that a slip makes no other word of them."""
    return tuple(sorted(word for word in _one_word_answers(language) if len(word) >= _LONG_ENOUGH_TO_SLIP))


@lru_cache(maxsize=4096)
def words_run_together(word: str, language: str) -> tuple[str, ...]:
    """The words of an answer that was written as one: `ofcourse`, `nothanks`; none where it is no such answer."""
    lexicon = lexicon_for(language)
    again = _TWICE.fullmatch(word)
    if again is not None and again[1] in _one_word_answers(language):
        return (again[1],)
    if word in lexicon.words or not _LONG_ENOUGH_TO_SLIP <= len(word) <= _LONGEST_RUN:
        return ()
    for words in _splits(word, lexicon.words, 4):
        if len(words) > 1 and any(end == len(words) and kind in _ANSWERS for end, kind in lexicon.matches(words, 0)):
            return words
    return ()


_LONGEST_RUN = 20
_TWICE = late(r"([a-z]{2,6})\1+")


def _splits(word: str, known: frozenset[str], most: int) -> Iterator[tuple[str, ...]]:
    if not word:
        yield ()
    if not most:
        return
    for end in range(1, len(word) + 1):
        if word[:end] in known:
            yield from ((word[:end], *rest) for rest in _splits(word[end:], known, most - 1))
