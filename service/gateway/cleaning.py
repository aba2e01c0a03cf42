"""Text from outside, made harmless to the database, the page and the log: letters stay, controls go."""

from __future__ import annotations

import re

# What a text may hold at most at Twilio; a longer one was not typed on a telephone.
TEXT_CHARACTERS = 1600
LINE_END = re.compile(r"\r\n?")
# C0 and C1 controls but tab and newline, the byte order mark, and the marks that turn the direction of reading.
UNWANTED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ufeff\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
LONE_SURROGATE = re.compile("[\ud800-\udfff]")


def clean_text(raw: str) -> str:
    """`raw` without controls and with whole characters only, at most 1600 of them. Lines end in a newline."""
    whole = LONE_SURROGATE.sub("\ufffd", LINE_END.sub("\n", raw))
    return UNWANTED.sub("", whole)[:TEXT_CHARACTERS]
