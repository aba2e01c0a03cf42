"""Looks for texts whose webhook was lost: at the start, every five minutes, every hour."""

from __future__ import annotations

from datetime import datetime

from service.reconciling import HOURLY, LAST_DAY, LAST_HALF_HOUR, OFTEN, find_lost_texts
from workers.hands import Hands


class Reconciler:
    """Remembers when it last looked; forgetting it (a new process) means one more look, which changes nothing."""

    def __init__(self) -> None:
        self._short: datetime | None = None
        self._long: datetime | None = None

    async def look(self, hands: Hands, now: datetime) -> None:
        """List and take what is missing, if it is time. A failed look is repeated at the next one.

        Raises:
            GatewayUnavailable, GatewayUnclear, GatewayRefused: the network would not say.
        """
        if self._long is None or now - self._long >= HOURLY or now < self._long:
            since = now - LAST_DAY
        elif self._short is None or now - self._short >= OFTEN:
            since = now - LAST_HALF_HOUR
        else:
            return
        await find_lost_texts(hands.house, hands.gateway, since=since, now=now)
        self._short = now
        if since == now - LAST_DAY:
            self._long = now
