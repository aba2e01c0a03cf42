"""The sentence around a number, taken apart: what was said before it, what softens it, what follows."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from flows.answers.scale.joins import without_from
from flows.answers.scale.phrasings import BREAK, FRAME, SOFTENER
from flows.answers.scale.surroundings import SOFT_AFTER
from flows.answers.scale.written import Amount
from flows.patterns import late

LOOK = 100  # characters on alternatives side that decide; keeps the reading linear in the length of the reply
_MARKS_BEFORE = late(r"[\s:=~*\"'>\-]+$")
_WORD = late(r"[\w']+")


@dataclass(frozen=True)
class Sentence:
    """One number, or the two of a range, in its thought: `before` and `after` it to where another thought begins.

    `left` is `before` without "about", "a solid" and their like, whose kinds are `softened` (article, near, about,
    plain). All of it folded.
    """

    amount: Amount
    before: str
    left: str
    after: str
    softened: frozenset[str]

    @cached_property
    def words(self) -> list[str]:
        """The words of `left`."""
        return _WORD.findall(self.left)

    @cached_property
    def words_after(self) -> list[str]:
        return _WORD.findall(self.after)

    @cached_property
    def is_last(self) -> bool:
        """Nothing but soft words follows, such as "today"."""
        return all(word in SOFT_AFTER for word in self.words_after)

    @cached_property
    def is_framed(self) -> bool:
        """The words before it announce a score: "mood", "I'm at", "le doy"."""
        return FRAME.search(self.left) is not None

    @cached_property
    def has_article(self) -> bool:
        return "article" in self.softened

    @cached_property
    def is_about(self) -> bool:
        rough = self.amount.is_rough or bool(self.softened & {"about", "near"})
        return rough or self.before.rstrip().endswith("~")


def sentence_of(text: str, together: tuple[Amount, ...]) -> Sentence:
    """The sentence of that number, or of the two numbers of a range, in folded `text`."""
    amount = together[-1]._replace(start=together[0].start, name=together[0].name)
    before = _clause_before(text, amount.start)
    left, softened = _without_softeners(_MARKS_BEFORE.sub("", before))
    if len(together) > 1:
        left = without_from(left)
    return Sentence(amount, before, left, _clause_after(text, amount.end), softened)


def _clause_before(text: str, start: int) -> str:
    before = text[max(0, start - LOOK) : start]
    end = 0
    for match in BREAK.finditer(before):
        end = match.end()
    return before[end:].lstrip()


def _clause_after(text: str, end: int) -> str:
    after = text[end : end + LOOK]
    stop = BREAK.search(after)
    return after[: stop.start()] if stop else after


def _without_softeners(left: str) -> tuple[str, frozenset[str]]:
    kinds: set[str] = set()
    while match := SOFTENER.search(left):
        kinds.add(match.lastgroup or "")
        left = _MARKS_BEFORE.sub("", left[: match.start()])
    return left, frozenset(kinds)
