"""Webhooks that never came, came twice, or came in the wrong order."""

from __future__ import annotations

import asyncio
import random

import pytest

from tests.faults.journey import CK_2, CK_4, comes_true, is_asked, state_of_last_text
from tests.faults.letters import deliver, new_sid, status_of, text_from
from tests.stories.people import Clock, Network, Phone
from tests.stories.running import RunningHouse


@pytest.mark.promise(28)
async def test_a_text_whose_webhook_was_lost_is_found_by_listing_and_answered_once_with_the_networks_time(
    ada: Phone, clock: Clock, network: Network, house: RunningHouse
):
    await is_asked(clock, ada)
    await network.fails({"on": "webhook", "do": "drop", "number": ada.number})
    sid = await ada.texts("4 tired, argued")

    await clock.forward(minutes=6)
    assert await ada.hears(CK_2)
    (sent,) = [each for each in await house.get(f"{ada.path}/messages") if each["sid"] == sid]
    (heard,) = await house.rows(
        "SELECT to_char(received_at, 'YYYY-MM-DD\"T\"HH24:MI:SS') AS at FROM inbound_event WHERE sid_key = $1",
        house.house.vault.event_key(sid),
    )
    assert sent["at"].startswith(heard["at"])

    await clock.forward(minutes=6)
    assert await network.is_quiet()


@pytest.mark.promise(28)
async def test_a_text_whose_webhook_was_lost_while_no_worker_ran_is_found_when_one_starts(
    ada: Phone, clock: Clock, network: Network, house: RunningHouse
):
    await is_asked(clock, ada)
    house.kill("worker")
    await network.fails({"on": "webhook", "do": "drop", "number": ada.number})
    await ada.texts("4 tired, argued")

    house.start("worker")
    assert await ada.hears(CK_2)
    assert await network.is_quiet()


@pytest.mark.promise(1, 19)
async def test_a_text_that_comes_twice_is_answered_once(
    ada: Phone, clock: Clock, network: Network, house: RunningHouse
):
    await is_asked(clock, ada)
    fields = text_from(ada, "4 tired, argued")

    answers = await asyncio.gather(*(deliver(house, "/twilio/sms", fields) for _ in range(20)))
    assert set(answers) == {200}
    assert await ada.hears(CK_2)
    assert await network.is_quiet()

    await ada.texts("8")
    assert await ada.hears(CK_4)
    await clock.forward(minutes=59)
    await ada.all_heard()
    assert await deliver(house, "/twilio/sms", fields) == 200
    assert await network.is_quiet()


@pytest.mark.promise(1)
async def test_the_networks_own_repeat_of_a_webhook_changes_nothing(ada: Phone, clock: Clock, network: Network):
    await is_asked(clock, ada)
    await network.fails({"on": "webhook", "do": "duplicate", "number": ada.number})
    await ada.texts("4 tired, argued")

    assert await ada.hears(CK_2)
    assert await network.is_quiet()


@pytest.mark.promise(3)
async def test_callbacks_swapped_doubled_and_before_the_answer_end_in_delivered(
    ada: Phone, clock: Clock, network: Network, house: RunningHouse
):
    await is_asked(clock, ada)
    for fault in (
        {"on": "messages.create", "do": "callback-before-answer"},
        {"on": "callback", "do": "swap"},
        {"on": "callback", "do": "duplicate", "for": 2},
    ):
        await network.fails({**fault, "number": ada.number})
        await ada.texts("HELP")
        await comes_true(lambda: _is(house, ada, "delivered"))

    await network.settled()
    states = await house.rows("SELECT DISTINCT state FROM outbox")
    assert [row["state"] for row in states] == ["delivered"]


async def test_the_page_shows_delivered_only_after_the_network_said_so(
    ada: Phone, clock: Clock, network: Network, house: RunningHouse
):
    await is_asked(clock, ada)
    await network.fails({"on": "callback", "do": "drop", "number": ada.number, "for": 2})
    await ada.texts("4 tired, argued")
    assert await ada.hears(CK_2)
    await network.settled()
    await comes_true(lambda: _page_says(house, "accepted"))

    (item,) = await house.rows("SELECT token, sid FROM outbox ORDER BY id DESC LIMIT 1")
    path = f"/twilio/status?item={item['token']}"
    for said, shown in (("sent", "sent"), ("delivered", "delivered"), ("sending", "delivered")):
        assert await deliver(house, path, status_of(item["sid"], said)) == 204
        await comes_true(lambda shown=shown: _page_says(house, shown))


async def test_callbacks_about_nothing_of_ours_change_nothing(
    ada: Phone, clock: Clock, network: Network, house: RunningHouse
):
    await is_asked(clock, ada)
    await comes_true(lambda: _is(house, ada, "delivered"))
    before = await house.rows("SELECT * FROM outbox ORDER BY id")
    (item,) = await house.rows("SELECT token FROM outbox ORDER BY id DESC LIMIT 1")

    for path in (
        f"/twilio/status?item={item['token']}",  # ours, and another text's SID
        "/twilio/status?item=00000000-0000-0000-0000-000000000000",
        "/twilio/status?item=no-token",
        "/twilio/status",
    ):
        assert await deliver(house, path, status_of(new_sid(), random.choice(["sent", "failed", "odd-one"]))) == 204
    assert await house.rows("SELECT * FROM outbox ORDER BY id") == before


async def _is(house: RunningHouse, phone: Phone, state: str) -> bool:
    return await state_of_last_text(house, phone) == state


async def _page_says(house: RunningHouse, state: str) -> bool:
    """What the handset page shows of the last text that left; its list is at most a moment old."""
    newest: str = (await house.get("/handset/agenda"))["lately"][0]["state"]
    return newest == state
