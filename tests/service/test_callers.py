"""Who is on the line, found and locked in one statement, is whom three statements find."""

from __future__ import annotations

from service.callers import Caller, find_caller
from service.conversation import first_time
from service.database import in_transaction
from service.house import House
from service.records import InboundEvent
from service.someone import find_locked, lock_number
from tests.service.conftest import ADA, EVENING, Installation

NOBODY, WITHHELD = "+12125550199", "anonymous"


async def test_one_statement_finds_locks_and_keeps_what_three_do(town: Installation):
    async with town.opened() as house:
        key = house.vault.number_key(ADA)
        async with in_transaction("test"):
            await lock_number(key)
            locked = await find_locked(key)
            news = [await first_time(house, kind="step", sid="by-three", at=EVENING) for _ in range(2)]

        found = [await _caller(house, ADA, "by-one") for _ in range(2)]

        assert locked is not None
        assert [(each.circle.someone.id, each.circle.someone.person.bond_id) for each in found if each] == [locked] * 2
        assert [each.is_new for each in found if each] == news == [True, False]


async def test_of_nobody_no_key_is_kept(town: Installation):
    async with town.opened() as house:
        assert [await _caller(house, number, "nobody's") for number in (NOBODY, WITHHELD)] == [None, None]

        assert not await InboundEvent.filter(sid_key=house.vault.event_key("nobody's")).exists()


async def _caller(house: House, number: str, sid: str) -> Caller | None:
    async with in_transaction("test"):
        return await find_caller(house, number, sid=sid, call_sid="CA" + "1" * 32, at=EVENING)
