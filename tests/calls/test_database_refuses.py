"""A full disk, two transactions that cannot both be kept, other tables under a call: whoever texts or calls is
answered, and what they said is taken once.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import asyncpg
import pytest

from service.database import UNREACHABLE, execute, fetch
from tests.calls.callers import Act, Caller, lines
from tests.calls.one_process import OneProcess
from tests.calls.refusals import DEADLOCK, DISK_FULL, SERIALISATION, asked, refuses
from tests.faults.journey import CK_1, CK_2, G_WHO, comes_true
from tests.service.conftest import ADA

CODE = "246810"
MOMENT = "One moment, please."
SAFE = "You did a wise thing by stepping back. Are you safe right now? For yes, press 1."


async def is_asked(everything: OneProcess) -> None:
    await everything.begin()
    await everything.exchange.take(ADA, "CHECK")
    await everything.sweep()
    assert everything.received(ADA) == [CK_1]


@asynccontextmanager
async def wider_tables(everything: OneProcess) -> AsyncIterator[None]:
    """Every table has one more column inside the block, as after a migration."""
    client = everything.house.database.client
    await client.execute_script(";".join(f"ALTER TABLE {each} ADD COLUMN later text" for each in everything.tables))
    try:
        yield
    finally:
        await client.execute_script(";".join(f"ALTER TABLE {each} DROP COLUMN later" for each in everything.tables))


@pytest.mark.promise(6)
@pytest.mark.parametrize("at", ["statement", "commit"])
@pytest.mark.parametrize("code", [DISK_FULL, DEADLOCK, SERIALISATION])
async def test_a_turn_that_is_refused_in_passing_is_taken_again_once(everything: OneProcess, code: str, at: str):
    await is_asked(everything)

    async with refuses(everything.house.database, "rating", code, at=at, times=2):
        await everything.exchange.take(ADA, "4 tired, argued")
        assert await asked(everything.house.database) == 3
    assert everything.house.spool.is_empty()
    await everything.sweep()

    assert everything.received(ADA) == [CK_1, CK_2]
    assert await fetch("SELECT count(*) AS n FROM rating WHERE item = 'mood'") == [{"n": 1}]


@pytest.mark.promise(6)
async def test_a_turn_that_loses_a_real_deadlock_is_taken_again_once(everything: OneProcess):
    await is_asked(everything)
    other = await asyncpg.connect(everything.house.settings.database_url)
    try:
        await other.execute("BEGIN; LOCK TABLE rating IN EXCLUSIVE MODE")
        texting = asyncio.create_task(everything.exchange.take(ADA, "4 tired, argued"))
        await comes_true(somebody_waits)
        # Whoever waited first looks for a circle first, and gives way.
        await other.execute("SELECT 1 FROM bond FOR UPDATE")
        await other.execute("COMMIT")
        await texting
    finally:
        other.terminate()
    await everything.sweep()

    assert everything.received(ADA) == [CK_1, CK_2]
    assert await fetch("SELECT count(*) AS n FROM rating WHERE item = 'mood'") == [{"n": 1}]


@pytest.mark.promise(2, 6)
async def test_on_a_full_disk_a_text_is_kept_and_a_caller_hears_one_moment(everything: OneProcess):
    await is_asked(everything)
    ada = Caller(everything, ADA, CODE)
    call = await ada.calls()

    async with refuses(everything.house.database, "inbound_event", DISK_FULL, rows="NEW.kind = 'text'"):
        await everything.exchange.take(ADA, "4 tired, argued")  # a report on what was sent before may come meanwhile
    assert everything.house.spool.depth() == 1
    async with refuses(everything.house.database, "inbound_event", DISK_FULL, times=3, rows="NEW.kind = 'step'"):
        await ada.does(call, [Act("keys", "2")])

    assert [line.startswith(MOMENT) for line in lines(call, "us")[1:3]] == [True, False]
    assert lines(call, "us")[-1].startswith(SAFE)
    await ada.lets_go(call)
    assert everything.received(ADA) == [CK_1, CK_2]
    assert everything.house.spool.is_empty()


@pytest.mark.promise(4, 6)
@pytest.mark.parametrize("at", ["statement", "commit"])
@pytest.mark.parametrize("state", ["posting", "accepted"])
async def test_a_text_that_meets_a_full_disk_leaves_once(everything: OneProcess, state: str, at: str):
    """Before it is posted, and when the network has it already and we cannot write that down."""
    await everything.begin()
    await everything.exchange.take(ADA, "WHO")
    everything.exchange.faults.set({"seed": 1, "rules": [{"on": "callback", "do": "drop", "for": 9}]})

    async with refuses(everything.house.database, "outbox", DISK_FULL, at=at, rows=f"NEW.state = '{state}'"):
        with pytest.raises(UNREACHABLE):
            await everything.sweep()
    await execute("UPDATE outbox SET lease_until = now() - interval '1 minute' WHERE lease_until IS NOT NULL")
    await everything.sweep()

    assert everything.received(ADA) == [G_WHO]
    assert await fetch("SELECT state FROM outbox ORDER BY id DESC LIMIT 1") == [{"state": "accepted"}]


@pytest.mark.promise(5, 6)
async def test_what_is_due_on_a_full_disk_is_opened_once_there_is_room(everything: OneProcess):
    await everything.begin()

    async with refuses(everything.house.database, "due", DISK_FULL, rows="NEW.state = 'done'"):
        with pytest.raises(UNREACHABLE):
            await everything.passes_and_sweeps(hours=3)
    await execute("UPDATE due SET lease_until = now() - interval '1 minute' WHERE lease_until IS NOT NULL")
    await everything.sweep()

    assert everything.received(ADA).count(CK_1) == 1


@pytest.mark.promise(10)
async def test_a_call_and_its_texts_go_on_over_tables_that_gained_a_column(everything: OneProcess):
    """A deploy migrates while the processes before it still answer."""
    await is_asked(everything)
    ada = Caller(everything, ADA, CODE)
    call = await ada.calls()
    await ada.does(call, [Act("keys", "2")])

    async with wider_tables(everything):
        await ada.does(call, [Act("keys", "1"), Act("keys", "6")])
        await everything.exchange.take(ADA, "4 tired, argued")
        await everything.sweep()
        await ada.does(call, [Act("keys", "1"), Act("keys", "1")])
        await ada.lets_go(call)

    assert MOMENT not in lines(call, "us")
    assert everything.received(ADA)[:2] == [CK_1, CK_2]
    assert await fetch("SELECT item FROM rating ORDER BY item") == [{"item": "break"}, {"item": "mood"}]


async def somebody_waits() -> bool:
    rows = await fetch("SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()")
    return bool(rows)
