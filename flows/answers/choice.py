"""One of the numbered choices that were offered: by number, by keyword, or by its place."""

from __future__ import annotations

import re
from collections.abc import Sequence

from flows.answers.numbers import find_numbers
from flows.answers.reading import Reading, nothing, understood
from flows.folding import spell, word_set

_PLACES = (
    ("first", "1st", "primera", "primero", "primer"),
    ("second", "2nd", "segunda", "segundo"),
    ("third", "3rd", "tercera", "tercero", "tercer"),
    ("fourth", "4th", "cuarta", "cuarto"),
    ("fifth", "5th", "quinta", "quinto"),
    ("sixth", "6th", "sexta", "sexto"),
)
_LAST = frozenset(("last", "ultima", "ultimo"))
_AROUND_A_PLACE = word_set(
    "the one option choice number please la el opcion por favor i want pick id like ill take go with quiero"
)


def read_choice(text: str, options: int | Sequence[Sequence[str]], locale: str = "en") -> Reading:
    """`{"value": n}`, n counted from 1. `options` is their number, or the keywords of each in order.

    Reasons: number, keyword, place; for none: several-choices, out-of-range, no-choice.
    """
    count = options if isinstance(options, int) else len(options)
    keywords: Sequence[Sequence[str]] = () if isinstance(options, int) else options
    for read in (_by_keyword(text, keywords), _by_place(text, count)):
        if read is not None:
            return read
    return _by_number(text, count, locale)


def _by_keyword(text: str, keywords: Sequence[Sequence[str]]) -> Reading | None:
    spelled = spell(text)
    hits: dict[int, tuple[int, int]] = {}
    for number, words in enumerate(keywords, start=1):
        for word in words:
            match = re.search(rf"(?<!\w){re.escape(spell(word).text)}(?!\w)", spelled.text) if word.strip() else None
            if match and _is_short(spelled.text, match[0]) and number not in hits:
                hits[number] = spelled.span(match.start(), match.end())
    if not hits:
        return None
    if len(hits) > 1:
        return nothing(text, "several-choices")
    number, span = next(iter(hits.items()))
    return understood(text, {"value": number}, span, reason="keyword")


def _is_short(spelled: str, keyword: str) -> bool:
    """A keyword counts when it is the reply or opens it, or in a reply hardly longer: never deep in a sentence."""
    return spelled.startswith(keyword) or len(spelled.split()) <= len(keyword.split()) + 3


def _by_place(text: str, count: int) -> Reading | None:
    spelled = spell(text)
    words = list(re.finditer(r"\w+", spelled.text))
    placed = [(match, number) for match in words if (number := _place_of(match[0], count))]
    if len(placed) != 1 or any(m is not placed[0][0] and m[0] not in _AROUND_A_PLACE for m in words):
        return None
    match, number = placed[0]
    if number > count:
        return nothing(text, "out-of-range")
    return understood(text, {"value": number}, spelled.span(match.start(), match.end()), reason="place")


def _place_of(word: str, count: int) -> int:
    if word in _LAST:
        return count
    return next((number for number, names in enumerate(_PLACES, start=1) if word in names), 0)


def _by_number(text: str, count: int, locale: str) -> Reading:
    found = find_numbers(text, locale).found
    if not found:
        return nothing(text, "no-choice")
    if len({each.value for each in found}) > 1:
        return nothing(text, "several-choices")
    first = found[0]
    if first.top is not None or first.value not in range(1, count + 1):
        return nothing(text, "out-of-range")
    return understood(text, {"value": first.value}, first.span, reason="number")
