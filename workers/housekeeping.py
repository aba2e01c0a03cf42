"""Nightly forgetting, and the redaction of bodies at the network."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from service.tidying import forget_what_is_over, redact_arrived, redact_at_network
from workers.hands import Hands

REDACT_EVERY = timedelta(hours=1)


class Housekeeper:
    """Once a day, and again after a restart: both jobs may run as often as they like."""

    def __init__(self) -> None:
        self._tidied_on: date | None = None
        self._redacted_at: datetime | None = None

    async def tidy(self, hands: Hands, now: datetime) -> None:
        """Do what is due of both.

        Raises:
            GatewayUnavailable, GatewayUnclear: bodies are redacted at the next round.
        """
        if self._tidied_on != now.date():
            await forget_what_is_over(now)
            self._tidied_on = now.date()
        if self._redacted_at is None or abs(now - self._redacted_at) >= REDACT_EVERY:
            await redact_at_network(hands.gateway, now)
            await redact_arrived(hands.gateway, now)
            self._redacted_at = now
