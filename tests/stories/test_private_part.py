"""The private set-up by phone (PROGRAMME 4.1 to 4.4): notice, safety screen and lesson. Never a word by text."""

from __future__ import annotations

import json

import pytest

from service.records import ConsentEntry, Due, SafetyScreen
from tests.stories.beginnings import are_linked
from tests.stories.keeping import kept, person_of
from tests.stories.own_calls import CODE, agrees, written_down
from tests.stories.people import Clock, HeldCall, Network, Phone
from tests.stories.private_part import (
    ALONE,
    FINISH,
    LESSON,
    NO_TO_ALL,
    NOTICE,
    calls_with_code,
    is_set_up,
    presses_all,
    sets_code,
)
from tests.stories.promises import are_partners, heard_since, promises

PRIVACY = "Texts are not encrypted and can be read by anyone who can open this phone or its cloud backup."
ALONE_ASKED = "Before we start: are you alone, where no one can hear or see?"
AFRAID = "These questions are asked of everyone."
THANKS = "Thank you. You'll get your own prompts, for you alone. Shared parts may or may not open;"
LESSON_OFFERED = "Next is a lesson about time-outs, about three minutes."
UNFINISHED = "The private part isn't finished yet."
MAIN = "You're in. Nothing you say here is shared unless you choose it."
SCREEN_AGAIN = "The private questions come round from time to time, for everyone, and it's time again."
POSITIVE = ("1", "2", "1", "1", "1")
SHARED = ("C3", "R3", "PM-6")


async def ours(call: HeldCall) -> list[str]:
    """All that we said on a call."""
    return [each["text"] for each in (await call.house.get(call.path))["transcript"] if each["who"] == "us"]


async def goes_through_it(phone: Phone, network: Network) -> str:
    """The whole set-up without a slip; the transcript of the call."""
    call = await sets_code(phone, network)
    await presses_all(call, *NOTICE, ALONE, *NO_TO_ALL, FINISH, *LESSON)
    assert await call.is_over()
    assert await network.is_quiet()
    return await written_down(call, phone.name)


async def has_a_hard_time(phone: Phone, network: Network) -> str:
    """Mistypes, asks again, has to stop twice and goes on where they were; the transcripts of three calls."""
    first = await sets_code(phone, network)
    await presses_all(first, "0", "1", "9", "1", ALONE, "1", "5", "2", "*")
    second = await calls_with_code(phone)
    await presses_all(second, "1", ALONE)
    await second.says_nothing()
    await presses_all(second, "1", "3", "1", "1", "2", "8", "0", "1", "1", "1", "0", "1")
    await second.hangs_up()
    third = await calls_with_code(phone)
    await presses_all(third, "1", "1", *"1111")
    assert await third.is_over()
    assert await network.is_quiet()
    return "\n".join([await written_down(call, phone.name) for call in (first, second, third)])


async def test_after_the_first_code_ada_goes_on_with_the_private_set_up(
    ada: Phone, network: Network, request: pytest.FixtureRequest
):
    assert agrees(await goes_through_it(ada, network), "set-up.txt", request)


async def test_after_the_first_code_carmen_goes_on_with_the_private_set_up(
    carmen: Phone, network: Network, request: pytest.FixtureRequest
):
    assert agrees(await goes_through_it(carmen, network), "set-up-es.txt", request)


async def test_ada_mistypes_asks_again_and_goes_on_where_she_had_to_stop(
    ada: Phone, network: Network, request: pytest.FixtureRequest
):
    assert agrees(await has_a_hard_time(ada, network), "set-up-clumsy.txt", request)


async def test_carmen_mistypes_asks_again_and_goes_on_where_she_had_to_stop(
    carmen: Phone, network: Network, request: pytest.FixtureRequest
):
    assert agrees(await has_a_hard_time(carmen, network), "set-up-clumsy-es.txt", request)


async def test_the_notice_and_the_lesson_are_in_the_ledger_with_the_words_that_were_heard(ada: Phone, network: Network):
    await is_set_up(ada, network)

    entries = await ConsentEntry.filter(person_ref=(await person_of(ada)).id, act="heard").order_by("id")
    assert [each.subject for each in entries] == [
        "privacy-1", "privacy", "screen", *(f"lesson-{part}" for part in range(1, 7)),
    ]  # fmt: skip
    assert entries[0].wording.startswith(PRIVACY)
    assert entries[1].wording.startswith("You can ask for a copy or for everything to be erased.")
    assert {each.channel for each in entries} == {"voice"}


async def test_a_notice_that_was_not_confirmed_was_not_heard(ada: Phone, network: Network):
    call = await sets_code(ada, network)
    await call.presses("1")
    await call.hangs_up()

    entries = await ConsentEntry.filter(person_ref=(await person_of(ada)).id, act="heard").values_list(
        "subject", flat=True
    )
    assert entries == ["privacy-1"]
    again = await calls_with_code(ada)
    assert await again.hears(UNFINISHED)
    await again.presses("1")
    assert await again.hears(PRIVACY)


async def test_everybody_hears_the_same_whatever_they_answered(ada: Phone, ben: Phone, network: Network):
    calls = []
    for phone, answers in ((ada, NO_TO_ALL), (ben, ("2", "3", "2", "2", "1"))):
        call = await sets_code(phone, network)
        await presses_all(call, *NOTICE, ALONE, *answers, FINISH, *LESSON)
        calls.append(await ours(call))

    assert calls[0] == calls[1]
    assert any(line.startswith(THANKS) for line in calls[0])


async def test_only_who_worries_about_what_they_did_hears_that_line_and_only_at_key_8(
    ada: Phone, ben: Phone, network: Network
):
    own = "To talk about your own actions:"
    said = []
    for phone, answers in ((ada, NO_TO_ALL), (ben, ("1", "1", "1", "1", "2"))):
        call = await sets_code(phone, network)
        await presses_all(call, *NOTICE, ALONE, *answers)
        before = " ".join(await ours(call))
        await call.presses("8")
        said.append((own in before, own in " ".join(await ours(call))))
        await call.presses("*")

    assert said == [(False, False), (False, True)]


async def test_no_answer_is_kept_anywhere_but_in_one_sealed_result(ada: Phone, network: Network):
    await is_set_up(ada, network, answers=POSITIVE)

    person, house = await person_of(ada), ada.house
    [row] = await SafetyScreen.filter(person_id=person.id)
    assert row.result_sealed is not None
    assert "alone" not in row.result_sealed
    assert 60 <= (row.again_on - row.answered_on).days <= 120
    assert (row.keep_until - row.answered_on).days == 120
    sessions = await house.rows("SELECT state_sealed FROM session WHERE person_id = $1 AND NOT is_open", person.id)
    assert {each["state_sealed"] for each in sessions} == {""}
    assert "In the past year" not in json.dumps(await kept(ada))
    logs = " ".join((house.folder / f"{name}.log").read_text() for name in ("web", "worker"))
    assert "afraid" not in logs
    assert "solo" not in logs


async def test_somebody_whom_the_screen_keeps_alone_is_as_silent_as_if_they_had_withdrawn(
    ada: Phone, ben: Phone, clock: Clock, network: Network
):
    await are_partners(clock, ada, ben, *SHARED)
    await promises(ada, "call the bank, Fri 5pm", "2")
    await clock.forward(minutes=8)
    assert len(await heard_since(ben)) == 1
    await is_set_up(ada, network, answers=POSITIVE)

    await ada.texts("PROMISE call the dentist, Fri 4pm")
    await ada.texts("SKIP")
    await ada.texts("2")
    await network.settled()
    await clock.forward(minutes=8)

    answer = [each["body"] for each in await ada.received()][-2]
    assert answer.startswith("Sharing that kind of thing isn't switched on")
    assert await heard_since(ben) == []
    revoked = await ConsentEntry.filter(person_ref=(await person_of(ada)).id, act="revoked").count()
    assert revoked == 0


async def test_invariant_20_no_pair_opens_while_one_screen_reads_so_and_it_opens_72_hours_after_it_does_not(
    ada: Phone, ben: Phone, clock: Clock, network: Network
):
    await is_set_up(ada, network, answers=POSITIVE)
    await are_linked(ada, ben, *SHARED)
    await network.settled()
    assert await states(ada) == ["proposed"]

    call = await calls_with_code(ada)
    await call.presses("*")
    await ask_again(ada)
    call = await calls_with_code(ada)
    assert await call.hears(SCREEN_AGAIN)
    await presses_all(call, "1", ALONE, *NO_TO_ALL, FINISH)
    await clock.forward(hours=71)
    assert await states(ada) == ["proposed"]
    await clock.forward(hours=1, minutes=1)

    assert await states(ada) == ["active"]


async def test_words_of_harm_from_the_other_person_bring_the_screen_again_at_the_next_call(
    ada: Phone, network: Network
):
    await is_set_up(ada, network)
    call = await calls_with_code(ada)
    assert await call.hears(MAIN)
    await call.hangs_up()

    await ada.texts("he hit me")
    call = await calls_with_code(ada)

    assert await call.hears(SCREEN_AGAIN)
    await call.presses("2")
    assert await call.hears(MAIN)


async def test_on_the_drawn_day_who_agreed_to_calls_is_called_without_a_topic(
    ada: Phone, clock: Clock, network: Network
):
    await clock.until_day(1, "16:30", ada.zone)
    await ada.texts("2")  # calls and texts
    await is_set_up(ada, network)
    due = await Due.get(person_id=(await person_of(ada)).id, kind="screen")

    await clock.to(due.due_at)
    call = await ada.answers()
    assert await call.hears("Hello. This is an automated reminder call from Mendline.")
    await call.presses("1")
    assert await call.hears("Please enter your PIN. Take your time.")
    await call.presses(CODE)
    assert await call.hears(SCREEN_AGAIN)
    await call.presses("2")

    assert await call.hears("Thank you. You can reach Mendline at")
    assert await call.is_over()
    assert not [line for line in (await ours(call))[:2] if "partner" in line or "private" in line]
    assert len([line for line in await ours(call) if line.startswith("Thank you. You can reach")]) == 1


async def test_on_the_drawn_day_who_wants_texts_alone_is_left_in_peace_until_they_call(
    ada: Phone, clock: Clock, network: Network
):
    await is_set_up(ada, network)
    due = await Due.get(person_id=(await person_of(ada)).id, kind="screen")

    await clock.to(due.due_at)
    await network.settled()

    rings = [each for each in await ada.house.get(f"{ada.path}/calls") if each["state"] == "ringing"]
    assert rings == []
    call = await calls_with_code(ada)
    assert await call.hears(SCREEN_AGAIN)


async def test_who_is_not_alone_hangs_up_by_star_and_nothing_is_kept(ada: Phone, network: Network):
    call = await sets_code(ada, network)
    await presses_all(call, *NOTICE)
    assert await call.hears(ALONE_ASKED)

    await call.presses("*")

    assert await call.hears("Okay. Goodbye.")
    assert await SafetyScreen.all().count() == 0
    assert await network.is_quiet()


async def test_the_third_day_a_text_tells_of_the_private_part_and_only_who_has_it_ahead(
    ada: Phone, ben: Phone, clock: Clock, network: Network
):
    await is_set_up(ada, network)

    await clock.until_day(3, "19:00", ada.zone)

    texts = [[each["body"] for each in await phone.received()] for phone in (ada, ben)]
    told = [[body for body in bodies if "private and takes" in body] for bodies in texts]
    assert told == [[], ["Last part is private and takes 4 min. When alone, call +12025550100."]]


async def states(phone: Phone) -> list[str]:
    """The states of the pairs this person is in."""
    rows = await phone.house.rows(
        "SELECT pair.state FROM pair JOIN pair_member m ON m.pair_id = pair.id WHERE m.person_id = $1",
        (await person_of(phone)).id,
    )
    return [each["state"] for each in rows]


async def ask_again(phone: Phone) -> None:
    """The drawn day is today."""
    row = await SafetyScreen.get(person_id=(await person_of(phone)).id)
    row.again_on = row.answered_on
    await row.save()
