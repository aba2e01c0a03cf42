"""The network is busy, breaks down or says nothing: each person still gets each text once."""

from __future__ import annotations

import pytest

from tests.faults.journey import G_WHO, comes_true, is_about_to_be_asked, state_of_last_text
from tests.stories.people import Clock, Network, Phone
from tests.stories.running import RunningHouse

SETTLED = {"sent", "delivered"}


async def _posts_to(network: Network, phone: Phone) -> int:
    posts = [dict(each["form"]) for each in await network.log() if each["kind"] == "rest" and each["method"] == "POST"]
    return sum(post.get("To") == phone.number for post in posts)


async def _all_reached(house: RunningHouse, phones: list[Phone]) -> bool:
    return all([await state_of_last_text(house, phone) in SETTLED for phone in phones])


async def _ask_each_under(faults: list[dict[str, object]], people: list[Phone], network: Network) -> list[int]:
    """Everybody asks for HELP while each meets a fault of their own; how many POSTs each answer took."""
    house = people[0].house
    before = [await _posts_to(network, phone) for phone in people]
    heard = [len(await phone.received()) for phone in people]
    await network.fails(*({**fault, "number": phone.number} for fault, phone in zip(faults, people, strict=True)))
    for phone in people:
        await phone.texts("PAUSE")

    await comes_true(lambda: _all_reached(house, people), seconds=60)
    await network.settled()
    assert [len(await phone.received()) for phone in people] == [n + 1 for n in heard]
    return [await _posts_to(network, phone) - n for phone, n in zip(people, before, strict=True)]


@pytest.mark.promise(7)
@pytest.mark.slow
async def test_busy_broken_or_reset_the_network_gets_each_text_once(
    ada: Phone, ben: Phone, carmen: Phone, elena: Phone, clock: Clock, network: Network, house: RunningHouse
):
    people = [ada, ben, carmen, elena]
    await is_about_to_be_asked(clock, *people)
    faults: list[dict[str, object]] = [
        {"on": "messages.create", "do": "429-retry-after"},
        {"on": "messages.create", "do": "500-processed"},
        {"on": "messages.create", "do": "500-not-processed"},
        {"on": "messages.create", "do": "reset-processed"},
    ]

    assert await _ask_each_under(faults, people, network) == [2, 1, 2, 1]


@pytest.mark.promise(8)
@pytest.mark.slow
async def test_silent_slow_or_reset_the_network_gets_each_text_once(
    ada: Phone, ben: Phone, carmen: Phone, elena: Phone, clock: Clock, network: Network, house: RunningHouse
):
    people = [ada, ben, carmen, elena]
    await is_about_to_be_asked(clock, *people)
    faults: list[dict[str, object]] = [
        {"on": "messages.create", "do": "timeout-processed"},
        {"on": "messages.create", "do": "timeout-not-processed"},
        {"on": "messages.create", "do": "slow", "seconds": 9},
        {"on": "messages.create", "do": "reset-not-processed"},
    ]

    assert await _ask_each_under(faults, people, network) == [1, 2, 1, 2]


@pytest.mark.promise(8)
@pytest.mark.slow
async def test_an_answer_slower_than_our_patience_is_not_asked_for_twice(
    ada: Phone, clock: Clock, network: Network, house: RunningHouse
):
    await is_about_to_be_asked(clock, ada)

    assert await _ask_each_under([{"on": "messages.create", "do": "slow", "seconds": 12}], [ada], network) == [1]


@pytest.mark.promise(8)
@pytest.mark.slow
async def test_half_an_answer_a_word_to_come_again_and_a_forged_report_change_no_count(
    ada: Phone, ben: Phone, carmen: Phone, clock: Clock, network: Network, house: RunningHouse
):
    people = [ada, ben, carmen]
    await is_about_to_be_asked(clock, *people)
    faults: list[dict[str, object]] = [
        {"on": "messages.create", "do": "half-answer"},
        {"on": "messages.create", "do": "503-retry-after"},
        {"on": "callback", "do": "forge"},
    ]

    assert await _ask_each_under(faults, people, network) == [1, 2, 1]


async def test_a_forged_text_is_refused_and_the_true_one_found_in_the_networks_list(
    ada: Phone, clock: Clock, network: Network, house: RunningHouse
):
    await network.fails({"on": "webhook", "do": "forge", "number": ada.number})

    await ada.texts("WHO")
    await network.settled()
    assert (await ada.received())[ada.heard :] == []
    await clock.forward(minutes=6)

    assert await ada.hears(G_WHO)
    assert await network.is_quiet()
