"""Two pieces of work, stepped from point to point in a chosen order: what two processes might do, made repeatable."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextvars import ContextVar
from itertools import combinations

from service.points import watch
from tests.patience import PATIENCE_SECONDS

WHO: ContextVar[int | None] = ContextVar("who", default=None)
# A step takes a few milliseconds; one that takes longer waits for the other's lock.
BLOCKED_SECONDS = 0.25


def schedules(first: int, second: int) -> Iterator[tuple[int, ...]]:
    """Every order of `first` steps of one and `second` of the other: 0 and 1, (first + second choose first) of them."""
    length = first + second
    for places in combinations(range(length), first):
        yield tuple(0 if place in places else 1 for place in range(length))


class Stepper:
    """Runs two handlers, each of which stops at every point until it is told to go on."""

    def __init__(self) -> None:
        self._may_go = [asyncio.Event(), asyncio.Event()]
        self._stopped = [asyncio.Event(), asyncio.Event()]
        self.reached: list[tuple[int, str]] = []
        self.was_blocked = False

    async def run(self, handlers: Sequence[Callable[[], Awaitable[object]]], order: Sequence[int]) -> tuple[int, ...]:
        """The order that was really taken. Once one waits for the other's lock both run free to their ends.

        Raises: whatever a handler raises.
        """
        watch(self._at_point)
        try:
            tasks = [asyncio.create_task(self._as(who, handler)) for who, handler in enumerate(handlers)]
            taken = await self._step_through(tasks, order)
            for may_go in self._may_go:
                may_go.set()
            async with asyncio.timeout(PATIENCE_SECONDS):
                await asyncio.gather(*tasks)
        finally:
            watch(None)
        return taken

    async def _step_through(self, tasks: Sequence[asyncio.Task[object]], order: Sequence[int]) -> tuple[int, ...]:
        taken: list[int] = []
        for who in order:
            if tasks[who].done():
                continue
            self._stopped[who].clear()
            self._may_go[who].set()
            taken.append(who)
            if not await self._stops(who, tasks[who]):
                self.was_blocked = True
                break
        return tuple(taken)

    async def _stops(self, who: int, task: asyncio.Task[object]) -> bool:
        """Whether it came to its next point or its end, and does not wait for a lock."""
        at_point = asyncio.create_task(self._stopped[who].wait())
        await asyncio.wait({at_point, task}, timeout=BLOCKED_SECONDS, return_when=asyncio.FIRST_COMPLETED)
        stopped = at_point.done() or task.done()
        at_point.cancel()
        return stopped

    async def _as(self, who: int, handler: Callable[[], Awaitable[object]]) -> object:
        WHO.set(who)
        await self._at_point("begin")
        return await handler()

    async def _at_point(self, point: str) -> None:
        who = WHO.get()
        if who is None:
            return
        self.reached.append((who, point))
        self._stopped[who].set()
        await self._may_go[who].wait()
        if not self._free():
            self._may_go[who].clear()

    def _free(self) -> bool:
        return self.was_blocked or all(each.is_set() for each in self._may_go)
