"""With which two letters a pattern can begin, so that only rules that may fit a word are compiled and tried there."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

from flows.patterns import late

LETTERS = 2
_DIGITS = frozenset("0123456789")
_ESCAPED = {"d": _DIGITS, "b": frozenset[str](), "s": frozenset(" ")}
# What gives a pattern its shape; everything between is letters.
_TOKEN = late(
    r"\(\?P<\w+>|\(\?<?[:=!]|\(|\)|\||\[\^?(?:\\.|[^\]\\])+\]|\\.|[?*+]\??|\{[\d,]+\}|.",
    re.DOTALL,
)
_RANGE = late(r"\\?(.)-\\?(.)|\\?(.)", re.DOTALL)
_EMPTY = frozenset(("",))
Heads = frozenset[str]


def openings(pattern: str) -> Heads:
    """The first two characters of whatever matches; one where anything may follow it, or nothing.

    For patterns as our rules are written: no back references, no "." and no negated class at the front.
    """
    done, open_ = _Reader(_TOKEN.findall(pattern)).alternatives()
    return done | open_


class _Reader:
    """Walks the tokens once. Each part gives its heads: those that have all their letters, and those that want more."""

    def __init__(self, tokens: list[str]) -> None:
        self._tokens, self._at = [*tokens, ")"], 0

    def alternatives(self) -> tuple[Heads, Heads]:
        done, open_ = self._sequence()
        while self._tokens[self._at] == "|":
            self._at += 1
            more_done, more_open = self._sequence()
            done, open_ = done | more_done, open_ | more_open
        self._at += 1
        return done, open_

    def _sequence(self) -> tuple[Heads, Heads]:
        done: Heads = frozenset()
        open_ = _EMPTY
        while self._tokens[self._at] not in {"|", ")"}:
            if not open_:
                self._skip()
                continue
            whole, part = self._item()
            done |= {(head + more)[:LETTERS] for head in open_ for more in whole}
            joined = {head + more for head in open_ for more in part}
            done |= {head[:LETTERS] for head in joined if len(head) >= LETTERS}
            open_ = frozenset(head for head in joined if len(head) < LETTERS)
        return done, open_

    def _item(self) -> tuple[Heads, Heads]:
        token = self._tokens[self._at]
        self._at += 1
        done: Heads = frozenset()
        if token.startswith("("):
            done, open_ = self.alternatives()
            if token[-1] in "=!":  # only looks
                return frozenset(), _EMPTY
        elif token.startswith("["):
            open_ = _class(token)
        elif token.startswith("\\"):
            open_ = _ESCAPED.get(token[1], frozenset(token[1])) or _EMPTY
        else:
            open_ = frozenset(token)
        many = self._tokens[self._at]
        if many[0] in "?*{+":
            self._at += 1
            if many[0] in "*+" or not many.startswith(("?", "{0", "{1}")):
                done |= open_  # the same again or what comes next: one letter is known
            open_ = open_ | _EMPTY if many.startswith(("?", "*", "{0")) else open_
        return done, open_

    def _skip(self) -> None:
        """Past the next item, whatever is in it."""
        depth = 0
        while True:
            read = self._tokens[self._at]
            depth += read.startswith("(") - (read == ")")
            self._at += 1
            if not depth:
                return


def _class(written: str) -> Heads:
    letters: set[str] = set()
    for first, last, one in _RANGE.findall(written[1:-1].replace(r"\d", "0-9")):
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
