"""What the product asks of a telephone network. Twilio and the simulator are spoken to by one and the same gateway."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True, slots=True)
class OutgoingText:
    """One SMS to send. `callback_url` carries our item token; `validity_seconds`: the rest of the window (1..36000)."""

    to: str
    body: str
    callback_url: str
    validity_seconds: int


@dataclass(frozen=True, slots=True)
class OutgoingCall:
    """One call to place. `answer_url` and `callback_url` carry our call token; `ring_seconds` stays below voicemail.

    `leaves_a_message`: an answering machine is listened to up to its beep; otherwise its first word is enough.
    """

    to: str
    answer_url: str
    fallback_url: str
    callback_url: str
    ring_seconds: int
    leaves_a_message: bool = False


@dataclass(frozen=True, slots=True)
class PlacedCall:
    """A call the network says left from us: for settling what became of a POST whose answer was lost."""

    sid: str
    to: str
    status: str
    created_at: datetime


@dataclass(frozen=True, slots=True)
class ListedCall:
    """A call of one of our numbers, in either direction. `other` is the person's end; `status` is Twilio's word."""

    sid: str
    other: str
    is_inbound: bool
    status: str
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Accepted:
    """The network took it: its SID and the status it starts in (no callback comes for that one)."""

    sid: str
    status: str


@dataclass(frozen=True, slots=True)
class SentText:
    """A text the network says left from us: for settling what happened to a send whose answer was lost."""

    sid: str
    to: str
    body: str
    status: str
    error_code: int | None
    created_at: datetime


@dataclass(frozen=True, slots=True)
class ArrivedText:
    """A text the network took from a person. `at` is aware UTC.

    `sender` is as the network gave it: E.164, a short code's bare digits, or a channel address such as `whatsapp:+1…`.
    `opt_out_type` is STOP, START or HELP when Twilio's Advanced Opt-Out has already answered: record it, stay silent.
    """

    sid: str
    sender: str
    to: str
    body: str
    at: datetime
    has_media: bool = False
    opt_out_type: str | None = None


@dataclass(frozen=True, slots=True)
class TextStatus:
    """What a status callback says of one of our texts. `token` is ours, from the callback's query, if it was there."""

    sid: str
    status: str
    error_code: int | None
    token: str | None


class Gateway(Protocol):
    """The telephone network, as far as we need it.

    Every method may raise GatewayRefused (for good), GatewayUnavailable (not processed, try later) or
    GatewayUnclear (nobody knows; ask before sending again). All have a deadline of ten seconds.
    """

    async def send_text(self, text: OutgoingText) -> Accepted:
        """Hand one text to the network. At most one POST leaves; it is never repeated here."""
        ...

    def sent_texts(self, to: str, since: datetime) -> AsyncIterator[SentText]:
        """What left towards `to` since then, newest first."""
        ...

    def arrived_texts(self, since: datetime) -> AsyncIterator[ArrivedText]:
        """What people sent to our numbers since then, newest first."""
        ...

    async def place_call(self, call: OutgoingCall) -> Accepted:
        """Have the network ring a person. At most one POST leaves."""
        ...

    def placed_calls(self, to: str, since: datetime) -> AsyncIterator[PlacedCall]:
        """What was placed towards `to` since then, newest first."""
        ...

    def calls_since(self, since: datetime) -> AsyncIterator[ListedCall]:
        """Every call to or from our number since then, newest first: for webhooks that never came."""
        ...

    async def redact(self, sid: str) -> None:
        """Have the network forget the body of one text, in either direction."""
        ...

    async def aclose(self) -> None:
        """Close the pool."""
        ...
