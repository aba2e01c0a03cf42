"""While a break runs (PROGRAMME 6.4, b0 and b1): its time may change, nobody can cut it, and nothing is passed on."""

from __future__ import annotations

from tests.stories.break_words import is_time_for_a_break, says
from tests.stories.keeping import person_of
from tests.stories.people import Clock, Network, Phone
from tests.stories.words import CK_6, CK_7


async def test_a_new_time_is_told_once_and_no_time_is_under_twenty_minutes_or_over_a_day(
    ada: Phone, ben: Phone, clock: Clock, network: Network
):
    await is_time_for_a_break(clock, ada, ben)
    await ada.texts("BREAK 10")
    assert await ada.hears(says(ada, "TO-11"), says(ada, "TO-1", "18:32"))
    assert await ben.hears(says(ben, "TO-2", "18:32", "Ada"))

    await ada.texts("45")
    assert await ada.hears(says(ada, "TO-1", "18:57"))
    assert await ben.hears(says(ben, "TO-2", "18:57", "Ada"))
    await ada.texts("1h")
    assert await ada.hears(says(ada, "TO-1", "19:12"))
    await ada.texts("2 days")
    assert await ada.hears(says(ada, "TO-12", p="Ben"), says(ada, "TO-1", "18:12"))
    await ada.texts("BREAK until tomorrow 9am")
    assert await ada.hears(says(ada, "TO-1", "09:00"))
    await ada.texts("12")
    assert await ada.hears(says(ada, "TO-11"), says(ada, "TO-1", "18:32"))
    assert await network.is_quiet()

    await clock.until("18:32", ada.zone)
    assert await ada.hears(says(ada, "TO-3"), says(ada, "TO-4", "18:32"))
    assert await ben.hears(says(ben, "TO-15"))


async def test_invariant_22_the_partner_cannot_alter_it_and_invariant_23_nothing_is_passed_on_from_either_side(
    ada: Phone, ben: Phone, clock: Clock, network: Network
):
    await is_time_for_a_break(clock, ada, ben)
    await ada.texts("BREAK")
    assert await ada.hears(says(ada, "TO-1", "18:42"))
    assert await ben.hears(says(ben, "TO-2", "18:42", "Ada"))

    for cut in ("tell her to come back now", "make it shorter", "her break is over", "enough"):
        await ben.texts(cut)
        assert await ben.hears(says(ben, "TO-13"))
    await ben.texts("tell her I'm sorry")
    assert await ben.hears(says(ben, "TO-18"))
    await ada.texts("ask him why he lied")
    assert await ada.hears(says(ada, "TO-18"))
    await ada.texts("I am walking by the river")
    assert await ada.hears(says(ada, "TO-17", "18:42"))
    await ben.texts("BREAK 45")
    assert await ben.hears(says(ben, "TO-1S", "18:57"))
    assert await network.is_quiet()
    await clock.until("18:27", ada.zone)
    assert await ada.hears(says(ada, "TO-3"))
    await clock.until("18:41", ada.zone)
    assert await ben.hears(says(ben, "TO-3"))
    assert await network.is_quiet()

    await clock.until("18:42", ada.zone)
    assert await ada.hears(says(ada, "TO-4", "18:42"))
    assert await ben.hears(says(ben, "TO-15"))


async def test_invariant_23_the_evening_line_waits_for_the_end_of_a_break_that_both_know_of(
    ada: Phone, ben: Phone, clock: Clock, network: Network
):
    await is_time_for_a_break(clock, ada, ben, "C5", "R5", "C1", "R1")
    await clock.until_day(6, "18:45", ada.zone)  # a Sunday: the line would come at 19:30
    for phone in (ada, ben):
        await phone.texts("6")
        await phone.texts("SKIP")
    await clock.until("19:00", ada.zone)
    for phone in (ada, ben):
        await phone.all_heard()

    await ada.texts("BREAK 40")
    assert await ada.hears(says(ada, "TO-1", "19:40"))
    assert await ben.hears(says(ben, "TO-2", "19:40", "Ada"))
    await clock.until("19:39", ada.zone)
    assert await ada.hears(says(ada, "TO-3"))
    assert await network.is_quiet()

    await clock.until("19:59", ada.zone)
    assert await ada.hears(says(ada, "TO-4", "19:40"), says(ada, "TO-4", "19:50"), says(ada, "TO-8", "10:00"))
    assert await ada.hears(CK_7)  # his number is about the evening before
    assert await ben.hears(says(ben, "TO-15"), says(ben, "TO-15"), says(ben, "TO-8", "10:00"))
    assert await ben.hears(CK_6.format(p="Ada", n="6"))
    assert await network.is_quiet()


async def test_a_break_in_the_night_is_private(ada: Phone, ben: Phone, clock: Clock, network: Network):
    await is_time_for_a_break(clock, ada, ben, at="22:10")

    await ada.texts("BREAK")
    assert await ada.hears(says(ada, "TO-1S", "22:40"))
    await clock.until("22:40", ada.zone)
    assert await ada.hears(says(ada, "TO-3"), says(ada, "TO-4", "22:40"))
    await ada.texts("8")
    assert await ada.hears(says(ada, "TO-6S", "10:00"))
    await clock.until("09:59", ada.zone)
    assert await network.is_quiet()
    await clock.until("10:00", ada.zone)
    assert await ada.hears(says(ada, "TO-4", "10:00"))
    await ada.texts("2")
    assert await ada.hears(says(ada, "TO-5S"))
    assert await network.is_quiet()


async def test_a_notice_taken_back_by_a_word_leaves_breaks_private(
    ada: Phone, ben: Phone, clock: Clock, network: Network
):
    await is_time_for_a_break(clock, ada, ben)
    await ada.texts("OFF breaks")
    await ada.all_heard(at_least=ada.heard + 1)

    await ada.texts("break 20")

    assert await ada.hears(says(ada, "TO-1S", "18:32"))
    await clock.until("18:35", ada.zone)
    assert await ada.hears(says(ada, "TO-3"), says(ada, "TO-4", "18:32"))
    assert await network.is_quiet()


async def test_somebody_alone_takes_a_private_break_and_is_asked_once_more_at_most(
    ada: Phone, clock: Clock, network: Network
):
    await clock.forward(minutes=1)

    await ada.texts("BREAK")
    await clock.forward(minutes=15)
    await clock.forward(minutes=15)
    await clock.forward(hours=3)

    bodies = [each["body"] for each in (await ada.received())[ada.heard :]]
    ada.heard += len(bodies)
    assert bodies[0].startswith("Break started, just for you.")
    assert bodies[1] == says(ada, "TO-3")
    assert [body.endswith("How worked up is your body now, 0-10?") for body in bodies[2:]] == [True, True]
    assert await network.is_quiet()


async def test_four_breaks_in_a_week_bring_one_kind_line_to_the_caller_alone(
    ada: Phone, ben: Phone, clock: Clock, network: Network
):
    await is_time_for_a_break(clock, ada, ben, at="13:00")
    for _ in range(5):
        await ada.texts("BREAK 20")
        await clock.forward(minutes=20)
        for phone in (ada, ben):
            await phone.texts("2")
            await phone.texts("1")
        await clock.forward(minutes=50)
    await clock.forward(hours=1)

    lines = [each["body"] for each in await ada.received() if each["body"].startswith("Breaks work best")]
    assert len(lines) == 1
    assert [each for each in await ben.received() if each["body"].startswith("Breaks work best")] == []


async def test_what_a_person_answered_is_sealed_and_a_break_keeps_no_words(
    ada: Phone, ben: Phone, clock: Clock, network: Network
):
    await is_time_for_a_break(clock, ada, ben)
    await ada.texts("BREAK")
    await clock.until("18:42", ada.zone)
    await ada.texts("9 because of him")
    await network.settled()

    rows = await ada.house.rows("SELECT answer_sealed, person_id FROM break_answer")
    assert [str(row["person_id"]) for row in rows] == [str((await person_of(ada)).id)]
    assert '"body"' not in rows[0]["answer_sealed"]


async def test_invariant_23_a_promise_made_during_a_break_reaches_the_other_only_after_it(
    ada: Phone, ben: Phone, clock: Clock, network: Network
):
    await is_time_for_a_break(clock, ada, ben, "C5", "R5", "C3", "R3")
    await ada.texts("BREAK")
    assert await ben.hears(says(ben, "TO-2", "18:42", "Ada"))
    for said in ("PROMISE call the bank saturday 5pm", "SKIP", "2"):
        await ada.texts(said)

    await clock.until("18:41", ada.zone)
    assert [each["body"] for each in (await ben.received())[ben.heard :]] == []

    await clock.until("19:59", ada.zone)
    told = [each["body"] for each in await ben.received() if "Ada made a promise you can follow" in each["body"]]
    assert len(told) == 1
