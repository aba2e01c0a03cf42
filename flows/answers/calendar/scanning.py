"""Finds the pieces of time in a reply and which of them stand together."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, cast

from flows.answers.calendar.language import Language
from flows.answers.calendar.openings import LETTERS
from flows.answers.calendar.pieces import (
    TO,
    Bound,
    Clock,
    Clocks,
    DateOrClocks,
    FromNow,
    Lasting,
    Offset,
    OnDate,
    Part,
    Piece,
    Refused,
    Year,
)
from flows.patterns import late

_WIDEST_GAP = 30  # characters between two pieces of one time: ", the", " in the", " on "
_MOST_PIECES = 40  # more than any time needs; keeps a text made of times linear
_MOST_TRIES = 160  # words that may begin a time; the longest text that anybody meant has fewer
# A piece begins with a figure, a sign or a word, and never inside one.
_START = late(r"(?<![\w$#£€.,/:])(?<!\w')(?:\d|[@+½]|-(?= ?[a-z\d])|(?P<word>[a-z]+))")


class Found(NamedTuple):
    """Pieces read from folded characters `start` to `end`."""

    pieces: tuple[Piece, ...]
    start: int
    end: int
    weak: bool


class Phrase(NamedTuple):
    """Pieces that stand together, in the order said, with the words before them that belong to the time."""

    pieces: tuple[Piece, ...]
    start: int
    end: int


def find_phrases(text: str, language: Language, *, day_first: bool) -> list[Phrase]:
    """Every stretch of folded `text` that is a time by itself."""
    return [
        phrase
        for chain in _chains(text, find_pieces(text, language, day_first=day_first), language)
        if (phrase := _phrase(text, chain, language)) is not None
    ]


def find_pieces(text: str, language: Language, *, day_first: bool) -> list[Found]:
    """The pieces of folded `text` from left to right, each as long as it can be; none overlap."""
    found: list[Found] = []
    place = tried = 0
    while len(found) < _MOST_PIECES and tried < _MOST_TRIES and (start := _START.search(text, place)):
        place = start.end() if start.lastgroup else start.start() + 1
        if start.lastgroup and start[0] not in language.first_words:
            continue
        tried += 1
        longest = _longest(text, start.start(), language, day_first=day_first)
        if longest is not None:
            found.append(longest)
            place = longest.end
    return found


def _longest(text: str, start: int, language: Language, *, day_first: bool) -> Found | None:
    """Of the rules that fit there the one that reads most; of equals a strong one, then the first."""
    best: Found | None = None
    for rule in language.by_opening[text[start : start + LETTERS]]:
        match = rule.match(text, start)
        if match is None:
            continue
        end = match.end()
        if best is not None and (end < best.end or (end == best.end and (rule.weak or not best.weak))):
            continue
        built = rule.build(match, day_first)
        if built is not None:
            best = Found(_several(built), start, end, rule.weak)
    return best


def _several(built: Piece | tuple[Piece, ...]) -> tuple[Piece, ...]:
    """A piece is a tuple with names, so it is told by its very type from a tuple of pieces."""
    return cast("tuple[Piece, ...]", built if type(built) is tuple else (built,))


def _chains(text: str, found: list[Found], language: Language) -> list[list[Found]]:
    chains: list[list[Found]] = []
    for each in found:
        if chains:
            gap = text[chains[-1][-1].end : each.start]
            if len(gap) <= _WIDEST_GAP and language.gap.fullmatch(gap) and _may_join(chains[-1], each, gap):
                chains[-1].append(each)
                continue
        chains.append([each])
    return chains


def _may_join(chain: list[Found], found: Found, gap: str) -> bool:
    """A sentence ends a time, unless the point only shortened a word: "fri. 5pm"."""
    if isinstance(found.pieces[0], Lasting):
        return any(isinstance(piece, Clock | Part | FromNow) for each in chain for piece in each.pieces)
    if ";" in gap and chain[-1].weak:
        return False
    return not (gap.startswith((". ", ") ")) and found.weak and chain[-1].weak)


def _phrase(text: str, chain: list[Found], language: Language) -> Phrase | None:
    """The chain without words at its edges that bind to nothing; None when no strong word is in it."""
    while chain and _binds_ahead(chain[-1].pieces[-1]):
        chain = chain[:-1]
    while chain and chain[0].pieces[0] is TO:
        chain = chain[1:]
    while chain and (_lasts_alone(chain) or _is_a_count(text, chain, language)):
        chain = chain[1:]
    if not chain or not _is_a_time(text, chain):
        return None
    start = chain[0].start
    prefix = language.prefix.search(text, max(0, start - _WIDEST_GAP), start) if start else None
    pieces = tuple(piece for each in chain for piece in each.pieces)
    return Phrase(pieces, prefix.start() if prefix else start, chain[-1].end)


def _binds_ahead(piece: Piece) -> bool:
    """Whether a piece says something of the next one only."""
    return piece is TO or isinstance(piece, Offset) or (isinstance(piece, Bound) and piece.side != "latest")


def _lasts_alone(chain: list[Found]) -> bool:
    """Whether a length opens the chain without a start beside it: "for 30 minutes tomorrow" says how long to walk."""
    starts = len(chain) > 1 and isinstance(chain[1].pieces[0], Bound)
    return isinstance(chain[0].pieces[0], Lasting) and not starts


def _is_a_count(text: str, chain: list[Found], language: Language) -> bool:
    """Whether the bare number that opens the chain counts something: "I feel 7 today", "pay 120 by friday"."""
    first = chain[0]
    if not first.weak or not isinstance(first.pieces[0], Clock | Clocks) or len(chain) == 1:
        return False
    counted = language.counts.search(text, max(0, first.start - _WIDEST_GAP), first.start) is not None
    return counted or isinstance(chain[1].pieces[0], Bound)


def _is_a_time(text: str, chain: list[Found]) -> bool:
    if any(not each.weak for each in chain):
        return True
    said = [piece for each in chain for piece in each.pieces if not isinstance(piece, Refused)]
    if len(said) >= 2 and not all(isinstance(piece, Clock) for piece in said):
        at_the_end = not text[chain[-1].end : chain[-1].end + 2].strip(" .,;!?)")
        return _weak_pair(said) or at_the_end
    whole = not text[: chain[0].start].strip(" .,!?'\"") and not text[chain[-1].end :].strip(" .,!?'\"")
    return whole and bool(said) and not isinstance(said[0], _NEEDS_MORE)


# Weak pieces that are no time even when they are the whole reply: a bare number, 3-4, 2027.
_NEEDS_MORE = (Clock, Clocks, DateOrClocks, Lasting, OnDate, Year)


def _weak_pair(said: Sequence[Piece]) -> bool:
    """Two weak pieces hold each other up: "sat at 5" is strong already, "sat 5" and "by fri" are a pair."""
    if isinstance(said[0], OnDate | DateOrClocks) and isinstance(said[1], Clock) and not (said[1].fine or said[1].half):
        return False  # sections 4.3, 7
    return not isinstance(said[0], Bound) or not isinstance(said[1], Clock) or said[1].fine
