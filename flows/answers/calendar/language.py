"""One language as the scanner sees it: rules that turn a stretch of words into a piece, and the words between."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from flows.answers.calendar.openings import ByOpening, Opened
from flows.answers.calendar.pieces import Length, Piece
from flows.answers.calendar.spelling import Spelling
from flows.patterns import late

Build = Callable[["re.Match[str]", bool], "Piece | tuple[Piece, ...] | None"]


class Rule(NamedTuple):
    """`pattern` is tried at the start of a word, on folded text; the longest rule that builds a piece wins.

    `weak`: words that are a time only beside another piece, like a bare number or "sat".
    `build` gets the match and whether the day comes first in 3/12.
    """

    pattern: str
    build: Build
    weak: bool = False


@dataclass(frozen=True, eq=False)
class Language:
    """`first_words` are the letters that a piece may begin with, up to what is no letter; `gap` fills between two
    pieces; `prefix` goes before the first; `leftover` are words that speak of time: where a piece was read elsewhere,
    they mean that it was not understood; `before` and `behind` are such words right beside it. `counts` before a bare
    number make it a count. `cannot` says that the time is the one that does not suit. `alone` reads a whole reply that
    is one length of time. `spelling` are the names in which slips of the thumb are mended. `own` are words of time
    that no other language here has. `about` says that a time is not meant to the minute.
    """

    rules: tuple[Rule, ...]
    first_words: frozenset[str]
    gap: re.Pattern[str]
    prefix: re.Pattern[str]
    leftover: re.Pattern[str]
    cannot: re.Pattern[str]
    counts: re.Pattern[str]
    before: re.Pattern[str]
    behind: re.Pattern[str]
    alone: Callable[[str], Length | None]
    spelling: Spelling
    own: re.Pattern[str]
    about: re.Pattern[str]

    @cached_property
    def by_opening(self) -> ByOpening[Build]:
        """The rules that may fit a word with those first two letters, in their order. Sorted when first heard."""
        return ByOpening([Opened(each.pattern, each.build, weak=each.weak) for each in self.rules])


def either(words: Sequence[str] | Mapping[str, object]) -> str:
    """A regular expression for any of the words, the longest first."""
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True)).replace(r"\ ", " ")


def first_letters(words: Iterable[str]) -> frozenset[str]:
    """The first word of each, up to what is no letter; none for what begins with a figure."""
    return frozenset(found[0] for word in words if (found := _LETTERS.match(word)) is not None)


_LETTERS = late("[a-z]+")


def rule(pattern: str, build: Build, *, weak: bool = False) -> Rule:
    return Rule(pattern, build, weak)


def always(*pieces: Piece) -> Build:
    """A rule whose words mean one thing."""
    return lambda _match, _day_first: pieces


def add(lengths: Sequence[tuple[float, str]]) -> Length | None:
    """The sum of amounts of minute, hour, day …; None for half a month and the like, or for what no calendar holds."""
    months = days = seconds = 0.0
    for amount, unit in lengths:
        if unit in _SECONDS:
            seconds += amount * _SECONDS[unit]
        elif unit in _DAYS:
            days += amount * _DAYS[unit]
        else:
            months += amount * _MONTHS[unit]
    whole_days = int(days)
    if days != whole_days:
        seconds += round((days - whole_days) * 86400)
    if months != int(months) or months > 1200 or days > 36525 or seconds > 86400 * 366:
        return None
    return Length(int(months), whole_days, round(seconds))


_SECONDS = {"second": 1, "minute": 60, "hour": 3600}
_DAYS = {"day": 1, "week": 7, "fortnight": 14}
_MONTHS = {"month": 1, "year": 12}
