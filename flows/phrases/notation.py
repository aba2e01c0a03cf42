"""The notation in which phrases are written in lists (flows/phrases/README.md), read into a tree."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import product
from typing import NamedTuple

from flows.patterns import late
from flows.phrases.spelling import Spelling

# What most of a list is made of comes as one sign each: words side by side, and choices between such.
_SIGN = late(
    r"[!~]?\([^()\[\]{}.!~]*\)|\.\.|[!~]\(|[()\[\]|.]|\{\w+\}|[^\s()\[\]|{}.~!]+(?: +[^\s()\[\]|{}.~!]+)*|\S"
)
GAP_WORDS = 3
_CLOSING = frozenset(("", ")", "]", "|"))
_OPENING = frozenset("([.{}!~")  # of signs that are no words


class Run(NamedTuple):
    """These words side by side; `#` is any number, `.` a sentence's end, the empty word any word at all."""

    words: tuple[str, ...]


class Row(NamedTuple):
    """One part after the other."""

    parts: tuple[Part, ...]


class Choice(NamedTuple):
    """One of the words, or one of the longer options."""

    words: frozenset[str]
    options: tuple[Part, ...]


Part = Run | Row | Choice
NOTHING = Run(())
_ANY = Run(("",))
# One way through the words of a gap, which may end after each: three ways of their own lengths are walked three times.
_GAP = Choice(frozenset(), (NOTHING, _ANY))
for _ in range(GAP_WORDS - 1):
    _GAP = Choice(frozenset(), (NOTHING, Row((_ANY, _GAP))))


class Phrase(NamedTuple):
    """`words` must stand there, none of `never_before` right before them, none of `never_after` right after."""

    words: Part
    never_before: frozenset[tuple[str, ...]]
    never_after: frozenset[tuple[str, ...]]


class PhraseReader:
    """Reads the lines of one file. A set is read once, however many lines name it."""

    def __init__(self, sets: Mapping[str, str], respell: Spelling) -> None:
        self._sets = sets
        self._respell = respell
        self._known: dict[str, tuple[str, ...]] = {}  # words of the file as they are spelled here
        self._choices: dict[str, Part] = {}
        self._run_of: dict[str, Run] = {}  # most options stand in many lines

    def phrase(self, written: str) -> Phrase:
        """One line.

        Raises:
            ValueError: the notation is broken, a set is unknown or holds itself, or the phrase can be empty.
        """
        line = _Line(written, self, ())
        before = line.guarded("!")
        words = line.row()
        after = line.guarded("~")
        line.ends()
        if _can_be_empty(words):
            raise ValueError(f"nothing must be there: {written}")
        return Phrase(words, before, after)

    def choice(self, name: str, inside: tuple[str, ...]) -> Part | None:
        """The set of that name as one choice; None where there is none, or where it is one of `inside`."""
        if name not in self._sets or name in inside:
            return None
        known = self._choices.get(name)
        if known is None:
            line = _Line(self._sets[name], self, (*inside, name))
            options = line.options()
            line.ends()
            known = self._choices[name] = _one_of([option for option in options if option != NOTHING] or [NOTHING])
        return known

    def run(self, written: str) -> Run:
        """Words side by side as they are spelled here; two may mean something of their own together."""
        known = self._run_of.get(written)
        if known is None:
            known = self._run_of[written] = self._read_run(written.split())
        return known

    def _read_run(self, words: Sequence[str]) -> Run:
        spelled: list[str] = []
        pairs = self._respell.pairs
        at = 0
        while at < len(words):
            word = words[at]
            at += 1
            meant = None
            if word in pairs and at < len(words) and (meant := pairs[word].get(words[at])) is not None:
                at += 1
            spelled.extend(self._spelled(word) if meant is None else meant)
        return Run(tuple(spelled))

    def runs(self, written: str) -> list[Run]:
        """A choice between such, written without its brackets. Raises ValueError: an empty one."""
        runs = written.split("|")
        if any(not run.strip() for run in runs):
            raise ValueError(f"an empty choice: {written}")
        return [self.run(run) for run in runs]

    def _spelled(self, word: str) -> tuple[str, ...]:
        known = self._known.get(word)
        if known is None:
            known = self._known[word] = self._respell(word)
        return known


class _Line:
    """Reads one line, or one set, from left to right; `inside` names the sets it is part of."""

    def __init__(self, written: str, file: PhraseReader, inside: tuple[str, ...]) -> None:
        self._written = written
        self._signs = _SIGN.findall(written)
        self._at = 0
        self._file = file
        self._inside = inside

    def row(self) -> Part:
        parts: list[Part] = []
        while (sign := self._next()) not in _CLOSING and not sign.startswith("~"):
            self._at += 1
            part = self._part(sign) if sign[0] in _OPENING else self._file.run(sign)
            if part != NOTHING:
                parts.append(part)
        return parts[0] if len(parts) == 1 else Row(tuple(parts)) if parts else NOTHING

    def options(self) -> list[Part]:
        options = [self._option()]
        while self._next() == "|":
            self._at += 1
            options.append(self._option())
        return options

    def guarded(self, mark: str) -> frozenset[tuple[str, ...]]:
        sign = self._next()
        if not sign.startswith(f"{mark}("):
            return frozenset()
        self._at += 1
        options = self._chosen(sign[1:])
        return frozenset(words for option in options for words in spelled_out(option) if words)

    def ends(self) -> None:
        if self._next():
            raise ValueError(f"{self._next()!r} is out of place: {self._written}")

    def _option(self) -> Part:
        if self._next() in _CLOSING:
            raise ValueError(f"an empty choice: {self._written}")
        return self.row()

    def _part(self, sign: str) -> Part:
        match sign[0]:
            case "(":
                options = self._chosen(sign)
                if NOTHING in options:
                    raise ValueError(f"a word that is passed over cannot be a choice: {self._written}")
                return _one_of(options)
            case "[":
                return _one_of([NOTHING, *self._closed("]")])
            case ".":
                return _GAP if sign == ".." else Run((sign,))
            case "{" if len(sign) > 1:
                return self._set(sign[1:-1])
        raise ValueError(f"{sign!r} is out of place: {self._written}")

    def _chosen(self, sign: str) -> Sequence[Part]:
        return self._file.runs(sign[1:-1]) if len(sign) > 1 else self._closed(")")

    def _closed(self, closing: str) -> list[Part]:
        options = self.options()
        if self._next() != closing:
            raise ValueError(f"{closing!r} is missing: {self._written}")
        self._at += 1
        return options

    def _set(self, name: str) -> Part:
        choice = self._file.choice(name, self._inside)
        if choice is None:
            raise ValueError(f"no set {name}: {self._written}")
        return choice

    def _next(self) -> str:
        return self._signs[self._at] if self._at < len(self._signs) else ""


def _one_of(options: Iterable[Part]) -> Part:
    """A choice within a choice is one choice; NOTHING may be chosen."""
    words: set[str] = set()
    longer: dict[Part, None] = {}
    for option in options:
        match option:
            case Run() if len(option.words) == 1:
                words.update(option.words)
            case Choice():
                words |= option.words
                longer |= dict.fromkeys(option.options)
            case _:
                longer[option] = None
    return Choice(frozenset(words), tuple(longer))


def spelled_out(part: Part) -> Iterator[tuple[str, ...]]:
    """Every run of words that the part can be."""
    match part:
        case Run():
            yield part.words
        case Row():
            for runs in product(*(list(spelled_out(each)) for each in part.parts)):
                yield tuple(word for run in runs for word in run)
        case Choice():
            yield from ((word,) for word in part.words)
            for option in part.options:
                yield from spelled_out(option)


def _can_be_empty(part: Part) -> bool:
    match part:
        case Run():
            return not part.words
        case Row():
            return all(_can_be_empty(each) for each in part.parts)
        case Choice():
            return any(_can_be_empty(option) for option in part.options)
