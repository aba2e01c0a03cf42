"""Looks for texts and calls whose webhook was lost, and for what a STOP of the network left undone: at the start, every
five minutes, every hour.
"""

from __future__ import annotations

import logging
import time
from datetime import datetime, timedelta

from flows.programme.unread import LAST_DAY
from service.reconciling import (
    HOURLY,
    LAST_HALF_HOUR,
    OFTEN,
    does_notice_wait,
    find_lost_calls,
    find_lost_texts,
)  # fmt: skip
from service.settling import blocked_people, follow_blocked
from workers.hands import Hands

# A web process on another machine takes what it kept within a second or two after the database is back; only then is
# it known what had come in.
SETTLES_SECONDS = 10.0
log = logging.getLogger(__name__)


class Reconciler:
    """Remembers when it last looked; forgetting it (a new process) means one more look, which changes nothing."""

    def __init__(self) -> None:
        self._short: datetime | None = None
        self._long: datetime | None = None
        self._trusts_at = 0.0

    def database_was_away(self) -> None:
        """What was kept meanwhile is taken first: until then no reading counts."""
        self._trusts_at = time.monotonic() + SETTLES_SECONDS

    async def look(self, hands: Hands, now: datetime) -> None:
        """List and take what is missing, if it is time. A failed look is repeated at the next one.

        Raises:
            GatewayUnavailable, GatewayUnclear, GatewayRefused: the network would not say.
            UNREACHABLE: the database is away.
        """
        if time.monotonic() < self._trusts_at:
            return
        is_long = self._long is None or now - self._long >= HOURLY or now < self._long
        if not is_long and self._short is not None and timedelta() <= now - self._short < OFTEN:
            if await does_notice_wait(hands.house, now):  # it keeps its minute; while nobody will say, it waits
                await find_lost_texts(hands.house, hands.gateway, at_least=LAST_HALF_HOUR, now=now)
            return
        for person_id in await blocked_people(now):
            await follow_blocked(hands.house, person_id)
        at_least = LAST_DAY if is_long else LAST_HALF_HOUR
        await find_lost_texts(hands.house, hands.gateway, at_least=at_least, now=now)
        await find_lost_calls(hands.house, hands.gateway, at_least=at_least, now=now)
        self._short = now
        if is_long:
            self._long = now
