"""PostgreSQL ends at once and comes back: between texts, inside a webhook, and while a check-in is being opened."""

from __future__ import annotations

import asyncio
import time

import asyncpg
import pytest

from tests.faults.journey import (
    CK_1,
    CK_2,
    CK_4,
    G_WHO,
    bond_held,
    comes_true,
    is_about_to_be_asked,
    is_asked,
    somebody_waits,
)
from tests.faults.letters import deliver, text_from
from tests.stories.people import Clock, Network, Phone
from tests.stories.running import RunningHouse

ANSWERED_WITHIN = 8.0


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


@pytest.mark.promise(6)
async def test_a_webhook_whose_connection_is_ended_in_its_turn_is_answered_and_taken_once(
    ada: Phone, clock: Clock, network: Network, house: RunningHouse
):
    await is_asked(clock, ada)

    async with bond_held(house, ada):
        texting = asyncio.create_task(ada.texts("4 tired, argued"))
        await comes_true(lambda: somebody_waits(house))
        await house.rows(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE wait_event_type = 'Lock' AND datname = current_database()"
        )
    await texting

    assert await ada.hears(CK_2)
    await ada.texts("8")
    assert await ada.hears(CK_4)
    assert await network.is_quiet()


@pytest.mark.slow
@pytest.mark.promise(6)
@pytest.mark.promise(2)
async def test_when_every_connection_waits_each_text_is_answered_in_time_and_taken_once(
    ada: Phone, stranger: Phone, clock: Clock, network: Network, house: RunningHouse
):
    await is_asked(clock, ada)
    holding = await asyncpg.connect(house.environment["DATABASE_URL"])
    try:
        await holding.execute("BEGIN; LOCK TABLE inbound_event IN ACCESS EXCLUSIVE MODE")
        sent = [text_from(ada, "4 tired, argued"), *(text_from(stranger, f"hello {turn}") for turn in range(14))]
        begun = time.monotonic()
        answers = await asyncio.gather(*(deliver(house, "/twilio/sms", fields) for fields in sent))
        assert set(answers) == {200}
        assert time.monotonic() - begun < ANSWERED_WITHIN
    finally:
        holding.terminate()

    assert await ada.hears(CK_2)
    assert await stranger.hears(G_WHO)
    await network.settled()
    known = await house.rows("SELECT count(*) AS n FROM inbound_event WHERE sid_key = ANY($1::text[])",
                             [house.house.vault.event_key(fields[0][1]) for fields in sent])  # fmt: skip
    assert known[0]["n"] == len(sent)
