"""How a promise went: one of four, in a number or in words, with the reason and the next time that stand beside it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime

from flows.answers.numbers import find_numbers
from flows.answers.promised import read_new_time
from flows.answers.reading import Json, Reading, nothing, understood
from flows.folding import Folded, spell, word_set

DONE, PARTLY, NOT_YET, CHANGED = 1, 2, 3, 4
# In this order: "not done yet" holds "done", and "almost done" is partly.
_OUTCOMES: tuple[tuple[int, str], ...] = (
    (NOT_YET, r"not (?:done |finished |quite |really )?yet|not done|not finished|didnt|did not|havent|have not"
              r"|couldnt|could not|cant|aun no|todavia no|no (?:lo |la |he |pude|llegue|alcance)\w*"
              r"|no esta hech[oa]|sin hacer|no(?:pe)?(?= \.|$)"
              r"|no(?:pe)?(?= (?:i )?(?:forgot|no time|ran out|se me|olvide))"),
    (PARTLY, r"partly|partially|in part|half(?: done| way)?|halfway|almost(?: done)?|nearly(?: done)?|some of it"
             r"|started|en parte|a medias|casi(?: hech[oa]| list[oa])?|parcial(?:mente)?|la mitad|empece|una parte"),
    (CHANGED, r"changed(?: it)?|change|moved(?: it)?|rescheduled|postponed|cambiad[oa]|cambio|cambie|movid[oa]|lo movi"
              r"|aplazad[oa]|pospuest[oa]"),
    (DONE, r"(?:all )?done(?: it)?|did it|i did|finished|complete[d]?|yep|yup|yeah|kept(?: it)?|it is done|its done"
           r"|hech[oa]|list[oa]|ya esta|lo hice|la hice|cumplid[oa]|terminad[oa]|termine|si"),
)  # fmt: skip
_REASONS: tuple[tuple[int, str], ...] = (
    (1, r"no time|ran out of time|(?:too )?busy|late at work|time|sin tiempo|falta de tiempo|no tuve tiempo|tiempo"),
    (2, r"forgot(?:ten)?|slipped my mind|olvide|se me olvido|se me paso|olvido|olvidad[oa]"),
    (3, r"too big|too much|too hard|overwhelm\w*|muy grande|demasiado(?: grande)?|muy dificil"),
    (4, r"other plans?|something came up|otros planes|surgio algo|me surgio"),
    (5, r"mixed feelings?|not sure i want|emociones mezcladas|sentimientos encontrados"),
    (6, r"rather not(?: say)?|prefiero no(?: decirlo)?"),
)
_AROUND = word_set("i it is its was and but sorry so the a that all well just yes oh lo la ya y pero perdon es esta")


def read_outcome(text: str, *, locale: str, zone: str, at: datetime) -> Reading:
    """`{"value": 1..4, "reason": 0..6, "when": "ISO instant or empty"}`: 1 done, 2 partly, 3 not yet, 4 changed.

    `reason` is the number of PN-1, 0 when none is given; `when` is a next time named beside the outcome. A number
    counts as the outcome only where it opens the reply. Reasons: number, words; for none: several, out-of-range,
    no-outcome. `at` is aware UTC.
    """
    spelled = spell(text)
    found = _by_number(text, spelled, locale) or _by_words(text, spelled)
    if isinstance(found, Reading):
        return found
    value, span, reason = found
    rest = text[span[1] :].strip(" .,;:!-")
    answer: dict[str, Json] = {"value": value, "reason": 0, "when": ""}
    if value != DONE and rest:
        answer["reason"] = reason_in(rest)
        answer["when"] = _next_time(rest, locale=locale, zone=zone, at=at)
    return understood(text, answer, span, reason=reason)


def reason_in(text: str) -> int:
    """The number of PN-1 for the reason that these words give; 0 for none."""
    words = spell(text).text
    return next((number for number, pattern in _REASONS if re.search(rf"(?<!\w)(?:{pattern})(?!\w)", words)), 0)


def _by_number(text: str, spelled: Folded, locale: str) -> tuple[int, tuple[int, int], str] | Reading | None:
    first = re.match(r"(\d{1,3})(?![\w:/%])", spelled.text)
    if first is None:
        return None
    if len(spelled.text.split()) == 1 and len({each.value for each in find_numbers(text, locale).found}) > 1:
        return nothing(text, "several")
    number = int(first[1])
    if number not in range(DONE, CHANGED + 1):
        return nothing(text, "out-of-range")
    return number, spelled.span(first.start(), first.end()), "number"


def _by_words(text: str, spelled: Folded) -> tuple[int, tuple[int, int], str] | Reading:
    """The words stand at the beginning, or nearly: deep in a sentence they mean something else."""
    for value, pattern in _OUTCOMES:
        for match in re.finditer(rf"(?<!\w)(?:{pattern})(?!\w)", spelled.text):
            before = spelled.text[: match.start()].replace(".", " ").split()
            if all(word in _AROUND for word in before):
                return value, spelled.span(match.start(), match.end()), "words"
    return nothing(text, "no-outcome")


def _next_time(rest: str, *, locale: str, zone: str, at: datetime) -> str:
    found: Mapping[str, Json] = read_new_time(rest, locale=locale, zone=zone, at=at).reading or {}
    return str(found.get("value") or "")
