"""Numbers in a reply that can be an answer; those that are a date, a time, a dose or a count are left alone."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

from flows.answers.reading import language_of
from flows.answers.scale.elsewhere import without_others
from flows.answers.scale.joins import is_corrected, is_one_more, is_range
from flows.answers.scale.names import ARTICLES, NUMBER_WORDS
from flows.answers.scale.standing import Time, standing_of
from flows.answers.scale.written import Amount, written_amounts
from flows.folding import fold_opening, squeeze
from flows.patterns import late

__all__ = ("NUMBER_WORDS", "Found", "Numbers", "find_numbers")

_MOST_NUMBERS = 12  # a reply with more holds no answer, and is not worth the time
_COMMA = late(r"\d,\d")


class Found(NamedTuple):
    """One number that may be an answer. `top` is the 10 of `7/10`; the span counts code points of the reply.

    `start` and `end` are its place in the folded text; `time` is when it holds, where the reply says so.
    """

    value: int | float
    span: tuple[int, int]
    approximate: bool
    top: int | None
    spelled: bool
    start: int
    end: int
    time: Time


class Numbers(NamedTuple):
    """What stands in a reply. `passed_over` is a reason code when a number was seen that is no answer."""

    found: tuple[Found, ...]
    passed_over: str | None
    folded: str


@lru_cache(maxsize=4)  # a reply is searched for danger, for a score and for what it begins with; no more are kept
def find_numbers(reply: str, locale: str = "en") -> Numbers:
    """Numbers that stand as an answer, in the order written. Only the first six segments of the reply are looked at."""
    folded = squeeze(fold_opening(reply))
    text, passed_over = without_others(folded.text)
    written = islice(written_amounts(text, language_of(locale)), _MOST_NUMBERS + 1)
    amounts = [each for each in written if each.name not in ARTICLES or text.strip().strip(".!? ") == each.name]
    if len(amounts) > _MOST_NUMBERS:
        return Numbers((), "which-number", text)
    found: list[Found] = []
    refused: list[str] = []
    end_of_refused = -1
    for together in _in_ranges(text, amounts):
        standing = standing_of(text, together)
        refusal = standing.refusal
        if refusal is None and end_of_refused >= 0 and is_one_more(text[end_of_refused : together[0].start]):
            refusal = refused[-1]  # "the kids are 4 and 6": what the first is, the second is too
        if refusal == "negated" and found and is_corrected(text[found[-1].end : together[0].start]):
            refusal = None  # "7, no 8"
        end_of_refused = -1 if refusal is None else together[-1].end
        if refusal is not None:
            refused.append(refusal)
            continue
        found += [
            Found(
                amount.value, folded.span(amount.start, amount.end), standing.is_about, amount.top, amount.is_spelled,
                amount.start, amount.end, standing.time,
            )
            for amount in together
        ]  # fmt: skip
    if not amounts and _COMMA.search(text):
        refused.append("which-number")
    return Numbers(tuple(found), min(refused, key=_TELLING.index) if refused else passed_over, text)


def _in_ranges(text: str, amounts: list[Amount]) -> Iterator[tuple[Amount, ...]]:
    """Each number, and two together where they are a range: what counts "6 to 7 beers" counts both."""
    waiting = amounts[::-1]
    while waiting:
        first = waiting.pop()
        if waiting and is_range(text[max(0, first.start - 30) : first.start], text[first.end : waiting[-1].start]):
            yield first, waiting.pop()
        else:
            yield (first,)


# Of several refusals the one that says most.
_TELLING = ("negated", "compared", "wished", "of-somebody", "which-number", "other-number")
