"""What is tried is counted in the database before the work: what fails three times is set aside and blocks nobody."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta
from enum import Enum
from typing import Generic, TypeVar

from service.clock import real_now
from service.database import execute, fetch, is_away
from service.errors import GatewayRefused, GatewayUnavailable, GatewayUnclear
from service.failing import where
from service.records import Trial

Done = TypeVar("Done", covariant=True)
# Died or raised: a bug is met three times within a minute, and a person waits no longer than that for what comes after.
TRIES = 3
# A process that died may have had it in hand; the same is not tried again sooner than it would have ended.
AGAIN_AFTER = timedelta(seconds=20)
QUARANTINED = "quarantined"
INBOUND, SID = "inbound", "trial.sid"
NETWORK = (GatewayUnavailable, GatewayUnclear, GatewayRefused)
log = logging.getLogger(__name__)


class Unfinished(Enum):
    """Why there is no result: it failed, or it failed a moment ago and rests; or it is set aside for the operator."""

    LATER = "later"
    ASIDE = "aside"


@dataclass(frozen=True, slots=True)
class Finished(Generic[Done]):
    """The work came to its end."""

    result: Done


async def tried(
    kind: str, key: str, work: Callable[[], Awaitable[Done]], *, sid_sealed: str | None = None
) -> Finished[Done] | Unfinished:
    """Do the work, counted. Whatever it raises is logged by `kind` and `key`, and is one of its three tries.

    May run at once in several processes: one works, the others hear LATER. `sid_sealed` tells the operator, and nobody
    else, which event it was (`Vault.seal` for `trial.sid`).

    Raises:
        UNREACHABLE, GatewayUnavailable, GatewayUnclear, GatewayRefused: as the work; that is no try of the row's.
    """
    refused = await _begin(kind, key, sid_sealed)
    if refused is not None:
        return refused
    try:
        result = await work()
    except Exception as problem:  # the loop outlives any row
        if is_away(problem) or isinstance(problem, NETWORK):  # nothing is wrong with the row
            await execute("UPDATE trial SET tries = tries - 1 WHERE kind = $1 AND key = $2", kind, key)
            raise
        log.error("row_failed kind=%s key=%s reason=%s", kind, key, where(problem))
        return Unfinished.LATER
    await Trial.filter(kind=kind, key=key).delete()
    return Finished(result)


async def _begin(kind: str, key: str, sid_sealed: str | None) -> Unfinished | None:
    """The count, committed before the work. None: go on."""
    now = real_now()
    rows = await fetch(
        "INSERT INTO trial (kind, key, tries, state, tried_at, sid_sealed) VALUES ($1, $2, 1, 'open', $3, $6)"
        " ON CONFLICT (kind, key) DO UPDATE SET tried_at = $3, tries = trial.tries + (trial.tries < $5)::int,"
        " state = CASE WHEN trial.tries < $5 THEN 'open' ELSE 'quarantined' END"
        " WHERE trial.state = 'open' AND (trial.tried_at <= $4 OR trial.tries = 0) RETURNING state",
        kind, key, now, now - AGAIN_AFTER, TRIES, sid_sealed,
    )  # fmt: skip
    if not rows:
        is_aside = await Trial.exists(kind=kind, key=key, state=QUARANTINED)
        return Unfinished.ASIDE if is_aside else Unfinished.LATER
    if rows[0]["state"] == QUARANTINED:
        log.error("row_quarantined kind=%s key=%s", kind, key)
        return Unfinished.ASIDE
    return None
