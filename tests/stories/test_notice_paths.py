"""When a notice fires and when it never does (PROGRAMME 6.3 and P16; invariants 15, 25 and 27)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from service.database import execute, in_transaction
from service.erasing import erase_person
from service.people import find_person
from service.promise_opening import beginning_of
from service.reconciling import LAST_HALF_HOUR, TEXTS, unread_since
from service.records import Due, Promise, PromiseCopy, PromiseEvent, Watermark
from service.someone import lock_someone
from tests.stories.keeping import person_of
from tests.stories.people import Clock, Network, Phone
from tests.stories.promises import are_partners, days_after, heard_since, promises, relayed, when, words

BANK = "call the bank"
SAID = f"{BANK}, Fri 4pm"


async def is_due(clock: Clock, ada: Phone, ben: Phone, what: str = SAID, who: str = "3") -> Promise:
    """Ada promised on Monday; it is Friday at four and she has just been asked."""
    await are_partners(clock, ada, ben)
    made = await promises(ada, what, who)
    await clock.until_day(4, "16:00", ada.zone)
    await ada.all_heard()
    await ben.all_heard()
    return made


async def events_of(made: Promise) -> list[str]:
    return [each.kind for each in await PromiseEvent.filter(promise_id=made.id).order_by("id")]


async def test_not_yet_that_is_sent_reaches_ben_and_no_notice_ever_does(
    ada: Phone, ben: Phone, clock: Clock, network: Network
):
    made = await is_due(clock, ada, ben)

    for said in ("3", "2", "sunday 6pm, alarm set", "1"):
        await ada.texts(said)

    await made.refresh_from_db()
    later = when(ben, made.due_at)
    assert await relayed(clock, ben) == [words(ben, "PN-5", p="Ada", item=BANK, w="forgot", **later)]
    await clock.until_day(2, "12:00", ben.zone)
    assert await heard_since(ben) == []


async def test_done_reaches_ben_and_no_notice_does(ada: Phone, ben: Phone, clock: Clock, network: Network):
    made = await is_due(clock, ada, ben)

    await ada.texts("done!")

    assert await ada.hears(words(ada, "PR-7"))
    assert await relayed(clock, ben) == [words(ben, "PR-12", p="Ada", item=BANK)]
    await clock.until_day(2, "12:00", ben.zone)
    assert (await heard_since(ben), await heard_since(ada)) == ([], [])
    assert await events_of(made) == ["made", "reminded", "reported-done"]


async def test_one_text_tells_outcome_reason_and_the_next_time(ada: Phone, ben: Phone, clock: Clock, network: Network):
    made = await is_due(clock, ada, ben)

    await ada.texts("not yet, forgot. tmrw 9am")

    await made.refresh_from_db()
    later = when(ada, made.due_at)
    assert (later["t"], made.due_at.astimezone().weekday()) == ("9:00 AM", 5)
    assert await ada.hears(words(ada, "PN-3", item=BANK, **later), words(ada, "PN-4", p="Ben"))
    await ada.texts("2")
    assert await ada.hears(words(ada, "G-OK"))
    assert await relayed(clock, ben) == [words(ben, "PN-6", p="Ada", item=BANK, **later)]


async def test_mixed_feelings_and_blame_are_never_sent(ada: Phone, ben: Phone, clock: Clock, network: Network):
    made = await is_due(clock, ada, ben)
    for said in ("3", "5", "sunday 6pm", "1"):
        await ada.texts(said)
    await made.refresh_from_db()
    assert await relayed(clock, ben) == [words(ben, "PN-6", p="Ada", item=BANK, **when(ben, made.due_at))]

    await clock.until_day(6, "18:01", ada.zone)
    for said in ("3", "1", "tuesday 6pm because of him", "1"):
        await ada.texts(said)

    await made.refresh_from_db()
    assert await relayed(clock, ben) == [words(ben, "PN-6", p="Ada", item=BANK, **when(ben, made.due_at))]


async def test_invariant_27_an_early_change_keeps_faith_and_moves_the_notice(
    ada: Phone, ben: Phone, clock: Clock, network: Network
):
    await are_partners(clock, ada, ben)
    made = await promises(ada, SAID, "3")
    await clock.until_day(3, "12:00", ada.zone)
    await ben.all_heard()

    await ada.texts(f"change {made.code.lower()}")
    assert await ada.hears(words(ada, "PR-18N", p="Ben"))
    await ada.texts("sat 3pm")

    await made.refresh_from_db()
    later = when(ada, made.due_at)
    assert await ada.hears(words(ada, "PR-4", item=BANK, code=made.code, **later))
    assert await relayed(clock, ben) == [words(ben, "PR-13", p="Ada", item=BANK, **later)]
    assert (await events_of(made), made.moves) == (["made", "changed-early"], 0)
    await clock.until_day(0, "12:00", ben.zone)
    assert await heard_since(ben) == [("Sun 19:30", words(ben, "PM-1", item=BANK))]


async def test_choice_three_can_be_lowered_by_text_until_it_is_due(
    ada: Phone, ben: Phone, clock: Clock, network: Network
):
    await are_partners(clock, ada, ben)
    made = await promises(ada, SAID, "3")
    await clock.forward(minutes=8)
    await ben.all_heard()

    await ada.texts(f"CHANGE {made.code}")
    await ada.texts("2")

    assert await ada.hears(words(ada, "PR-18N", p="Ben"), words(ada, "G-OK"))
    await clock.until_day(4, "16:01", ada.zone)
    await clock.until_day(0, "12:00", ben.zone)
    assert await heard_since(ben) == []
    assert words(ada, "PM-0B", item=BANK) in [body for _, body in await heard_since(ada)]


async def test_invariant_16_a_line_leaves_some_drawn_minutes_after_what_caused_it(
    ada: Phone, ben: Phone, clock: Clock, network: Network
):
    await are_partners(clock, ada, ben)
    for item in ("call the bank", "wash the car"):
        await promises(ada, f"{item} fri 4pm", "2")
    made = await Promise.all().order_by("made_at")

    lines = await Due.filter(kind="promise-line").order_by("id")

    offsets = [line.due_at - each.made_at for line, each in zip(lines, made, strict=True)]
    assert set(offsets) <= {timedelta(minutes=minutes) for minutes in range(8)}


async def test_a_promise_let_go_is_said_kindly_to_both(ada: Phone, ben: Phone, clock: Clock, network: Network):
    made = await is_due(clock, ada, ben)

    for said in ("3", "3", "1"):
        await ada.texts(said)

    assert await ada.hears(words(ada, "PN-1"), words(ada, "PN-2"), words(ada, "PN-8", p="Ben"))
    assert await relayed(clock, ben) == [words(ben, "PN-9", p="Ada", item=BANK)]
    await clock.until_day(2, "12:00", ben.zone)
    assert await heard_since(ben) == []
    assert [body for _, body in await heard_since(ada)] == [words(ada, "PN-11")]
    assert (await events_of(made))[-1] == "let-go"


async def test_a_late_done_is_an_update_of_its_own(ada: Phone, ben: Phone, clock: Clock, network: Network):
    await is_due(clock, ada, ben)
    await clock.until_day(6, "13:00", ada.zone)
    await ada.all_heard()
    await ben.all_heard()

    await ada.texts("done")

    assert await ada.hears(words(ada, "PR-7"))
    assert await relayed(clock, ben) == [words(ben, "PM-3", item=BANK)]


async def test_after_three_days_it_closes_without_a_word(ada: Phone, ben: Phone, clock: Clock, network: Network):
    made = await is_due(clock, ada, ben)
    await clock.until_day(1, "20:31", ada.zone)  # an hour more in the week of a clock change
    await ada.all_heard()
    await ben.all_heard()

    await ada.texts("not yet")

    assert await ada.hears(words(ada, "G-LOST"))
    assert (await events_of(made))[-1] == "closed"
    assert await network.is_quiet()


async def test_invariant_15_without_choice_three_there_is_no_notice(
    ada: Phone, ben: Phone, clock: Clock, network: Network
):
    await is_due(clock, ada, ben, who="2")

    await clock.until_day(3, "12:00", ben.zone)

    assert await heard_since(ben) == []
    still = words(ada, "PM-0B", item=BANK)
    assert await heard_since(ada) == [("Fri 19:00", still), ("Sat 10:00", still)]


async def test_invariant_15_who_no_longer_receives_promises_gets_no_notice(
    ada: Phone, ben: Phone, clock: Clock, network: Network
):
    await is_due(clock, ada, ben)

    await ben.texts("PRIVATE")
    await ben.all_heard()
    await execute("UPDATE sharing_grant SET withdrawn_at = now() WHERE person_id = $1", (await person_of(ben)).id)
    await network.settled()
    await ben.all_heard()

    await clock.until_day(6, "12:00", ben.zone)
    assert await heard_since(ben) == []


async def test_a_receiver_who_rests_or_stops_gets_nothing_and_nothing_is_stored_up(
    ada: Phone, ben: Phone, clock: Clock, network: Network
):
    await is_due(clock, ada, ben)
    await ben.texts("PAUSE 2")
    await network.settled()
    await ben.all_heard()

    await clock.until_day(3, "12:00", ben.zone)

    assert await heard_since(ben) == []
    assert words(ada, "PM-2", item=BANK) in [body for _, body in await heard_since(ada)]  # a pause of Ben's stays his


async def test_the_receivers_stop_ends_the_notice(ada: Phone, ben: Phone, clock: Clock, network: Network):
    await is_due(clock, ada, ben)
    await ben.texts("STOP")
    await network.settled()
    await ben.all_heard()

    await clock.until_day(6, "12:00", ben.zone)

    assert await heard_since(ben) == []


async def test_a_closed_pair_has_no_notices(ada: Phone, ben: Phone, clock: Clock, network: Network):
    await is_due(clock, ada, ben)
    await execute("UPDATE pair SET state = 'closed'")

    await clock.until_day(6, "12:00", ben.zone)

    assert await heard_since(ben) == []


@pytest.mark.invariant("I4")
async def test_a_report_whose_webhook_was_lost_is_found_before_the_notice_would_be_false(
    ada: Phone, ben: Phone, clock: Clock, network: Network
):
    await is_due(clock, ada, ben)
    await clock.until_day(5, "19:29", ada.zone)
    await network.fails({"on": "webhook", "do": "drop", "number": ada.number})
    await ada.texts("done")

    await clock.until("19:45", ben.zone)

    assert [body for _, body in await heard_since(ben)] == [words(ben, "PR-12", p="Ada", item=BANK)]


@pytest.mark.invariant("I4")
async def test_a_notice_waits_until_every_text_up_to_its_minute_was_listed(
    ada: Phone, ben: Phone, clock: Clock, network: Network
):
    await is_due(clock, ada, ben)
    house = ben.house.house
    due = await Due.get(kind="notice", state="waiting")
    assert due.person_id is not None
    at = due.due_at

    async with in_transaction("test"):
        receiver = await lock_someone(house.vault, due.person_id)
        assert receiver is not None
        assert await beginning_of(house, receiver, due, at) == "waits"
    mark = await Watermark.get(name=TEXTS)
    listed_since = await unread_since(TEXTS, at, at_least=LAST_HALF_HOUR)

    assert (due.state, due.due_at) == ("waiting", at)
    assert listed_since == min(mark.read_until, at - LAST_HALF_HOUR)


async def test_what_an_erased_person_promised_is_forgotten_with_the_notice(
    ada: Phone, ben: Phone, clock: Clock, network: Network
):
    await is_due(clock, ada, ben)
    house = ada.house.house
    await erase_person(house, await find_person(house, ada.number), by="story", now=house.clock.now())
    assert await PromiseCopy.all().count() == 1

    await clock.until_day(5, "19:31", ben.zone)

    assert await heard_since(ben) == [("Sat 19:30", words(ben, "PM-1", item=BANK))]
    assert await PromiseCopy.all().count() == 0


async def test_a_promise_due_at_night_is_asked_about_by_day_three_times_before_the_notice(
    ada: Phone, ben: Phone, clock: Clock, network: Network
):
    await are_partners(clock, ada, ben)
    made = await promises(ada, "come home, Fri 10pm", "3")
    await clock.until_day(6, "19:31", ben.zone)

    notice = when(ada, days_after(ada, made.due_at, 2, "19:30"))
    still = words(ada, "PM-0", item="come home", p="Ben", **notice)
    assert await heard_since(ada) == [
        ("Fri 19:00", words(ada, "PR-5", item="come home", t="10:00 PM")),
        ("Sat 10:00", words(ada, "PR-6", item="come home")),
        ("Sat 13:00", still),
        ("Sun 12:00", still),
        ("Sun 19:30", words(ada, "PM-2", item="come home")),
    ]
    assert (await heard_since(ben))[-1] == ("Sun 19:30", words(ben, "PM-1", item="come home"))
