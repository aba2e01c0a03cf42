"""A PIN opens with the right six digits, is counted before it is looked at, and is nowhere to be read."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from time import monotonic
from uuid import UUID

import pytest

from service.pins import (
    LOCKED_FOR,
    MANY_OVERALL,
    OVERALL,
    SLOWED_SECONDS,
    TRIES,
    PinRefused,
    TooManyTries,
    check_pin,
    has_pin,
    set_pin,
)
from service.records import Attempt
from tests.service.conftest import ADA, BEN, EVENING, Installation


def _ids(town: Installation) -> tuple[UUID, UUID]:
    async def find(house):
        return [house.vault.number_key(number) for number in (ADA, BEN)]

    keys = town.work(find)
    rows = {row["number_key"]: row["id"] for row in town.rows("SELECT id, number_key FROM person")}
    return UUID(str(rows[keys[0]])), UUID(str(rows[keys[1]]))


@pytest.mark.promise(26)
def test_the_third_wrong_try_locks_for_a_quarter_of_an_hour_even_the_right_one_and_nobody_else(town):
    ada, ben = _ids(town)

    async def guesses(_house):
        wrong = [await check_pin(ada, f"00000{each}", tried_by=f"phone {each}", now=EVENING) for each in range(2)]
        with pytest.raises(TooManyTries):
            await check_pin(ada, "000003", tried_by="a third phone", now=EVENING)
        almost = EVENING + LOCKED_FOR - timedelta(seconds=1)
        for pin in ("246810", "000004"):  # what is refused is not counted: it makes the lock no longer
            with pytest.raises(TooManyTries):
                await check_pin(ada, pin, tried_by="her own phone", now=almost)
        other = await check_pin(ben, "135791", tried_by="his phone", now=almost)
        later = await check_pin(ada, "246810", tried_by="her own phone", now=EVENING + LOCKED_FOR)
        return wrong, other, later

    assert town.work(guesses) == ([False, False], True, True)


def test_the_lock_counts_from_the_third_try_however_slowly_they_came(town):
    ada, _ = _ids(town)

    async def guesses(_house):
        for minutes in (0, 14):
            await check_pin(ada, "000000", tried_by="her phone", now=EVENING + timedelta(minutes=minutes))
        with pytest.raises(TooManyTries):
            await check_pin(ada, "000000", tried_by="her phone", now=EVENING + timedelta(minutes=28))
        with pytest.raises(TooManyTries):
            await check_pin(ada, "246810", tried_by="her phone", now=EVENING + timedelta(minutes=42))
        return await check_pin(ada, "246810", tried_by="her phone", now=EVENING + timedelta(minutes=43))

    assert town.work(guesses)


@pytest.mark.promise(26)
def test_one_phone_cannot_try_three_times_at_each_person(town):
    ada, ben = _ids(town)

    async def guesses(_house):
        for each in (ada, ben):
            await check_pin(each, "000000", tried_by="one phone", now=EVENING)
        with pytest.raises(TooManyTries):
            await check_pin(ben, "000000", tried_by="one phone", now=EVENING)
        with pytest.raises(TooManyTries):
            await check_pin(ben, "135791", tried_by="one phone", now=EVENING)

    town.work(guesses)


def test_tries_at_once_are_no_more_than_tries_in_a_row(town):
    ada, _ = _ids(town)

    async def guesses(_house):
        tries = [check_pin(ada, f"00000{each}", tried_by=f"phone {each}", now=EVENING) for each in range(6)]
        return await asyncio.gather(*tries, return_exceptions=True)

    outcomes = town.work(guesses)

    assert outcomes.count(False) == 2
    assert sum(isinstance(each, TooManyTries) for each in outcomes) == 4


def test_many_wrong_tries_over_all_people_slow_the_next_one_down_and_lock_nobody_out(town, caplog):
    ada, ben = _ids(town)

    async def guesses(_house):
        for each in range(MANY_OVERALL):
            await Attempt.create(scope=OVERALL, key=f"somebody {each}", at=EVENING)
        began = monotonic()
        right = await check_pin(ada, "246810", tried_by="her phone", now=EVENING)
        wrong = await check_pin(ben, "000000", tried_by="his phone", now=EVENING)
        return right, wrong, monotonic() - began

    right, wrong, seconds = town.work(guesses)

    assert (right, wrong) == (True, False)
    assert seconds >= 2 * SLOWED_SECONDS
    assert "codes_slowed" in caplog.text


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


@pytest.mark.promise(26)
def test_a_pin_is_kept_as_a_slow_hash(town):
    hashes = [row["hash"] for row in town.rows("SELECT hash FROM pin")]

    assert len(hashes) == len(set(hashes)) == 5
    assert all(each.startswith("$argon2id$v=19$m=19456,t=2,p=1$") for each in hashes)
