"""What the product has before it and what it lately did, as the handset page and the simulator's clock read it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class OpenMatter:
    """Something that is due or owed by now and not yet done. `kind` and `id` name its row; `at` is aware UTC."""

    kind: str
    id: str
    what: str
    at: datetime

    def as_json(self) -> dict[str, str]:
        """Keys kind, id, what, at (ISO with an offset)."""
        return {"kind": self.kind, "id": self.id, "what": self.what, "at": self.at.isoformat()}


@dataclass(frozen=True, slots=True)
class ComingMatter:
    """Something that falls due later. `who` is the name a person is shown by; `at` is aware UTC."""

    what: str
    who: str
    at: datetime

    def as_json(self) -> dict[str, str]:
        """Keys what, who, at (ISO with an offset)."""
        return {"what": self.what, "who": self.who, "at": self.at.isoformat()}


@dataclass(frozen=True, slots=True)
class LateMatter:
    """Something that was sent or withheld, `what` saying why. `state` is the word of the outbox; `at` is aware UTC."""

    what: str
    who: str
    at: datetime
    state: str

    def as_json(self) -> dict[str, str]:
        """Keys what, who, at (ISO with an offset), state."""
        return {"what": self.what, "who": self.who, "at": self.at.isoformat(), "state": self.state}


@dataclass(frozen=True, slots=True)
class ReadMatter:
    """A text that was read, `what` saying how: never what was written. `at` is aware UTC."""

    what: str
    who: str
    at: datetime

    def as_json(self) -> dict[str, str]:
        """Keys what, who, at (ISO with an offset)."""
        return {"what": self.what, "who": self.who, "at": self.at.isoformat()}


@dataclass(frozen=True, slots=True)
class Agenda:
    """One look at the product at `now`. `next` is the first instant after it at which something falls due, or None.

    `coming` is soonest first, `lately` and `read` newest first; all may be cut short by whoever makes them.
    """

    now: datetime
    next: datetime | None
    open: tuple[OpenMatter, ...] = ()
    coming: tuple[ComingMatter, ...] = ()
    lately: tuple[LateMatter, ...] = ()
    read: tuple[ReadMatter, ...] = ()

    def as_json(self) -> dict[str, object]:
        """The answer of GET /handset/agenda; times are ISO with an offset."""
        return {
            "now": self.now.isoformat(),
            "next": self.next.isoformat() if self.next else None,
            "open": [matter.as_json() for matter in self.open],
            "coming": [matter.as_json() for matter in self.coming],
            "lately": [matter.as_json() for matter in self.lately],
            "read": [matter.as_json() for matter in self.read],
        }
