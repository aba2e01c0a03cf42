"""Check-ins that are all due at one instant, until the network has taken every one; the same with many on file."""

from __future__ import annotations

import asyncio
import json
import statistics
import urllib.request
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import asyncpg

from service.gateway.port import OutgoingText
from service.gateway.wire import status_address
from tests.bench.crowd import Member, forget_what_was_said, people_of
from tests.bench.official import posted_a_second
from tests.bench.row import Measured, Row, at_least, at_most
from tests.bench.servers import Servers, answers, until
from tests.bench.stand_in import TAKEN
from tests.stories.running import free_port

AT_ONCE, FEW, MANY = 5_000, 1_000, 100_000
POSTED = 1_000  # the loop goes on as it began
BEFORE = timedelta(seconds=1)  # the rows are there when their minute comes
LONGEST_SECONDS = 50.0
WORDS = "Mendline: Check-in time. How is today so far, 0 (rough) to 10 (good)? Any number counts. SKIP is fine too."
PLAN = (
    "INSERT INTO due (person_id, kind, rule, local_date, slot, due_at, expires_at, zone, state, created_at)"
    " SELECT id, 'check-in', 'check-in:' || id, ($2 AT TIME ZONE zone)::date, '18:30', $2,"
    " $2 + interval '3 hours', zone, 'waiting', $2 FROM person WHERE id = ANY($1::uuid[])"
)


@dataclass(frozen=True, slots=True)
class Stage:
    """The servers of a drain: database and queue, a stand-in for the network, one worker."""

    servers: Servers
    network: str
    members: Sequence[Member]

    def taken(self) -> tuple[int, float]:
        """How many texts the network took, and when the last."""
        with urllib.request.urlopen(self.network + TAKEN, timeout=5) as answer:
            told = json.load(answer)
        return int(told["count"]), float(told["last"])

    def drain(self, count: int) -> float:
        """Texts a second, from the instant at which `count` people were due."""
        asyncio.run(forget_what_was_said(self.servers.database))
        before, _ = self.taken()
        due_at = asyncio.run(_plan(self.servers.database, self.members[:count]))
        until(lambda: self.taken()[0] - before >= count, seconds=LONGEST_SECONDS)
        return count / (self.taken()[1] - due_at.timestamp())


def staged(servers: Servers, count: int) -> Stage:
    """`count` people on file, one worker, and a network that takes everything."""
    port = free_port()
    network = f"http://127.0.0.1:{port}"
    servers.start("-m", "tests.bench.stand_in", environment=servers.settings(PORT=str(port)))
    members = people_of(servers, count)
    until(lambda: answers(network + TAKEN))
    servers.start("-m", "workers", environment=servers.settings(TWILIO_API_URL=network))
    return Stage(servers, network, members)


async def _plan(database: str, members: Sequence[Member]) -> datetime:
    due_at = datetime.now(UTC) + BEFORE
    connection = await asyncpg.connect(database)
    await connection.execute(PLAN, [member.id for member in members], due_at)
    await connection.close()
    return due_at


def _texts(members: Sequence[Member]) -> list[OutgoingText]:
    reports = "http://127.0.0.1:8000"
    return [OutgoingText(member.number, WORDS, status_address(reports, str(member.id)), 10_800) for member in members]


def _beside_official() -> Iterator[Measured]:
    with Servers() as servers:
        stage = staged(servers, AT_ONCE)
        stage.drain(FEW // 10)  # a worker that has worked before
        while True:
            ours = stage.drain(AT_ONCE)
            yield Measured(ours, asyncio.run(posted_a_second(stage.network, _texts(stage.members[:POSTED]))))


def _two_workers() -> Iterator[Measured]:
    """Ours is two on one database, the limit one of them alone."""
    with Servers() as servers:
        stage = staged(servers, FEW)
        stage.drain(FEW // 10)
        by_one = statistics.median(stage.drain(FEW) for _ in range(3))
        servers.start("-m", "workers", environment=servers.settings(TWILIO_API_URL=stage.network))
        stage.drain(FEW // 10)
        while True:
            yield Measured(stage.drain(FEW), by_one)


def _grown() -> Iterator[Measured]:
    """Ours is the cost with many, the limit the cost with few: milliseconds a check-in."""
    with Servers() as few, Servers() as many:
        stages = [staged(few, FEW), staged(many, MANY)]
        for stage in stages:
            stage.drain(FEW // 10)
        while True:
            costs = [1000 / stage.drain(FEW) for stage in stages]
            yield Measured(costs[1], costs[0])


ROWS = (
    Row("drain", "texts/s", "the official client's pooled loop", at_least(0.2), _beside_official, times=3),
    Row("drain by two workers", "texts/s", "by one", at_least(1), _two_workers, times=3),
    Row("drain with 100,000 on file", "ms", "the same with 1,000", at_most(1.15), _grown, times=5),
)
