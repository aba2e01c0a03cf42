"""A number on a scale, most often 0 to 10. What cannot be one number is not turned into one."""

from __future__ import annotations

import re
from itertools import pairwise

from flows.answers.numbers import Found, Numbers, find_numbers
from flows.answers.reading import Json, Reading, nothing, understood

_BETWEEN = re.compile(r"\s*(?:-|~|or|to|o|u|a|y|and)\s*")
_CORRECTED = re.compile(r"\b(?:no|wait|actually|i mean|sorry|perdon|mejor|digo|espera)\b")
_EARLIER = re.compile(r"\b(?:yesterday|ayer|earlier|last|before|antes|was|were|tomorrow|manana|usually)\b")


def read_rating(text: str, *, low: int = 0, high: int = 10, locale: str = "en") -> Reading:
    """`{"value": 7, "approximate": false}` between `low` and `high`, both included; halves stay halves (7.5).

    `6-7` is `{"value": None, "between": [6, 7], "approximate": True}`; `4 8` adds `"values": [4, 8]` to the first.
    Reasons for none: out-of-range, other-number (a date, a time, a count), negated, which-number, no-number.
    """
    numbers = find_numbers(text, locale)
    if not numbers.found:
        return nothing(text, numbers.passed_over or "no-number")
    on_scale = [found for found in numbers.found if found.top is None or found.top == high]
    if not on_scale:
        return nothing(text, "other-number")
    if any(not low <= found.value <= high for found in on_scale):
        return nothing(text, "out-of-range" if len(on_scale) == 1 else "which-number")
    if len({found.value for found in on_scale}) == 1:
        return _single(text, on_scale[0])
    return _several(text, numbers, on_scale)


def _single(text: str, found: Found) -> Reading:
    reason = "number-word" if found.spelled else "out-of-ten" if found.top else "plain-number"
    return understood(text, {"value": found.value, "approximate": found.approximate}, found.span, reason=reason)


def _several(text: str, numbers: Numbers, found: list[Found]) -> Reading:
    span = (found[0].span[0], found[-1].span[1])
    gaps = [numbers.folded[left.end : right.start] for left, right in pairwise(found)]
    if len(found) == 2 and _is_between(numbers.folded, gaps[0], found[0]):
        low, high = found[0].value, found[1].value
        if low > high:
            return nothing(text, "which-number")
        pair: dict[str, Json] = {"value": None, "between": [low, high], "approximate": True}
        return understood(text, pair, span, reason="between")
    if len(found) == 2 and _CORRECTED.search(gaps[0]):
        return understood(text, {"value": found[1].value, "approximate": False}, found[1].span, reason="corrected")
    if _EARLIER.search(numbers.folded):
        return nothing(text, "which-number")
    values = [each.value for each in found]
    answer: dict[str, Json] = {"value": values[0], "values": values, "approximate": False}
    return understood(text, answer, span, reason="several-numbers")


def _is_between(folded: str, gap: str, first: Found) -> bool:
    if not _BETWEEN.fullmatch(gap):
        return False
    if gap.strip() in {"y", "and"}:
        return bool(re.search(r"\b(?:between|entre)(?: un| a)? $", folded[: first.start]))
    return True
