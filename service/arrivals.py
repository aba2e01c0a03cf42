"""Events from the network as plain text and back: what lies in the spool, and the key by which each is known once."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from service.gateway.port import ArrivedText, TextStatus
from service.gateway.voice_wire import CallStarted, CallStatus, CallStep


@dataclass(frozen=True, slots=True)
class StatusCame:
    """A text's status, with our time: the network gives none."""

    status: TextStatus
    at: datetime


Event = ArrivedText | StatusCame | CallStarted | CallStep | CallStatus
KINDS: dict[str, type[Any]] = {
    "text": ArrivedText, "status": TextStatus, "call": CallStarted, "step": CallStep, "call-status": CallStatus,
}  # fmt: skip


def kind_of(event: Event) -> str:
    """One of KINDS, for logs and for the spool."""
    told = event.status if isinstance(event, StatusCame) else event
    return next(name for name, kind in KINDS.items() if isinstance(told, kind))


def sid_of(event: Event) -> str:
    """The network's id of the text or call it is about."""
    return event.status.sid if isinstance(event, StatusCame) else event.sid


def key_of(event: Event) -> str:
    """What tells this event from every other (DESIGN 3.2): `Vault.event_key` of it is in inbound_event."""
    match event:
        case ArrivedText():
            return event.sid
        case StatusCame(status):
            return f"{status.sid}:{status.status}:{status.error_code or ''}"
        case CallStarted():
            return f"{event.sid}:start"
        case CallStep():
            return f"{event.sid}:{event.session_id}:{event.turn}"
        case CallStatus():
            return f"{event.sid}:{event.status}"


def dump(event: Event) -> str:
    """One line of JSON. It holds what a person wrote or typed: seal it."""
    told = asdict(event.status if isinstance(event, StatusCame) else event) | {"at": event.at.isoformat()}
    return json.dumps({"kind": kind_of(event), "event": told})


def load(line: str) -> Event:
    """What `dump` made.

    Raises:
        ValueError, KeyError, TypeError: it is of another version.
    """
    kept = json.loads(line)
    told: dict[str, Any] = kept["event"]
    at = datetime.fromisoformat(told.pop("at"))
    if kept["kind"] == "status":
        return StatusCame(TextStatus(**told), at)
    event: Event = KINDS[kept["kind"]](**told, at=at)
    return event
