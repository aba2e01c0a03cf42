"""Slow work beside the sweep: one piece at a time, and the sweep waits for it a moment at most."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

# A listing at the network takes a tenth of a second; one that hangs has ten, and nobody's text waits for it.
MOMENT_SECONDS = 1.0


class Beside:
    """What was begun goes on over as many sweeps as it takes, and nothing else begins meanwhile."""

    def __init__(self) -> None:
        self._task: asyncio.Task[None] | None = None

    async def go(self, work: Callable[[], Coroutine[Any, Any, None]]) -> None:
        """Begin it unless something goes on, and give that a moment.

        Raises: what the work raises, in the sweep in which it ends.
        """
        if self._task is None:
            self._task = asyncio.create_task(work())
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
