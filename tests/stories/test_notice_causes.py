"""Invariant 11 for the notice: whatever kept an update from being published, the same words at the same minute."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import pytest

from service.erasing import erase_person
from service.people import find_person
from tests.stories.people import Clock, Network, Phone
from tests.stories.promises import are_partners, heard_since, promises, words

Cause = Callable[[Phone, Clock, Network], Awaitable[None]]


async def gives_no_reply(ada: Phone, clock: Clock, network: Network) -> None:
    """She lets it be."""


async def keeps_it_private(ada: Phone, clock: Clock, network: Network) -> None:
    for said in ("3", "2", "sunday 6pm", "3"):
        await ada.texts(said)


async def stops_after_the_reason(ada: Phone, clock: Clock, network: Network) -> None:
    await ada.texts("3")
    await ada.texts("5")


async def skips(ada: Phone, clock: Clock, network: Network) -> None:
    await ada.texts("SKIP")


async def is_quiet_for_days(ada: Phone, clock: Clock, network: Network) -> None:
    await ada.texts("QUIET 5")


async def pauses(ada: Phone, clock: Clock, network: Network) -> None:
    await ada.texts("PAUSE 5")


async def withdraws_all(ada: Phone, clock: Clock, network: Network) -> None:
    await ada.texts("PRIVATE")


async def withdraws_all_and_reports(ada: Phone, clock: Clock, network: Network) -> None:
    await ada.texts("PRIVATE")
    await ada.texts("1")


async def turns_promises_off_and_moves_it(ada: Phone, clock: Clock, network: Network) -> None:
    await ada.texts("OFF promises")
    for said in ("4", "sunday 6pm"):
        await ada.texts(said)


async def stops(ada: Phone, clock: Clock, network: Network) -> None:
    await ada.texts("STOP")


async def is_in_danger(ada: Phone, clock: Clock, network: Network) -> None:
    await ada.texts("i can't do this anymore")


async def is_erased(ada: Phone, clock: Clock, network: Network) -> None:
    house = ada.house.house
    await erase_person(house, await find_person(house, ada.number), by="story", now=house.clock.now())


async def has_a_phone_that_is_off(ada: Phone, clock: Clock, network: Network) -> None:
    await network.fails({"on": "callback", "do": "fail:30003", "number": ada.number, "for": 9})


CAUSES: list[Cause] = [
    gives_no_reply, keeps_it_private, stops_after_the_reason, skips, is_quiet_for_days, pauses, withdraws_all,
    withdraws_all_and_reports, turns_promises_off_and_moves_it, stops, is_in_danger, is_erased, has_a_phone_that_is_off,
]  # fmt: skip


@pytest.mark.promise(15)
@pytest.mark.parametrize("cause", CAUSES, ids=lambda cause: cause.__name__)
async def test_invariant_11_a_notice_is_the_same_whatever_the_cause(
    cause: Cause, ada: Phone, ben: Phone, clock: Clock, network: Network
):
    await are_partners(clock, ada, ben)
    await promises(ada, "call the bank, Fri 4pm", "3")
    await clock.until_day(4, "16:02", ada.zone)
    await ben.all_heard()

    await cause(ada, clock, network)

    await clock.until_day(6, "12:00", ben.zone)
    assert await heard_since(ben) == [("Sat 19:30", words(ben, "PM-1", item="call the bank"))]
