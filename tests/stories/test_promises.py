"""Making a promise by text (PROGRAMME P14 and the PROMISE table of 6.4): what is taken, what is refused and how."""

from __future__ import annotations

import pytest

from service.database import execute
from service.records import Promise
from tests.stories.keeping import notes_of, person_of
from tests.stories.people import Clock, Network, Phone
from tests.stories.promises import (
    are_partners,
    heard_since,
    newest,
    promises,
    relayed,
    rests_otherwise,
    when,
    words,
)
from tests.stories.words import CK_11

BANK = "call the bank"


async def count_of(phone: Phone) -> int:
    return await Promise.filter(person_id=(await person_of(phone)).id).count()


async def test_menu_names_promise(ada: Phone, network: Network):
    await ada.texts("MENU")

    await network.settled()
    assert "PROMISE for a promise" in (await ada.received())[-1]["body"]


async def test_a_promise_in_one_text_is_private_where_nobody_is_linked(ada: Phone, clock: Clock, network: Network):
    await rests_otherwise(ada)

    await ada.texts("PROMISE call the bank fri 5pm")
    assert await ada.hears(words(ada, "PR-2"))
    await ada.texts("if lunch is over, then I call")

    made = await newest(ada)
    due = when(ada, made.due_at)
    assert due["t"] == "5:00 PM"
    assert await ada.hears(words(ada, "PR-4", item=BANK, code=made.code, **due))
    assert made.level == 1
    assert await network.is_quiet()


@pytest.mark.parametrize(
    ("said", "phrase"),
    [
        ("be better", "PR-9"),
        ("call the bank", "PR-9"),
        ("he must call by fri 5pm", "PR-10"),
        ("call the bank yesterday 5pm", "PR-14"),
        ("call the bank in 20 minutes", "PR-15"),
        ("call the bank in 40 days", "PR-15"),
        ("check her phone fri 5pm", "AG-7"),
    ],
)
async def test_what_is_no_promise_gets_one_kind_line_and_then_rests(
    said: str, phrase: str, ada: Phone, network: Network
):
    await rests_otherwise(ada)
    await ada.texts("PROMISE")

    await ada.texts(said)
    await ada.texts("hm")

    assert await ada.hears(words(ada, "PR-1"), words(ada, phrase), CK_11)
    assert await count_of(ada) == 0
    assert await network.is_quiet()


async def test_the_words_stay_when_only_the_time_was_wrong(ada: Phone, network: Network):
    await rests_otherwise(ada)
    await ada.texts("PROMISE call the bank yesterday 5pm")
    assert await ada.hears(words(ada, "PR-14"))

    await ada.texts("fri 5pm")
    assert await ada.hears(words(ada, "PR-2"))
    await ada.texts("SKIP")

    made = await newest(ada)
    assert await ada.hears(words(ada, "PR-4", item=BANK, code=made.code, **when(ada, made.due_at)))


async def test_a_draft_dies_after_twelve_hours_without_a_text(ada: Phone, clock: Clock, network: Network):
    await rests_otherwise(ada)
    await ada.texts("PROMISE")
    assert await ada.hears(words(ada, "PR-1"))

    await clock.forward(hours=13)

    assert await count_of(ada) == 0
    assert await network.is_quiet()


async def test_who_says_nothing_about_who_hears_has_a_private_promise(
    ada: Phone, ben: Phone, clock: Clock, network: Network
):
    await are_partners(clock, ada, ben)
    await ada.texts("PROMISE call the bank fri 5pm")
    await ada.texts("SKIP")
    assert await ada.hears(words(ada, "PR-2"), words(ada, "PR-3", p="Ben"))

    await clock.forward(hours=13)

    assert (await newest(ada)).level == 1
    assert await network.is_quiet()


async def test_a_fourth_promise_waits_until_one_is_finished(ada: Phone, network: Network):
    await rests_otherwise(ada)
    for item in ("call the bank", "wash the car", "mail the form"):
        await ada.texts(f"PROMISE {item} fri 5pm")
        await ada.texts("SKIP")
    await network.settled()
    await ada.all_heard()

    await ada.texts("PROMISE")

    assert await ada.hears(words(ada, "PR-8"))
    assert await network.is_quiet()


async def test_a_third_notice_is_refused_and_updates_are_offered(
    ada: Phone, ben: Phone, clock: Clock, network: Network
):
    await are_partners(clock, ada, ben)
    for item in ("call the bank", "wash the car"):
        assert (await promises(ada, f"{item} fri 5pm", "3")).level == 3

    await ada.texts("PROMISE mail the form fri 5pm")
    await ada.texts("SKIP")
    await ada.texts("3")
    await ada.texts("2")

    made = await newest(ada)
    assert await ada.hears(
        words(ada, "PR-2"), words(ada, "PR-3", p="Ben"), words(ada, "PR-16", p="Ben"),
        words(ada, "PR-4", item="mail the form", code=made.code, **when(ada, made.due_at)),
    )  # fmt: skip
    assert made.level == 2


@pytest.mark.parametrize(("switches", "phrase"), [(("C5", "R5"), "SH-4"), (("C3", "R3"), "SH-5")])
async def test_invariant_17_a_text_cannot_go_beyond_the_switches(
    switches: tuple[str, ...], phrase: str, ada: Phone, ben: Phone, clock: Clock, network: Network
):
    await are_partners(clock, ada, ben, *switches)
    await ada.texts("PROMISE call the bank fri 5pm")
    await ada.texts("SKIP")

    await ada.texts("3")

    made = await newest(ada)
    ph = ada.house.house.settings.voice_number
    assert await ada.hears(
        words(ada, "PR-2"), words(ada, "PR-3", p="Ben"), words(ada, phrase, ph=ph),
        words(ada, "PR-4", item=BANK, code=made.code, **when(ada, made.due_at)),
    )  # fmt: skip
    assert made.level == 1
    assert await relayed(clock, ben) == []


async def test_a_morning_promise_is_named_the_evening_before(ada: Phone, clock: Clock, network: Network):
    await rests_otherwise(ada)
    await promises_alone(ada, "call the bank fri 9am")

    await clock.until_day(4, "10:01", ada.zone)

    assert await heard_since(ada) == [
        ("Thu 19:00", words(ada, "PR-5", item=BANK, t="9:00 AM")), ("Fri 10:00", words(ada, "PR-6", item=BANK)),
    ]  # fmt: skip


async def promises_alone(phone: Phone, what: str) -> None:
    await phone.texts(f"PROMISE {what}")
    await phone.texts("SKIP")
    await Network(phone.house).settled()
    await phone.all_heard()


async def test_before_it_is_due_it_can_be_changed_or_given_up(ada: Phone, clock: Clock, network: Network):
    await rests_otherwise(ada)
    await promises_alone(ada, "call the bank fri 5pm")
    await clock.until_day(4, "15:01", ada.zone)
    await ada.all_heard()

    await ada.texts("2")
    assert await ada.hears(words(ada, "PR-18"))
    await ada.texts("sat 5pm")
    made = await newest(ada)
    assert await ada.hears(words(ada, "PR-4", item=BANK, code=made.code, **when(ada, made.due_at)))

    await clock.until_day(5, "15:01", ada.zone)
    assert await heard_since(ada) == [("Sat 15:00", words(ada, "PR-5", item=BANK, t="5:00 PM"))]
    await ada.texts("3")
    await ada.texts("6")
    await ada.texts("DROP IT")
    assert await ada.hears(words(ada, "PN-1"), words(ada, "PN-2"), words(ada, "PN-8B"))
    assert await notes_of(ada) == ["rather not say"]


async def test_a_plan_without_a_time_is_asked_for_once_and_then_means_this_week(
    ada: Phone, clock: Clock, network: Network
):
    await rests_otherwise(ada)
    await promises_alone(ada, "call the bank tue 5pm")
    await clock.until_day(1, "17:01", ada.zone)
    await ada.all_heard()

    for said in ("partly", "1", "soon", "when I can"):
        await ada.texts(said)

    made = await newest(ada)
    assert await ada.hears(
        words(ada, "PN-1"), words(ada, "PN-2"), words(ada, "PN-2B"),
        words(ada, "PN-3", item=BANK, **when(ada, made.due_at)),
    )  # fmt: skip
    assert when(ada, made.due_at)["t"] == "7:00 PM"


async def test_one_that_moved_three_times_is_asked_about(ada: Phone, clock: Clock, network: Network):
    await rests_otherwise(ada)
    await promises_alone(ada, "call the bank tue 5pm")
    for weekday, plan in ((1, "wed 5pm"), (2, "thu 5pm"), (3, "fri 5pm")):
        await clock.until_day(weekday, "17:01", ada.zone)
        for said in ("3", "1", plan):
            await ada.texts(said)
    await clock.until_day(4, "17:01", ada.zone)
    await ada.all_heard()

    await ada.texts("3")

    assert await ada.hears(words(ada, "PN-10"))
    await ada.texts("2")
    assert await ada.hears(words(ada, "PN-8B"))


async def test_a_code_that_nobody_knows_is_lost(ada: Phone, network: Network):
    await rests_otherwise(ada)

    await ada.texts("CHANGE QQ")

    assert await ada.hears(words(ada, "G-LOST"))


async def test_a_number_that_fits_the_check_in_and_a_promise_goes_to_neither(
    ada: Phone, clock: Clock, network: Network
):
    await rests_otherwise(ada)
    await promises_alone(ada, "call the bank tue 5pm")
    await clock.until_day(1, "17:01", ada.zone)
    await ada.texts("CHECK")
    await network.settled()
    await ada.all_heard()

    await ada.texts("3")
    assert await ada.hears(words(ada, "G-WHICH", n="3", item=BANK))
    await ada.texts("1")
    assert (await ada.hears("And how settled is your body right now…")) is True
    await ada.texts("2")
    await network.settled()
    await ada.all_heard()

    await ada.texts("done")
    assert await ada.hears(words(ada, "PR-7"))


async def test_a_check_in_takes_the_place_of_the_question_and_words_still_find_it(
    ada: Phone, clock: Clock, network: Network
):
    await rests_otherwise(ada)
    await promises_alone(ada, "call the bank tue 5pm")
    await clock.until_day(1, "17:01", ada.zone)
    await ada.all_heard()
    await ada.texts("CHECK")
    assert await ada.hears("Mendline: Check-in time.…")

    await ada.texts("not yet, forgot")
    assert await ada.hears(words(ada, "PN-2"))


async def test_stop_erases_what_only_the_maker_knew(ada: Phone, clock: Clock, network: Network):
    await rests_otherwise(ada)
    await promises_alone(ada, "call the bank fri 5pm")

    await ada.texts("STOP")
    await clock.until_day(5, "12:00", ada.zone)

    assert await count_of(ada) == 0


async def test_a_promise_on_a_shared_phone_shows_the_bland_line_first(ada: Phone, clock: Clock, network: Network):
    await rests_otherwise(ada)
    await promises_alone(ada, "call the bank tue 5pm")
    await execute(
        "UPDATE person SET settings = settings || '{\"discretion\": \"D2\"}'::jsonb WHERE id = $1",
        (await person_of(ada)).id,
    )

    await clock.until_day(1, "17:00", ada.zone)

    bland = words(ada, "D2-1")
    assert await heard_since(ada) == [("Tue 15:00", bland), ("Tue 17:00", bland)]
    await ada.texts("OK")
    assert await ada.hears(words(ada, "PR-6", item=BANK))
