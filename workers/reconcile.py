"""Looks for texts whose webhook was lost: at the start, every five minutes, every hour."""

from __future__ import annotations

import logging
from datetime import datetime

from service.errors import GatewayRefused, GatewayUnavailable, GatewayUnclear
from service.reconciling import HOURLY, LAST_DAY, LAST_HALF_HOUR, OFTEN, find_lost_texts, unread_since
from workers.guarding import take_alone
from workers.hands import Hands

log = logging.getLogger(__name__)


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
        await find_lost_texts(hands.house, hands.gateway, since=since, now=now, take=take_alone)
        self._short = now
        if since == now - LAST_DAY:
            self._long = now

    async def before_notices(self, hands: Hands, now: datetime) -> None:
        """List now what a due notice waits for, so that it keeps its minute. While nobody will say, it waits."""
        since = await unread_since(now)
        if since is None:
            return
        try:
            await find_lost_texts(hands.house, hands.gateway, since=since, now=now, take=take_alone)
        except (GatewayUnavailable, GatewayUnclear, GatewayRefused) as refused:
            log.warning("notice_waits reason=%s", refused)
