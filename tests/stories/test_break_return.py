"""The return (PROGRAMME P09, 6.4 b2 to b6): who hears what at which minute, whoever is silent, gone, or not ready."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from tests.stories.break_words import is_time_for_a_break, says
from tests.stories.people import Clock, Network, Phone
from tests.stories.words import D2_1


async def takes_a_break(ada: Phone, ben: Phone, clock: Clock) -> None:
    """18:12: a break of thirty minutes, told."""
    await is_time_for_a_break(clock, ada, ben)
    await ada.texts("BREAK")
    assert await ada.hears(says(ada, "TO-1", "18:42"))
    assert await ben.hears(says(ben, "TO-2", "18:42", "Ada"))


async def is_back(ada: Phone, ben: Phone, clock: Clock) -> None:
    """18:42: both are asked."""
    await takes_a_break(ada, ben, clock)
    await clock.until("18:42", ada.zone)
    assert await ada.hears(says(ada, "TO-3"), says(ada, "TO-4", "18:42"))
    assert await ben.hears(says(ben, "TO-15"))


async def test_invariant_24_to_7_goes_to_both_at_once_when_both_are_calm_and_choose_now(
    ada: Phone, ben: Phone, clock: Clock, network: Network
):
    await is_back(ada, ben, clock)

    await ada.texts("4")
    assert await ada.hears(says(ada, "TO-5"))
    await ada.texts("1")
    await ben.texts("0")
    assert await ben.hears(says(ben, "TO-5"))
    assert await network.is_quiet()
    await ben.texts("1 yes")

    assert await ada.hears(says(ada, "TO-7"))
    assert await ben.hears(says(ben, "TO-7"))
    await clock.forward(hours=2)
    assert await network.is_quiet()


async def test_whoever_is_silent_is_asked_once_more_and_one_bad_answer_gets_one_hint(
    ada: Phone, ben: Phone, clock: Clock, network: Network
):
    await is_back(ada, ben, clock)
    await ben.texts("so so")
    assert await ben.hears(says(ben, "CK-10"))
    await ben.texts("6")
    await clock.until("18:51", ada.zone)
    assert await network.is_quiet()

    await clock.until("18:52", ada.zone)
    assert await ada.hears(says(ada, "TO-4", "18:52"))
    await clock.until("18:56", ada.zone)
    assert await network.is_quiet()

    await clock.until("18:57", ada.zone)
    for phone in (ada, ben):
        assert await phone.hears(says(phone, "TO-8", "19:12"))
    await ada.texts("3")
    assert await ada.hears(says(ada, "TO-17", "19:12"))
    assert await network.is_quiet()


async def is_silent(ada: Phone) -> None:
    """The caller does not answer."""


async def says_stop(ada: Phone) -> None:
    await ada.texts("STOP")


async def withdraws(ada: Phone) -> None:
    await ada.texts("PRIVATE")


async def is_in_danger(ada: Phone) -> None:
    await ada.texts("I want to kill myself")


@pytest.mark.parametrize("cause", [is_silent, says_stop, withdraws, is_in_danger])
async def test_invariant_11_the_other_hears_the_same_lines_at_the_same_minutes_whatever_the_caller_did(
    ada: Phone, ben: Phone, clock: Clock, network: Network, cause: Callable[[Phone], Awaitable[None]]
):
    await takes_a_break(ada, ben, clock)
    await cause(ada)
    begun = len(await ben.received())

    await clock.until("18:42", ben.zone)
    await ben.texts("3")
    await ben.texts("1")
    await clock.until("19:12", ben.zone)
    await ben.texts("3")
    await ben.texts("1")
    await clock.until("20:00", ben.zone)
    await network.settled()

    heard = [
        (each["body"], datetime.fromisoformat(each["at"]).astimezone(ZoneInfo(ben.zone)).strftime("%H:%M"))
        for each in (await ben.received())[begun:]
    ]
    assert heard == [
        (says(ben, "TO-15"), "18:42"),
        (says(ben, "TO-5"), "18:42"),
        (says(ben, "TO-8", "19:12"), "18:57"),
        (says(ben, "TO-15"), "19:12"),
        (says(ben, "TO-5"), "19:12"),
        (says(ben, "TO-9", "19:42"), "19:27"),
        (says(ben, "TO-15"), "19:42"),
        (says(ben, "TO-15"), "19:52"),
    ]
    since = [each["body"] for each in (await ada.received())[ada.heard :]]
    if cause in {says_stop, is_in_danger}:
        assert [body for body in since if body in (says(ada, "TO-3"), says(ada, "TO-4", "18:42"))] == []


async def test_two_longer_breaks_are_the_most_then_it_rests_until_tomorrow(
    ada: Phone, ben: Phone, clock: Clock, network: Network
):
    await is_back(ada, ben, clock)
    await ada.texts("9")
    assert await ada.hears(says(ada, "TO-6", "19:12"))
    await ada.texts("OK")
    await ada.texts("I am fuming")
    assert await ada.hears(says(ada, "TO-17", "19:12"))
    await clock.until("19:12", ada.zone)
    assert await ben.hears(says(ben, "TO-15"), says(ben, "TO-8", "19:12"), says(ben, "TO-15"))
    assert await ada.hears(says(ada, "TO-4", "19:12"))
    await ada.texts("8")
    assert await ada.hears(says(ada, "TO-6", "19:42"))
    await ada.texts("25")
    assert await ada.hears(says(ada, "TO-1", "19:37"))
    await ben.texts("2")
    assert await ben.hears(says(ben, "TO-5"))
    await ben.texts("1")

    await clock.until("19:37", ada.zone)
    assert await ben.hears(says(ben, "TO-8", "19:37"), says(ben, "TO-15"))
    assert await ada.hears(says(ada, "TO-4", "19:37"))
    await ada.texts("7")
    assert await ada.hears(says(ada, "TO-16"))
    await ada.texts("2")
    assert await ada.hears(says(ada, "G-OK"))
    await ben.texts("2")
    assert await ben.hears(says(ben, "TO-5"))

    await clock.until("19:52", ada.zone)
    for phone in (ada, ben):
        assert await phone.hears(says(phone, "TO-8", "18:00"))
    assert await network.is_quiet()


async def test_on_a_phone_that_others_see_the_notice_waits_behind_a_bland_line(
    ada: Phone, stranger: Phone, clock: Clock, network: Network
):
    await stranger.joins(clock, at="8:15 PM", phone="2")
    await is_time_for_a_break(clock, ada, stranger)

    await ada.texts("BREAK")

    assert await stranger.hears(D2_1)
    await stranger.texts("OK")
    assert await stranger.hears(says(stranger, "TO-2", "18:42", "Ada"))
