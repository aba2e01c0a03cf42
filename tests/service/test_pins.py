"""A PIN opens with the right six digits, is counted before it is looked at, and is nowhere to be read."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest

from service.pins import TRIES, WINDOW, PinRefused, TooManyTries, check_pin, has_pin, set_pin
from tests.service.conftest import ADA, BEN, EVENING, Installation


def _ids(town: Installation) -> tuple[UUID, UUID]:
    async def find(house):
        return [house.vault.number_key(number) for number in (ADA, BEN)]

    keys = town.work(find)
    rows = {row["number_key"]: row["id"] for row in town.rows("SELECT id, number_key FROM person")}
    return UUID(str(rows[keys[0]])), UUID(str(rows[keys[1]]))


def test_after_five_wrong_tries_even_the_right_one_waits_ten_minutes(town):
    ada, ben = _ids(town)

    async def guesses(_house):
        wrong = [await check_pin(ada, f"00000{each}", tried_by=f"phone {each}", now=EVENING) for each in range(TRIES)]
        with pytest.raises(TooManyTries):
            await check_pin(ada, "246810", tried_by="her own phone", now=EVENING)
        other = await check_pin(ben, "135791", tried_by="his phone", now=EVENING)
        later = await check_pin(ada, "246810", tried_by="her own phone", now=EVENING + WINDOW + timedelta(seconds=1))
        return wrong, other, later

    assert town.work(guesses) == ([False] * TRIES, True, True)


def test_one_phone_cannot_try_five_times_at_each_person(town):
    ada, ben = _ids(town)

    async def guesses(_house):
        for each in range(TRIES):
            await check_pin((ada, ben)[each % 2], "000000", tried_by="one phone", now=EVENING)
        with pytest.raises(TooManyTries):
            await check_pin(ben, "135791", tried_by="one phone", now=EVENING)

    town.work(guesses)


def test_a_right_pin_clears_the_tries_before_it(town):
    ada, _ = _ids(town)

    async def mistypes_often(_house):
        for _ in range(2):
            for _ in range(TRIES - 1):
                await check_pin(ada, "000000", tried_by="her phone", now=EVENING)
            assert await check_pin(ada, "246810", tried_by="her phone", now=EVENING)

    town.work(mistypes_often)


@pytest.mark.parametrize("pin", ["", "12345", "1234567", "12345a", "１２３４５６", " 12345"])
def test_a_pin_is_six_digits(town, pin):
    ada, _ = _ids(town)

    async def sets(_house):
        with pytest.raises(PinRefused):
            await set_pin(ada, pin, now=EVENING)
        return await has_pin(ada)

    assert town.work(sets)


def test_a_pin_is_kept_as_a_slow_hash(town):
    hashes = [row["hash"] for row in town.rows("SELECT hash FROM pin")]

    assert len(hashes) == len(set(hashes)) == 5
    assert all(each.startswith("$argon2id$v=19$m=19456,t=2,p=1$") for each in hashes)
