"""Twilio's error codes, read from `error_codes.csv`, and what follows from each. The table decides, not its readers."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from enum import Enum
from functools import cache
from importlib.resources import files


class Action(Enum):
    """What follows from an error code, for the text or call it belongs to."""

    NEVER = "never"  # give this one up; nothing is wrong with the person or the account
    OPTED_OUT = "opted_out"  # record the opt-out; nothing leaves to that number any more
    WRONG_NUMBER = "wrong_number"  # mark the number as wrong; ask the person before using it again
    NO_TEXTS = "no_texts"  # the number takes no texts, for good: offer voice
    OPERATOR = "operator"  # give it up and tell the operator the remedy: more of the same would fail alike
    LATER = "later"  # the same again, more slowly; it was not taken
    NEXT_WINDOW = "next_window"  # nothing more today
    RETRY_ONCE = "retry_once"  # one new attempt, hours later, inside the window
    RETRY_TWICE = "retry_twice"  # two new attempts with growing gaps, inside the window
    ASK = "ask"  # nobody knows whether it was taken: look it up before anything else
    EXPIRED = "expired"  # its time is over
    STAY_SILENT = "stay_silent"  # about a text that arrived: do not answer it


class Shows(Enum):
    """Where a code is seen: in the answer to our POST, in a callback, with an arrived text, or in Twilio's log only."""

    SYNC = "sync"
    ASYNC = "async"
    BOTH = "both"
    INBOUND = "inbound"
    LOG = "log"


@dataclass(frozen=True, slots=True)
class ErrorCode:
    """One row. `operator_remedy` is a sentence where the action is OPERATOR, otherwise often empty."""

    code: int
    meaning: str
    shows: Shows
    action: Action
    operator_remedy: str


@cache
def error_codes() -> dict[int, ErrorCode]:
    """The whole table by code.

    Source: TWILIO.md 7, from Twilio's error dictionary.
    """
    table = files("service.gateway").joinpath("error_codes.csv").read_text(encoding="utf-8")
    return {int(row["code"]): _row(row) for row in csv.DictReader(table.splitlines())}


def action_for(code: int) -> Action:
    """What follows from `code`, Twilio's or, where Twilio gave none, the HTTP status.

    A code that is not in the table is given up and shown to the operator: a guess could text somebody twice.
    """
    known = error_codes().get(code)
    if known is not None:
        return known.action
    if 500 <= code < 600:
        return Action.ASK
    return Action.LATER if code == 429 else Action.OPERATOR


def _row(row: dict[str, str]) -> ErrorCode:
    return ErrorCode(
        code=int(row["code"]),
        meaning=row["meaning"],
        shows=Shows(row["shows"]),
        action=Action(row["action"]),
        operator_remedy=row["operator_remedy"],
    )
