"""The notation in which phrases are written in lists (flows/phrases/README.md), read into a tree."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import product

from flows.patterns import late
from flows.phrases.spelling import Spelling

_SIGN = late(r"\.\.|[!~]\(|[()\[\]|]|\{\w+\}|[^\s()\[\]|{}~!]+|\S")
GAP_WORDS = 3


@dataclass(frozen=True, slots=True)
class Word:
    """One word; `#` is any number, `.` a sentence's end, the empty word any word at all."""

    text: str


@dataclass(frozen=True, slots=True)
class Row:
    """One part after the other."""

    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """One of the options."""

    options: tuple[Part, ...]


Part = Word | Row | Choice
NOTHING = Row(())
_GAP = Choice(tuple(Row((Word(""),) * length) for length in range(GAP_WORDS + 1)))


@dataclass(frozen=True, slots=True)
class Phrase:
    """`words` must stand there, none of `never_before` right before them, none of `never_after` right after."""

    words: Part
    never_before: frozenset[tuple[str, ...]]
    never_after: frozenset[tuple[str, ...]]


def read_phrase(written: str, sets: Mapping[str, str], respell: Spelling) -> Phrase:
    """One line of a list.

    Raises:
        ValueError: the notation is broken, a set is unknown or holds itself, or the phrase can be empty.
    """
    reader = _Reader(written, sets, respell, ())
    before = reader.guarded("!(")
    words = reader.row()
    after = reader.guarded("~(")
    reader.ends()
    if _can_be_empty(words):
        raise ValueError(f"nothing must be there: {written}")
    return Phrase(words, before, after)


class _Reader:
    """Reads one line from left to right; `inside` names the sets it is part of."""

    def __init__(self, written: str, sets: Mapping[str, str], respell: Spelling, inside: tuple[str, ...]) -> None:
        self._written = written
        self._signs = _SIGN.findall(written)
        self._at = 0
        self._sets = sets
        self._respell = respell
        self._inside = inside

    def row(self) -> Part:
        parts: list[Part] = []
        while (sign := self._next()) not in {"", ")", "]", "|", "~("}:
            self._at += 1
            part = self._together(sign) or self._part(sign)
            if part != NOTHING:
                parts.append(part)
        return parts[0] if len(parts) == 1 else Row(tuple(parts))

    def options(self) -> list[Part]:
        options = [self._option()]
        while self._next() == "|":
            self._at += 1
            options.append(self._option())
        return options

    def guarded(self, opening: str) -> frozenset[tuple[str, ...]]:
        if self._next() != opening:
            return frozenset()
        self._at += 1
        options = self.options()
        self._closes(")")
        return frozenset(words for option in options for words in spelled_out(option) if words)

    def ends(self) -> None:
        if self._next():
            raise ValueError(f"{self._next()!r} is out of place: {self._written}")

    def _option(self) -> Part:
        if self._next() in {"", "|", ")", "]"}:
            raise ValueError(f"an empty choice: {self._written}")
        return self.row()

    def _together(self, sign: str) -> Part | None:
        """Two words that mean something of their own together, here as in a reply."""
        meant = self._respell.pairs.get(sign, {}).get(self._next())
        if meant is None:
            return None
        self._at += 1
        return Row(tuple(Word(word) for word in meant))

    def _part(self, sign: str) -> Part:
        match sign:
            case "(":
                return Choice(self._closed(")"))
            case "[":
                return Choice((NOTHING, *self._closed("]")))
            case "..":
                return _GAP
            case _ if sign.startswith("{"):
                return self._set(sign[1:-1])
            case _ if sign in {"{", "}", "!(", "!", "~"}:
                raise ValueError(f"{sign!r} is out of place: {self._written}")
        words = self._respell(sign)
        return Word(words[0]) if len(words) == 1 else Row(tuple(Word(word) for word in words))

    def _closed(self, closing: str) -> tuple[Part, ...]:
        options = self.options()
        self._closes(closing)
        if closing == ")" and NOTHING in options:
            raise ValueError(f"a word that is passed over cannot be a choice: {self._written}")
        return tuple(option for option in options if option != NOTHING) or (NOTHING,)

    def _closes(self, closing: str) -> None:
        if self._next() != closing:
            raise ValueError(f"{closing!r} is missing: {self._written}")
        self._at += 1

    def _set(self, name: str) -> Part:
        if name not in self._sets or name in self._inside:
            raise ValueError(f"no set {name}: {self._written}")
        reader = _Reader(self._sets[name], self._sets, self._respell, (*self._inside, name))
        options = reader.options()
        reader.ends()
        return Choice(tuple(option for option in options if option != NOTHING) or (NOTHING,))

    def _next(self) -> str:
        return self._signs[self._at] if self._at < len(self._signs) else ""


def spelled_out(part: Part) -> Iterator[tuple[str, ...]]:
    """Every run of words that the part can be."""
    match part:
        case Word():
            yield (part.text,)
        case Row():
            for runs in product(*(list(spelled_out(each)) for each in part.parts)):
                yield tuple(word for run in runs for word in run)
        case Choice():
            for option in part.options:
                yield from spelled_out(option)


def words_of(part: Part) -> Iterator[str]:
    """Every word named in the part."""
    match part:
        case Word():
            yield part.text
        case Row():
            for each in part.parts:
                yield from words_of(each)
        case Choice():
            for option in part.options:
                yield from words_of(option)


def _can_be_empty(part: Part) -> bool:
    match part:
        case Word():
            return False
        case Row():
            return all(_can_be_empty(each) for each in part.parts)
        case Choice():
            return any(_can_be_empty(option) for option in part.options)
