"""Every code of Twilio's that a text can meet, in the answer to our POST and by callback, first and after `sent`: what
the table says is what happens, and nobody is texted twice because of it.
"""

from __future__ import annotations

import uuid
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from flows.conversation.turn import Prompt
from service.database import execute, fetch, in_transaction
from service.delivery import owe
from service.gateway.error_codes import Action, ErrorCode, Shows, error_codes
from service.gateway.port import TextStatus
from service.house import House
from service.records import OutboxItem, Person
from service.sending import claim, send
from service.settling import settle_accepted, take_status
from service.someone import Someone, find_someone
from tests.service.conftest import BEN
from tests.service.test_gateway import gateway_to
from tests.service.unruly_peer import Peer, peer_that, says

SYNC = [row for row in error_codes().values() if row.shows in {Shows.SYNC, Shows.BOTH}]
BY_CALLBACK = [row for row in error_codes().values() if row.shows in {Shows.ASYNC, Shows.BOTH}]
# What the network did not process goes out again; what nobody knows of is asked for; anything else is given up.
AFTER_A_REFUSAL = {Action.LATER: "owed", Action.NEXT_WINDOW: "owed", Action.ASK: "unknown"}
NEW_ATTEMPTS = {Action.RETRY_ONCE: 1, Action.RETRY_TWICE: 1}  # one more is planned at a time


def _status_of(row: ErrorCode) -> int:
    match row.action:
        case Action.ASK:
            return 503
        case Action.LATER if row.code == 20429:
            return 429
        case _:
            return 400


@pytest.mark.parametrize("row", SYNC, ids=lambda row: str(row.code))
async def test_a_refused_post_leads_where_the_table_says_and_is_posted_once(house: House, row: ErrorCode):
    async with _ben(house) as ben, _network_that_says(_status_of(row), row.code) as (peer, gateway):
        item = await _owed(house, ben, "reply")

        await send(house, gateway, [item.id])

        kept = await OutboxItem.get(id=item.id)
        assert kept.state == AFTER_A_REFUSAL.get(row.action, "failed")
        assert len(peer.asked) == 1
        assert await _is_blocked(ben) == (row.action is Action.OPTED_OUT)


@pytest.mark.promise(14, 15)
@pytest.mark.parametrize("purpose", ["reply", "break-return"])
@pytest.mark.parametrize("told_before", [(), ("sent",)], ids=["first", "after-sent"])
@pytest.mark.parametrize("row", BY_CALLBACK, ids=lambda row: str(row.code))
async def test_a_failure_told_by_callback_leads_where_the_table_says(
    house: House, row: ErrorCode, told_before: tuple[str, ...], purpose: str
):
    async with _ben(house) as ben:
        sid = "SM" + uuid.uuid4().hex
        item = await _accepted(house, ben, purpose, sid)

        for status in told_before:
            await take_status(house, TextStatus(sid, status, None, str(item.token)), house.clock.now())
        for _ in range(2):  # it comes twice, and counts once
            told = TextStatus(sid, "undelivered", row.code, str(item.token))
            await take_status(house, told, house.clock.now())

        kept = await OutboxItem.get(id=item.id)
        assert (kept.state, kept.error_code) == ("undelivered", row.code)
        planned = NEW_ATTEMPTS.get(row.action, 0) if purpose == "break-return" else 0
        assert await OutboxItem.filter(intent=item.intent).count() == 1 + planned
        assert await _is_blocked(ben) == (row.action is Action.OPTED_OUT)


@asynccontextmanager
async def _ben(house: House) -> AsyncIterator[Someone]:
    """Ben, as he was before and is again after."""
    key = house.vault.number_key(BEN)
    async with in_transaction("test"):
        ben = await find_someone(house.vault, key)
    assert ben is not None
    yield ben
    await OutboxItem.filter(person_id=ben.id).delete()
    await execute("DELETE FROM suppression WHERE number_key = $1", key)
    await Person.filter(id=ben.id).update(status="active")


@asynccontextmanager
async def _network_that_says(status: int, code: int) -> AsyncIterator[tuple[Peer, object]]:
    told = {"code": code, "message": "no", "more_info": "", "status": status}
    async with peer_that(says(status, told)) as peer, gateway_to(peer.url) as gateway:
        yield peer, gateway


async def _owed(house: House, someone: Someone, purpose: str) -> OutboxItem:
    async with in_transaction("test"):
        (item,) = owe(
            house, someone, [Prompt("G-WHO")], purpose=purpose, now=house.clock.now(), country="US"
        )  # fmt: skip
    return await OutboxItem.get(token=item.token)


async def _accepted(house: House, someone: Someone, purpose: str, sid: str) -> OutboxItem:
    item = await _owed(house, someone, purpose)
    assert len(await claim(house, [item.id], house.clock.now())) == 1
    async with in_transaction("test"):
        posted = await OutboxItem.filter(id=item.id).select_for_update().get()
        settle_accepted(posted, sid, house.clock.now())
    return item


async def _is_blocked(someone: Someone) -> bool:
    rows = await fetch(
        "SELECT 1 FROM suppression WHERE number_key = $1 AND lifted_at IS NULL", someone.person.number_key or ""
    )
    return bool(rows)
