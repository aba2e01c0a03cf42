"""What web and worker hold in memory: after their start, and what they hold more after thousands of turns."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable, Iterator

from tests.bench.crowd import forget_what_was_said, people_of
from tests.bench.drain import FEW, Stage, staged
from tests.bench.letters import post_all
from tests.bench.reply import start_ours, talks
from tests.bench.row import Measured, Row, at_most
from tests.bench.servers import Servers

MOST_MB, MOST_GROWTH = 150.0, 1.05
WARM, PEOPLE_A_ROUND = 2, 200
PAGE_MB = os.sysconf("SC_PAGE_SIZE") / 2**20


def resident(pid: int) -> float:
    """Megabytes."""
    with open(f"/proc/{pid}/statm", encoding="ascii") as statm:
        return int(statm.read().split()[1]) * PAGE_MB


def _web() -> Iterator[tuple[int, Callable[[], None]]]:
    with Servers() as servers:
        members = people_of(servers, FEW)
        url = start_ours(servers) + "/twilio/sms"

        def works() -> None:
            asyncio.run(forget_what_was_said(servers.database))
            asyncio.run(post_all(talks(url, members[:PEOPLE_A_ROUND])))

        yield servers.pid(-1), works


def _worker() -> Iterator[tuple[int, Callable[[], None]]]:
    with Servers() as servers:
        stage: Stage = staged(servers, FEW)
        yield servers.pid(-1), lambda: _drains(stage)


def _drains(stage: Stage) -> None:
    stage.drain(2 * PEOPLE_A_ROUND)


def _size(process: Callable[[], Iterator[tuple[int, Callable[[], None]]]]) -> Callable[[], Iterator[Measured]]:
    def runs() -> Iterator[Measured]:
        for pid, works in process():
            works()
            yield Measured(resident(pid), MOST_MB)

    return runs


def _growth(process: Callable[[], Iterator[tuple[int, Callable[[], None]]]]) -> Callable[[], Iterator[Measured]]:
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


ROWS = (
    Row("memory of web", "MB", "what a small machine can spare", at_most(1), _size(_web), times=1),
    Row("memory of worker", "MB", "what a small machine can spare", at_most(1), _size(_worker), times=1),
    Row("memory of web, later", "MB", "when it was warm", at_most(MOST_GROWTH), _growth(_web), times=5),
    Row("memory of worker, later", "MB", "when it was warm", at_most(MOST_GROWTH), _growth(_worker), times=5),
)
