"""Promises that repeat (P14): each occurrence is asked about, told of and noticed by itself; there is no chain."""

from __future__ import annotations

import pytest

from service.database import execute
from service.records import Due, Promise, PromiseRule
from tests.stories.keeping import person_of
from tests.stories.own_calls import calls_own_things, says
from tests.stories.people import Clock, Network, Phone
from tests.stories.promises import (
    are_partners,
    days_after,
    heard_since,
    minute_of,
    newest,
    promises,
    relayed,
    rests_otherwise,
    when,
    words,
)

MOM = "call mom"
SUNDAYS = "call mom every sunday at 6"


async def dues_of(phone: Phone) -> list[str]:
    """When each of the person's promises is due, on their clock."""
    rows = await Promise.filter(person_id=(await person_of(phone)).id).order_by("made_at")
    return [minute_of(row.due_at.isoformat(), phone.zone) for row in rows]


async def test_every_sunday_is_set_told_once_and_asked_each_time(
    ada: Phone, ben: Phone, clock: Clock, network: Network
):
    await are_partners(clock, ada, ben)
    await ada.texts(f"PROMISE {SUNDAYS}")
    await ada.texts("SKIP")
    await ada.texts("2")
    made = await newest(ada)
    due = when(ada, made.due_at)
    every = {"item": MOM, "x": "every Sun", "t": "6:00 PM"}
    assert await ada.hears(
        words(ada, "PR-2"), words(ada, "PR-3", p="Ben"), words(ada, "PR-4R", **every, d=due["d"], code=made.code)
    )
    assert await relayed(clock, ben) == [words(ben, "PR-11R", p="Ada", **every)]

    for _ in range(2):
        await clock.until_day(6, "18:01", ada.zone)
        assert await heard_since(ada) == [
            ("Sun 16:00", words(ada, "PR-5", item=MOM, t="6:00 PM")), ("Sun 18:00", words(ada, "PR-6", item=MOM)),
        ]  # fmt: skip
        await ada.texts("done")
        assert await ada.hears(words(ada, "PR-7"))
        assert await relayed(clock, ben) == [words(ben, "PR-12", p="Ada", item=MOM)]

    assert await dues_of(ada) == ["Sun 18:00"] * 3
    assert {each.code for each in await Promise.all()} == {made.code}


async def test_one_can_be_moved_and_the_others_stay(ada: Phone, clock: Clock, network: Network):
    await rests_otherwise(ada)
    made = await promises(ada, SUNDAYS)

    await ada.texts(f"CHANGE {made.code}")
    assert await ada.hears(words(ada, "PR-18R"))
    await ada.texts("sat 10am")
    await network.settled()
    await ada.all_heard()

    await clock.until_day(6, "18:01", ada.zone)
    asked = [(minute, body) for minute, body in await heard_since(ada) if body == words(ada, "PR-6", item=MOM)]
    assert asked == [("Sat 10:00", words(ada, "PR-6", item=MOM))]
    assert await dues_of(ada) == ["Sat 10:00", "Sun 18:00"]


async def test_repeats_end_with_a_key_and_the_open_one_stays(ada: Phone, clock: Clock, network: Network):
    await rests_otherwise(ada)
    made = await promises(ada, SUNDAYS)

    await ada.texts(f"CHANGE {made.code}")
    await ada.texts("3")

    assert await ada.hears(words(ada, "PR-18R"), words(ada, "PR-25"))
    await clock.until_day(6, "18:01", ada.zone)
    assert [minute for minute, _ in await heard_since(ada)] == ["Sun 16:00", "Sun 18:00"]
    await ada.texts("done")
    await clock.until_day(6, "18:01", ada.zone)
    assert await dues_of(ada) == ["Sun 18:00"]


@pytest.mark.parametrize("what", ["gym twice a week", "pay rent on the 1st of every month", "mow every other sunday"])
async def test_what_cannot_repeat_is_refused_kindly(what: str, ada: Phone, network: Network):
    await rests_otherwise(ada)

    await ada.texts(f"PROMISE {what}")

    assert await ada.hears(words(ada, "PR-23"))
    assert await Promise.all().count() == 0


async def test_two_repeat_at_most_and_each_counts_once(ada: Phone, clock: Clock, network: Network):
    await rests_otherwise(ada)
    await promises(ada, "walk every day at 10am")
    await promises(ada, SUNDAYS)
    await clock.until_day(3, "12:00", ada.zone)  # three walks are due or past, none is told of
    await network.settled()
    await ada.all_heard()

    await ada.texts("PROMISE sing every friday at 6pm")
    assert await ada.hears(words(ada, "PR-24"))
    await ada.texts("PROMISE call the bank fri 5pm")
    assert await ada.hears(words(ada, "PR-2"))
    await ada.texts("SKIP")
    await network.settled()
    await ada.all_heard()
    await ada.texts("PROMISE")
    assert await ada.hears(words(ada, "PR-8"))


async def test_each_occurrence_has_its_own_notice_whatever_its_maker_does(
    ada: Phone, ben: Phone, clock: Clock, network: Network
):
    await are_partners(clock, ada, ben)
    await promises(ada, SUNDAYS, "3")
    await relayed(clock, ben)
    await clock.until_day(6, "18:01", ada.zone)
    await ada.texts("QUIET 30")

    for _ in range(2):
        await clock.until_day(1, "12:00", ben.zone)
        assert await heard_since(ben) == [("Mon 19:30", words(ben, "PM-1", item=MOM))]


async def test_stop_ends_what_repeats(ada: Phone, clock: Clock, network: Network):
    await rests_otherwise(ada)
    await promises(ada, SUNDAYS)

    await ada.texts("STOP")
    await clock.until_day(6, "18:30", ada.zone)

    assert await PromiseRule.all().count() == 0
    assert await Promise.all().count() == 0


async def test_lowering_one_lowers_those_that_follow(ada: Phone, ben: Phone, clock: Clock, network: Network):
    await are_partners(clock, ada, ben)
    made = await promises(ada, SUNDAYS, "2")
    await relayed(clock, ben)

    await ada.texts(f"CHANGE {made.code}")
    await ada.texts("1")
    await clock.until_day(6, "18:01", ada.zone)

    assert {each.level for each in await Promise.all()} == {1}
    await ada.texts("done")
    await clock.until_day(6, "18:01", ada.zone)
    await ada.texts("done")
    assert await relayed(clock, ben) == []


async def test_after_standing_still_only_what_is_ahead_is_made(ada: Phone, clock: Clock, network: Network):
    await rests_otherwise(ada)
    await promises(ada, "walk every day at 6pm")
    late = await clock.now()
    await execute("UPDATE due SET due_at = $1 WHERE kind = 'promise-again'", late.replace(hour=23, minute=30))
    await clock.until_day(1, "20:00", ada.zone)

    waiting = await Due.filter(kind="promise-again", state="waiting")
    assert await dues_of(ada) == ["Mon 18:00", "Tue 18:00", "Wed 18:00"]
    assert len(waiting) == 1


async def test_a_repeating_promise_can_be_spoken(ada: Phone, clock: Clock, network: Network):
    await rests_otherwise(ada)
    call = await calls_own_things(ada, "3", "1")

    await says(call, "call mom every Sunday at six")
    assert await call.hears("I have: call mom, every Sun at 6:00 PM, first Sunday at 6:00 PM.")
    await call.presses("1")
    assert await call.hears("Set: call mom, every Sun at 6:00 PM. Each time stands alone.")
    call = await calls_own_things(ada, "3", "3")
    assert await call.hears("To when? Say a day and an hour", "For no more repeats, press 3.")
    await call.presses("3")
    assert await call.hears("No more repeats after this one.")
    assert await PromiseRule.filter(ended_at__isnull=True).count() == 0


async def test_a_day_more_before_the_others_reminder(ada: Phone, ben: Phone, clock: Clock, network: Network):
    await are_partners(clock, ada, ben)
    made = await promises(ada, "call the bank, Fri 4pm", "3")
    await relayed(clock, ben)

    await ada.texts(f"CHANGE {made.code}")
    await ada.texts("3")

    assert await ada.hears(words(ada, "PR-18N", p="Ben"), words(ada, "PR-26", p="Ben"))
    assert await relayed(clock, ben) == []
    await clock.until_day(0, "12:00", ben.zone)
    assert await heard_since(ben) == [("Sun 19:30", words(ben, "PM-1", item="call the bank"))]
    still = words(ada, "PM-0", item="call the bank", p="Ben", **when(ada, days_after(ada, made.due_at, 2, "19:30")))
    assert (await heard_since(ada))[2:] == [
        ("Fri 19:00", still), ("Sat 10:00", still), ("Sun 19:30", words(ada, "PM-2", item="call the bank")),
    ]  # fmt: skip


async def test_it_waits_until_the_fourth_day_at_most(ada: Phone, ben: Phone, clock: Clock, network: Network):
    await are_partners(clock, ada, ben)
    made = await promises(ada, "call the bank, Fri 4pm", "3")

    for _ in range(3):
        await ada.texts(f"CHANGE {made.code}")
        await ada.texts("3")
    await network.settled()
    await ada.all_heard()
    await ada.texts(f"CHANGE {made.code}")
    assert await ada.hears(words(ada, "PR-18"))

    await clock.until_day(6, "12:00", ben.zone)
    await clock.until_day(2, "12:00", ben.zone)
    assert (await heard_since(ben))[-1] == ("Tue 19:30", words(ben, "PM-1", item="call the bank"))
