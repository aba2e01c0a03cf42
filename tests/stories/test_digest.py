"""The other person's evening line: a number only where both agreed, else always the same words at the same minute."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from service.erasing import erase_person
from service.people import find_person
from tests.stories.beginnings import are_linked
from tests.stories.people import Clock, Network, Phone
from tests.stories.running import SENDER
from tests.stories.words import CK_1, CK_2, CK_3S, CK_6, CK_7, G_OK, LK_2, LK_3

COVER = (SENDER, CK_7, "Wed 19:30")


async def is_wednesday_evening(clock: Clock, ada: Phone, ben: Phone) -> None:
    """Ada and Ben were linked on Monday; it is Wednesday 18:30 and Ada has just been asked."""
    await are_linked(ada, ben, "C1", "R1")
    await clock.until_day(2, "18:15", ada.zone)
    await ada.texts("US")  # whose helplines
    await clock.forward(minutes=1)
    await ada.all_heard()
    await ben.all_heard()


async def evening_lines(clock: Clock, ben: Phone) -> list[tuple[str, str, str]]:
    """(from, words, local minute) of what Ben's phone got between now and 19:45."""
    await clock.until("19:45", ben.zone)
    texts = (await ben.received())[ben.heard :]
    ben.heard += len(texts)
    return [(each["from"], each["body"], _minute(each["at"], ben.zone)) for each in texts]


def _minute(at: str, zone: str) -> str:
    return datetime.fromisoformat(at).astimezone(ZoneInfo(zone)).strftime("%a %H:%M")


async def test_both_are_told_that_shared_parts_wait_and_then_that_they_are_open(
    ada: Phone, ben: Phone, clock: Clock, network: Network
):
    await are_linked(ada, ben, "C1", "R1")

    await clock.forward(minutes=1)

    for phone in (ada, ben):
        texts = [each["body"] for each in (await phone.received())[phone.heard :]]
        phone.heard += len(texts)
        assert sorted(texts) == sorted([LK_3, LK_2, G_OK])
    assert await network.is_quiet()


async def test_the_number_goes_on_with_the_name_its_receiver_gave_and_nothing_else(
    ada: Phone, ben: Phone, clock: Clock, network: Network
):
    await is_wednesday_evening(clock, ada, ben)
    await clock.until("18:30", ada.zone)
    assert await ada.hears(CK_1)

    await ada.texts("7 argued about money")
    assert await ada.hears(CK_2)
    await ada.texts("3")
    assert await ada.hears(CK_3S)

    assert await evening_lines(clock, ben) == [(SENDER, CK_6.format(p="Ada", n=7), "Wed 19:30")]
    await ada.all_heard()  # her own line
    assert await network.is_quiet()


async def test_the_digest_comes_on_wednesday_and_sunday_and_on_no_other_day(
    ada: Phone, ben: Phone, clock: Clock, network: Network
):
    await are_linked(ada, ben, "C1", "R1")

    await clock.until_day(0, "12:00", ben.zone)

    lines = [each for each in await ben.received() if each["body"] == CK_7]
    assert [_minute(each["at"], ben.zone) for each in lines] == ["Wed 19:30", "Sun 19:30"]


async def test_without_both_switches_neither_text_exists(ada: Phone, ben: Phone, clock: Clock, network: Network):
    await are_linked(ada, ben, "C5", "R5")

    await clock.until_day(2, "20:00", ben.zone)

    texts = [each["body"] for each in await ben.received()]
    assert not [text for text in texts if text == CK_7 or "Shared today" in text]


async def answers(ada: Phone) -> None:
    await ada.texts("7")
    await ada.texts("3")


async def gives_no_reply(ada: Phone, clock: Clock, network: Network) -> None:
    """She lets it be."""


async def skips(ada: Phone, clock: Clock, network: Network) -> None:
    await ada.texts("SKIP")


async def keeps_it(ada: Phone, clock: Clock, network: Network) -> None:
    await answers(ada)
    await ada.texts("KEEP")


async def is_quiet_for_days(ada: Phone, clock: Clock, network: Network) -> None:
    await ada.texts("QUIET 3")


async def pauses(ada: Phone, clock: Clock, network: Network) -> None:
    await ada.texts("PAUSE 3")


async def withdraws_all_and_answers(ada: Phone, clock: Clock, network: Network) -> None:
    await ada.texts("PRIVATE")
    await answers(ada)


async def answers_and_withdraws_all(ada: Phone, clock: Clock, network: Network) -> None:
    await answers(ada)
    await ada.texts("PRIVATE")


async def turns_the_number_off(ada: Phone, clock: Clock, network: Network) -> None:
    await answers(ada)
    await ada.texts("OFF number")


async def is_in_danger(ada: Phone, clock: Clock, network: Network) -> None:
    await ada.texts("0 i can't do this anymore")


async def answers_and_is_in_danger(ada: Phone, clock: Clock, network: Network) -> None:
    await answers(ada)
    await ada.texts("i can't do this anymore")


async def stops(ada: Phone, clock: Clock, network: Network) -> None:
    await answers(ada)
    await ada.texts("STOP")


async def has_a_phone_that_is_off(ada: Phone, clock: Clock, network: Network) -> None:
    await network.fails({"on": "callback", "do": "fail:30003", "number": ada.number, "for": 9})


async def has_a_silent_carrier(ada: Phone, clock: Clock, network: Network) -> None:
    await network.fails({"on": "callback", "do": "never-sent", "number": ada.number, "for": 9})


async def is_erased(ada: Phone, clock: Clock, network: Network) -> None:
    await answers(ada)
    house = ada.house.house
    await erase_person(house, await find_person(house, ada.number), by="story", now=house.clock.now())


async def keeps_it_and_the_worker_dies(ada: Phone, clock: Clock, network: Network) -> None:
    await answers(ada)
    ada.house.kill("worker")
    await ada.texts("KEEP")
    ada.house.start("worker")


Cause = Callable[[Phone, Clock, Network], Awaitable[None]]
BEFORE_SHE_IS_ASKED: list[Cause] = [has_a_phone_that_is_off, has_a_silent_carrier]
AFTER_SHE_WAS_ASKED: list[Cause] = [
    gives_no_reply, skips, keeps_it, is_quiet_for_days, pauses, withdraws_all_and_answers, answers_and_withdraws_all,
    turns_the_number_off, is_in_danger, answers_and_is_in_danger, stops, is_erased, keeps_it_and_the_worker_dies,
]  # fmt: skip


@pytest.mark.parametrize("cause", AFTER_SHE_WAS_ASKED, ids=lambda cause: cause.__name__)
async def test_invariant_11_whatever_ada_does_ben_reads_the_same_bytes_at_the_same_minute(
    cause: Cause, ada: Phone, ben: Phone, clock: Clock, network: Network
):
    await is_wednesday_evening(clock, ada, ben)
    await clock.until("18:30", ada.zone)

    await cause(ada, clock, network)

    assert await evening_lines(clock, ben) == [COVER]


@pytest.mark.promise(15)
@pytest.mark.parametrize("cause", BEFORE_SHE_IS_ASKED, ids=lambda cause: cause.__name__)
async def test_invariant_11_whatever_befalls_adas_phone_ben_reads_the_same_bytes_at_the_same_minute(
    cause: Cause, ada: Phone, ben: Phone, clock: Clock, network: Network
):
    await is_wednesday_evening(clock, ada, ben)

    await cause(ada, clock, network)
    await clock.until("18:30", ada.zone)

    assert await evening_lines(clock, ben) == [COVER]


async def test_invariant_18_a_sheet_that_ran_out_reads_like_one_withdrawn(
    ada: Phone, ben: Phone, clock: Clock, network: Network
):
    await are_linked(ada, ben, "C1", "R1")
    for phone in (ada, ben):
        await phone.texts("PAUSE 30")
    await clock.forward(days=29)
    for phone in (ada, ben):
        await phone.texts("PAUSE 30")
    await clock.forward(days=29)
    for phone in (ada, ben):
        await phone.texts("PAUSE 30")
    await clock.forward(days=32)
    await clock.until_day(2, "15:00", ada.zone)
    await ben.all_heard()

    await answers(ada)

    assert (await evening_lines(clock, ben))[-1:] == [COVER]
