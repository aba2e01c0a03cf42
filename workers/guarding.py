"""One row that fails must not stop the rows after it. What is counted in the rows themselves is guarded
here, everything else by `service.trials`: the two places that catch whatever comes.
"""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Sequence
from typing import TypeVar

from service.database import is_away
from service.failing import where

Done = TypeVar("Done")

log = logging.getLogger(__name__)


async def together(kind: str, ids: Sequence[int], work: Callable[[Sequence[int]], Awaitable[None]]) -> None:
    """Work all rows at once; if that fails each alone, and one that fails then is logged by its id and left to its
    lease. `work` leaves alone what was done of the rows before it failed.

    Raises:
        UNREACHABLE: the database is away, and the rows after this one would fail alike.
    """
    try:
        await work(ids)
        return
    except Exception as problem:  # one of them, and nobody knows which
        if is_away(problem):
            raise
        log.error("rows_failed kind=%s count=%d reason=%s", kind, len(ids), where(problem))
    await each_alone(kind, ids, lambda row_id: work([row_id]))


async def each_alone(kind: str, ids: Sequence[int], work: Callable[[int], Awaitable[None]]) -> None:
    """Work every row; one that fails is logged by its id and left to its lease.

    Raises:
        UNREACHABLE: the database is away, and the rows after this one would fail alike.
    """
    for row_id in ids:
        await _alone(kind, row_id, work(row_id))


async def _alone(kind: str, row_id: int | str, work: Awaitable[Done]) -> Done | None:
    try:
        return await work
    except Exception as problem:  # the worker's loop outlives any row
        if is_away(problem):
            raise
        log.error("row_failed kind=%s id=%s reason=%s", kind, row_id, where(problem))
        return None
