"""PostgreSQL ends at once and comes back: between texts, inside a webhook, and while a check-in is being opened."""

from __future__ import annotations

import asyncio

import pytest

from tests.faults.journey import (
    CK_1,
    CK_2,
    CK_4,
    bond_held,
    comes_true,
    is_about_to_be_asked,
    is_asked,
    somebody_waits,
)
from tests.stories.people import Clock, Network, Phone
from tests.stories.running import RunningHouse


async def test_the_journey_goes_on_over_restarts_between_texts(
    ada: Phone, clock: Clock, network: Network, house: RunningHouse
):
    await is_about_to_be_asked(clock, ada)
    await house.restart_postgres()
    await clock.until("18:30", ada.zone)
    assert await ada.hears(CK_1)
    await ada.texts("4 tired, argued")
    await house.restart_postgres()
    assert await ada.hears(CK_2)
    await house.restart_postgres()
    await ada.texts("8")
    assert await ada.hears(CK_4)

    assert await network.is_quiet()


@pytest.mark.promise(6)
async def test_a_webhook_that_meets_the_restart_is_answered_and_taken_once(
    ada: Phone, clock: Clock, network: Network, house: RunningHouse
):
    await is_asked(clock, ada)

    async with bond_held(house, ada):
        texting = asyncio.create_task(ada.texts("4 tired, argued"))
        await comes_true(lambda: somebody_waits(house))
        await house.restart_postgres()
    await texting

    assert await ada.hears(CK_2)
    assert await network.is_quiet()
    (webhook,) = [each for each in await network.log() if each["kind"] == "webhook"][-1:]
    assert webhook["answered"] == 200
