"""How many SMS segments a body takes: the network's own count, so that it can check the product's."""

from __future__ import annotations

GSM_SINGLE = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
GSM_DOUBLE = frozenset("\f[\\]^{|}~€")
GSM_ROOM = (160, 153)  # septets in a text of one segment, and in each of several
UCS_ROOM = (70, 67)  # UTF-16 units, likewise


def count_segments(body: str) -> int:
    """Segments of `body` as sent, without Smart Encoding; an empty body takes one.

    Source: 3GPP TS 23.038; a two-unit character never straddles two segments.
    """
    if all(letter in GSM_SINGLE or letter in GSM_DOUBLE for letter in body):
        return _fill([2 if letter in GSM_DOUBLE else 1 for letter in body], *GSM_ROOM)
    return _fill([2 if ord(letter) > 0xFFFF else 1 for letter in body], *UCS_ROOM)


def _fill(widths: list[int], alone: int, each: int) -> int:
    if sum(widths) <= alone:
        return 1
    segments, room = 1, each
    for width in widths:
        if width > room:
            segments, room = segments + 1, each
        room -= width
    return segments
