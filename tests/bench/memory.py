"""What web and worker hold in memory: after their start, and what they hold more after thousands of turns; and what a
whole installation holds on one core.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable, Iterator, Sequence

from tests.bench.crowd import Member, forget_what_was_said, people_of
from tests.bench.drain import FEW, Stage, staged
from tests.bench.letters import post_all
from tests.bench.reply import start_ours, talks
from tests.bench.row import Measured, Row, at_most
from tests.bench.servers import Servers

MOST_MB, MOST_MB_OF_ALL, MOST_GROWTH = 150.0, 400.0, 1.05
WARM, PEOPLE_A_ROUND = 2, 200
MANY_TURNS = 100_000
PAGE_MB = os.sysconf("SC_PAGE_SIZE") / 2**20


def resident(pid: int) -> float:
    """Megabytes."""
    with open(f"/proc/{pid}/statm", encoding="ascii") as statm:
        return int(statm.read().split()[1]) * PAGE_MB


def shared_out(pid: int) -> float:
    """Megabytes of a process and all it started; what several share is counted once, by equal parts."""
    with open(f"/proc/{pid}/smaps_rollup", encoding="ascii") as rollup:
        own = next(int(line.split()[1]) / 1024 for line in rollup if line.startswith("Pss:"))
    with open(f"/proc/{pid}/task/{pid}/children", encoding="ascii") as children:
        return own + sum(shared_out(int(child)) for child in children.read().split())


def _web() -> Iterator[tuple[int, Callable[[], int]]]:
    with Servers() as servers:
        members = people_of(servers, FEW)
        url = start_ours(servers) + "/twilio/sms"
        yield servers.pid(-1), lambda: _replies(servers, url, members)


def _replies(servers: Servers, url: str, members: Sequence[Member]) -> int:
    """A round of replies; how many turns it came to."""
    asyncio.run(forget_what_was_said(servers.database))
    said = talks(url, members[:PEOPLE_A_ROUND])
    asyncio.run(post_all(said))
    return sum(len(lane) for lane in said)


def _worker() -> Iterator[tuple[int, Callable[[], int]]]:
    with Servers() as servers:
        stage: Stage = staged(servers, FEW)
        yield servers.pid(-1), lambda: _drains(stage, 2 * PEOPLE_A_ROUND)


def _busy_worker() -> Iterator[tuple[int, Callable[[], int]]]:
    """Its rounds are as large as can be: each waits a second for its minute."""
    with Servers() as servers:
        stage: Stage = staged(servers, FEW)
        yield servers.pid(-1), lambda: _drains(stage, FEW)


def _drains(stage: Stage, count: int) -> int:
    stage.drain(count)
    return count


def _everything() -> Iterator[Measured]:
    """Web, worker, PostgreSQL and Redis as a host runs them, on one core, after each has worked."""
    cores = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {min(cores)})  # whatever is started from here on inherits it
    try:
        with Servers() as servers:
            stage: Stage = staged(servers, FEW)
            worker, url = servers.pid(-1), start_ours(servers) + "/twilio/sms"
            pids = (servers.pid(-1), worker, servers.postgres.pid, servers.redis.pid)
            while True:
                _drains(stage, 2 * PEOPLE_A_ROUND)
                _replies(servers, url, stage.members)
                yield Measured(sum(shared_out(pid) for pid in pids), MOST_MB_OF_ALL)
    finally:
        os.sched_setaffinity(0, cores)


def _size(process: Callable[[], Iterator[tuple[int, Callable[[], int]]]]) -> Callable[[], Iterator[Measured]]:
    def runs() -> Iterator[Measured]:
        for pid, works in process():
            works()
            yield Measured(resident(pid), MOST_MB)

    return runs


def _growth(process: Callable[[], Iterator[tuple[int, Callable[[], int]]]]) -> Callable[[], Iterator[Measured]]:
    """Ours is what it holds after each further round, the limit what it held when it was warm."""

    def runs() -> Iterator[Measured]:
        for pid, works in process():
            for _ in range(WARM):
                works()
            warm = resident(pid)
            while True:
                works()
                yield Measured(resident(pid), warm)

    return runs


def _later(process: Callable[[], Iterator[tuple[int, Callable[[], int]]]]) -> Callable[[], Iterator[Measured]]:
    """Ours is what it holds after `MANY_TURNS` more, the limit what it held when it was warm."""

    def runs() -> Iterator[Measured]:
        for pid, works in process():
            for _ in range(WARM):
                works()
            warm, turns = resident(pid), 0
            while turns < MANY_TURNS:
                turns += works()
            yield Measured(resident(pid), warm)

    return runs


ROWS = (
    Row("memory of web", "MB", "what a small machine can spare", at_most(1), _size(_web), times=1),
    Row("memory of worker", "MB", "what a small machine can spare", at_most(1), _size(_worker), times=1),
    Row("memory of web, later", "MB", "when it was warm", at_most(MOST_GROWTH), _growth(_web), times=5),
    Row("memory of worker, later", "MB", "when it was warm", at_most(MOST_GROWTH), _growth(_worker), times=5),
    Row("memory of everything", "MB", "what a small machine has", at_most(1), _everything, times=2),
    Row("memory after 100,000 replies", "MB", "when it was warm", at_most(MOST_GROWTH), _later(_web), times=1,
        is_long=True),
    Row("memory after 100,000 check-ins", "MB", "when it was warm", at_most(MOST_GROWTH), _later(_busy_worker),
        times=1, is_long=True),
)  # fmt: skip
