"""Texts whose webhook was lost: listed at the network and taken as if just received, once."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

from service.conversation import take_text
from service.database import fetch, in_transaction
from service.gateway.port import ArrivedText, Gateway
from service.house import House
from service.records import Watermark

TEXTS = "texts"
# Every five minutes the last half hour, every hour and at each start the last day (DESIGN 4).
OFTEN, LAST_HALF_HOUR = timedelta(minutes=5), timedelta(minutes=30)
HOURLY, LAST_DAY = timedelta(hours=1), timedelta(hours=24)
log = logging.getLogger(__name__)


async def have_texts_until(deadline: datetime) -> bool:
    """Whether everything that had arrived at the network by `deadline` was listed and taken."""
    mark = await Watermark.get_or_none(name=TEXTS)
    return mark is not None and mark.read_until >= deadline


async def unread_since(now: datetime) -> datetime | None:
    """Since when to list, now that a notice is due and waits for it; None when none does."""
    waits = await fetch(
        "SELECT min(due_at) AS at FROM due"
        " WHERE kind IN ('notice', 'notice-went') AND state = 'waiting' AND due_at <= $1",
        now,
    )
    if waits[0]["at"] is None or await have_texts_until(waits[0]["at"]):
        return None
    mark = await Watermark.get_or_none(name=TEXTS)
    return min(mark.read_until, now - LAST_HALF_HOUR) if mark is not None else now - LAST_DAY


Take = Callable[[House, ArrivedText], Awaitable[bool]]


async def find_lost_texts(
    house: House, gateway: Gateway, *, since: datetime, now: datetime, take: Take = take_text
) -> int:
    """Have `take` take what the network has and we do not, oldest first, with its own time; how many were new.

    May run twice: a text is taken by its SID once. The watermark moves only after all were taken.

    Raises:
        GatewayUnavailable, GatewayUnclear, GatewayRefused: the list could not be read to its end.
    """
    listed: list[ArrivedText] = [text async for text in gateway.arrived_texts(since)]
    found = 0
    for text in sorted(listed, key=lambda each: each.at):
        found += await take(house, text)
    async with in_transaction("list-read"):
        await Watermark.update_or_create(name=TEXTS, defaults={"read_until": now})
    if found:
        log.warning("lost_texts_found count=%d", found)
    return found
