"""Texts whose webhook was lost: listed at the network and taken as if just received, once."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

from service.conversation import take_text
from service.gateway.port import ArrivedText, Gateway
from service.house import House
from service.records import Watermark

TEXTS = "texts"
# Every five minutes the last half hour, every hour and at each start the last day (DESIGN 4).
OFTEN, LAST_HALF_HOUR = timedelta(minutes=5), timedelta(minutes=30)
HOURLY, LAST_DAY = timedelta(hours=1), timedelta(hours=24)
log = logging.getLogger(__name__)


async def find_lost_texts(house: House, gateway: Gateway, *, since: datetime, now: datetime) -> int:
    """Take what the network has and we do not, oldest first, with its own time; how many were new.

    May run twice: a text is taken by its SID once. The watermark moves only after all were taken.

    Raises:
        GatewayUnavailable, GatewayUnclear, GatewayRefused: the list could not be read to its end.
    """
    listed: list[ArrivedText] = [text async for text in gateway.arrived_texts(since)]
    found = 0
    for text in sorted(listed, key=lambda each: each.at):
        found += await take_text(house, text)
    await Watermark.update_or_create(name=TEXTS, defaults={"read_until": now})
    if found:
        log.warning("lost_texts_found count=%d", found)
    return found
