"""What a text costs on the telephone network: its alphabet, its length in units, its segments.

One character outside GSM-7 turns a whole text to UCS-2, so text of people is made plain and folded before it is sent.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

# 3GPP TS 23.038, the default alphabet (one septet) and its extension table (two septets).
GSM7_BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
GSM7_EXTENSION = frozenset("\f[\\]^{|}~€")
_GSM7 = GSM7_BASIC | GSM7_EXTENSION
GSM7_ALONE, GSM7_JOINED = 160, 153  # septets; a joined segment spends 7 on its header
UCS2_ALONE, UCS2_JOINED = 70, 67  # UTF-16 units; 3 on the header

_TYPOGRAPHY = {
    '"': "“”„‟″‶«»❝❞〝〞〟",
    "'": "‘’‚‛′‵`´ʻʼʽˈˊˋ❛❜",
    "-": "‐‑‒–—―−⁃﹘﹣⸺⸻•·∙",
    "<": "‹",
    ">": "›",
    "/": "⁄∕÷",
    "...": "…",
    "1/2": "½",
    "1/4": "¼",
    "3/4": "¾",
    # Twilio writes two spaces for each of these; one is enough, and what is plain already is left alone by Twilio.
    " ": "\t\v\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
    "\u2028\u2029",
    "": "\u00ad\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff",
}
_SMALL_CAPITALS = dict(zip("ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘʀꜱᴛᴜᴠᴡʏᴢ", "ABCDEFGHIJKLMNOPRSTUVWYZ", strict=True))
_FULL_WIDTH = {chr(code + 0xFEE0): chr(code) for code in range(0x21, 0x7F)}
_PLAIN = str.maketrans(
    {mark: plain for plain, marks in _TYPOGRAPHY.items() for mark in marks} | _SMALL_CAPITALS | _FULL_WIDTH
)
# Letters that no decomposition leads back to the alphabet.
_LETTERS = dict(zip("łŁđĐıðÐħĦŧŦ", "lLdDidDhHtT", strict=True)) | {"œ": "oe", "Œ": "OE", "þ": "th", "Þ": "Th"}
UNREADABLE = "?"


@dataclass(frozen=True, slots=True)
class Segments:
    """`units` are septets for GSM-7 and UTF-16 units for UCS-2; `segments` is at least 1, for an empty text too."""

    encoding: Literal["GSM-7", "UCS-2"]
    units: int
    segments: int


def is_gsm7(text: str) -> bool:
    """Every character has a place in the GSM-7 default alphabet or its extension table."""
    return _GSM7.issuperset(text)


def septets(text: str) -> int:
    """Length in septets: one a character, two for the extension table. A character outside both counts as one."""
    if GSM7_EXTENSION.isdisjoint(text):  # nearly every text; both of these go through it in C
        return len(text)
    return len(text) + sum(character in GSM7_EXTENSION for character in text)


def count_segments(text: str) -> Segments:
    """Alphabet, length and number of segments of `text` as it stands; make it `plain` first to count what is sent.

    A two-unit character never straddles two segments. Source: TWILIO.md 8; tests/vectors/sms_segments.json.
    """
    if is_gsm7(text):
        if (units := septets(text)) <= GSM7_ALONE:
            return Segments("GSM-7", units, 1)
        widths = [2 if character in GSM7_EXTENSION else 1 for character in text]
        return Segments("GSM-7", sum(widths), _segments(widths, alone=GSM7_ALONE, joined=GSM7_JOINED))
    widths = [2 if ord(character) > 0xFFFF else 1 for character in text]
    return Segments("UCS-2", sum(widths), _segments(widths, alone=UCS2_ALONE, joined=UCS2_JOINED))


def plain(text: str) -> str:
    """`text` with typographic quotes, dashes, spaces and full-width forms as on a typewriter.

    Letters with accents and emoji stay, as with Twilio's SmartEncoding, which does the same less reliably.
    """
    return text.translate(_PLAIN)


def fold(text: str) -> str:
    """`text` in GSM-7 on one line: accents that the alphabet lacks are dropped, a run of what is left becomes `?`."""
    if is_gsm7(text):
        return re.sub(r"\s+", " ", text).strip()
    composed = unicodedata.normalize("NFC", plain(text))
    folded = "".join(_fold_character(character) for character in composed)
    return re.sub(r"\s+", " ", re.sub(r"\ufffd+", UNREADABLE, folded)).strip()


def _fold_character(character: str) -> str:
    if character.isspace():
        return " "
    if is_gsm7(character):
        return character
    if character in _LETTERS:
        return _LETTERS[character]
    apart = unicodedata.normalize("NFKD", character)
    parts = [part for part in apart if not unicodedata.category(part).startswith("M")]
    # "\ufffd" stands for one character that cannot be shown, until runs of it are joined.
    return "".join(part if is_gsm7(part) else "\ufffd" for part in plain("".join(parts)))


def _segments(widths: Iterable[int], *, alone: int, joined: int) -> int:
    widths = list(widths)
    if sum(widths) <= alone:
        return 1
    segments, room = 1, joined
    for width in widths:
        if width > room:
            segments, room = segments + 1, joined
        room -= width
    return segments
