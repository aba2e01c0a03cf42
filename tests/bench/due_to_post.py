"""How late a check-in is handed to the network, by the network's own log: on a good day, without Redis, over a SIGKILL
of the worker, and over a database that was away.
"""

from __future__ import annotations

import asyncio
import json
import os
import signal
import statistics
import subprocess
import time
import urllib.request
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta

import asyncpg

from tests.bench.crowd import Member, people_of
from tests.bench.drain import PLAN
from tests.bench.row import Measured, Row, at_most
from tests.bench.servers import Servers, answers, until
from tests.stories.running import free_port

# One after the other, ten a second; what goes wrong goes wrong in their middle.
PEOPLE, APART, MIDDLE = 100, timedelta(seconds=0.1), 0.5
FIRST = 3  # who are asked before, by a worker that has just started
BEFORE = timedelta(seconds=2)
AWAY_SECONDS = 4.0
LONGEST_SECONDS = 50.0
# Does what goes wrong; the instant from which lateness counts at the earliest.
Trouble = Callable[[Servers, subprocess.Popen[bytes], Mapping[str, str]], datetime]


def nothing(_servers: Servers, _worker: subprocess.Popen[bytes], _environment: Mapping[str, str]) -> datetime:
    """A good day, or one that was bad from the beginning."""
    return datetime.min.replace(tzinfo=UTC)


def worker_killed(servers: Servers, worker: subprocess.Popen[bytes], environment: Mapping[str, str]) -> datetime:
    """And started again at once, as whoever started it does."""
    worker.kill()
    worker.wait()
    servers.start("-m", "workers", environment=environment)
    return datetime.min.replace(tzinfo=UTC)


def database_away(servers: Servers, _worker: subprocess.Popen[bytes], _environment: Mapping[str, str]) -> datetime:
    """For some seconds; lateness counts from its return."""
    os.kill(servers.postgres.pid, signal.SIGQUIT)
    time.sleep(AWAY_SECONDS)
    servers.postgres.restart()
    return datetime.now(UTC)


def _measured(limit: float, trouble: Trouble, **settings: str) -> Callable[[], Iterator[Measured]]:
    def runs() -> Iterator[Measured]:
        with Servers() as servers:
            network = _started_network(servers)
            members = people_of(servers, FIRST + PEOPLE)
            environment = servers.settings(TWILIO_API_URL=network, **settings)
            worker = servers.start("-m", "workers", environment=environment)
            _ask(servers, network, members[:FIRST])
            asked = members[FIRST:]
            due = asyncio.run(_plan(servers.database, asked))
            time.sleep((BEFORE + MIDDLE * PEOPLE * APART).total_seconds())
            counts_from = trouble(servers, worker, environment)
            posted = _posted(network, asked)
            late = [
                (posted[each.number] - max(at, counts_from)).total_seconds()
                for each, at in zip(asked, due, strict=True)
            ]
            yield Measured(max(0.0, statistics.quantiles(late, n=100)[98]), limit)

    return runs


def _started_network(servers: Servers) -> str:
    port, folder = free_port(), servers.folder / "network"
    folder.mkdir()
    network = f"http://127.0.0.1:{port}"
    servers.start(
        "-m", "service.simulator", "--port", str(port), "--journal", str(folder),
        environment=servers.settings(TWILIO_API_URL=network),
    )  # fmt: skip
    until(lambda: answers(f"{network}/simulator/log"))
    return network


def _ask(servers: Servers, network: str, members: Sequence[Member]) -> None:
    asyncio.run(_plan(servers.database, members))
    _posted(network, members)


async def _plan(database: str, members: Sequence[Member]) -> list[datetime]:
    first = datetime.now(UTC) + BEFORE
    times = [first + place * APART for place in range(len(members))]
    connection = await asyncpg.connect(database)
    await connection.executemany(PLAN, [([member.id], at) for member, at in zip(members, times, strict=True)])
    await connection.close()
    return times


def _posted(network: str, members: Sequence[Member]) -> dict[str, datetime]:
    """When each was first handed over, once all were."""
    wanted = {member.number for member in members}
    until(lambda: wanted <= set(_log(network)), seconds=LONGEST_SECONDS)
    return _log(network)


def _log(network: str) -> dict[str, datetime]:
    with urllib.request.urlopen(f"{network}/simulator/log", timeout=5) as answer:
        entries = [json.loads(line) for line in answer.read().splitlines() if line]
    posts = [each for each in entries if each["kind"] == "rest" and each["method"] == "POST"]
    return {dict(each["form"])["To"]: datetime.fromisoformat(each["at"]) for each in reversed(posts)}


_NOBODY = "redis://127.0.0.1:9/0"
_ROWS: tuple[tuple[str, str, float, Trouble, dict[str, str]], ...] = (
    ("", "two seconds", 2.0, nothing, {}),
    (" without Redis", "ten seconds", 10.0, nothing, {"REDIS_URL": _NOBODY}),
    (", the worker killed", "half a minute", 30.0, worker_killed, {}),
    (", the database back", "a minute", 60.0, database_away, {}),
)
ROWS = tuple(
    Row(f"due to POST{what}", "s late, 99 in 100", beside, at_most(1), _measured(limit, trouble, **settings), times=1)
    for what, beside, limit, trouble, settings in _ROWS
)
