"""One way of saying one phrase: its placeholders, what must be installed for it, and its length at the worst."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal

from flows.errors import ArgumentMissing, ArgumentTooLong
from flows.segments import fold, plain, septets

Channel = Literal["text", "voice"]

# The most septets each argument may take in a text (PROGRAMME 3.1). `n2` and `w2` are the second of two.
PLACEHOLDERS: Mapping[str, int] = MappingProxyType(
    {
        "brand": 10, "p": 10, "me": 10, "t": 8, "d": 9, "n": 3, "n2": 3, "code": 2, "item": 40, "x": 90, "w": 14,
        "w2": 14, "ph": 14, "e": 3, "c": 24, "dv": 34, "k": 22, "o": 22, "url": 28,
    }
)  # fmt: skip
# Words that people wrote: too long, they are cut. A time, a number or a helpline cut short would be false instead.
CUT_TO_FIT = frozenset({"item", "x", "w", "w2", "p", "me"})
PLACEHOLDER = re.compile(r"\{([a-z]\w*)\}")
# Not a heading ("TOOLS: "), not an "OK," that only agrees, not a word to send to another number.
_CAPITALS = re.compile(r"(?<![\w'-])(?!^OK[,.])([A-Z]{2,})(?![\w'-]|:)(?! (?:to|al) \d)")
_CHOICE = re.compile(r"(?<![\w:.,/-])([1-9])(?=:? )")


@dataclass(frozen=True, slots=True)
class Wording:
    """`text` or `voice` is None when the phrase is never texted or never spoken; one of them is there.

    `needs` are the reply words that an installed script must answer; `room` widens placeholders in this wording only.
    """

    text: str | None
    voice: str | None
    needs: frozenset[str] = frozenset()
    room: Mapping[str, int] = field(default_factory=dict)

    def words(self, channel: Channel) -> str | None:
        """The unfilled words; what is never spoken has no voice of its own, and its text is read out."""
        return self.text if channel == "text" else (self.voice or self.text)

    def placeholders(self) -> frozenset[str]:
        return frozenset(PLACEHOLDER.findall(f"{self.text or ''} {self.voice or ''}"))

    def fits(self, answered_words: frozenset[str] | None) -> bool:
        """All words it offers are answered; None stands for a house with every script installed."""
        return answered_words is None or self.needs <= answered_words

    def limit(self, placeholder: str) -> int:
        return self.room.get(placeholder, PLACEHOLDERS[placeholder])

    def longest_text(self) -> str:
        """The text with every placeholder at its greatest length; empty when it is never texted."""
        return PLACEHOLDER.sub(lambda found: "M" * self.limit(found[1]), self.text or "")

    def capitals(self) -> frozenset[str]:
        """Words in capitals that the text asks for; as replies to us."""
        return frozenset(_CAPITALS.findall(PLACEHOLDER.sub("", self.text or "")))

    def numbered_choices(self) -> int:
        """How far the text counts up its choices, "1 … 2 … 3 …"; 0 without any."""
        reached = 0
        for digit in _CHOICE.findall(self.text or ""):
            reached += int(digit) == reached + 1
        return reached


def filled(phrase_id: str, wording: Wording, arguments: Mapping[str, str], *, channel: Channel) -> str:
    """The words with their arguments in place, each read once: a brace inside an argument means nothing.

    Raises:
        ArgumentMissing: a placeholder has no argument.
        ArgumentTooLong: an argument of a text, outside CUT_TO_FIT, exceeds its room.
    """

    def argument(found: re.Match[str]) -> str:
        if found[1] not in arguments:
            raise ArgumentMissing(phrase_id, found[1])
        return _fitted(phrase_id, found[1], arguments[found[1]], limit=wording.limit(found[1]), channel=channel)

    return PLACEHOLDER.sub(argument, wording.words(channel) or "")


def cut(text: str, limit: int) -> str:
    """The longest beginning of `text` within `limit` septets, ending at a word where that keeps at least half."""
    if septets(text) <= limit:
        return text
    kept = text[:limit]
    while septets(kept) > limit:
        kept = kept[:-1]
    if not text[len(kept)].isspace():
        whole_words = kept.rpartition(" ")[0]
        kept = whole_words if septets(whole_words) * 2 >= limit else kept
    return kept.rstrip(" ,;:-")


def _fitted(phrase_id: str, placeholder: str, value: str, *, limit: int, channel: Channel) -> str:
    said = fold(value) if channel == "text" else plain(value)
    if septets(said) <= limit:
        return said
    if placeholder not in CUT_TO_FIT:
        if channel == "voice":  # a number read digit by digit is longer, and costs nothing
            return said
        raise ArgumentTooLong(phrase_id, placeholder, units=septets(said), limit=limit)
    return cut(said, limit)
