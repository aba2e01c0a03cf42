"""The check-in by call (PROGRAMME P01, 3.6): rung at its hour, and answered by key."""

from __future__ import annotations

from tests.stories.keeping import numbers_of
from tests.stories.people import Clock, HeldCall, Network, Phone
from tests.stories.promises import heard_since
from tests.stories.ringing import OPENING, RINGS_FOR, let_it_ring, rang_at, take_the_call, want_calls
from tests.stories.words import CK_1

CHECK_IN = "Here's your check-in. Think of today so far."


async def test_who_takes_the_call_checks_in_by_key(ada: Phone, clock: Clock, network: Network):
    await want_calls(clock, ada)
    await clock.until("18:30", ada.zone)
    (call,) = await take_the_call(ada)
    assert await call.hears(CHECK_IN)

    for key in ("7", "1", "2", "1"):
        await call.presses(key)

    assert await call.hears("Thank you. You can reach Mendline at")
    assert {each[1:] for each in await numbers_of(ada)} == {("mood", "7"), ("body", "2")}
    await clock.until("21:00", ada.zone)
    assert await rang_at(ada) == ["18:30"]


async def test_who_takes_neither_call_is_asked_by_text_under_the_same_question(
    ada: Phone, clock: Clock, network: Network
):
    await want_calls(clock, ada)
    await clock.until("18:30", ada.zone)
    await heard_since(ada)
    await let_it_ring(clock, ada)
    assert await heard_since(ada) == []

    await clock.until("19:00", ada.zone)
    await clock.forward(seconds=RINGS_FOR)  # half an hour since the first one was given up
    await let_it_ring(clock, ada)

    assert [body for _, body in await heard_since(ada)] == [CK_1]
    assert await rang_at(ada) == ["18:30", "19:00"]
    asked = await ada.house.rows(
        "SELECT due_id FROM call WHERE script = 'check-in-outgoing' UNION ALL"
        " SELECT due_id FROM outbox WHERE phrase_id = 'CK-1' AND due_id IS NOT NULL"
    )
    assert len(asked) == 3
    assert len({str(each["due_id"]) for each in asked}) == 1
    await ada.texts("7")
    assert {each[1:] for each in await numbers_of(ada)} == {("mood", "7")}


async def test_a_machine_hears_nothing_and_counts_as_nobody(carmen: Phone, clock: Clock, network: Network):
    await want_calls(clock, carmen)
    await clock.until("18:30", carmen.zone)
    ringing = await carmen.rings()

    await ringing.act("voicemail")

    assert await what_was_said(carmen, ringing) == []
    await clock.until("19:00", carmen.zone)
    (call,) = await take_the_call(carmen)
    assert await call.hears("Este es tu registro.")


async def test_a_machine_hears_one_neutral_line_where_the_person_chose_it(
    ada: Phone, carmen: Phone, clock: Clock, network: Network
):
    await want_calls(clock, ada, carmen)
    await ada.house.rows("UPDATE person SET settings = settings || '{\"voicemail\": \"on\"}'::jsonb RETURNING id")
    await clock.until("18:30", ada.zone)
    said = []
    for phone in (ada, carmen):
        ringing = await phone.rings()
        await ringing.act("voicemail")
        said.append(await what_was_said(phone, ringing))

    assert said == [
        ["This is a reminder call from Mendline. No need to call back."],
        ["Esta es una llamada de recordatorio de Mendline. No hace falta devolver la llamada."],
    ]
    assert not [line for lines in said for line in lines if line in OPENING.values()]


async def what_was_said(phone: Phone, call: HeldCall) -> list[str]:
    """Every word of ours on a call."""
    return [each["text"] for each in (await phone.house.get(call.path))["transcript"] if each["who"] == "us"]
