"""Calling in: two choices without a topic, a guided break, a private code. Over the real network, by key."""

from __future__ import annotations

from tests.stories.own_calls import CODE, has_code
from tests.stories.people import Clock, Network, Phone

GREETING = "For a calming break, press 2. For your own things, press 1."
SAFE = "You did a wise thing by stepping back. Are you safe right now? For yes, press 1."
BODY = "How worked up is your body? Press 0 for calm up to 10 for as high as it goes."
LENGTH = "Let's set when you'll be back."
CALM = "Good. Now only your body."
ACTIVITY = "Pick one thing for the rest of the break."
ONE_LINE = "One line for when you're back:"


async def test_ada_calls_in_for_the_guided_break_and_is_asked_at_her_return_time(
    ada: Phone, clock: Clock, network: Network
):
    call = await ada.calls()
    assert await call.hears(GREETING)

    await call.presses("2")
    assert await call.hears(SAFE)
    await call.presses("1")
    assert await call.hears(BODY)
    await call.presses("8")
    assert await call.hears(LENGTH)
    await call.presses("2")
    assert await call.hears(CALM, ACTIVITY)
    await call.presses("1")
    assert await call.hears(ONE_LINE)
    assert await call.is_over()

    began = await clock.now()
    await clock.forward(minutes=30)
    texts = [each for each in await ada.received() if "How worked up is your body now" in each["body"]]
    assert len(texts) == 1
    assert (await clock.now() - began).total_seconds() < 1860


async def test_star_ends_a_call_at_any_prompt(ada: Phone):
    call = await ada.calls()
    await call.presses("2")

    await call.presses("*")

    assert await call.hears("Okay. Goodbye.")
    assert await call.is_over()


async def test_silence_is_met_once_with_the_question_and_then_with_goodbye(ada: Phone):
    call = await ada.calls()

    await call.says_nothing()
    assert await call.hears("I didn't catch a key. That's fine.", GREETING)
    await call.says_nothing()

    assert await call.hears("I'll let you go. Goodbye.")
    assert await call.is_over()


async def test_a_hang_up_anywhere_keeps_the_return_time_that_was_set(ada: Phone, clock: Clock):
    call = await ada.calls()
    for key in ("2", "1", "8", "1"):
        await call.presses(key)

    await call.hangs_up()
    await clock.forward(minutes=20)

    assert any("How worked up is your body now" in each["body"] for each in await ada.received())


async def test_a_stranger_who_calls_is_told_nothing(stranger: Phone):
    call = await stranger.calls()

    assert await call.hears("This is an automated reminder service. There's nothing set up for this number. Goodbye.")
    assert await call.is_over()


async def test_the_first_private_code_is_typed_twice_on_a_call_back(ada: Phone, clock: Clock, network: Network):
    call = await ada.calls()
    await call.presses("1")
    assert await call.hears("Let's set up your private code. I'll hang up and call you right back at this number.")
    assert await call.is_over()

    await network.settled()
    back = await ada.answers()
    assert await back.hears("Hello. This is an automated reminder call from Mendline.")
    await back.presses("1")
    assert await back.hears("Choose a private code of six digits and type it now.")
    await back.presses("246810")
    assert await back.hears("And once more, the same six digits.")
    await back.presses("246810")
    assert await back.hears("Your private code is set. Only you know it.", "Next is the private part, for you alone.")
    await back.hangs_up()

    own = await ada.calls()
    await own.presses("1")
    assert await own.hears("Please enter your PIN. Take your time.")
    await own.presses("246810")
    assert await own.hears("The private part isn't finished yet.")
    await own.presses("2")
    assert await own.hears("You're in. Nothing you say here is shared unless you choose it.")


async def test_three_wrong_codes_end_the_call_and_no_text_tells_of_it(ada: Phone, clock: Clock, network: Network):
    call = await ada.calls()
    await call.presses("1")
    await network.settled()
    back = await ada.answers()
    for keys in ("1", "246810", "246810"):
        await back.presses(keys)

    own = await ada.calls()
    await own.presses("1")
    for wrong in ("111111", "222222", "333333"):
        await own.presses(wrong)

    assert await own.hears("Goodbye.")
    assert await own.is_over()
    assert await network.is_quiet()


async def test_wrong_codes_count_over_calls_and_a_quarter_of_an_hour_later_the_right_one_opens(
    elena: Phone, clock: Clock, network: Network
):
    await has_code(elena)
    first = await elena.calls()
    for keys in ("1", "111111", "222222"):
        await first.presses(keys)
    await first.hangs_up()

    second = await elena.calls()
    for keys in ("1", "333333"):
        await second.presses(keys)
    assert await second.hears("Adiós.")
    assert await second.is_over()
    await clock.forward(minutes=14)
    third = await elena.calls()
    for keys in ("1", CODE):
        await third.presses(keys)
    assert await third.hears("Adiós.")
    assert await third.is_over()

    await clock.forward(minutes=1)
    fourth = await elena.calls()
    for keys in ("1", CODE):
        await fourth.presses(keys)
    assert await fourth.hears("Ya puedes seguir.")
    assert await network.is_quiet()


async def test_whoever_hears_the_numbers_once_more_is_bidden_goodbye(ada: Phone):
    call = await ada.calls()
    for key in ("2", "8", "0"):
        await call.presses(key)

    assert await call.hears(SAFE, *["Thank you for telling me. This stays between you and this line."] * 2)
    assert await call.hears("Thank you. You can reach Mendline at")
    assert await call.is_over()
