"""How the lists of phrases are written: `a|b` is a choice, `a_b` two words, `?` behind a choice means "or without"."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

Slot = tuple[tuple[tuple[str, ...], ...], bool]  # alternatives of one word or more; whether it may be left out


class Phrase(NamedTuple):
    """A pattern of slots and its kind: `yes`, `no alone`, `opener` …"""

    kind: str
    slots: tuple[Slot, ...]


def one_of(words: str) -> str:
    """A choice of all these words, for a list too long to stand inside a phrase."""
    return "|".join(words.split())


def read_phrases(kind: str, lines: str) -> Iterator[Phrase]:
    """The phrases of one kind, one between " | "."""
    for line in lines.strip().splitlines():
        for written in line.split(" | "):
            if written.split():
                yield Phrase(kind, tuple(_slot(slot) for slot in written.split()))


def _slot(written: str) -> Slot:
    may_miss = written.endswith("?")
    alternatives = written.removesuffix("?").split("|")
    return tuple(tuple(alternative.split("_")) for alternative in alternatives), may_miss
