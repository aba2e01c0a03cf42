"""Work that meets a database which is just restarting is tried again for a moment; then the caller is told."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import TypeVar

from service.database import UNREACHABLE, is_away

Done = TypeVar("Done")
PAUSE_SECONDS = 0.1


async def persistently(work: Callable[[], Awaitable[Done]], *, seconds: float) -> Done:
    """The result of `work`, begun anew while PostgreSQL is away, for at most `seconds`.

    `work` must be one transaction: what was begun before left nothing behind.

    Raises: what `work` raises; UNREACHABLE when the time is over.
    """
    begun = time.monotonic()
    while True:
        try:
            return await work()
        except UNREACHABLE as gone:
            if not is_away(gone) or time.monotonic() - begun > seconds:
                raise
            await asyncio.sleep(PAUSE_SECONDS)
