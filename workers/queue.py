"""arq behind one door: ring a job by name and row ids, and run its worker as a task that is restarted when it dies."""

from __future__ import annotations

import asyncio
import hashlib
import logging
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any

from arq import create_pool, func
from arq.connections import ArqRedis
from arq.worker import Worker
from redis.exceptions import RedisError

from service.points import spoken_to
from workers.hands import Hands
from workers.settings import (
    HEALTH_SECONDS,
    JOB_SECONDS,
    JOBS_AT_ONCE,
    POLL_SECONDS,
    POLL_SECONDS_SIMULATED,
    QUEUE,
    dump,
    load,
    redis_settings,
)  # fmt: skip

RESTART_SECONDS = 1.0
RING_SECONDS = 1.0
# After a ring in vain nobody waits for the next ones: a sweep rings often, and would spend its time on that.
DEAF_SECONDS = 5.0
GONE = (RedisError, OSError, asyncio.TimeoutError)
log = logging.getLogger(__name__)


class Queue:
    """The doorbell's hands. Without Redis every ring answers False and the caller works the rows itself."""

    def __init__(self, hands: Hands, jobs: Mapping[str, Callable[[Hands, Sequence[int]], Awaitable[None]]]) -> None:
        self._hands = hands
        self._jobs = jobs
        self._pool: ArqRedis | None = None
        self._is_working = False
        self._deaf_until = 0.0

    async def ring(self, name: str, ids: Sequence[int]) -> bool:
        """Have arq run the job. False: it is not there. The same job and ids rung again while queued are one job."""
        url = self._hands.house.settings.redis_url
        if not url or not self._is_working or time.monotonic() < self._deaf_until:
            return False
        try:
            async with asyncio.timeout(RING_SECONDS):
                if self._pool is None:
                    self._pool = await create_pool(
                        redis_settings(url), job_serializer=dump, job_deserializer=load, default_queue_name=QUEUE
                    )
                job_id = f"{name}:{hashlib.sha256(repr(list(ids)).encode()).hexdigest()[:20]}"
                async with spoken_to("queue"):
                    await self._pool.enqueue_job(name, list(ids), _job_id=job_id)
        except GONE as gone:
            log.info("queue_away reason=%s", type(gone).__name__)
            self._deaf_until = time.monotonic() + DEAF_SECONDS
            return False
        return True

    async def run(self, stopping: asyncio.Event) -> None:
        """Keep an arq worker running until told to stop. Its death costs a second; the rows are worked meanwhile."""
        url = self._hands.house.settings.redis_url
        while url and not stopping.is_set():
            worker: Worker | None = None
            try:
                worker = self._worker(url)
                self._is_working = True
                await worker.async_run()
            except GONE as gone:
                log.warning("queue_died reason=%s", type(gone).__name__)
            finally:
                self._is_working = False
                if worker is not None:
                    await _close(worker)
            await asyncio.sleep(RESTART_SECONDS)

    async def aclose(self) -> None:
        """Close the connections."""
        if self._pool is not None:
            try:
                await self._pool.aclose()
            except GONE as gone:
                log.info("queue_away reason=%s", type(gone).__name__)

    def _worker(self, url: str) -> Worker:
        functions = [func(_job(self._hands, job), name=name, keep_result=0) for name, job in self._jobs.items()]
        is_simulated = self._hands.house.settings.is_simulation
        return Worker(
            functions, redis_settings=redis_settings(url), handle_signals=False, job_timeout=JOB_SECONDS,
            max_jobs=JOBS_AT_ONCE, keep_result=0, poll_delay=POLL_SECONDS_SIMULATED if is_simulated else POLL_SECONDS,
            health_check_interval=HEALTH_SECONDS, queue_name=QUEUE, job_serializer=dump, job_deserializer=load,
            allow_abort_jobs=False, max_tries=1_000,
        )  # fmt: skip


def _job(hands: Hands, job: Callable[[Hands, Sequence[int]], Awaitable[None]]) -> Callable[..., Any]:
    async def run(_ctx: dict[str, Any], ids: list[int]) -> None:
        await job(hands, ids)

    return run


async def _close(worker: Worker) -> None:
    try:
        await worker.close()
    except GONE as gone:
        log.info("queue_away reason=%s", type(gone).__name__)
