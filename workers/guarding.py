"""One row that fails must not stop the rows after it. The only place that catches whatever comes."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Sequence

from service.database import UNREACHABLE

log = logging.getLogger(__name__)


async def each_alone(kind: str, ids: Sequence[int], work: Callable[[int], Awaitable[None]]) -> None:
    """Work every row; one that fails is logged by its id and left to its lease.

    Raises:
        UNREACHABLE: the database is away, and the rows after this one would fail alike.
    """
    for row_id in ids:
        try:
            await work(row_id)
        except UNREACHABLE:
            raise
        except Exception:  # the worker's loop outlives any row
            log.exception("row_failed kind=%s id=%s", kind, row_id)
