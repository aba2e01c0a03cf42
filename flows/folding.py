"""What a reply says with case, accents and typography set aside, and the way back to where it was written."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

# Phones write a digit in a box as the digit and two invisible marks; the marks carry nothing.
_INVISIBLE = {"\ufe0e", "\ufe0f", "\u20e3", "\u200b", "\u200c", "\u200d", "\u2060", "\ufeff", "\u00ad"}
_APOSTROPHES = {"\u2019": "'", "\u2018": "'", "\u02bc": "'", "\u00b4": "'", "`": "'"}
_DASHES = {"\u2010": "-", "\u2011": "-", "\u2012": "-", "\u2013": "-", "\u2014": "-", "\u2212": "-", "\u301c": "~"}
_WHOLE = {**_APOSTROPHES, **_DASHES, "\U0001f51f": "10", "\u2026": "..."}


@dataclass(frozen=True, slots=True)
class Folded:
    """`text` is lower case, without accents; `origins[i]` is the code point of the reply that character i stands for."""

    text: str
    origins: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Code points [start, end) of the reply that hold characters [start, end) of the folded text."""
        if start >= end:
            place = self.origins[start] if start < len(self.origins) else (self.origins[-1] + 1 if self.origins else 0)
            return place, place
        return self.origins[start], self.origins[end - 1] + 1


def fold(reply: str) -> Folded:
    """Lower case, no accents, plain digits, straight quotes and dashes; every other character stays in its place."""
    letters: list[str] = []
    origins: list[int] = []
    for place, char in enumerate(reply):
        plain = _plain(char)
        letters.append(plain)
        origins.extend([place] * len(plain))
    return Folded("".join(letters), tuple(origins))


def spell(reply: str) -> Folded:
    """The words alone, one space apart, apostrophes closed up (`don't` is `dont`), a full stop as a word of its own."""
    folded = fold(reply)
    letters: list[str] = []
    origins: list[int] = []
    for match in _WORD.finditer(folded.text):
        word = match[0]
        places = [match.start() + index for index, char in enumerate(word) if char != "'"]
        word = word.replace("'", "")
        if not places:
            continue
        if not word[0].isalnum():
            word, places = ".", places[:1]
        if letters:
            letters.append(" ")
            origins.append(folded.origins[places[0]])
        letters.append(word)
        origins.extend(folded.origins[place] for place in places)
    return Folded("".join(letters), tuple(origins))


def without(reply: str, span: tuple[int, int] | None) -> str:
    """The rest of a reply beside the words that were read, trimmed; kept as a note."""
    if span is None:
        return reply.strip()
    before, after = reply[: span[0]].rstrip(" \t\n,;:.-"), reply[span[1] :].lstrip(" \t\n,;:.!-")
    return f"{before} {after}".strip()


def _plain(char: str) -> str:
    if char < "\x7f":
        return char.lower()
    if char in _INVISIBLE:
        return ""
    if char in _WHOLE:
        return _WHOLE[char]
    if char.isdecimal():
        return str(unicodedata.decimal(char))
    if unicodedata.category(char) == "No":  # a half or a square must not melt into the number beside it
        return char
    parts = unicodedata.normalize("NFKD", char).lower()
    return "".join(part for part in parts if not unicodedata.combining(part))


_WORD = re.compile(r"[^\W_](?:[^\W_]|')*|[.!?\n]+")
