"""Slow work beside the sweep: one piece at a time, and the sweep waits for it a moment at most."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable, Coroutine
from typing import Any

# A listing at the network takes a tenth of a second; one that hangs has ten, and nobody's text waits for it.
MOMENT_SECONDS = 1.0
# All that it waits for has a time of its own. Should something hang all the same, the next hour's look begins anew.
LONGEST_SECONDS = 3600.0
log = logging.getLogger(__name__)


class Beside:
    """What was begun goes on over as many sweeps as it takes, and nothing else begins meanwhile."""

    def __init__(self, longest_seconds: float = LONGEST_SECONDS) -> None:
        self._longest_seconds = longest_seconds
        self._task: asyncio.Task[None] | None = None
        self._begun_at = 0.0

    async def go(self, work: Callable[[], Coroutine[Any, Any, None]]) -> None:
        """Begin it unless something goes on, and give that a moment.

        Raises: what the work raises, in the sweep in which it ends.
        """
        now = time.monotonic()
        if self._task is not None and now - self._begun_at > self._longest_seconds:
            log.error("beside_stuck seconds=%.0f", now - self._begun_at)
            await self.aclose()
        if self._task is None:
            self._task, self._begun_at = asyncio.create_task(work()), now
        task = self._task
        await asyncio.wait({task}, timeout=MOMENT_SECONDS)
        if task.done():
            self._task = None
            task.result()

    async def aclose(self) -> None:
        """End it where it is: all of it may run twice."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
            self._task = None
