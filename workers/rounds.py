"""The sweep: every second, or when it rings, find what is due and owed. arq does the work; without Redis we do."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Iterator, Sequence
from datetime import datetime

from redis.exceptions import RedisError

from service.calling_out import owed_call_ids
from service.claiming import due_ids
from service.clock import real_now
from service.database import UNREACHABLE
from service.errors import GatewayRefused, GatewayUnavailable, GatewayUnclear
from service.leases import shorten_leases
from service.measures import beat
from service.receiving import replay
from service.sending import owed_ids
from service.settling import expire_leases
from workers.beside import Beside
from workers.due import open_due_rows
from workers.hands import Hands
from workers.housekeeping import Housekeeper
from workers.outbox import place_calls, send_texts, settle_texts
from workers.queue import Queue
from workers.reconcile import Reconciler
from workers.watchdog import Watchdog

SWEEP_SECONDS = 1.0
# Rows that rang and were not touched for so long are worked here: arq may be there and its jobs gone (a flush).
PATIENCE_SECONDS = 3.0
# What rang so lately is in a job, and does not ring again: a herd would fill the queue with the same rows.
RING_AGAIN_SECONDS = 1.0
IDS_A_JOB = 20
OPENED_A_JOB = 50  # what their opening asks and writes is one statement each, however many they are
LISTEN_AGAIN_SECONDS = 1.0
log = logging.getLogger(__name__)

Job = Callable[[Hands, Sequence[int]], Awaitable[None]]
OPENING = "open_due_rows"
JOBS: dict[str, Job] = {
    OPENING: open_due_rows,
    "send_texts": send_texts,
    "settle_texts": settle_texts,
    "place_calls": place_calls,
}


class Rounds:
    """One worker's rounds over the database."""

    def __init__(self, hands: Hands, watchdog: Watchdog) -> None:
        self._hands, self._watchdog = hands, watchdog
        self._queue = Queue(hands, JOBS)
        self._reconciler = Reconciler()
        self._housekeeper = Housekeeper()
        self._beside = Beside()
        self._wake = asyncio.Event()
        self._found: dict[tuple[str, int], float] = {}  # since when it is found
        self._rang: dict[tuple[str, int], float] = {}  # when it rang last
        self._machine_said: datetime | None = None  # at the last round

    async def until(self, stopping: asyncio.Event) -> None:
        """Sweep until told to stop; arq and the doorbell run beside and are restarted when they die."""
        beside = [asyncio.create_task(self._queue.run(stopping)), asyncio.create_task(self._listen(stopping))]
        try:
            while not stopping.is_set():
                self._wake.clear()
                begun = time.monotonic()
                await self._sweep_once()
                self._watchdog.hear()
                await asyncio.sleep(min(time.monotonic() - begun, SWEEP_SECONDS))  # half the time is for the rows
                await _first_of(SWEEP_SECONDS, self._wake, stopping)
        finally:
            for task in beside:
                task.cancel()
            await asyncio.gather(*beside, return_exceptions=True)
            await self._beside.aclose()
            await self._queue.aclose()

    async def _sweep_once(self) -> None:
        try:
            # A task of its own: what a lost connection leaves in a task's context ends with the sweep.
            await asyncio.create_task(self.sweep())
            await beat()
        except UNREACHABLE as gone:
            log.error("database_away reason=%s", type(gone).__name__)
            self._reconciler.database_was_away()
        except (GatewayUnavailable, GatewayUnclear, GatewayRefused) as refused:
            log.warning("network_would_not_say reason=%s", refused)

    async def sweep(self) -> None:
        """One round. Everything found is rung at arq, or worked here while Redis is away.

        Raises:
            UNREACHABLE: the database is away.
            GatewayUnavailable, GatewayUnclear, GatewayRefused: a listing failed; rows were worked all the same.
        """
        await self._look_at_the_machines_clock(real_now())
        now = self._hands.house.clock.now()
        await replay(self._hands.house)
        found = [(OPENING, each) for each in await due_ids(now)]
        found += [("send_texts", each) for each in await owed_ids(now)]
        found += [("settle_texts", each) for each in await expire_leases()]
        found += [("place_calls", each) for each in await owed_call_ids(now)]
        await self._hand_out(found)
        await self._beside.go(lambda: self._look_and_tidy(now))

    async def _look_at_the_machines_clock(self, machine: datetime) -> None:
        """At the start, and where it was set back: what was leased until then is leased no longer."""
        if self._machine_said is None or machine < self._machine_said:
            await shorten_leases(machine)
        self._machine_said = machine

    async def _look_and_tidy(self, now: datetime) -> None:
        await self._reconciler.look(self._hands, now)
        await self._housekeeper.tidy(self._hands, now)

    async def _hand_out(self, found: Sequence[tuple[str, int]]) -> None:
        moment = time.monotonic()
        self._found = {key: self._found.get(key, moment) for key in found}
        self._rang = {key: self._rang[key] for key in found if key in self._rang}
        ringing = [key for key in found if moment - self._rang.get(key, -RING_AGAIN_SECONDS) >= RING_AGAIN_SECONDS]
        late = [key for key in found if moment - self._found[key] > PATIENCE_SECONDS]
        self._rang |= dict.fromkeys(ringing, moment)
        for name in JOBS:
            for batch in _batches(name, ringing):
                if not await self._queue.ring(name, batch):
                    await JOBS[name](self._hands, batch)
            for batch in _batches(name, late):
                await JOBS[name](self._hands, batch)

    async def _listen(self, stopping: asyncio.Event) -> None:
        """Rings wake the sweep. While the bell is away the sweep of each second is all there is."""
        while not stopping.is_set():
            try:
                async for _ in self._hands.house.doorbell.rings():
                    self._wake.set()
            except (RedisError, OSError) as gone:
                log.info("doorbell_mute reason=%s", type(gone).__name__)
            await _first_of(LISTEN_AGAIN_SECONDS, stopping)


def _batches(name: str, found: Sequence[tuple[str, int]]) -> Iterator[list[int]]:
    ids = [row_id for job, row_id in found if job == name]
    size = OPENED_A_JOB if name == OPENING else IDS_A_JOB
    for start in range(0, len(ids), size):
        yield ids[start : start + size]


async def _first_of(seconds: float, *events: asyncio.Event) -> None:
    """Wait until one of them is set, or the time is over."""
    waits = [asyncio.create_task(event.wait()) for event in events]
    try:
        await asyncio.wait(waits, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for wait in waits:
            wait.cancel()
