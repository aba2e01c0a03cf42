"""A call as the network knows it: who rang whom, how far it got, and what was heard on the line."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from service.simulator.calls.reading import Verb

OVER = frozenset({"completed", "busy", "no-answer", "failed", "canceled"})
LONGEST_CALL_SECONDS = 14_400  # Twilio's default: four hours


@dataclass(frozen=True, slots=True)
class Order:
    """What the product asked of an outbound call. `events` are those it wants called back; times are in seconds.

    `attestation` is what the caller's carrier vouches for in a call that came in (STIR/SHAKEN); None is silence.
    """

    to: str
    sender: str
    url: str = ""
    method: str = "POST"
    twiml: str = ""
    fallback: str = ""
    fallback_method: str = "POST"
    callback: str = ""
    callback_method: str = "POST"
    events: tuple[str, ...] = ("completed",)
    timeout: int = 60
    time_limit: int = LONGEST_CALL_SECONDS
    detection: str = ""
    is_detected_later: bool = False
    detection_callback: str = ""
    detection_method: str = "POST"
    attestation: str | None = None


@dataclass(frozen=True, slots=True)
class Heard:
    """One line of the transcript. `who` is "us", "person" or "network"."""

    who: str
    text: str
    at: datetime

    def as_json(self) -> dict[str, str]:
        """As the handset shows it."""
        return {"who": self.who, "text": self.text, "at": self.at.isoformat()}


@dataclass(frozen=True, slots=True)
class Event:
    """One thing to tell the product about: a status with its place in the order, or a machine detection."""

    status: str
    sequence: int
    at: datetime


@dataclass(frozen=True, slots=True)
class Ask:
    """One request for the next TwiML document, `after` so many seconds. `is_fallback` requests have no fallback."""

    url: str
    method: str
    extra: tuple[tuple[str, str], ...] = ()
    is_fallback: bool = False
    after: int = 0


@dataclass(slots=True)
class Live:
    """What exists only while the line stands: the document being run, cookies, keys typed so far. Not journalled."""

    verbs: list[Verb] = field(default_factory=list)
    url: str = ""
    method: str = "POST"
    listening: Verb | None = None
    typed: str = ""
    cookies: dict[str, str] = field(default_factory=dict)
    documents: int = 0
    said: tuple[Verb, ...] = ()  # the sounds of the last document
    is_held: bool = False  # it said what the one before it said
    silences: int = 0
    recordings: dict[str, str] = field(default_factory=dict)  # what was heard of each address that was played
    is_in_fallback: bool = False


@dataclass(slots=True)
class Call:
    """One call. `order` is what the product asked for; a call that came in has what our number's settings say.

    `person` is the phone at the other end, also where a caller withholds the number.
    """

    sid: str
    direction: str
    person: str
    order: Order
    at: datetime
    status: str
    sequence: int = 0
    answered_at: datetime | None = None
    ended_at: datetime | None = None
    updated_at: datetime | None = None
    sip: int | None = None
    answered_by: str | None = None
    is_machine: bool = False
    rang_at: datetime | None = None  # None: the phone never rang
    waits_for: dict[str, Any] | None = None
    transcript: list[Heard] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    asks: list[Ask] = field(default_factory=list)
    live: Live = field(default_factory=Live)

    @property
    def is_inbound(self) -> bool:
        """The person called us."""
        return self.direction == "inbound"

    @property
    def is_over(self) -> bool:
        """Nothing more is said on it."""
        return self.status in OVER

    @property
    def seconds(self) -> int:
        """How long it was answered, whole seconds of product time."""
        if self.answered_at is None or self.ended_at is None:
            return 0
        return math.ceil((self.ended_at - self.answered_at).total_seconds())
