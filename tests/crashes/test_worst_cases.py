"""A row that kills whoever works it, and a round that never ends: the worker really dies, and goes on."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import ClassVar

import pytest
import pytest_asyncio

from service.claiming import OPENINGS
from tests.crashes.invariants import hold
from tests.crashes.stage import Stage, WatchedHouse, open_stage
from tests.faults.journey import CK_1, G_WHO, comes_true

WAITS = 120.0  # three leases of twenty seconds, and three starts of a process


class ImpatientHouse(WatchedHouse):
    """Its worker has no queue to hand work to, and may stand still for four seconds."""

    commands: ClassVar = {
        **WatchedHouse.commands,
        "worker": ("-m", "tests.crashes.watched", "worker", "--stuck-seconds", "4"),
    }


@pytest_asyncio.fixture(loop_scope="session")
async def stage() -> AsyncIterator[Stage]:
    async with open_stage(ImpatientHouse, REDIS_URL="") as opened:
        yield opened


@pytest.mark.slow
@pytest.mark.timeout(400)
@pytest.mark.promise(12)
async def test_a_row_that_kills_three_workers_is_set_aside_and_holds_up_nobody(stage: Stage):
    with stage.house.database.in_use():
        since = await stage.begins()
        # The clock may give up waiting: between two deaths nothing moves for a lease.
        moving = asyncio.gather(stage.clock.until("18:30", stage.ada.zone), return_exceptions=True)
        for _ in range(OPENINGS):
            stage.order("due-opened.begun", "kill")
            await comes_true(lambda: _has_struck(stage), seconds=WAITS)
        stage.forget()
        await comes_true(lambda: _is_aside(stage), seconds=WAITS)
        await moving

        await stage.house.until_ready()
        await stage.clock.forward(minutes=1)
        await stage.ada.texts("WHO")
        await stage.network.settled()
        assert [each["body"] for each in (await stage.ada.received())[since:]] == [G_WHO]
        async with stage.house.client.get(f"{stage.house.url}/metrics") as answer:
            assert 'mendline_quarantined{kind="due"} 1' in (await answer.text()).splitlines()
        assert await hold(stage.house, await stage.network.log()) == []


@pytest.mark.slow
@pytest.mark.timeout(400)
@pytest.mark.promise(12)
async def test_a_round_that_never_ends_is_ended_and_the_question_comes_once(stage: Stage):
    with stage.house.database.in_use():
        since = await stage.begins()
        first = stage.house.processes["worker"].pid
        stage.order("due-opened.begun", "hang")
        await stage.clock.until("18:30", stage.ada.zone)

        assert stage.has_struck()
        assert stage.house.processes["worker"].pid != first
        assert [each["body"] for each in (await stage.ada.received())[since:]] == [CK_1]
        assert "worker_stuck" in (stage.house.folder / "worker.log").read_text()
        assert await hold(stage.house, await stage.network.log()) == []


async def _has_struck(stage: Stage) -> bool:
    return stage.has_struck()


async def _is_aside(stage: Stage) -> bool:
    return bool(await stage.house.rows("SELECT 1 AS one FROM due WHERE state = 'quarantined'"))
