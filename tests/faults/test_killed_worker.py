"""kill -9 of the worker at several moments of the first journey: it goes on where it was, once."""

from __future__ import annotations

import asyncio

import pytest

from tests.faults.journey import (
    CK_1,
    CK_1_ES,
    CK_2,
    CK_4,
    bond_held,
    comes_true,
    is_about_to_be_asked,
    is_asked,
    somebody_waits,
    state_of_last_text,
)
from tests.stories.people import Clock, Network, Phone
from tests.stories.running import RunningHouse


async def test_a_worker_killed_before_the_minute_asks_when_it_is_back(
    ada: Phone, clock: Clock, network: Network, house: RunningHouse
):
    await is_about_to_be_asked(clock, ada)
    house.kill("worker")

    moving = asyncio.create_task(clock.until("18:30", ada.zone))
    await comes_true(lambda: _something_is_due(house))
    house.start("worker")
    await moving

    assert await ada.hears(CK_1)
    assert await network.is_quiet()


async def test_a_worker_killed_between_reply_and_answer_answers_when_it_is_back(
    ada: Phone, clock: Clock, network: Network, house: RunningHouse
):
    await is_asked(clock, ada)
    house.kill("worker")
    await ada.texts("4 tired, argued")
    house.start("worker")

    assert await ada.hears(CK_2)
    await ada.texts("8")
    assert await ada.hears(CK_4)
    assert await network.is_quiet()


async def test_a_worker_killed_just_after_each_text_repeats_none(
    ada: Phone, clock: Clock, network: Network, house: RunningHouse
):
    await is_asked(clock, ada)
    house.kill("worker")
    house.start("worker")
    await ada.texts("4 tired, argued")
    assert await ada.hears(CK_2)
    house.kill("worker")
    house.start("worker")
    await ada.texts("8")
    assert await ada.hears(CK_4)
    house.kill("worker")
    house.start("worker")

    assert await network.is_quiet()


@pytest.mark.promise(4)
async def test_a_callback_settles_a_text_whose_sender_was_killed_before_the_answer(
    ada: Phone, clock: Clock, network: Network, house: RunningHouse
):
    await is_asked(clock, ada)
    await network.fails({"on": "messages.create", "do": "timeout-processed"})
    await ada.texts("4 tired, argued")
    assert await ada.hears(CK_2)
    house.kill("worker")

    await comes_true(lambda: _is(house, ada, "delivered"))
    house.start("worker")
    await ada.texts("8")
    assert await ada.hears(CK_4)
    assert await network.is_quiet()


@pytest.mark.promise(4)
async def test_a_worker_killed_while_it_opens_and_posts_leaves_nothing_out_and_says_nothing_twice(
    ada: Phone, ben: Phone, carmen: Phone, clock: Clock, network: Network, house: RunningHouse
):
    """One wait for three leases: Ada's POST was swallowed, Ben's was taken and no callback came, Carmen's check-in
    was being opened.
    """
    await is_about_to_be_asked(clock, ada, ben, carmen)
    before = [await _posts_of(network, phone, CK_1) for phone in (ada, ben)]
    await network.fails(
        {"on": "messages.create", "do": "timeout-not-processed", "number": ada.number},
        {"on": "messages.create", "do": "timeout-processed", "number": ben.number},
        {"on": "callback", "do": "drop", "number": ben.number, "for": 2},
    )

    async with bond_held(house, carmen):
        moving = asyncio.create_task(clock.until("18:30", ada.zone))
        await comes_true(lambda: _is(house, ada, "posting"))
        await comes_true(lambda: _is(house, ben, "posting"))
        await comes_true(lambda: somebody_waits(house))
        house.kill("worker")
    house.start("worker")
    await moving

    assert await ada.hears(CK_1)
    assert await ben.hears(CK_1)
    assert await carmen.hears(CK_1_ES)
    assert await network.is_quiet()
    posts = [await _posts_of(network, phone, CK_1) for phone in (ada, ben)]
    assert posts == [before[0] + 2, before[1] + 1]  # Ada's first was proven absent


async def _something_is_due(house: RunningHouse) -> bool:
    return bool((await house.get("/handset/agenda"))["open"])


async def _is(house: RunningHouse, phone: Phone, state: str) -> bool:
    return await state_of_last_text(house, phone) == state


async def _posts_of(network: Network, phone: Phone, body: str) -> int:
    posts = [dict(each["form"]) for each in await network.log() if each["kind"] == "rest" and each["method"] == "POST"]
    return sum(post.get("To") == phone.number and post.get("Body") == body for post in posts)
