"""What a reply says with case, accents and typography set aside, and the way back to where it was written."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from flows.patterns import late

# Six segments of a text. A longer reply is a story: what stands further on is no answer.
_READ_LETTERS = 918
# Phones write a digit in a box as the digit and two invisible marks; the marks carry nothing.
_INVISIBLE = {"\ufe0e", "\ufe0f", "\u20e3", "\u200b", "\u200c", "\u200d", "\u2060", "\ufeff", "\u00ad"}
_INVISIBLE |= {chr(tone) for tone in range(0x1F3FB, 0x1F400)}  # skin tones change no meaning
_APOSTROPHES = {"\u2019": "'", "\u2018": "'", "\u02bc": "'", "\u00b4": "'", "`": "'"}
_DASHES = {"\u2010": "-", "\u2011": "-", "\u2012": "-", "\u2013": "-", "\u2014": "-", "\u2212": "-", "\u301c": "~"}
_WHOLE = {**_APOSTROPHES, **_DASHES, "\U0001f51f": "10", "\u2026": "..."}


class Folded(NamedTuple):
    """`text` is lower case, without accents; its character i is code points `starts[i]` to `ends[i]` of the reply."""

    text: str
    starts: Sequence[int]
    ends: Sequence[int]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Code points [start, end) of the reply that hold characters [start, end) of the folded text."""
        return self.starts[start], self.ends[end - 1]


def fold(reply: str) -> Folded:
    """Lower case, no accents, plain digits, straight quotes and dashes; every other character stays in its place."""
    if reply.isascii():  # most replies; ten times as fast
        return Folded(reply.lower().replace("`", "'"), range(len(reply)), range(1, len(reply) + 1))
    letters: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for place, char in enumerate(reply):
        plain = _plain(char)
        letters.append(plain)
        starts.extend([place] * len(plain))
        ends.extend([place + 1] * len(plain))
        if not plain and ends:  # an invisible mark belongs to the letter before it
            ends[-1] = place + 1
    return Folded("".join(letters), tuple(starts), tuple(ends))


def fold_opening(reply: str) -> Folded:
    """The same for the first six segments of a long reply, whole words only, after any space it begins with."""
    before, cut = 0, reply
    if len(reply) > _READ_LETTERS:
        said = reply.lstrip()
        before, cut = len(reply) - len(said), said[:_READ_LETTERS]
        if len(said) > _READ_LETTERS and not said[_READ_LETTERS].isspace():
            cut = cut[: max(cut.rfind(" "), cut.rfind("\n"), 0)]
    folded = fold(cut)
    if before == 0 and len(folded.text) <= 2 * _READ_LETTERS:
        return folded
    size = min(len(folded.text), 2 * _READ_LETTERS)  # one letter may stand for eighteen
    return Folded(
        folded.text[:size],
        tuple(place + before for place in folded.starts[:size]),
        tuple(place + before for place in folded.ends[:size]),
    )


def squeeze(folded: Folded) -> Folded:
    """The same with one space where there are several; the ends of lines stay."""
    if "  " not in folded.text and "\t" not in folded.text:
        return folded
    kept = [match.start() for match in _SPACE_OR_LETTER.finditer(folded.text)]
    return Folded(
        "".join(" " if folded.text[place] == "\t" else folded.text[place] for place in kept),
        tuple(folded.starts[place] for place in kept),
        tuple(folded.ends[place] for place in kept),
    )


@lru_cache(maxsize=4)  # a reply is spelled by every reader in turn; no more of them are kept
def spell(reply: str) -> Folded:
    """The words alone, one space apart, apostrophes closed up (`don't` is `dont`), a full stop as a word of its own."""
    folded = fold(reply)
    letters: list[str] = []
    places: list[int] = []
    for match in _WORD.finditer(folded.text):
        kept = [place for place in range(*match.span()) if folded.text[place] != "'"]
        if not match[0][0].isalnum():
            kept = kept[:1]
        if letters:
            letters.append(" ")
            places.append(kept[0])
        letters.append("".join(folded.text[place] for place in kept) if match[0][0].isalnum() else ".")
        places.extend(kept)
    return Folded(
        "".join(letters), tuple(folded.starts[place] for place in places), tuple(folded.ends[place] for place in places)
    )


def without(reply: str, span: tuple[int, int] | None) -> str:
    """The rest of a reply beside the words that were read, trimmed; kept as a note."""
    if span is None:
        return reply.strip()
    before, after = reply[: span[0]].rstrip(" \t\n,;:.-"), reply[span[1] :].lstrip(" \t\n,;:.!-")
    return f"{before} {after}".strip()


def word_set(line: str) -> frozenset[str]:
    """The words of one line, for lists that a person can read and extend."""
    return frozenset(line.split())


@lru_cache(maxsize=4096)
def _plain(char: str) -> str:
    if char < "\x7f":
        return char.lower()
    if char in _INVISIBLE:
        return ""
    if char in _WHOLE:
        return _WHOLE[char]
    if char.isdecimal():
        return str(unicodedata.decimal(char))
    if unicodedata.category(char) == "No":
        return _encircled(char)
    parts = unicodedata.normalize("NFKD", char).lower()
    return "".join(part for part in parts if not unicodedata.combining(part))


def _encircled(char: str) -> str:
    """The digits of a number in a circle; a half or a square stays, for it must not melt into the number beside it."""
    value = unicodedata.numeric(char)
    is_small = unicodedata.decomposition(char).startswith(("<super>", "<sub>"))
    return char if is_small or value != int(value) else str(int(value))


_SPACE_OR_LETTER = late(r"[ \t]+|[^ \t]")
_WORD = late(r"[^\W_](?:[^\W_]|')*|[.!?\n]+")
