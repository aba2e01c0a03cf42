"""Slips of the thumb in the names of days and months: one letter too many, too few, wrong or swapped."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from flows.folding import Folded
from flows.patterns import late

_SHORTEST = 5
_WORD = late(r"[a-z]{5,13}(?![a-z'\d])")


class Spelling(NamedTuple):
    """`names` by first letter; `known` are words as they stand, other words of the language that look like a name."""

    names: Mapping[str, Sequence[str]]
    known: frozenset[str]


def spelling(names: Iterable[str], known: Iterable[str]) -> Spelling:
    """Names of five letters and more; their plurals are words of their own."""
    long = [name for name in names if len(name) >= _SHORTEST and name.isalpha()]
    by_first = {first: tuple(name for name in long if name[0] == first) for first in {name[0] for name in long}}
    return Spelling(by_first, frozenset((*known, *long, *(f"{name}s" for name in long))))


def respelled(folded: Folded, spelling: Spelling) -> Folded:
    """The folded reply with slipped names as they are spelled; every letter still knows where it was written."""
    slips = [
        (match, right)
        for match in _WORD.finditer(folded.text)
        if match[0][0] in spelling.names
        and match[0] not in spelling.known
        and (right := _meant(match[0], spelling.names[match[0][0]])) is not None
        and not (match.start() and folded.text[match.start() - 1].isalnum())
    ]
    for match, right in reversed(slips):
        folded = _replaced(folded, match.start(), match.end(), right)
    return folded


def _meant(word: str, names: Sequence[str]) -> str | None:
    found = [name for name in names if is_slip(word, name)]
    return found[0] if len(found) == 1 else None


def is_slip(word: str, name: str) -> bool:
    """Whether one letter too many, too few or wrong, or two beside each other swapped, make the word of the name."""
    if abs(len(word) - len(name)) > 1:
        return False
    start = next((at for at, (one, other) in enumerate(zip(word, name, strict=False)) if one != other), -1)
    if start < 0:
        return len(word) != len(name)
    rest, wanted = word[start:], name[start:]
    while rest and wanted and rest[-1] == wanted[-1]:
        rest, wanted = rest[:-1], wanted[:-1]
    return max(len(rest), len(wanted)) <= 1 or (len(rest) == 2 and rest == wanted[::-1])


def _replaced(folded: Folded, start: int, end: int, right: str) -> Folded:
    letters = len(right)
    return Folded(
        folded.text[:start] + right + folded.text[end:],
        (*folded.starts[:start], *[folded.starts[start]] * letters, *folded.starts[end:]),
        (*folded.ends[:start], *[folded.ends[end - 1]] * letters, *folded.ends[end:]),
    )
