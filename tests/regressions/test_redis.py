"""A Redis of no use that once cost more than no Redis."""

from __future__ import annotations

import asyncio
import time
from dataclasses import replace

import pytest

from tests.calls.one_process import OneProcess
from tests.service.unruly_peer import peer_that, stays_silent
from workers.hands import Hands
from workers.queue import RING_SECONDS, Queue
from workers.rounds import JOBS

RINGS = 6


@pytest.mark.promise(5)
async def test_a_queue_that_does_not_answer_is_waited_for_once_and_not_at_every_ring(everything: OneProcess):
    """A round rings for every twenty rows, and was late by a second for each of them."""
    async with peer_that(stays_silent) as peer:
        settings = replace(everything.house.settings, redis_url=peer.url.replace("http", "redis"))
        queue = Queue(Hands(replace(everything.house, settings=settings), everything.hands.gateway), JOBS)
        stopping = asyncio.Event()
        running = asyncio.create_task(queue.run(stopping))
        await asyncio.sleep(0)

        begun = time.monotonic()
        rung = [await queue.ring("send_texts", [row]) for row in range(RINGS)]
        seconds = time.monotonic() - begun

        running.cancel()
        await asyncio.gather(running, return_exceptions=True)
        await queue.aclose()
    assert rung == [False] * RINGS
    assert seconds < RINGS / 2 * RING_SECONDS
