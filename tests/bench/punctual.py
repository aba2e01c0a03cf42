"""How late a check-in is, from its minute to its POST, at a tenth of the rate that one worker drains at."""

from __future__ import annotations

import asyncio
import json
import statistics
import urllib.request
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta

import asyncpg

from tests.bench.crowd import Member, forget_what_was_said
from tests.bench.drain import BEFORE, FEW, PLAN, Stage, staged
from tests.bench.row import Measured, Row, at_most
from tests.bench.servers import Servers, until
from tests.bench.stand_in import LETTERS

LATEST_SECONDS = 2.0  # the 99th of a hundred
FOR_SECONDS = 10.0
A_TENTH = 0.1


def _late(stage: Stage, rate: float) -> float:
    """Seconds, the 99th percentile, of check-ins that come one after the other at `rate` a second."""
    members = stage.members[: int(FOR_SECONDS * rate)]
    asyncio.run(forget_what_was_said(stage.servers.database))
    before, _ = stage.taken()
    times = asyncio.run(_plan(stage.servers.database, members, rate))
    until(lambda: stage.taken()[0] - before >= len(members), seconds=2 * FOR_SECONDS)
    with urllib.request.urlopen(stage.network + LETTERS, timeout=5) as answer:
        taken = json.load(answer)
    late = [taken[member.number] - at.timestamp() for member, at in zip(members, times, strict=True)]
    return statistics.quantiles(late, n=100)[98]


async def _plan(database: str, members: Sequence[Member], rate: float) -> list[datetime]:
    first = datetime.now(UTC) + 2 * BEFORE
    times = [first + timedelta(seconds=place / rate) for place in range(len(members))]
    connection = await asyncpg.connect(database)
    await connection.executemany(PLAN, [([member.id], at) for member, at in zip(members, times, strict=True)])
    await connection.close()
    return times


def _runs() -> Iterator[Measured]:
    with Servers() as servers:
        stage = staged(servers, FEW)
        stage.drain(FEW // 10)
        rate = A_TENTH * stage.drain(FEW // 2)
        while True:
            yield Measured(_late(stage, rate), LATEST_SECONDS)


ROWS = (Row("punctual", "s late, 99 in 100", "what nobody notices", at_most(1), _runs, times=2),)
