"""Waking the network when something new is due, and waiting until one pending thing is done."""

from __future__ import annotations

import asyncio

from service.simulator.pending import Pending


class Bell:
    """One for the whole network. `pending` is the network's own table."""

    def __init__(self, pending: dict[str, Pending]) -> None:
        self._pending = pending
        self._rung = asyncio.Event()
        self._waiting: dict[str, asyncio.Event] = {}

    def ring(self) -> None:
        """The clock moved, or something else changed: look again at what is due."""
        self._rung.set()

    def quiet(self) -> None:
        """What was rung for is about to be looked at."""
        self._rung.clear()

    async def rung(self, within_seconds: float | None) -> None:
        """Until it rings, or the seconds are over; None is no limit."""
        try:
            async with asyncio.timeout(within_seconds):
                await self._rung.wait()
        except TimeoutError:
            return

    async def finished(self, pending_id: str) -> None:
        """Until that thing is done, or was given up."""
        if pending_id in self._pending:
            await self._waiting.setdefault(pending_id, asyncio.Event()).wait()

    def tell(self, pending_id: str) -> None:
        """That thing is done, or will not be."""
        if event := self._waiting.pop(pending_id, None):
            event.set()

    def give_up(self) -> None:
        """Nothing that anybody waits for will be done."""
        for pending_id in tuple(self._waiting):
            self.tell(pending_id)
