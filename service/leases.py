"""Leases are instants of the machine's clock. Where that was set back some lie hours ahead, and would hold up their
rows for as long: nothing that any of us writes lasts longer than `LONGEST`.
"""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

from service.database import execute

# The longest that a busy network is believed (Retry-After); every other lease is a fraction of it.
LONGEST = timedelta(minutes=5)
# Whoever holds one may be alive and in the middle of a request, which takes ten seconds at most.
ENDS_IN = timedelta(seconds=20)
SHORTENED = tuple(
    f"UPDATE {table} SET {lease} = $1 WHERE {lease} > $2"  # noqa: S608  # our own names
    for table, lease in (
        ("due", "lease_until"), ("outbox", "lease_until"), ("call", "lease_until"), ("sender_pace", "free_at"),
        ("trial", "tried_at"),
    )
)  # fmt: skip
log = logging.getLogger(__name__)


async def shorten_leases(now: datetime) -> int:
    """End what lies too far ahead of `now`, the machine's time; how many there were. May run twice and at once.

    Raises:
        UNREACHABLE: the database is away.
    """
    shortened = 0
    for statement in SHORTENED:
        shortened += await execute(statement, now + ENDS_IN, now + LONGEST)
    if shortened:
        log.warning("leases_shortened count=%d", shortened)
    return shortened
