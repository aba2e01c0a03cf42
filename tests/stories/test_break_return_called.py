"""The return by call, of whoever wants calls: at the minutes of the return rule, and by text what nobody took."""

from __future__ import annotations

import pytest

from tests.stories.break_words import is_time_for_a_break, says
from tests.stories.own_calls import agrees, written_down
from tests.stories.people import Clock, HeldCall, Network, Phone
from tests.stories.ringing import CLOSING, has_checked_in, let_it_ring, rang_at, take_the_call, want_calls

BACK = {"en": "Hello, it's Mendline. Your break time is here.", "es": "Hola, soy Mendline. Es la hora de tu vuelta."}
BODY = {"en": "How worked up is your body, 0 to 10?", "es": "¿Qué tan alterado está tu cuerpo, de 0 a 10?"}
PRIVATE = {"en": "This is private.", "es": "Es privado."}
TALK = {"en": "Then a short talk may be possible.", "es": "Entonces quizá se pueda hablar un poco."}
MORE = {
    "en": "Then more time is kinder. I've set 7:12 PM.", "es": "Entonces más tiempo hace bien. He fijado las 19:12.",
}  # fmt: skip
BY_CALL = {"en": "I'll check in with you at {} by call.", "es": "Te pregunto a las {} con una llamada."}


async def calls_in_for_a_break(ada: Phone, ben: Phone, clock: Clock) -> HeldCall:
    """18:12, both want calls: the guided call sets 18:42 and says that the return rings."""
    await want_calls(clock, ada, ben)
    await is_time_for_a_break(clock, ada, ben)
    call = await ada.calls()
    for key in ("2", "1", "8", "2", "1", "1"):
        await call.presses(key)
    assert await call.hears(BY_CALL[ada.locale].format("6:42 PM" if ada.locale == "en" else "18:42"))
    assert await ben.hears(says(ben, "TO-2", "18:42", ada.name))
    return call


async def is_back(ada: Phone, ben: Phone, clock: Clock, network: Network) -> None:
    """18:42: both phones ring, and no text is sent."""
    await calls_in_for_a_break(ada, ben, clock)
    await clock.until("18:41", ada.zone)
    assert await ada.hears(says(ada, "TO-3"))
    assert await network.is_quiet()
    assert (await rang_at(ada), await rang_at(ben)) == ([], [])
    await clock.until("18:42", ada.zone)


async def comes_back(sam: Phone, lee: Phone, clock: Clock, network: Network) -> tuple[HeldCall, HeldCall]:
    """The return at 18:42 and the second check at 19:12, both by call on both sides."""
    await is_back(sam, lee, clock, network)
    first, theirs = await take_the_call(sam, lee)
    assert await first.hears(BACK[sam.locale])
    for key in ("1", "5"):
        await first.presses(key)
    assert await first.hears(BODY[sam.locale], MORE[sam.locale])
    await first.presses("1")
    assert await first.hears(BY_CALL[sam.locale].format("7:12 PM" if sam.locale == "en" else "19:12"))
    assert await first.hears(CLOSING[sam.locale])
    assert await theirs.hears(PRIVATE[lee.locale])
    for key in ("3", "1"):
        await theirs.presses(key)
    assert await theirs.hears(TALK[lee.locale], CLOSING[lee.locale])
    await clock.until("18:56", sam.zone)
    assert await network.is_quiet()
    await clock.until("18:57", sam.zone)
    assert await lee.hears(says(lee, "TO-8", "19:12"))
    await clock.until("19:12", sam.zone)
    for call, keys in zip(await take_the_call(sam, lee), (("1", "3", "1"), ("0", "1")), strict=True):
        for key in keys:
            await call.presses(key)
    for phone in (sam, lee):
        assert await phone.hears(says(phone, "TO-7"))
        assert await rang_at(phone) == ["18:42", "19:12"]
    assert await network.is_quiet()
    return first, theirs


async def test_ada_and_ben_are_rung_at_the_return_and_come_back(
    ada: Phone, ben: Phone, clock: Clock, network: Network, request: pytest.FixtureRequest
):
    own, theirs = await comes_back(ada, ben, clock, network)

    assert agrees(await written_down(own, "Ada"), "break-return.txt", request)
    assert agrees(await written_down(theirs, "Ben"), "break-partner.txt", request)


@pytest.mark.slow
async def test_carmen_and_bruno_are_rung_at_the_return_and_come_back(
    carmen: Phone, bruno: Phone, clock: Clock, network: Network, request: pytest.FixtureRequest
):
    own, theirs = await comes_back(carmen, bruno, clock, network)

    assert agrees(await written_down(own, "Carmen"), "break-return-es.txt", request)
    assert agrees(await written_down(theirs, "Bruno"), "break-partner-es.txt", request)


async def test_who_does_not_take_the_call_is_rung_once_more_ten_minutes_later_and_then_asked_by_text(
    ada: Phone, ben: Phone, clock: Clock, network: Network
):
    await is_back(ada, ben, clock, network)
    await let_it_ring(clock, ada, ben)
    await clock.until("18:51", ada.zone)
    assert await network.is_quiet()
    assert (await rang_at(ada), await rang_at(ben)) == (["18:42"], ["18:42"])

    await clock.until("18:52", ada.zone)
    await let_it_ring(clock, ada, ben)
    assert (await rang_at(ada), await rang_at(ben)) == (["18:42", "18:52"], ["18:42", "18:52"])
    assert await ada.hears(says(ada, "TO-4", "18:52"))
    assert await ben.hears(says(ben, "TO-15"))
    await ada.texts("3")
    assert await ada.hears(says(ada, "TO-5"))
    await ada.texts("1")

    await clock.until("18:57", ada.zone)
    for phone in (ada, ben):
        assert await phone.hears(says(phone, "TO-8", "19:12"))
    assert await network.is_quiet()


@pytest.mark.parametrize("ends_by", ["*", "", "hangs up", "1*"])
async def test_who_cannot_talk_is_not_rung_again_that_day_and_asked_by_text_at_the_next_check(
    ada: Phone, ben: Phone, clock: Clock, network: Network, ends_by: str
):
    await is_back(ada, ben, clock, network)
    call = await ada.answers()
    if ends_by == "hangs up":
        await call.hangs_up()
    elif ends_by:
        for key in ends_by:
            await call.presses(key)
    else:
        await call.says_nothing()
        await call.says_nothing()
    assert await call.is_over()

    await clock.until("18:57", ada.zone)
    assert await ada.hears(says(ada, "TO-8", "19:12"))
    assert await rang_at(ada) == ["18:42"]
    await clock.until("19:12", ada.zone)

    assert await ada.hears(says(ada, "TO-4", "19:12"))
    assert await rang_at(ada) == ["18:42"]


async def test_a_text_answers_the_question_that_a_call_asks_and_the_call_has_nothing_more_to_ask(
    ada: Phone, ben: Phone, clock: Clock, network: Network
):
    await is_back(ada, ben, clock, network)
    ringing, on_the_line = await ada.rings(), await ben.answers()

    await ada.texts("3")
    assert await ada.hears(says(ada, "TO-5"))
    await ringing.act("answer")
    await ringing.presses("1")

    assert await ringing.hears(CLOSING["en"])
    assert await ringing.is_over()
    await on_the_line.presses("1")
    await ben.texts("2")
    assert await ben.hears(says(ben, "TO-5"))
    await on_the_line.presses("9")
    assert await on_the_line.hears(CLOSING["en"])
    await ada.texts("1")
    await ben.texts("1")
    for phone in (ada, ben):
        assert await phone.hears(says(phone, "TO-7"))
    await clock.until("18:58", ada.zone)
    assert await network.is_quiet()


async def test_an_answer_by_call_closes_the_question_for_texts(
    ada: Phone, ben: Phone, clock: Clock, network: Network
):
    await is_back(ada, ben, clock, network)
    (call,) = await take_the_call(ada)
    for key in ("1", "2", "2"):
        await call.presses(key)

    await ada.texts("8")

    assert await ada.hears("And how settled is your body right now, 0 (calm) to 10 (very worked up)?")
    await clock.until("18:57", ada.zone)
    for phone in (ada, ben):  # later today would be night
        await phone.all_heard_but(says(phone, "TO-15"))
        assert await phone.hears(says(phone, "TO-8", "10:00"))


async def test_more_time_is_chosen_by_key_and_neither_side_ever_hears_a_number_of_the_other(
    ada: Phone, ben: Phone, clock: Clock, network: Network
):
    await is_back(ada, ben, clock, network)
    call, theirs = await take_the_call(ada, ben)
    for key in ("1", "9", "2"):
        await call.presses(key)
    assert await call.hears("Let's set when you'll be back.")
    await call.presses("4")
    await call.presses("45")
    assert await call.hears("I'll check in with you at 7:27 PM by call.")
    await theirs.presses("6")
    assert await theirs.is_over()

    await clock.until("18:57", ada.zone)
    assert await ben.hears(says(ben, "TO-8", "19:27"))
    await clock.until("19:27", ada.zone)
    for phone in (ada, ben):
        await phone.rings()

    assert (await rang_at(ada), await rang_at(ben)) == (["18:42", "19:27"], ["18:42", "19:27"])
    for phone in (ada, ben):
        heard = [each["text"] for call in await phone.rung() for each in call["transcript"] if each["who"] == "us"]
        texted = [each["body"] for each in await phone.received()]
        assert [each for each in heard + texted if "9 of 10" in each or "9/10" in each or "6/10" in each] == []


async def test_at_night_the_return_comes_by_text_and_the_call_says_so(ada: Phone, clock: Clock, network: Network):
    await want_calls(clock, ada)
    await has_checked_in(ada)
    await clock.until("20:40", ada.zone)
    call = await ada.calls()
    for key in ("2", "1", "8", "2", "1"):
        await call.presses(key)
    assert await call.hears("I'll check in with you at 9:10 PM by text.")

    await clock.until("21:10", ada.zone)

    assert await rang_at(ada) == []
    bodies = [each["body"] for each in await ada.received()]
    assert bodies[-1] == says(ada, "TO-4", "21:10")


async def test_three_longer_breaks_by_call_rest_until_tomorrow(ada: Phone, clock: Clock, network: Network):
    await want_calls(clock, ada)
    await clock.until("17:00", ada.zone)
    await has_checked_in(ada)
    await ada.texts("BREAK 20")
    for at in ("17:20", "17:50"):
        await clock.until(at, ada.zone)
        (call,) = await take_the_call(ada)
        for key in ("1", "8", "1"):
            await call.presses(key)
        assert await call.hears("I'll check in with you at")

    await clock.until("18:20", ada.zone)
    (call,) = await take_the_call(ada)
    for key in ("1", "8"):
        await call.presses(key)
    assert await call.hears("That's two longer breaks.")
    await call.presses("2")
    assert await call.hears(CLOSING["en"])
    await clock.until("17:59", ada.zone)
    before = await rang_at(ada)
    await clock.until("18:00", ada.zone)
    await ada.rings()

    assert await rang_at(ada) == [*before, "18:00"]
