"""How often (PROGRAMME 3.10): fading at week five and nine, MORE and LESS, PAUSE and RESUME, and never at night."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from tests.stories.beginnings import is_season
from tests.stories.keeping import person_of
from tests.stories.people import Clock, Network, Phone, settle_in
from tests.stories.words import CK_1, G_RESUME


async def days_asked(phone: Phone, since: datetime) -> list[str]:
    """The local weekdays and times of the check-ins since then."""
    return [
        datetime.fromisoformat(each["at"]).astimezone(ZoneInfo(phone.zone)).strftime("%a %H:%M")
        for each in await phone.received()
        if each["body"] == CK_1 and datetime.fromisoformat(each["at"]) > since
    ]


async def answers_for(clock: Clock, phone: Phone, days: int) -> None:
    """A number at noon a day: it keeps the pace, and no prompt comes."""
    for _ in range(days):
        await phone.texts("7")
        await phone.texts("SKIP")
        await clock.forward(days=1)


async def test_prompts_fade_in_the_fifth_and_in_the_ninth_week(ada: Phone, clock: Clock, network: Network):
    await clock.forward(days=27)  # unanswered for long, so at rest; RESUME begins anew, weeks count from joining
    await ada.texts("RESUME")
    await clock.forward(hours=1)
    await answers_for(clock, ada, 2)  # Monday of the fifth week, noon and later
    start = await clock.now()

    await clock.until_day(6, "22:00", ada.zone)
    in_the_fifth = await days_asked(ada, start)
    await clock.forward(days=24)
    await ada.texts("RESUME")
    start = await clock.now()
    await clock.forward(days=7)
    in_the_ninth = await days_asked(ada, start)

    assert in_the_fifth == ["Wed 18:30", "Fri 18:30", "Sun 18:30"]
    assert in_the_ninth == ["Thu 18:30", "Mon 18:30"]


async def test_less_and_more_walk_the_paces(ada: Phone, clock: Clock, network: Network):
    await settle_in(clock, ada)

    await ada.texts("LESS")
    assert await ada.hears("Mendline: Pace changed: every other day. MORE or LESS to adjust, PAUSE to rest.")
    await ada.texts("LESS")
    assert await ada.hears("Mendline: Pace changed: twice a week. MORE or LESS to adjust, PAUSE to rest.")
    await ada.texts("MORE")
    assert await ada.hears("Mendline: Pace changed: every other day. MORE or LESS to adjust, PAUSE to rest.")

    assert (await person_of(ada)).settings["pace"] == "every-second-day"
    assert await network.is_quiet()


async def test_less_by_two_steps_is_twice_a_week(ada: Phone, clock: Clock, network: Network):
    await settle_in(clock, ada)
    await ada.texts("LESS")
    await ada.texts("LESS")
    start = await clock.now()

    await clock.forward(days=7)

    assert await days_asked(ada, start) == ["Thu 18:30", "Mon 18:30"]


async def test_pause_names_its_day_and_resume_ends_it(ada: Phone, clock: Clock, network: Network):
    await settle_in(clock, ada)
    until = (await clock.now()).astimezone(ZoneInfo(ada.zone)) + timedelta(days=5)

    await ada.texts("PAUSE 5")
    await clock.forward(minutes=1)
    said = (await ada.received())[ada.heard]["body"]
    assert said.startswith("Mendline: Paused until ")
    assert f"{until:%b} {until.day}." in said
    await ada.all_heard()
    await clock.forward(days=2)
    assert await network.is_quiet()

    await ada.texts("RESUME")
    assert await ada.hears(G_RESUME)
    await clock.until("18:30", ada.zone)
    assert await ada.hears(CK_1)
    assert await network.is_quiet()


@pytest.mark.promise(9)
async def test_invariant_29_the_hour_stays_when_the_clocks_go_forward(
    stranger: Phone, clock: Clock, network: Network
):
    await is_season(clock, month=3, day=5)
    await stranger.joins(clock)
    start = await clock.now()

    await clock.forward(days=11)  # the second Sunday of March lies within

    assert {each[4:] for each in await days_asked(stranger, start)} == {"18:30"}


@pytest.mark.promise(9)
async def test_invariant_29_the_hour_stays_when_the_clocks_go_back(stranger: Phone, clock: Clock, network: Network):
    await is_season(clock, month=10, day=30)
    await stranger.joins(clock)
    start = await clock.now()

    await clock.forward(days=11)  # the first Sunday of November lies within

    assert {each[4:] for each in await days_asked(stranger, start)} == {"18:30"}
