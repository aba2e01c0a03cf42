"""Promises by telephone (PROGRAMME P14 to P16): read out behind the PIN, reported, moved."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from service.records import Promise, PromiseEvent
from tests.stories.keeping import notes_of
from tests.stories.own_calls import calls_own_things, says
from tests.stories.people import Clock, Network, Phone
from tests.stories.promises import (
    are_partners,
    heard_since,
    newest,
    promises,
    relayed,
    rests_otherwise,
    there,
    when,
    words,
)  # fmt: skip

BANK = "call the bank"
END = "Those were all. To make a new promise, press 1. To finish, press 2."
REASON = "Thanks for being straight. What got in the way?"
NEXT_STEP = "When will you take the next step?"
TO_WHEN = "To when? Say a day and an hour"


async def kinds_of(made: Promise) -> list[str]:
    return [each.kind for each in await PromiseEvent.filter(promise_id=made.id).order_by("id")]


async def test_the_open_promises_are_read_one_by_one_with_their_times_in_words(
    ada: Phone, clock: Clock, network: Network
):
    await rests_otherwise(ada)
    for what in ("call the bank today 5pm", "wash the car tomorrow 9am", "mail the form next friday 5pm"):
        await promises(ada, what)

    call = await calls_own_things(ada, "3", "4", "4", "4")

    due = when(ada, (await newest(ada)).due_at)
    assert await call.hears(
        "You have 3 open promises. First: call the bank, due today at 5:00 PM. Done, press 1.",
        "The next one: wash the car, due tomorrow at 9:00 AM. Done, press 1.",
        f"The next one: mail the form, due Friday, {long_date(ada, (await newest(ada)).due_at)}, at {due['t']}. Done",
        END,
    )
    await call.presses("1")
    assert await call.hears(words(ada, "PR-8"))
    assert await call.is_over()
    assert await network.is_quiet()


def long_date(phone: Phone, at: datetime) -> str:
    local = at.astimezone(ZoneInfo(phone.zone))
    return f"{local:%B} {local.day}"


async def test_who_has_no_promise_is_offered_to_make_one(ada: Phone, network: Network):
    call = await calls_own_things(ada, "3")

    assert await call.hears("You have no open promises. To make one, press 1. To finish, press 2.")
    await call.presses("2")
    assert await call.hears("Thank you. You can reach Mendline at")
    assert await call.is_over()


async def test_done_by_key_reaches_ben_and_the_next_one_is_read(
    ada: Phone, ben: Phone, clock: Clock, network: Network
):
    await are_partners(clock, ada, ben)
    made = await promises(ada, "call the bank fri 5pm", "2")
    await relayed(clock, ben)
    await promises(ada, "wash the car sat 5pm")

    call = await calls_own_things(ada, "3", "1")

    assert await call.hears("Noted as done.", "The next one: wash the car, due Saturday at 5:00 PM.")
    await call.hangs_up()
    assert await kinds_of(made) == ["made", "reported-done"]
    assert await relayed(clock, ben) == [words(ben, "PR-12", p="Ada", item=BANK)]


async def test_not_yet_with_reason_next_step_and_telling_goes_as_by_text(
    ada: Phone, ben: Phone, clock: Clock, network: Network
):
    made = await is_asked(ada, ben, clock)

    call = await calls_own_things(ada, "3", "2")
    assert await call.hears(REASON)
    await call.presses("2")
    assert await call.hears(NEXT_STEP)
    await call.presses("2")
    assert await call.hears("New plan saved: call the bank, tomorrow at 6:00 PM.", "Tell Ben now? It would say:")
    await call.presses("1")
    assert await call.hears("OK.", END)
    await call.hangs_up()

    await made.refresh_from_db()
    assert there(ada, made.due_at) == "Sat 18:00"
    assert await relayed(clock, ben) == [words(ben, "PN-5", p="Ada", item=BANK, w="forgot", **when(ben, made.due_at))]
    await clock.until_day(6, "12:00", ben.zone)
    assert await heard_since(ben) == []


async def is_asked(ada: Phone, ben: Phone, clock: Clock) -> Promise:
    """Ada's promise, which Ben follows with a notice, is due on Friday at four; she has just been asked."""
    await are_partners(clock, ada, ben)
    made = await promises(ada, "call the bank, Fri 4pm", "3")
    await clock.until_day(4, "16:01", ada.zone)
    await ada.all_heard()
    await ben.all_heard()
    return made


@pytest.mark.parametrize(
    ("keys", "line"),
    [
        (("2", "1", "2", "2"), "PN-6"),  # time got in the way, and it stays hers
        (("2", "4", "2", "1"), "PN-6"),  # something else is never sent
        (("2", "1", "2", "3"), None),  # kept private
        (("2", "1", "4"), "PN-9"),  # let go kindly
    ],
)
async def test_what_ben_hears_is_what_ada_sent_by_key(
    keys: tuple[str, ...], line: str | None, ada: Phone, ben: Phone, clock: Clock, network: Network
):
    made = await is_asked(ada, ben, clock)

    call = await calls_own_things(ada, "3", *keys)

    assert await call.hears(END)
    await made.refresh_from_db()
    plan = {} if line == "PN-9" else when(ben, made.due_at)
    wanted = [words(ben, line, p="Ada", item=BANK, **plan)] if line is not None else []
    assert await relayed(clock, ben) == wanted
    await clock.until_day(6, "12:00", ben.zone)
    notice = [("Sat 19:30", words(ben, "PM-1", item=BANK))] if line is None else []
    assert await heard_since(ben) == notice


async def test_something_else_is_kept_as_that_and_never_as_other_plans(ada: Phone, clock: Clock, network: Network):
    await rests_otherwise(ada)
    await promises(ada, "call the bank fri 5pm")

    await calls_own_things(ada, "3", "2", "4", "3")

    assert await notes_of(ada) == ["something else"]
    assert there(ada, (await newest(ada)).due_at) == "Sun 19:00"


async def test_a_hang_up_after_the_reason_keeps_it_and_tells_nobody(
    ada: Phone, ben: Phone, clock: Clock, network: Network
):
    made = await is_asked(ada, ben, clock)

    call = await calls_own_things(ada, "3", "2", "1")
    await call.hangs_up()

    assert await notes_of(ada) == ["time"]
    assert (await kinds_of(made))[-1] == "reported-not-yet"
    await clock.until_day(6, "12:00", ben.zone)
    assert await heard_since(ben) == [("Sat 19:30", words(ben, "PM-1", item=BANK))]


async def test_one_that_moved_three_times_is_asked_about_by_key(ada: Phone, clock: Clock, network: Network):
    await rests_otherwise(ada)
    made = await promises(ada, "call the bank fri 5pm")
    for _ in range(3):
        call = await calls_own_things(ada, "3", "2", "1", "2")
        await call.hangs_up()
        await clock.forward(minutes=11)  # five codes in ten minutes is the most

    call = await calls_own_things(ada, "3", "2")
    assert await call.hears("This one has moved three times. Is it still yours to do?")
    await call.presses("2")

    assert await call.hears("Let go, without blame.")
    assert (await kinds_of(made))[-1] == "let-go"


async def test_another_time_is_said_read_back_and_kept_only_after_key_1(
    ada: Phone, ben: Phone, clock: Clock, network: Network
):
    await are_partners(clock, ada, ben)
    made = await promises(ada, "call the bank fri 4pm", "3")
    await relayed(clock, ben)

    call = await calls_own_things(ada, "3", "3")
    assert await call.hears(TO_WHEN)
    await says(call, "um, Saturday at ten in the morning please")
    assert await call.hears("call the bank, now Saturday at 10:00 AM. If that's right, press 1.")
    assert (await kinds_of(made)) == ["made"]
    await call.presses("2")
    assert await call.hears("A day and an hour helps, like Saturday at ten.")
    await says(call, "saturday at three in the afternoon")
    assert await call.hears("call the bank, now Saturday at 3:00 PM.")
    await call.presses("1")
    assert await call.hears("It's moved. An early change is keeping faith too.", END)

    await made.refresh_from_db()
    assert (there(ada, made.due_at), await kinds_of(made), made.moves) == ("Sat 15:00", ["made", "changed-early"], 0)
    later = when(ben, made.due_at)
    assert await relayed(clock, ben) == [words(ben, "PR-13", p="Ada", item=BANK, **later)]
    await clock.until_day(0, "12:00", ben.zone)
    assert await heard_since(ben) == [("Sun 19:30", words(ben, "PM-1", item=BANK))]


async def test_a_change_after_it_was_due_is_a_new_plan_that_may_be_told(
    ada: Phone, ben: Phone, clock: Clock, network: Network
):
    made = await is_asked(ada, ben, clock)

    call = await calls_own_things(ada, "3", "3", "1")
    assert await call.hears("call the bank, now tomorrow at 6:00 PM.")
    await call.presses("1")
    assert await call.hears("New plan saved: call the bank, tomorrow at 6:00 PM.", "Tell Ben now? It would say:")
    await call.presses("1")

    await made.refresh_from_db()
    assert (await kinds_of(made))[-2:] == ["reported-changed", "moved"]
    assert await relayed(clock, ben) == [words(ben, "PN-6", p="Ada", item=BANK, **when(ben, made.due_at))]


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ("you know, some day", "A day and an hour helps, like Saturday at ten."),
        ("yesterday at five", "That time has passed already. When would be realistic?"),
        ("in ten minutes", "From an hour ahead up to 30 days works here. When would be realistic?"),
    ],
)
async def test_a_time_that_is_none_is_asked_for_once_more_and_then_left(
    said: str, answer: str, ada: Phone, clock: Clock, network: Network
):
    await rests_otherwise(ada)
    made = await promises(ada, "call the bank fri 4pm")

    call = await calls_own_things(ada, "3", "3")
    await says(call, said)
    assert await call.hears(answer)
    await says(call, said)

    assert await call.hears("No problem, we'll leave it for today.", END)
    assert await kinds_of(made) == ["made"]
