"""What Twilio sends during a call -> typed events: the first request, a step's answer, a call's progress."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from service.errors import MalformedWebhook
from service.gateway.cleaning import clean_text
from service.gateway.wire import SignedForm

CALL_SID = re.compile(r"CA[0-9a-fA-F]{32}")
STEP = re.compile(r"1\.(\d{1,18})\.(\d{1,9})")  # schema version, session, turn: what `step_query` writes
DIGITS = re.compile(r"[0-9*#A-D]{0,64}")
STEP_KEY, CALL_KEY, AGAIN_KEY = "at", "call", "again"
SPEECH_CHARACTERS = 500
# A fully attested number; anything less identifies nobody (RELIABILITY 1, row 20).
OVER = frozenset({"completed", "busy", "failed", "no-answer", "canceled"})


@dataclass(frozen=True, slots=True)
class CallStarted:
    """A call that begins to be answered by us. `other` is the person's end: the caller, or whom we called."""

    sid: str
    other: str
    is_inbound: bool
    at: datetime
    answered_by: str | None = None
    call_token: str | None = None  # ours, for a call we placed


@dataclass(frozen=True, slots=True)
class CallStep:
    """What came back from one Gather. All three of digits, speech and nothing are possible."""

    sid: str
    other: str
    session_id: int
    turn: int
    digits: str
    ended_by_star: bool
    speech: str
    at: datetime


@dataclass(frozen=True, slots=True)
class CallStatus:
    """How a call goes on. `sequence` orders the callbacks of one call; they arrive in any order."""

    sid: str
    other: str
    status: str
    sequence: int
    call_token: str | None
    at: datetime


def read_call(form: SignedForm, at: datetime) -> CallStarted:
    """The first request of a call.

    Raises:
        MalformedWebhook: a field is missing, repeated or not what Twilio sends there.
    """
    is_inbound = (form.one("Direction") or "inbound") == "inbound"
    return CallStarted(
        sid=_sid(form), other=_other(form, is_inbound=is_inbound), is_inbound=is_inbound, at=at,
        answered_by=form.one("AnsweredBy"), call_token=form.one_in_query(CALL_KEY),
    )  # fmt: skip


def read_step(form: SignedForm, at: datetime) -> CallStep:
    """The answer to one prompt of a call. Raises MalformedWebhook as `read_call`."""
    found = STEP.fullmatch(form.one_in_query(STEP_KEY) or "")
    digits = form.one("Digits") or ""
    if found is None or not DIGITS.fullmatch(digits):
        raise MalformedWebhook("step is none of ours")
    is_inbound = (form.one("Direction") or "inbound") == "inbound"
    return CallStep(
        sid=_sid(form), other=_other(form, is_inbound=is_inbound), session_id=int(found[1]), turn=int(found[2]),
        digits=digits, ended_by_star=form.one("FinishedOnKey") == "*",
        speech=clean_text(form.one("SpeechResult") or "")[:SPEECH_CHARACTERS], at=at,
    )  # fmt: skip


def read_call_status(form: SignedForm, at: datetime) -> CallStatus:
    """A call's progress. Raises MalformedWebhook as `read_call`."""
    status = form.one("CallStatus") or ""
    sequence = form.one("SequenceNumber") or "0"
    if not re.fullmatch(r"[a-z-]{4,20}", status) or not re.fullmatch(r"\d{1,6}", sequence):
        raise MalformedWebhook("CallStatus or SequenceNumber is none")
    is_inbound = (form.one("Direction") or "inbound") == "inbound"
    return CallStatus(
        sid=_sid(form), other=_other(form, is_inbound=is_inbound), status=status, sequence=int(sequence),
        call_token=form.one_in_query(CALL_KEY), at=at,
    )  # fmt: skip


def step_query(session_id: int, turn: int) -> str:
    """The query of a step's address: what `read_step` gives back as session and turn."""
    return f"{STEP_KEY}=1.{session_id}.{turn}"


def tries_before(form: SignedForm) -> int:
    """How often this request of a call was put off already. Raises MalformedWebhook as `read_call`."""
    raw = form.one_in_query(AGAIN_KEY) or "0"
    if not re.fullmatch(r"\d{1,3}", raw):
        raise MalformedWebhook(f"{AGAIN_KEY} is no count of ours")
    return int(raw)


def once_more(form: SignedForm) -> str:
    """The query under which the same request comes again."""
    kept = [(name, value) for name, value in form.query if name != AGAIN_KEY]
    return urlencode([*kept, (AGAIN_KEY, str(tries_before(form) + 1))])


def _sid(form: SignedForm) -> str:
    sid = form.one("CallSid") or ""
    if not CALL_SID.fullmatch(sid):
        raise MalformedWebhook("CallSid is no SID of a call")
    return sid


def _other(form: SignedForm, *, is_inbound: bool) -> str:
    """The person's end of the line; withheld numbers come as words and are nobody."""
    return clean_text(form.one("From" if is_inbound else "To") or "").strip()[:64]
