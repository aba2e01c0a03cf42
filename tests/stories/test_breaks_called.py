"""The second journey (PROGRAMME 6.2) by telephone: the guided call sets the break that a text would, without a PIN."""

from __future__ import annotations

import time

import pytest

from tests.stories.break_words import is_time_for_a_break, says
from tests.stories.own_calls import agrees, written_down
from tests.stories.people import Clock, HeldCall, Network, Phone

RETURN_TIME, LATE = "Your return time is 6:42 PM.", "It's late; no text goes out now."
CALM, SAFE = "Good. Now only your body.", "You did a wise thing by stepping back."


async def calls_for_a_break(sam: Phone, lee: Phone, clock: Clock, network: Network) -> HeldCall:
    """Steps 1 to 5: the call at 18:10, the notice, half time and the return."""
    await is_time_for_a_break(clock, sam, lee)
    call = await sam.calls()
    for key in ("2", "1", "8", "2"):
        await call.presses(key)
    assert await network.is_quiet()
    await call.presses("1")
    assert await lee.hears(says(lee, "TO-2", "18:42", sam.name))
    await call.presses("1")
    assert await call.is_over()

    await clock.until("18:27", sam.zone)
    assert await sam.hears(says(sam, "TO-3"))
    await clock.until("18:42", sam.zone)
    assert await sam.hears(says(sam, "TO-4", "18:42"))
    assert await lee.hears(says(lee, "TO-15"))
    return call


async def is_put_off_and_matched(sam: Phone, lee: Phone, clock: Clock, network: Network) -> None:
    """Steps 6 to 8."""
    await sam.texts("5")
    await lee.texts("3")
    assert await sam.hears(says(sam, "TO-6", "19:12"))
    assert await lee.hears(says(lee, "TO-5"))
    await clock.until("18:57", sam.zone)
    assert await lee.hears(says(lee, "TO-8", "19:12"))
    await clock.until("19:12", sam.zone)
    for phone, question in ((sam, says(sam, "TO-4", "19:12")), (lee, says(lee, "TO-15"))):
        await phone.texts("3")
        assert await phone.hears(question, says(phone, "TO-5"))
    await sam.texts("3")
    await lee.texts("1")
    await clock.until("19:27", sam.zone)
    for phone in (sam, lee):
        assert await phone.hears(says(phone, "TO-8", "10:00"))
    await clock.until("10:00", sam.zone)
    for phone, question in ((sam, says(sam, "TO-4", "10:00")), (lee, says(lee, "TO-15"))):
        await phone.texts("3")
        assert await phone.hears(question, says(phone, "TO-5"))
        await phone.texts("1")
    for phone in (sam, lee):
        assert await phone.hears(says(phone, "TO-7"))
    assert await network.is_quiet()


async def test_ada_calls_for_a_break_and_both_come_back(
    ada: Phone, ben: Phone, clock: Clock, network: Network, request: pytest.FixtureRequest
):
    call = await calls_for_a_break(ada, ben, clock, network)

    await is_put_off_and_matched(ada, ben, clock, network)
    assert agrees(await written_down(call, "Ada"), "guided-break.txt", request)


@pytest.mark.slow
async def test_carmen_calls_for_a_break_and_both_come_back(
    carmen: Phone, bruno: Phone, clock: Clock, network: Network, request: pytest.FixtureRequest
):
    call = await calls_for_a_break(carmen, bruno, clock, network)

    await is_put_off_and_matched(carmen, bruno, clock, network)
    assert agrees(await written_down(call, "Carmen"), "guided-break-es.txt", request)


async def test_a_notice_kept_back_by_key_stays_back_when_the_time_changes_by_text(
    ada: Phone, ben: Phone, clock: Clock, network: Network
):
    await is_time_for_a_break(clock, ada, ben)
    call = await ada.calls()
    for key in ("2", "1", "8", "2"):
        await call.presses(key)
    assert await call.hears(RETURN_TIME)

    await call.presses("2")
    assert await call.hears(CALM)
    await call.hangs_up()
    await ada.texts("45")

    assert await ada.hears(says(ada, "TO-1S", "18:57"))
    assert await network.is_quiet()


async def test_at_night_the_caller_hears_so_before_any_key_and_no_notice_exists(
    ada: Phone, ben: Phone, clock: Clock, network: Network
):
    await is_time_for_a_break(clock, ada, ben, at="22:10")
    call = await ada.calls()

    for key in ("2", "1", "8", "2"):
        await call.presses(key)

    assert await call.hears(LATE, CALM)
    await call.hangs_up()
    await clock.until("22:40", ada.zone)
    assert await ada.hears(says(ada, "TO-3"), says(ada, "TO-4", "22:40"))
    assert await network.is_quiet()


@pytest.mark.parametrize("keys", ["2182", "21821", "218211"])
async def test_a_line_that_drops_anywhere_keeps_the_return_time_that_was_set(
    ada: Phone, ben: Phone, clock: Clock, network: Network, keys: str
):
    await is_time_for_a_break(clock, ada, ben)
    call = await ada.calls()
    for key in keys:
        await call.presses(key)

    if not await call.is_over():
        await call.hangs_up()
    await clock.until("18:42", ada.zone)

    assert await ada.hears(says(ada, "TO-3"), says(ada, "TO-4", "18:42"))
    told = [each["body"] for each in (await ben.received())[ben.heard :]]
    assert (says(ben, "TO-2", "18:42", "Ada") in told) is (len(keys) > 4)


async def test_key_8_is_private_and_no_notice_goes_for_a_day(
    ada: Phone, ben: Phone, clock: Clock, network: Network
):
    await is_time_for_a_break(clock, ada, ben)
    call = await ada.calls()
    for key in ("2", "8"):
        await call.presses(key)
    assert await call.hears("Thank you for telling me. This stays between you and this line.")
    await call.hangs_up()

    await ada.texts("BREAK")

    assert await ada.hears(says(ada, "TO-1S", "18:42"))
    await clock.until("18:45", ada.zone)
    assert await ada.hears(says(ada, "TO-3"), says(ada, "TO-4", "18:42"))
    assert await network.is_quiet()


@pytest.mark.parametrize("keys", ["2", "218", "21821"])
async def test_invariant_41_star_ends_the_guided_call_in_under_two_seconds(
    ada: Phone, ben: Phone, clock: Clock, network: Network, keys: str
):
    await is_time_for_a_break(clock, ada, ben)
    call = await ada.calls()
    for key in keys:
        await call.presses(key)
    began = time.monotonic()

    await call.presses("*")

    assert time.monotonic() - began < 2
    assert await call.hears("Okay. Goodbye.")
    assert await call.is_over()


@pytest.mark.promise(20)
async def test_invariant_42_nothing_private_is_said_on_a_call_without_a_pin(
    ada: Phone, ben: Phone, clock: Clock, network: Network
):
    await is_time_for_a_break(clock, ada, ben)
    call = await ada.calls()
    for key in ("2", "1", "8", "2", "1", "4"):
        await call.presses(key)

    said = await written_down(call, "Ada")
    assert "Ben" not in said
    assert [line for line in said.splitlines() if line.startswith("US") and "Ada" in line] == []
