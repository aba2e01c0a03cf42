"""Joining by text: five replies to the first score, and every clumsy way there (PROGRAMME 4.1)."""

from __future__ import annotations

import pytest

from tests.stories.beginnings import is_season
from tests.stories.keeping import numbers_of, open_jobs, person_of
from tests.stories.people import Clock, Network, Phone
from tests.stories.words import (
    CK_1,
    CK_2,
    D2_1,
    EN_1,
    EN_2,
    EN_3,
    EN_4,
    EN_4B,
    EN_10,
    EN_10B,
    G_WHO,
)


async def test_invariant_4_a_stranger_is_at_the_first_score_after_five_replies(stranger: Phone, network: Network):
    await stranger.texts("join")
    assert await stranger.hears(EN_1)
    await stranger.texts("Yes")
    assert await stranger.hears(EN_2, EN_3)
    await stranger.texts("1")
    assert await stranger.hears(EN_4)
    await stranger.texts("7:30 pm")
    assert await stranger.hears(EN_10)
    await stranger.texts("12:00")
    assert await stranger.hears(CK_1)

    await stranger.texts("6")

    assert await stranger.hears(CK_2)
    assert [value for _, _, value in await numbers_of(stranger)] == ["6"]
    person = await person_of(stranger)
    assert (person.zone, person.settings["checkin_time"]) == ("America/New_York", "19:30")
    assert await network.is_quiet()


async def test_whoever_does_not_say_yes_hears_nothing_more(stranger: Phone, clock: Clock, network: Network):
    await stranger.texts("JOIN")
    assert await stranger.hears(EN_1)

    await stranger.texts("maybe later")
    await stranger.texts("7")
    await stranger.texts("who is this")

    await clock.forward(days=3)
    assert (await person_of(stranger)).status == "invited"
    assert await network.is_quiet()


async def test_an_hour_of_the_night_is_answered_with_the_nearest_one_allowed(stranger: Phone, network: Network):
    await stranger.texts("JOIN")
    await stranger.texts("YES")
    await stranger.texts("1")
    assert await stranger.hears(EN_1, EN_2, EN_3, EN_4)

    await stranger.texts("11 PM")
    assert await stranger.hears(EN_4B.format(t="9:00 PM"))
    await stranger.texts("1")

    assert await stranger.hears(EN_10)
    assert (await person_of(stranger)).settings["checkin_time"] == "21:00"
    await stranger.texts("12:00 PM")
    assert await stranger.hears(CK_1)
    assert await network.is_quiet()


async def test_an_hour_too_early_can_be_chosen_again(stranger: Phone, network: Network):
    await stranger.texts("JOIN")
    await stranger.texts("YES")
    await stranger.texts("1")
    assert await stranger.hears(EN_1, EN_2, EN_3, EN_4)

    await stranger.texts("5:00 AM")
    assert await stranger.hears(EN_4B.format(t="8:00 AM"))
    await stranger.texts("9:15 AM")

    assert await stranger.hears(EN_10)
    assert (await person_of(stranger)).settings["checkin_time"] == "09:15"
    assert await network.is_quiet()


async def test_a_clock_that_two_cities_show_is_settled_by_naming_both(
    stranger: Phone, clock: Clock, network: Network
):
    await is_season(clock, month=1, day=15)  # in summer the two differ
    await stranger.texts("JOIN")
    await stranger.texts("YES")
    await stranger.texts("1")
    await stranger.texts("6 PM")
    assert await stranger.hears(EN_1, EN_2, EN_3, EN_4, EN_10)

    await stranger.texts("10:00 AM")
    assert await stranger.hears(EN_10B.format(w="Denver", w2="Phoenix"))
    await stranger.texts("2")

    assert await stranger.hears(CK_1)
    assert (await person_of(stranger)).zone == "America/Phoenix"
    assert await network.is_quiet()


async def test_nobody_under_eighteen_is_kept(stranger: Phone, clock: Clock, network: Network):
    await stranger.texts("JOIN")
    await stranger.texts("YES")
    assert await stranger.hears(EN_1, EN_2, EN_3)

    await stranger.texts("only me, I'm 16")

    assert await stranger.hears("This service is for adults. For someone to talk to at any age:…")
    await clock.forward(days=3)
    assert await open_jobs(stranger) == 0
    assert await network.is_quiet()


async def test_a_shared_phone_is_kept_bland_from_the_first_prompt_of_ours(
    stranger: Phone, clock: Clock, network: Network
):
    await stranger.joins(clock, phone="3")  # not sure who sees it

    await clock.until_day(1, "16:30", stranger.zone)

    assert await stranger.hears(D2_1)
    assert (await person_of(stranger)).settings["discretion"] == "D2"
    assert await network.is_quiet()


@pytest.mark.promise(27)
async def test_a_stranger_is_told_one_bland_line_a_day_and_leaves_no_person(
    stranger: Phone, clock: Clock, network: Network
):
    await stranger.texts("hello")
    assert await stranger.hears(G_WHO)
    await stranger.texts("hello?")
    assert await network.is_quiet()

    await clock.forward(days=1)
    await stranger.texts("hello again")

    assert await stranger.hears(G_WHO)
    assert await network.is_quiet()
