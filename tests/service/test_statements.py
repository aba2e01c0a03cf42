"""How many statements a turn costs, kind by kind: each is a round trip, and a new one is seen here."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
import pytest_asyncio

from flows.conversation.effects import StartBreak
from service.breaking import record_break
from service.calls import take_call, take_call_status, take_step
from service.claiming import claim
from service.conversation import take_text
from service.database import in_transaction
from service.gateway.port import ArrivedText
from service.gateway.voice_wire import CallStarted, CallStatus, CallStep
from service.house import House
from service.opening_together import open_claimed
from service.records import BreakSession, Due, Person
from service.someone import find_someone
from tests.service.conftest import ADA, COUNT, Installation

OURS = "+12025550100"
# From BEGIN to COMMIT, both counted. Ada is one of the demo people: she has a partner and shares updates on promises.
TURNS = {
    "4 tired, argued": 5,
    "8": 5,
    "OK": 5,
    "WHO": 5,
}

A_RING, A_KEY = 5, 5  # also on a call
KEYS = ("2", "1", "8", "2")  # a break, which is set at once; safe; how worked up; half an hour
OPENING = 10  # also for twenty people: rows, bonds, locks, circles, what was said and planned, and all that is new
A_FIRST_TIME = 5  # the script is kept, and numbers for conversations are fetched


@pytest_asyncio.fixture(loop_scope="session")
async def house(first_town: Installation) -> AsyncIterator[House]:
    town = first_town.with_database(f"statements_{next(COUNT)}", template="first_town")
    async with town.opened(pool=1) as opened:
        yield opened


@pytest.mark.parametrize("talk", [("4 tired, argued", "8", "OK"), ("WHO",)])
async def test_a_turn_keeps_to_its_statements(house: House, talk: tuple[str, ...]):
    for body in (*talk, *talk):  # the first time fills what a process keeps in mind
        asked = await _asked_by(house, body)

    counts = {body: len(await _asked_by(house, body)) for body in talk}

    assert counts == {body: TURNS[body] for body in talk}, "\n".join(asked)


async def test_a_ring_and_a_key_keep_to_their_statements(house: House):
    for _ in range(3):  # the first times fill what a process keeps in mind
        sid, counts, heard = f"CA{uuid4().hex}", [], []

        async def rings(sid: str = sid, heard: list[str] = heard) -> None:
            heard.append(await take_call(house, CallStarted(sid, ADA, is_inbound=True, at=house.clock.now())))

        counts.append(len(await _seen(house, rings)))
        for key in KEYS:
            last = await _seen(house, lambda key=key, sid=sid, heard=heard: _press(house, sid, key, heard))
            counts.append(len(last))
        await take_call_status(house, CallStatus(sid, ADA, "completed", 0, None, house.clock.now()))

    assert counts == [A_RING, *[A_KEY] * len(KEYS)], "\n".join(last)
    assert not any('UPDATE "person"' in asked for asked in last)  # a key says nothing new of whoever pressed it


async def _press(house: House, sid: str, key: str, heard: list[str]) -> None:
    """The key goes to where the last answer asked for it."""
    session, turn = re.findall(r"at=1\.(\d+)\.(\d+)", heard[-1])[0]
    step = CallStep(sid, ADA, int(session), int(turn), key, ended_by_star=False, speech="", at=house.clock.now())
    heard.append(await take_step(house, step))


async def test_a_break_that_gets_two_times_in_one_turn_keeps_the_minutes_of_the_last(house: House):
    now = house.clock.now()
    async with in_transaction("test"):
        ada = await find_someone(house.vault, house.vault.number_key(ADA))
        assert ada is not None
        for minutes in (30, 60):
            await record_break(house, ada, StartBreak((now + timedelta(minutes=minutes)).isoformat()), now)

    (called,) = await BreakSession.filter(caller_id=ada.id)
    waiting = await Due.filter(person_id=ada.id, kind__startswith="break-", state="waiting")
    assert {due.payload["revision"] for due in waiting} == {called.revision}


async def test_check_ins_of_one_minute_cost_as_many_statements_as_one(house: House):
    await Due.filter(kind="check-in", state="waiting").update(due_at=house.clock.now())
    due = await Due.filter(kind="check-in", state="waiting").order_by("id")
    of_couples = {(await Person.get(id=each.person_id)).bond_id: each.id for each in due}
    one, others = list(of_couples.values())[:1], list(of_couples.values())[1:]

    counts = []
    for ids in (one, others):
        claimed = await claim(ids, house.clock.now())
        assert claimed == ids
        counts.append(len(await _seen(house, lambda claimed=claimed: open_claimed(house, claimed))))

    assert len(others) > 1
    assert counts == [OPENING + A_FIRST_TIME, OPENING]


async def _asked_by(house: House, body: str) -> list[str]:
    """What the database was asked while this text of Ada's was taken."""
    arrived = ArrivedText(sid=f"SM{uuid4().hex}", sender=ADA, to=OURS, body=body, at=house.clock.now())
    return await _seen(house, lambda: take_text(house, arrived))


async def _seen(house: House, work: Callable[[], Awaitable[object]]) -> list[str]:
    """What the database was asked meanwhile, over the pool's only connection."""
    seen: list[str] = []

    def see(record: Any) -> None:
        seen.append(record.query)

    async with house.database.client.acquire_connection() as connection:
        connection.add_query_logger(see)
    await work()
    async with house.database.client.acquire_connection() as connection:
        connection.remove_query_logger(see)
    return seen
