"""Due rows that are due, and who opens them: a claim is a compare-and-swap, committed before anybody is locked."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import datetime, timedelta

from service.clock import real_now
from service.database import fetch, in_transaction

# Opening takes milliseconds; a row still `opening` after this belongs to a process that died.
LEASE = timedelta(seconds=20)
OPENINGS = 3  # a row that killed its worker this often is set aside, told to the operator, and blocks nobody
CLAIMABLE = (
    "due_at <= $1 AND state IN ('waiting', 'opening')"
    " AND (lease_until < $2 OR (lease_until IS NULL AND state = 'waiting'))"
)
log = logging.getLogger(__name__)


async def due_ids(now: datetime, *, limit: int = 500) -> list[int]:
    """What is due and not opened, oldest first; behind it what a process failed at or died over."""
    rows = await fetch(
        f"(SELECT id FROM due WHERE {CLAIMABLE} AND attempts = 0 ORDER BY due_at, id LIMIT $3)"  # noqa: S608
        f" UNION ALL (SELECT id FROM due WHERE {CLAIMABLE} AND attempts > 0 ORDER BY due_at, id LIMIT $3) LIMIT $3",
        now, real_now(), limit,
    )  # fmt: skip
    return [int(row["id"]) for row in rows]


async def claim(ids: Sequence[int], now: datetime) -> list[int]:
    """Those of these rows that are ours to open now, committed on return. May run twice and beside another worker.

    A row that was tried before is claimed alone, so that one that kills its worker takes no other with it; one that
    did so too often is set aside.
    """
    async with in_transaction("due-claimed"):
        rows = await fetch(
            "UPDATE due SET state = CASE WHEN attempts >= $4 THEN 'quarantined' ELSE 'opening' END,"  # noqa: S608
            " attempts = attempts + 1, lease_until = $3"
            " WHERE id IN (SELECT id FROM due WHERE id = ANY($5::bigint[])"
            f" AND {CLAIMABLE} AND (attempts = 0 OR cardinality($5::bigint[]) = 1) FOR UPDATE SKIP LOCKED)"
            " RETURNING id, state",
            now, real_now(), real_now() + LEASE, OPENINGS, list(ids),
        )  # fmt: skip
    for row in rows:
        if row["state"] == "quarantined":
            log.error("due_quarantined due=%s", row["id"])
    return [int(row["id"]) for row in rows if row["state"] == "opening"]


async def tried_before(ids: Sequence[int], now: datetime) -> list[int]:
    """Those of these rows that `claim` leaves to be claimed alone."""
    rows = await fetch(
        f"SELECT id FROM due WHERE id = ANY($3::bigint[]) AND {CLAIMABLE} AND attempts > 0",  # noqa: S608
        now, real_now(), list(ids),
    )  # fmt: skip
    return [int(row["id"]) for row in rows]
