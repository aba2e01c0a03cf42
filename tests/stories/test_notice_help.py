"""What a receiver who wants it is offered for themself, after a notice and after a "not done yet" (P15, P16)."""

from __future__ import annotations

import pytest

from service.database import execute
from tests.stories.keeping import notes_of, person_of
from tests.stories.people import Clock, Network, Phone
from tests.stories.promises import are_partners, heard_since, newest, promises, when, words

BANK = "call the bank"


async def wants_help(phone: Phone) -> None:
    """Their own setting, which nobody else sees."""
    await execute(
        "UPDATE person SET settings = settings || '{\"notice_help\": \"on\"}'::jsonb WHERE id = $1",
        (await person_of(phone)).id,
    )


async def hears_not_yet(clock: Clock, ada: Phone, ben: Phone, *, tells: str) -> None:
    """Ada's promise is due on Friday at four; she reports and sends it, and the line has reached Ben by 16:09."""
    await are_partners(clock, ada, ben)
    await promises(ada, "call the bank, Fri 4pm", "3")
    await clock.until_day(4, "16:01", ada.zone)
    await ben.all_heard()
    for said in ("3", "2", "sunday 6pm", tells):
        await ada.texts(said)
    await clock.until("16:20", ben.zone)


@pytest.mark.parametrize(("tells", "line"), [("1", "PN-5"), ("2", "PN-6")])
async def test_two_minutes_after_not_done_yet_ben_is_asked_what_would_help_him(
    tells: str, line: str, ada: Phone, ben: Phone, clock: Clock, network: Network
):
    await wants_help(ben)
    await hears_not_yet(clock, ada, ben, tells=tells)

    (first, said), (second, help_) = await heard_since(ben)
    later = {**when(ben, (await newest(ada)).due_at), "item": BANK, "p": "Ada", "w": "forgot"}
    assert (said, help_) == (words(ben, line, **later), words(ben, "PN-7"))
    assert int(second[-2:]) - int(first[-2:]) == 2
    await ben.texts("2")
    await ben.texts("I would like us to laugh again")
    assert await ben.hears(words(ben, "PM-5B"), words(ben, "CK-3"))
    assert await notes_of(ben) == ["I would like us to laugh again"]
    assert not any("laugh" in each["body"] for each in await ada.received())


async def test_who_did_not_ask_for_it_is_asked_nothing(ada: Phone, ben: Phone, clock: Clock, network: Network):
    await hears_not_yet(clock, ada, ben, tells="2")

    assert [body for _, body in await heard_since(ben)] == [
        words(ben, "PN-6", p="Ada", item=BANK, **when(ben, (await newest(ada)).due_at)),
    ]


async def test_two_minutes_after_a_notice_a_call_can_be_had(ada: Phone, ben: Phone, clock: Clock, network: Network):
    await wants_help(ben)
    await are_partners(clock, ada, ben)
    await promises(ada, "call the bank, Fri 4pm", "3")
    await clock.until_day(4, "16:01", ada.zone)
    await ben.all_heard()

    await clock.until_day(5, "19:33", ben.zone)
    assert await heard_since(ben) == [
        ("Sat 19:30", words(ben, "PM-1", item=BANK)), ("Sat 19:32", words(ben, "PM-5")),
    ]  # fmt: skip
    await ben.texts("1")
    assert await ben.hears(words(ben, "G-CALL", ph=ben.house.house.settings.voice_number))
    await clock.forward(minutes=1)
    call = await ben.answers()
    assert await call.hears("Hello. This is an automated reminder call from Mendline.")
    await call.presses("*")
