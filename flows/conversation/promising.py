"""Which text is about a promise though its question is not the open one: CHANGE BK, done, a number that fits two."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from flows.answers.outcome import read_outcome
from flows.answers.rating import read_rating
from flows.answers.reading import Reading
from flows.conversation.library import Library
from flows.conversation.session import SessionState
from flows.conversation.turn import Facts, Moment, Scalar
from flows.folding import spell
from flows.programme.promises import ANSWERABLE, OpenPromise

MAKE, CHANGE, ASKED, WHICH, CHECK_IN = "promise", "change", "promise-due", "which", "check-in"
ABOUT = frozenset({ASKED, "promise-still"})  # scripts whose own question reads how it went
OUTCOMES = range(1, 5)


@dataclass(frozen=True, slots=True)
class Meant:
    """A script to begin, what it is told, and the words it hears at once. `script` is empty: nobody knows that code."""

    script: str
    given: Facts = field(default_factory=dict)
    reply: str = ""


def named_promise(library: Library, promises: Sequence[OpenPromise], text: str) -> Meant | None:
    """`CHANGE BK`, with or without a new time, and `PROMISE call the bank fri 5pm`. None: the text begins otherwise."""
    spelled = spell(text)
    first = spelled.text.split(" ", 1)[0] if spelled.text else ""
    script = library.keywords.get(first.upper(), "")
    if not script or not library.scripts[script].words_after:
        return None
    rest = text[spelled.ends[len(first) - 1] :].strip(" :,.-")
    if script != CHANGE:
        return Meant(script, {}, rest) if rest else None
    if not rest:
        return Meant(CHANGE, promises[0].given() if len(promises) == 1 else {})
    code = re.match(r"[A-Za-z]{2}(?!\w)", rest)
    named = [each for each in promises if code is not None and each.code == code[0].upper()]
    named.sort(key=lambda each: each.state != "open")  # of what repeats, the one ahead
    if named and code is not None:
        return Meant(CHANGE, named[0].given(), rest[code.end() :].strip(" :,.-"))
    return Meant("") if code is not None else None


def waiting_promise(
    promises: Sequence[OpenPromise], session: SessionState | None, moment: Moment, text: str
) -> Meant | None:
    """A promise that still waits to be told of, when this text can mean it (PROGRAMME 3.5.10).

    Words that fit it go there; a bare number goes there only by way of the question which of two was meant. None:
    nothing waits, or the text belongs to the open question.
    """
    waiting = sorted((each for each in promises if each.state in ANSWERABLE), key=lambda each: each.asked_at)
    if not waiting or (session is not None and session.script not in {CHECK_IN, *ABOUT}):
        return None
    promise = waiting[-1]
    if session is not None and session.script in ABOUT and session.answers.get("promise_id") == promise.id:
        return None
    read = read_outcome(text, locale=moment.locale, zone=moment.zone, at=moment.at)
    if read.reading is None:
        return None
    if _is_told_in_words(read):
        is_alone = session is None or not read.rest or _says_more(read)
        return Meant(ASKED, promise.given(), text) if is_alone and not _is_for_check_in(session, text) else None
    is_first_question = session is None or (session.script == CHECK_IN and "mood" not in session.answers)
    if read.rest or not is_first_question:
        return None
    number: Scalar = f"{read.reading['value']}"
    asks = {"number": number, "question": promise.item, "question_script": ASKED}
    return Meant(WHICH, {**promise.given(), **asks})


def _is_told_in_words(read: Reading) -> bool:
    """Words that only a promise can be answered with: an outcome, or a number with a reason or a next time."""
    return read.reason == "words" or _says_more(read)


def _says_more(read: Reading) -> bool:
    answer = read.reading or {}
    return bool(answer.get("reason")) or bool(answer.get("when"))


def _is_for_check_in(session: SessionState | None, text: str) -> bool:
    """A number with words fits the open check-in, unless the words are a reason or a time."""
    return session is not None and re.match(r"\s*\d", text) is None and read_rating(text).reading is not None
