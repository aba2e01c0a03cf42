"""Waiting for what other processes do, without keeping them from it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

# Only how long a failure takes: a machine at its limit starts a process thirty times slower than one at rest.
PATIENCE_SECONDS = 90.0
# Each look costs the processes that are looked at some of the time they need: so we look ever more rarely.
FIRST_PAUSE, LONGEST_PAUSE, LONGER = 0.01, 0.15, 1.3


async def looks(seconds: float) -> AsyncIterator[bool]:
    """Moments to look, the first at once. Each says whether it is the last: then whatever is missing is a failure."""
    deadline = asyncio.get_running_loop().time() + seconds
    pause = FIRST_PAUSE
    while (now := asyncio.get_running_loop().time()) < deadline:
        yield False
        await asyncio.sleep(min(pause, max(deadline - now, 0)))
        pause = min(pause * LONGER, LONGEST_PAUSE)
    yield True
