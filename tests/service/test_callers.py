"""Who is on the line, found and locked in one statement, is whom two statements find."""

from __future__ import annotations

from service.callers import find_caller
from service.circle import Circle
from service.database import in_transaction
from service.house import House
from service.records import InboundEvent
from service.someone import find_locked, lock_number
from tests.service.conftest import ADA, EVENING, Installation

NOBODY, WITHHELD = "+12125550199", "anonymous"


async def test_one_statement_finds_and_locks_whom_two_do(town: Installation):
    async with town.opened() as house:
        key = house.vault.number_key(ADA)
        async with in_transaction("test"):
            await lock_number(key)
            locked = await find_locked(key)

        circle = await _caller(house, ADA, "a-step")

        assert circle is not None
        assert (circle.someone.id, circle.someone.person.bond_id) == locked
        assert circle.taken is None


async def test_what_a_step_was_answered_with_is_found_by_that_step_alone(town: Installation):
    async with town.opened() as house:
        for sid, kind, answer in (("kept", "step", "sealed"), ("gone", "step", None), ("other", "text", "sealed")):
            await InboundEvent.create(
                provider="twilio", kind=kind, sid_key=house.vault.event_key(sid), received_at=EVENING,
                answer_sealed=answer,
            )  # fmt: skip

        found = [await _caller(house, ADA, sid) for sid in ("kept", "gone", "other", "never")]

        assert [circle.taken for circle in found if circle] == ["sealed", "", None, None]


async def test_of_nobody_nothing_is_found(town: Installation):
    async with town.opened() as house:
        assert [await _caller(house, number, "nobody's") for number in (NOBODY, WITHHELD)] == [None, None]


async def _caller(house: House, number: str, sid: str) -> Circle | None:
    async with in_transaction("test"):
        return await find_caller(house, number, sid=sid, call_sid="CA" + "1" * 32, at=EVENING)
