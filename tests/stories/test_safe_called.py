"""SAFE by phone (PROGRAMME 4.3, 7.4): the numbers on a call without a topic, and the screen again behind the code."""

from __future__ import annotations

from service.records import SafetyScreen
from tests.stories.keeping import person_of
from tests.stories.own_calls import CODE, has_code
from tests.stories.people import Clock, Network, Phone
from tests.stories.private_part import ALONE, FINISH, NO_TO_ALL, presses_all
from tests.stories.promises import heard_since, words
from tests.stories.ringing import OPENING

BY_PHONE, AGAIN = "4", "1"
NUMBERS = {"en": "In danger, hang up and call 9 1 1.", "es": "En peligro, cuelga y llama al 9 1 1."}
QUESTIONS = {"en": "To answer the private questions again, press 1.", "es": "Para responder otra vez las preguntas"}


async def test_safe_rings_reads_the_numbers_and_leads_to_the_screen(ada: Phone, clock: Clock, network: Network):
    await leads_to_the_screen(ada, network)


async def test_the_same_in_spanish(carmen: Phone, clock: Clock, network: Network):
    await leads_to_the_screen(carmen, network)


async def leads_to_the_screen(phone: Phone, network: Network) -> None:
    """By text, then on the call that rings, to the end of the five questions."""
    await has_code(phone)
    before = await SafetyScreen.get_or_none(person_id=(await person_of(phone)).id)
    await heard_since(phone)
    await phone.texts("SAFE" if phone.locale == "en" else "SEGURO")
    await phone.texts(BY_PHONE)
    await network.settled()
    assert [body for _, body in await heard_since(phone)] == [words(phone, "SF-1"), words(phone, "SF-2")]

    call = await phone.answers()
    assert await call.hears(OPENING[phone.locale])
    await call.presses("1")
    assert await call.hears(NUMBERS[phone.locale])
    await call.presses("1")
    assert await call.hears(QUESTIONS[phone.locale])
    await presses_all(call, AGAIN, CODE, ALONE, *NO_TO_ALL, FINISH)

    assert await call.is_over()
    after = await SafetyScreen.get(person_id=(await person_of(phone)).id)
    assert before is None or after.result_sealed != before.result_sealed
    assert await network.is_quiet()


async def test_without_a_code_the_numbers_are_all_and_a_star_leaves_the_phone_in_peace(
    ada: Phone, clock: Clock, network: Network
):
    await ada.texts("SAFE")
    await ada.texts(BY_PHONE)
    await network.settled()
    call = await ada.answers()
    await presses_all(call, "1", "1")
    assert await call.hears("Thank you. You can reach Mendline at")

    await ada.texts("SAFE")
    await ada.texts(BY_PHONE)
    await network.settled()
    call = await ada.answers()
    await presses_all(call, "1", "*")

    assert (await person_of(ada)).settings["channel"] == "inbound"


async def test_at_night_the_numbers_come_by_text(ada: Phone, clock: Clock, network: Network):
    await clock.until("23:30", ada.zone)
    await heard_since(ada)

    await ada.texts("SAFE")
    await ada.texts(BY_PHONE)
    await network.settled()

    assert "988" in (await heard_since(ada))[-1][1]
    assert await ada.rung() == []


async def test_the_page_says_in_words_what_comes(ada: Phone, clock: Clock, network: Network):
    call = await ada.calls()
    await call.hangs_up()
    await has_code(ada)

    coming = await network.comes("a look at what may open")

    assert "screen-counts" not in coming
