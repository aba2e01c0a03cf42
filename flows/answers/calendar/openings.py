"""With which two letters a pattern can begin, so that only rules that may fit a word are compiled and tried there."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cache
from typing import Generic, TypeVar

from flows.patterns import late

LETTERS = 2
_DIGITS = frozenset("0123456789")
_ESCAPED = {"d": _DIGITS, "b": frozenset[str](), "s": frozenset(" ")}
# What gives a pattern its shape; everything between is letters.
_SHAPE = late(r"\\.|\[\^?(?:\\.|[^\]\\])+\]|[()|]", re.DOTALL)
_GROUP = late(r"\((?:\?P<\w+>|\?:|(?P<looks>\?<?[=!]))?")
_ATOM = late(r"\\(?P<escaped>.)|\[(?P<letters>(?:\\.|[^\]\\])+)\]|(?P<letter>.)", re.DOTALL)
_MANY = late(r"(?P<optional>[?*]|\{0,?)?(?P<again>[*+]|\{)?[\d,}]*\??")
_RANGE = late(r"\\?(.)-\\?(.)|\\?(.)", re.DOTALL)
_EMPTY = frozenset(("",))
Heads = frozenset[str]


def openings(pattern: str) -> Heads:
    """The first two characters of whatever matches; one where anything may follow it, or nothing.

    For patterns as our rules are written: no back references, no "." and no negated class at the front.
    """
    done, open_ = _alternatives(pattern)
    return done | open_


@cache  # rules are built of the same few parts
def _alternatives(pattern: str) -> tuple[Heads, Heads]:
    """The heads of a pattern that have all their letters, and those that want more."""
    reader = _Reader(pattern)
    done, open_ = frozenset[str](), frozenset[str]()
    start = 0
    for end in reader.ends:
        more_done, more_open = reader.sequence(start, end)
        done, open_ = done | more_done, open_ | more_open
        start = end + 1
    return done, open_


class _Reader:
    """Looks at the heads of a pattern. `ends` is where each alternative ends, `_closes` where each bracket does."""

    def __init__(self, pattern: str) -> None:
        self._pattern = pattern
        self._closes: dict[int, int] = {}
        self.ends: list[int] = []
        opened: list[int] = []
        for shape in _SHAPE.finditer(pattern):
            sign = shape[0]
            if sign == "(":
                opened.append(shape.start())
            elif sign == ")":
                self._closes[opened.pop()] = shape.start()
            elif sign == "|" and not opened:
                self.ends.append(shape.start())
        self.ends.append(len(pattern))

    def sequence(self, at: int, end: int) -> tuple[Heads, Heads]:
        done, open_ = frozenset[str](), _EMPTY
        while at < end and open_:
            (whole, part), at = self._item(at)
            done |= {(head + more)[:LETTERS] for head in open_ for more in whole}
            joined = {head + more for head in open_ for more in part}
            done |= {head[:LETTERS] for head in joined if len(head) >= LETTERS}
            open_ = frozenset(head for head in joined if len(head) < LETTERS)
        return done, open_

    def _item(self, at: int) -> tuple[tuple[Heads, Heads], int]:
        """One item with what says how often it comes, and where the next begins."""
        done = frozenset[str]()
        bracket = _GROUP.match(self._pattern, at)
        if bracket is not None:
            close = self._closes[at]
            if bracket["looks"]:
                return (frozenset(), _EMPTY), close + 1
            done, open_ = _alternatives(self._pattern[bracket.end() : close])
            at = close + 1
        else:
            atom = _ATOM.match(self._pattern, at)
            open_ = _letters(atom) if atom is not None else frozenset()
            at = at + 1 if atom is None else atom.end()
        many = _MANY.match(self._pattern, at)
        if many is None or many.end() == at:
            return (done, open_), at
        if many["again"] or many["optional"] != "?":
            done |= open_  # the same again or what comes next: one letter is known
        return (done, open_ | _EMPTY if many["optional"] else open_), many.end()


def _letters(atom: re.Match[str]) -> Heads:
    if atom["escaped"]:
        return _ESCAPED.get(atom["escaped"], frozenset(atom["escaped"])) or _EMPTY
    if atom["letter"]:
        return frozenset(atom["letter"])
    letters: set[str] = set()
    for first, last, one in _RANGE.findall(atom["letters"].replace(r"\d", "0-9")):
        letters.update(map(chr, range(ord(first), ord(last) + 1)) if first else one)
    return frozenset(letters)


Build = TypeVar("Build")


class Opened(Generic[Build]):
    """One pattern: what it can begin with now, its matcher when it is first wanted."""

    __slots__ = ("_openings", "_pattern", "build", "match", "weak")

    def __init__(self, pattern: str, build: Build, *, weak: bool) -> None:
        self._pattern, self.build, self.weak = pattern, build, weak
        self._openings = openings(pattern)
        self.match: Callable[[str, int], re.Match[str] | None] = self._first_match

    def can_begin(self, letters: str) -> bool:
        return letters in self._openings or letters[0] in self._openings

    def _first_match(self, text: str, start: int) -> re.Match[str] | None:
        self.match = re.compile(self._pattern).match
        return self.match(text, start)


class ByOpening(dict[str, tuple[Opened[Build], ...]]):
    """Two letters -> the patterns that can begin so, in their order; looked up once for each two letters."""

    def __init__(self, opened: Sequence[Opened[Build]]) -> None:
        super().__init__()
        self._opened = opened

    def __missing__(self, letters: str) -> tuple[Opened[Build], ...]:
        found = tuple(each for each in self._opened if each.can_begin(letters))
        self[letters] = found
        return found
