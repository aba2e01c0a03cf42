"""What a number stands for in its sentence: the person's own score now, one of another time or person, or a count."""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

from flows.answers.scale.joins import ends_in_going
from flows.answers.scale.names import PRONOUNS
from flows.answers.scale.phrasings import (
    ASKS,
    COMPARED,
    MAY_ASK,
    MINE,
    NEGATED,
    OF_SOMEBODY,
    SAID_BY_SOMEBODY,
    WAS,
    WHEN,
    WISHED,
)
from flows.answers.scale.sentence import Sentence, sentence_of
from flows.answers.scale.surroundings import (
    MAKES_A_NOUN,
    NEGATIONS,
    NO_ADJECTIVES,
    NOT_COUNTED,
    TAKES_ANOTHER_NUMBER,
    UNITS,
)
from flows.answers.scale.written import Amount
from flows.patterns import late

Time = Literal["", "now", "earlier", "other-day"]

_FREE_WORDS = 6  # "rough one at work again 3": more words than this before a number are a story that holds a number
_LABEL_WORDS = 2
_WORDS_AFTER_A_NAME = 3  # "seven very tired today"; more after a spelled number are a sentence that begins with it
_BEHIND = late(r"(?:[ -]|(?<=\w))?([a-z][a-z'.-]*)(?: ([a-z']+))?(?: ([a-z']+))?")
_WITH_MORE = late(r" con (?:\d|xx)")  # "siete con cincuenta" is no seven
_THAN = late(r" (?:than|que)\b")  # "closer to 4 than 5"
_QUOTES = frozenset("'\"")


class Standing(NamedTuple):
    """`refusal` is a reason code, None for a number that may be the answer; `time` is when it holds."""

    refusal: str | None
    time: Time = ""
    is_about: bool = False


def standing_of(text: str, together: tuple[Amount, ...]) -> Standing:
    """What one number, or the two of a range, is in folded `text`, judged by the words beside it."""
    sentence = sentence_of(text, together)
    refusal = _refusal(text, sentence)
    return Standing(None, _time(sentence), sentence.is_about) if refusal is None else Standing(refusal)


def _refusal(text: str, sentence: Sentence) -> str | None:
    """Why this number is no answer; None when it may be one. With a scale behind it nothing is counted."""
    last = sentence.words[-1] if sentence.words else ""
    has_scale = sentence.amount.top is not None
    if last in NEGATIONS or NEGATED.search(sentence.left):
        return "negated"
    if COMPARED.search(sentence.before.rstrip()) or COMPARED.search(sentence.left):
        return "compared"
    if "near" in sentence.softened and _THAN.match(sentence.after):
        return "compared"
    if not has_scale and (_is_inches(text, sentence.amount) or _is_counted(sentence)):
        return "other-number"
    if _is_of_somebody(sentence.before):
        return "of-somebody"
    if not has_scale and not _is_a_score(sentence, last):
        return "other-number"
    if WISHED.search(sentence.before):
        return "wished"
    return "other-number" if _is_asked(sentence) else None


def _is_inches(text: str, amount: Amount) -> bool:
    """A quote behind it, and none before."""
    return text[amount.end : amount.end + 1] in _QUOTES and text[amount.start - 1 : amount.start] not in _QUOTES


def _is_counted(sentence: Sentence) -> bool:
    """A unit or a plural right behind it, with or without an adjective."""
    behind = _BEHIND.match(sentence.after)
    if behind is None:
        return False
    if _WITH_MORE.match(sentence.after):
        return True
    first, second, third = (behind[place] or "" for place in (1, 2, 3))
    first = first.rstrip(".'-")
    if first.split("-")[0] in UNITS:
        return True
    if sentence.amount.value == 1:
        return False
    if _is_plural(first) or (_is_plural(second) and first not in NO_ADJECTIVES):
        return True
    return first in MAKES_A_NOUN and second in MAKES_A_NOUN and _is_plural(third)


def _is_plural(word: str) -> bool:
    if word in NOT_COUNTED:
        return False
    return len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is", "'s"))


def _is_of_somebody(before: str) -> bool:
    if SAID_BY_SOMEBODY.search(before):
        return True
    return bool(OF_SOMEBODY.search(before)) and not MINE.search(before)


def _is_a_score(sentence: Sentence, last: str) -> bool:
    """Whether the words before it make it a score: a frame ("mood", "I'm at"), an article, or nothing that takes it."""
    amount = sentence.amount
    if amount.name in PRONOUNS and not _is_more_than_a_pronoun(sentence):
        return False
    if amount.name in {"zero", "cero"} and not sentence.is_last and not sentence.is_framed:
        return False
    if not sentence.words:
        return _may_open(sentence) or sentence.has_article
    if sentence.is_framed or sentence.has_article or ends_in_going(sentence.left):
        return True
    is_a_day = last in {"day", "dia"} and len(sentence.words) > _LABEL_WORDS  # "not a great day 3"; not "on day 3"
    if (last in TAKES_ANOTHER_NUMBER and not is_a_day) or "near" in sentence.softened:
        return False
    return sentence.is_last and len(sentence.words) <= _FREE_WORDS


def _is_more_than_a_pronoun(sentence: Sentence) -> bool:
    """ "It's a one", "mood one"; not "a bad one", "this one"."""
    if not sentence.is_last:
        return False
    return sentence.is_framed or ("plain" not in sentence.softened and (sentence.has_article or not sentence.words))


def _may_open(sentence: Sentence) -> bool:
    """A number word may open a sentence that is no answer ("ten to one he's late"); a digit hardly does."""
    is_short = len(sentence.words_after) <= _WORDS_AFTER_A_NAME
    return sentence.is_last or not sentence.amount.is_spelled or is_short


def _is_asked(sentence: Sentence) -> bool:
    """ "What does 7 mean", "is 7 good" ask us something; "is a 7" does not."""
    if ASKS.match(sentence.before):
        return True
    return not sentence.is_last and not sentence.has_article and bool(MAY_ASK.match(sentence.before))


def _time(sentence: Sentence) -> Time:
    """When the number holds: by the time named beside it; the one before it where the sentence names times first."""
    named = [*WHEN.finditer(sentence.before)]
    follows = WHEN.search(sentence.after)
    first_number = re.search(r"\d", sentence.before)
    times_first = bool(named) and (first_number is None or named[0].start() < first_number.start())
    chosen = named[-1] if times_first else follows
    if chosen is None or (not times_first and re.search(r"\d", sentence.after[: chosen.start()])):
        return "earlier" if WAS.search(sentence.before) else ""
    if chosen["other"]:
        return "other-day"
    return "earlier" if chosen["earlier"] else "now"
