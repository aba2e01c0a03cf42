"""Sharing by telephone (PROGRAMME 4.6): heard and lowered at once, raised by two yeses with the code, a day apart."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from service.database import in_transaction
from service.records import ConsentEntry, Grant, SharingAsk
from service.someone import lock_someone
from service.switching import give
from tests.stories.beginnings import has_no_private_part_ahead
from tests.stories.keeping import person_of
from tests.stories.own_calls import agrees, calls_own_things, written_down
from tests.stories.people import Clock, Network, Phone
from tests.stories.private_part import calls_with_code, presses_all
from tests.stories.promises import are_partners, heard_since, when, words

SETTINGS = "4"
NUMBER_ON = ("1", "1", "1", "1")  # on, goes out, the day's number, yes
SECOND = "Something you chose waits for your second yes."
MAIN = "You're in. Nothing you say here is shared unless you choose it."


async def grants_of(phone: Phone) -> set[str]:
    """What stands for this person."""
    rows = await Grant.filter(person_id=(await person_of(phone)).id, withdrawn_at__isnull=True)
    return {row.kind for row in rows}


async def test_invariant_17_a_switch_goes_on_with_the_code_a_day_and_a_second_yes(
    ada: Phone, ben: Phone, clock: Clock, network: Network
):
    await are_partners(clock, ada, ben, "C3", "R3")
    call = await calls_own_things(ada, SETTINGS)
    assert await call.hears("What goes to the other person: promises. What comes to you: promises.")
    await presses_all(call, *NUMBER_ON)
    assert await call.hears("Noted. It isn't on yet.")
    await call.hangs_up()
    assert "C1" not in await grants_of(ada)

    await clock.forward(hours=23)
    call = await calls_with_code(ada)
    assert await call.hears(MAIN)
    await call.hangs_up()
    await clock.forward(hours=1, minutes=1)
    call = await calls_with_code(ada)
    assert await call.hears(SECOND)
    await call.presses("1")
    assert await call.hears("You said yes to this a day ago or more.", "On the evenings the other person chose,")
    assert "C1" not in await grants_of(ada)
    await call.presses("1")

    assert await call.hears("It's on now.", "Thank you. You can reach Mendline at")
    assert "C1" in await grants_of(ada)
    entries = await ConsentEntry.filter(person_ref=(await person_of(ada)).id, subject="C1").order_by("id")
    assert [(each.act, each.channel, each.phrase_id) for each in entries] == [
        ("asked", "voice", "V-SHU-C1"), ("given", "voice", "V-SHU-C1"),
    ]  # fmt: skip
    assert await network.is_quiet()


async def test_no_second_yes_leaves_it_off_and_forgets_the_first(
    ada: Phone, ben: Phone, clock: Clock, network: Network
):
    await are_partners(clock, ada, ben, "C3", "R3")
    call = await calls_own_things(ada, SETTINGS, *NUMBER_ON)
    await call.hangs_up()
    await clock.forward(hours=25)

    call = await calls_with_code(ada)
    await presses_all(call, "1", "2")

    assert await call.hears("Then it stays off.")
    assert "C1" not in await grants_of(ada)
    assert await SharingAsk.all().count() == 0
    assert await network.is_quiet()


async def test_a_switch_goes_off_at_once_and_nobody_is_told(ada: Phone, ben: Phone, clock: Clock, network: Network):
    await are_partners(clock, ada, ben, "C3", "R3", "C5", "R5")
    call = await calls_own_things(ada, SETTINGS)

    await presses_all(call, "2", "1", "2")

    assert await call.hears("It's off now. Nobody is told.")
    assert await grants_of(ada) == {"R3", "C5", "R5"}
    await presses_all(call, "2", "3")
    assert await grants_of(ada) == set()
    assert await network.is_quiet()


async def test_alone_one_step_is_open_and_a_yes_waits(elena: Phone, network: Network):
    call = await calls_own_things(elena, SETTINGS)

    assert await call.hears("Queda un paso abierto, así que aún no se comparte nada.")
    await presses_all(call, *NUMBER_ON)

    assert await call.hears("Anotado. Aún no está activo.")
    assert await grants_of(elena) == set()
    assert await network.is_quiet()


async def test_what_runs_out_is_told_three_days_before_and_kept_by_one_key(
    ada: Phone, ben: Phone, clock: Clock, network: Network
):
    await are_partners(clock, ada, ben, "C3", "R3")
    await has_no_private_part_ahead(ada, ben)
    person = await person_of(ada)
    await clock.forward(hours=25)
    [before] = await Grant.filter(person_id=person.id, kind="C3")

    call = await calls_own_things(ada, SETTINGS, "3")
    assert await call.hears("What is on stays on for longer.")
    await call.hangs_up()

    [kept] = await Grant.filter(person_id=person.id, kind="C3", withdrawn_at__isnull=True)
    assert kept.expires_at >= before.expires_at
    due = await ada.house.rows(
        "SELECT due_at FROM due WHERE person_id = $1 AND payload ->> 'script' = 'sharing-ends' AND state = 'waiting'"
        " ORDER BY due_at DESC",
        person.id,
    )
    assert 2 <= (kept.expires_at - due[0]["due_at"]).days <= 4


async def turns_the_number_on(phone: Phone, other: Phone, clock: Clock) -> str:
    """Hears what is shared, says yes, a day on says yes again, and hears what is shared now; the three calls."""
    await are_partners(clock, phone, other, "C3", "R3")
    first = await calls_own_things(phone, SETTINGS, *NUMBER_ON)
    await first.presses("4")
    await first.presses("4")
    await clock.forward(hours=25)
    second = await calls_with_code(phone)
    await presses_all(second, "1", "1")
    third = await calls_own_things(phone, SETTINGS, "3", "*")
    assert await third.is_over()
    return "\n".join([await written_down(call, phone.name) for call in (first, second, third)])


async def has_a_hard_time_with_switches(phone: Phone, other: Phone, clock: Clock) -> str:
    """Mistypes, asks again, says no, goes back, switches off what nobody switched on, falls silent; two calls."""
    await are_partners(clock, phone, other, "C3", "R3")
    first = await calls_own_things(phone, SETTINGS, "9", "0", "1", "5", "2", "1", "2", "1", "3", "2", "2", "4", "*")
    assert await first.is_over()
    second = await calls_own_things(phone, SETTINGS, "1")
    await second.says_nothing()
    await presses_all(second, "1", "4", "1")
    for _ in range(2):
        await second.says_nothing()
    assert await second.is_over()
    return "\n".join([await written_down(call, phone.name) for call in (first, second)])


async def test_ada_turns_the_days_number_on_to_the_letter(
    ada: Phone, ben: Phone, clock: Clock, network: Network, request: pytest.FixtureRequest
):
    assert agrees(await turns_the_number_on(ada, ben, clock), "sharing.txt", request)


async def test_carmen_turns_the_days_number_on_to_the_letter(
    carmen: Phone, bruno: Phone, clock: Clock, network: Network, request: pytest.FixtureRequest
):
    assert agrees(await turns_the_number_on(carmen, bruno, clock), "sharing-es.txt", request)


async def test_ada_mistypes_and_falls_silent_at_the_switches(
    ada: Phone, ben: Phone, clock: Clock, network: Network, request: pytest.FixtureRequest
):
    assert agrees(await has_a_hard_time_with_switches(ada, ben, clock), "sharing-clumsy.txt", request)


async def test_carmen_mistypes_and_falls_silent_at_the_switches(
    carmen: Phone, bruno: Phone, clock: Clock, network: Network, request: pytest.FixtureRequest
):
    assert agrees(await has_a_hard_time_with_switches(carmen, bruno, clock), "sharing-clumsy-es.txt", request)


async def test_a_text_tells_before_something_runs_out_and_doing_nothing_lets_it_stop(
    ada: Phone, ben: Phone, carmen: Phone, bruno: Phone, clock: Clock, network: Network
):
    for first, second in ((ada, ben), (carmen, bruno)):
        await are_partners(clock, first, second, "C3", "R3")
    ends = await clock.now() + timedelta(days=4)
    for phone in (ada, carmen):
        await runs_out(phone, "C3", ends)

    await clock.until_day(1, "20:00", ada.zone)

    for phone in (ada, carmen):
        told = words(phone, "SH-3", ph="+12025550100", d=when(phone, ends)["d"])
        assert await heard_since(phone) == [("Tue 16:30", told)]
    await clock.to(ends + timedelta(hours=3))
    for phone in (ada, ben, carmen, bruno):
        assert await heard_since(phone) == []
    call = await calls_own_things(ada, SETTINGS)
    assert await call.hears("What goes to the other person: nothing. What comes to you: promises.")


async def runs_out(phone: Phone, kind: str, at: datetime) -> None:
    """What stands of that kind runs out then, as if it had been given so."""
    house, person = phone.house.house, await person_of(phone)
    async with in_transaction("test"):
        someone = await lock_someone(house.vault, person.id)
        assert someone is not None
        entry = await ConsentEntry.filter(person_ref=person.id, subject=kind).first()
        assert entry is not None
        await give(someone, kind, entry=entry, until=at, now=house.clock.now())
