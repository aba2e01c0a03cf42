"""A number on a scale, most often 0 to 10. What cannot be one number is not turned into one."""

from __future__ import annotations

from itertools import pairwise

from flows.answers.numbers import Found, Numbers, find_numbers
from flows.answers.reading import Json, Reading, nothing, understood
from flows.answers.scale.joins import is_corrected, is_moved, is_range


def read_rating(text: str, *, low: int = 0, high: int = 10, locale: str = "en") -> Reading:
    """`{"value": 7, "approximate": false}` between `low` and `high`, both included; halves stay halves (7.5).

    `6-7` is `{"value": None, "between": [6, 7], "approximate": True}`; `4 8` adds `"values": [4, 8]` to the first.
    Reasons: plain-number, number-word, out-of-ten, between, corrected, latest, several-numbers; for none: out-of-range,
    other-number (a date, a time, a count), negated, compared, wished, of-somebody, other-day, which-number, no-number.
    """
    numbers = find_numbers(text, locale)
    if not numbers.found:
        return nothing(text, numbers.passed_over or "no-number")
    on_scale = [found for found in numbers.found if found.top is None or found.top == high]
    if not on_scale:
        return nothing(text, "other-number")
    meant = _of_today(on_scale)
    if not meant:
        return nothing(text, "other-day")
    if any(not low <= found.value <= high for found in meant):
        return nothing(text, "out-of-range" if len(meant) == 1 else "which-number")
    if len({found.value for found in meant}) == 1:
        return _single(text, meant[0])
    return _several(text, numbers, meant)


def read_one_rating(text: str, *, low: int = 0, high: int = 10, locale: str = "en") -> Reading:
    """The same where one number was asked for: several numbers are none, with the reason which-number."""
    read = read_rating(text, low=low, high=high, locale=locale)
    several = read.reading is not None and "values" in read.reading
    return nothing(text, "which-number") if several else read


def _of_today(found: list[Found]) -> list[Found]:
    """What holds now, where times are told apart: "was 3 this morning, now 6"."""
    meant = [each for each in found if each.time != "other-day"]
    later = [each for each in meant if each.time != "earlier"]
    return later or meant


def _single(text: str, found: Found) -> Reading:
    reason = "number-word" if found.spelled else "out-of-ten" if found.top else "plain-number"
    return understood(text, {"value": found.value, "approximate": found.approximate}, found.span, reason=reason)


def _several(text: str, numbers: Numbers, found: list[Found]) -> Reading:
    span = (found[0].span[0], found[-1].span[1])
    gaps = [numbers.folded[left.end : right.start] for left, right in pairwise(found)]
    last = found[-1]
    if is_corrected(gaps[-1]):
        return understood(text, {"value": last.value, "approximate": last.approximate}, last.span, reason="corrected")
    before = numbers.folded[max(0, found[0].start - 30) : found[0].start]
    if len(found) == 2 and is_moved(before, gaps[0]):
        return understood(text, {"value": last.value, "approximate": last.approximate}, last.span, reason="latest")
    if len(found) == 2 and is_range(before, gaps[0]):
        low, high = sorted((found[0].value, found[1].value))
        pair: dict[str, Json] = {"value": None, "between": [low, high], "approximate": True}
        return understood(text, pair, span, reason="between")
    values = [each.value for each in found]
    answer: dict[str, Json] = {"value": values[0], "values": values, "approximate": False}
    return understood(text, answer, span, reason="several-numbers")
