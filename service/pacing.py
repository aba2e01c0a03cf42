"""The rate at which our sender may speak: one row a sender, shared by all workers."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta

from service.clock import real_now
from service.database import fetch
from service.house import House
from service.records import OutboxItem

# A sender that is free again so soon is waited for; twenty texts of one job then still end within its time. A slower
# one is met by the sweep of each second.
SHORT_PAUSE = timedelta(seconds=0.5)


def is_paced(house: House) -> bool:
    """Whether one text waits for the one before it."""
    return house.settings.sender_segments_per_second != 0


async def sender_is_soon_free(house: House) -> bool:
    """Wait for a sender that is free again in a moment: without that the second text of a job would always wait for
    the next sweep. False: it is busy for longer, and so are all texts behind this one.
    """
    if not is_paced(house):
        return True
    rows = await fetch("SELECT free_at FROM sender_pace WHERE sender = $1", house.settings.twilio_sender)
    pause = rows[0]["free_at"] - real_now() if rows else timedelta()
    if pause > SHORT_PAUSE:
        return False
    await asyncio.sleep(max(0.0, pause.total_seconds()))
    return True


async def sender_is_free(house: House, item: OutboxItem, now: datetime) -> bool:
    """Take the sender's time for this item's segments, or leave it: for later, or for what is more urgent."""
    if not is_paced(house):
        return True
    if await _others_are_more_urgent(item, now):
        return False
    free_from = real_now()
    rows = await fetch(
        "INSERT INTO sender_pace (sender, free_at) VALUES ($1, $2::timestamptz + $3 * interval '1 second')"
        " ON CONFLICT (sender) DO UPDATE SET free_at = $2::timestamptz + $3 * interval '1 second'"
        " WHERE sender_pace.free_at <= $2 RETURNING sender",
        house.settings.twilio_sender, free_from, item.segments / house.settings.sender_segments_per_second,
    )  # fmt: skip
    return bool(rows)


async def _others_are_more_urgent(item: OutboxItem, now: datetime) -> bool:
    """Whether something of a higher priority could leave now. What waits for an unsettled text holds nobody up."""
    return bool(
        await fetch(
            "SELECT 1 FROM outbox o WHERE o.state = 'owed' AND o.priority < $1 AND o.not_before <= $2"
            " AND (o.lease_until IS NULL OR o.lease_until < $3) AND NOT EXISTS (SELECT 1 FROM outbox p"
            " WHERE p.recipient_key = o.recipient_key AND p.state IN ('posting', 'unknown')) LIMIT 1",
            item.priority, now, real_now(),
        )
    )  # fmt: skip
