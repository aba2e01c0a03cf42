"""The menus behind the PIN (PROGRAMME 3.9): what is named is answered, and every key means what it says."""

from __future__ import annotations

import pytest

from service.records import Person
from tests.stories.keeping import numbers_of, person_of
from tests.stories.own_calls import calls_own_things
from tests.stories.people import Clock, Network, Phone

MENU = "You're in. Nothing you say here is shared unless you choose it."
SHORT = "For a check-in, press 1. For a calming break, press 2."
CHECK_IN = "Here's your check-in."


@pytest.mark.parametrize(
    ("key", "heard"),
    [
        ("1", CHECK_IN),
        ("2", "You did a wise thing by stepping back."),
        ("3", "You have no open promises."),
        ("0", MENU),
        ("8", "Thank you for telling me. This stays between you and this line."),
        ("5", SHORT),
    ],
)
async def test_every_key_of_the_menu_leads_where_it_says(key: str, heard: str, ada: Phone, network: Network):
    call = await calls_own_things(ada)
    assert await call.hears(MENU)

    await call.presses(key)

    assert await call.hears(heard)
    assert not await call.is_over()


async def test_a_silence_hears_the_menu_once_more_and_shorter(ada: Phone, network: Network):
    call = await calls_own_things(ada)

    await call.says_nothing()
    assert await call.hears("I didn't catch a key. That's fine.", SHORT)
    await call.says_nothing()

    assert await call.hears("I'll let you go. Goodbye.")
    assert await call.is_over()


async def test_seven_is_a_quiet_pause_and_star_a_goodbye(ada: Phone, clock: Clock, network: Network):
    for key in ("7", "*"):
        call = await calls_own_things(ada, key)
        assert await call.hears("Okay. Goodbye.")
        assert await call.is_over()

    paused: Person = await person_of(ada)
    assert paused.paused_until is not None
    assert (paused.paused_until - await clock.now()).days in {6, 7}
    assert await network.is_quiet()


async def test_the_check_in_by_phone_keeps_what_was_confirmed(ada: Phone, network: Network):
    call = await calls_own_things(ada, "1")
    assert await call.hears(CHECK_IN)
    await call.presses("4")
    assert await call.hears("Got it: 4. If that's right, press 1. To change it, press 2.")
    await call.presses("2")
    assert await call.hears(CHECK_IN)
    await call.presses("6")
    await call.presses("1")
    assert await call.hears("And your body: type 0 for calm up to 10 for very worked up.")
    await call.presses("1")
    await call.presses("0")
    assert await call.hears("Thank you. That stays with you. To finish, press 1. For a calming break, press 2.")
    await call.presses("1")

    assert await call.is_over()
    assert {each[1:] for each in await numbers_of(ada)} == {("mood", "6"), ("body", "10")}


@pytest.mark.parametrize(("keys", "kept"), [(("6",), []), (("6", "1"), [("mood", "6")])])
async def test_a_line_that_drops_keeps_the_number_that_was_confirmed_and_no_other(
    keys: tuple[str, ...], kept: list[tuple[str, str]], ada: Phone, network: Network
):
    call = await calls_own_things(ada, "1", *keys)

    await call.hangs_up()

    assert [each[1:] for each in await numbers_of(ada)] == kept
    assert await network.is_quiet()


@pytest.mark.promise(26)
async def test_invariant_40_three_wrong_codes_say_goodbye_and_text_nobody(
    ada: Phone, ben: Phone, clock: Clock, network: Network
):
    call = await calls_own_things(ada)
    await call.hangs_up()
    await clock.forward(minutes=16)
    call = await ada.calls()

    for wrong in ("1", "111111", "222222", "333333"):
        await call.presses(wrong)

    assert await call.hears("Goodbye.")
    assert await call.is_over()
    assert await network.is_quiet()
    again = await ada.calls()
    await again.presses("1")
    for code in ("246810", "246810", "246810"):
        if not await again.is_over():
            await again.presses(code)
    assert await network.is_quiet()
