"""What the network still has to do, each with the instant at which it falls due."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

CALL_ACTS = ("call-status", "call-callback", "call-webhook")


@dataclass(frozen=True, slots=True)
class Pending:
    """One thing to do for the text or call `sid`: `act` is "status", "callback", "webhook", or one of CALL_ACTS.

    `number` counts the events or the requests of a call, from 0; a text has none. What `is_forged` is not signed with
    our token.
    """

    id: str
    at: datetime
    act: str
    sid: str
    status: str = ""
    error: int | None = None
    number: int = 0
    is_forged: bool = False

    @property
    def lane(self) -> str:
        """Requests of one lane wait for each other: those about one text; of a call, its webhooks or its callbacks."""
        return f"{self.sid}:{self.act}" if self.act in CALL_ACTS else self.sid
