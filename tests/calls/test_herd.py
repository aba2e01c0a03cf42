"""The nine o'clock herd: many are due in one minute, two workers share one sender's pace, the network is busy and one
of the workers is lost. Everybody is asked once, whoever writes meanwhile does not wait behind them, and nobody starves.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from service.clock import real_now
from service.database import execute, fetch
from service.points import watch
from tests.bench.crowd import Member, settle
from tests.calls.one_process import OneProcess
from tests.crashes.invariants import (
    i1_one_effect_per_sid,
    i2_one_text_per_item,
    i3_nothing_left_open,
    i5_states_never_move_down,
    i6_nothing_after_stop_nor_at_night,
    i12_tries_are_bounded,
)
from tests.faults.journey import CK_1, G_WHO, comes_true
from tests.patience import PATIENCE_SECONDS
from tests.service.conftest import EVENING
from workers.hands import Hands
from workers.rounds import Rounds
from workers.watchdog import Watchdog

HOLDS = (
    i1_one_effect_per_sid, i2_one_text_per_item, i3_nothing_left_open, i5_states_never_move_down,
    i6_nothing_after_stop_nor_at_night, i12_tries_are_bounded,
)  # fmt: skip
PLANNED = (
    "INSERT INTO due (person_id, kind, rule, local_date, slot, due_at, expires_at, zone, state, payload, created_at)"
    " SELECT id, 'check-in', 'check-in:' || id, ($2 AT TIME ZONE zone)::date, '09:00', $2, $2 + interval '3 hours',"
    " zone, 'waiting', '{}', $2 FROM person WHERE id = ANY($1::uuid[])"
)
NINE = EVENING.replace(hour=14, minute=0) + timedelta(days=1)
WRITERS = 5  # who write while everybody is asked
# Of an hour on the sender: what a busy network and a lost worker may cost beside it.
SLACK, SLACK_SECONDS = 1.5, 30.0
UNDER_WAY = 10  # who is asked while a text is being taken
UNTOLD = {"on": "callback", "do": "drop", "chance": 1.0, "for": 1_000_000}
BUSY = {"on": "messages.create", "do": "429", "chance": 0.3, "for": 1_000_000}


@dataclass(frozen=True, slots=True)
class Herd:
    """So many people, at so many segments a second, and what goes wrong."""

    people: int
    pace: float
    is_busy: bool = False
    is_worker_lost: bool = False

    def __str__(self) -> str:
        troubles = [word for word, is_so in (("busy", self.is_busy), ("lost", self.is_worker_lost)) if is_so]
        return "-".join([str(self.people), f"{self.pace:g}", *(troubles or ["clean"])])


@asynccontextmanager
async def worker(everything: OneProcess, pace: float) -> AsyncIterator[None]:
    """One that makes its rounds at this pace until the end of the block, or until it is lost."""
    settings = replace(everything.house.settings, sender_segments_per_second=pace)
    hands = Hands(replace(everything.house, settings=settings), everything.hands.gateway)
    stopping = asyncio.Event()
    working = asyncio.create_task(Rounds(hands, Watchdog()).until(stopping))
    try:
        yield
    finally:
        stopping.set()
        await asyncio.gather(working, return_exceptions=True)


async def is_due(everything: OneProcess, people: int) -> list[Member]:
    """All of them, just now."""
    await everything.begin()
    await execute("UPDATE due SET state = 'dropped' WHERE state = 'waiting'")
    everything.steps(seconds=(NINE - everything.house.clock.now()).total_seconds())
    settings = everything.house.settings
    members = await settle(settings.database_url, everything.house.vault, people, now=NINE)
    await execute(PLANNED, [member.id for member in members], NINE)
    return members


async def one_is_lost() -> None:
    """The worker whose text is taken next dies before it can write that down."""
    lost = asyncio.Event()

    async def strike(point: str) -> None:
        task = asyncio.current_task()
        if point == "send-text.after" and task is not None and not lost.is_set():
            lost.set()
            task.cancel()

    watch(strike)
    try:
        await asyncio.wait_for(lost.wait(), PATIENCE_SECONDS)
    finally:
        watch(None)


async def asked_so_far() -> int:
    rows = await fetch("SELECT count(*) AS n FROM outbox WHERE purpose = 'check-in' AND posted_at IS NOT NULL")
    return int(rows[0]["n"])


async def only_leases_are_left() -> bool:
    """What a lost worker held is all that is not done."""
    due = await fetch("SELECT 1 FROM due WHERE state = 'waiting' AND kind = 'check-in' AND slot = '09:00' LIMIT 1")
    owed = await fetch(
        "SELECT 1 FROM outbox o WHERE o.state = 'owed' AND NOT EXISTS (SELECT 1 FROM outbox p"
        " WHERE p.recipient_key = o.recipient_key AND p.state IN ('posting', 'unknown')) LIMIT 1"
    )
    return not due and not owed


async def all_are_asked(everything: OneProcess) -> bool:
    left = await fetch(
        "SELECT 1 FROM due WHERE state IN ('waiting', 'opening') AND slot = '09:00' UNION ALL"
        " SELECT 1 FROM outbox WHERE state IN ('owed', 'posting', 'unknown') LIMIT 1"
    )
    return not left and not everything.exchange.open_until(everything.exchange.network.now())


async def goes_well(everything: OneProcess, herd: Herd) -> None:
    members = await is_due(everything, herd.people)
    rules = [*([BUSY] if herd.is_busy else []), *([UNTOLD] if herd.is_worker_lost else [])]
    everything.exchange.faults.set({"seed": 9, "rules": rules})
    begun = time.monotonic()
    async with worker(everything, herd.pace), worker(everything, herd.pace):
        await comes_true(lambda: _are_asked(herd.people // 4))
        waiting = [each for each in members if CK_1 not in everything.received(each.number)][-WRITERS:]
        for each in waiting:
            await everything.exchange.take(each.number, "WHO")
        if herd.is_worker_lost:
            await one_is_lost()
            await comes_true(only_leases_are_left, seconds=SLACK * herd.people / herd.pace + PATIENCE_SECONDS)
            await execute("UPDATE outbox SET lease_until = $1 WHERE state IN ('posting', 'unknown')", _long_ago())
            await execute("UPDATE due SET lease_until = $1 WHERE state = 'opening'", _long_ago())
        await comes_true(lambda: all_are_asked(everything), seconds=SLACK * herd.people / herd.pace + PATIENCE_SECONDS)
    seconds = time.monotonic() - begun

    for each in members:
        assert everything.received(each.number).count(CK_1) == 1, each.number
    segments = await fetch("SELECT sum(segments) AS n FROM outbox")
    assert seconds < SLACK * segments[0]["n"] / herd.pace + SLACK_SECONDS
    log = everything.log()
    for each in waiting:
        assert asked_before_the_answer(log, each.number) <= UNDER_WAY
    assert [line for check in HOLDS for line in await check(everything, log)] == []


def asked_before_the_answer(log: Sequence[dict[str, Any]], number: str) -> int:
    """How many others we tried to ask between this person's text and the first try to answer it."""
    wrote = next(place for place, each in enumerate(log)
                 if each["kind"] == "text" and each["by"] == "person" and each["from"] == number)  # fmt: skip
    tried = [dict(each["form"]) for each in log[wrote:] if each["kind"] == "rest" and each["method"] == "POST"]
    answered = next(place for place, each in enumerate(tried) if each.get("To") == number and each["Body"] == G_WHO)
    return sum(each.get("Body") == CK_1 for each in tried[:answered])


def _long_ago() -> datetime:
    return real_now() - timedelta(minutes=1)


async def _are_asked(count: int) -> bool:
    return await asked_so_far() >= count


@pytest.mark.promise(11)
async def test_a_herd_is_asked_once_each_though_the_network_is_busy_and_a_worker_is_lost(everything: OneProcess):
    await goes_well(everything, Herd(30, 40, is_busy=True, is_worker_lost=True))


GREAT = [
    Herd(people, pace, is_busy=is_busy, is_worker_lost=is_lost)
    for people, pace in ((200, 5), (600, 20))
    for is_busy, is_lost in ((False, False), (True, False), (False, True))
]


@pytest.mark.slow
@pytest.mark.timeout(900)
@pytest.mark.promise(11)
@pytest.mark.parametrize("herd", GREAT, ids=str)
async def test_a_great_herd_is_asked_once_each(everything: OneProcess, herd: Herd):
    await goes_well(everything, herd)
