"""The second journey (PROGRAMME 6.2) by text: a break, its notice, and the return, to the minute and to the letter."""

from __future__ import annotations

import pytest

from tests.stories.break_words import is_time_for_a_break, says
from tests.stories.people import Clock, Network, Phone


async def takes_a_break(sam: Phone, lee: Phone, clock: Clock, network: Network) -> None:
    """Steps 2 to 6 of the journey, told of any couple."""
    await is_time_for_a_break(clock, sam, lee)

    await sam.texts(says(sam, "BREAK"))
    assert await sam.hears(says(sam, "TO-1", "18:42"))
    assert await lee.hears(says(lee, "TO-2", "18:42", sam.name))
    await lee.texts("tell him to come back now" if lee.locale == "en" else "que vuelva ya")
    assert await lee.hears(says(lee, "TO-13"))
    await clock.until("18:26", sam.zone)
    assert await network.is_quiet()

    await clock.until("18:27", sam.zone)
    assert await sam.hears(says(sam, "TO-3"))
    await clock.until("18:41", sam.zone)
    assert await network.is_quiet()

    await clock.until("18:42", sam.zone)
    assert await sam.hears(says(sam, "TO-4", "18:42"))
    assert await lee.hears(says(lee, "TO-15"))
    await sam.texts("5")
    assert await sam.hears(says(sam, "TO-6", "19:12"))
    await lee.texts("3")
    assert await lee.hears(says(lee, "TO-5"))
    await clock.until("18:56", sam.zone)
    assert await network.is_quiet()

    await clock.until("18:57", sam.zone)
    assert await lee.hears(says(lee, "TO-8", "19:12"))
    await clock.until("19:11", sam.zone)
    assert await network.is_quiet()


async def comes_back(sam: Phone, lee: Phone, clock: Clock, network: Network) -> None:
    """Steps 7 and 8: the second check, and the next morning."""
    await clock.until("19:12", sam.zone)
    assert await sam.hears(says(sam, "TO-4", "19:12"))
    assert await lee.hears(says(lee, "TO-15"))
    await sam.texts("3")
    assert await sam.hears(says(sam, "TO-5"))
    await sam.texts("3")
    await lee.texts("2")
    assert await lee.hears(says(lee, "TO-5"))
    await lee.texts("1")
    await clock.until("19:26", sam.zone)
    assert await network.is_quiet()

    await clock.until("19:27", sam.zone)
    assert await sam.hears(says(sam, "TO-8", "10:00"))
    assert await lee.hears(says(lee, "TO-8", "10:00"))
    await clock.until("09:59", sam.zone)
    assert await network.is_quiet()

    await clock.until("10:00", sam.zone)
    assert await sam.hears(says(sam, "TO-4", "10:00"))
    assert await lee.hears(says(lee, "TO-15"))
    for phone in (sam, lee):
        await phone.texts("2")
        assert await phone.hears(says(phone, "TO-5"))
    await sam.texts("1")
    assert await network.is_quiet()
    await lee.texts("1")
    for phone in (sam, lee):
        assert await phone.hears(says(phone, "TO-7"))
    await clock.forward(hours=2)
    assert await network.is_quiet()


async def test_ada_takes_a_break_and_both_come_back_the_next_morning(
    ada: Phone, ben: Phone, clock: Clock, network: Network
):
    await takes_a_break(ada, ben, clock, network)
    await comes_back(ada, ben, clock, network)


@pytest.mark.slow
async def test_carmen_takes_a_break_and_both_come_back_the_next_morning(
    carmen: Phone, bruno: Phone, clock: Clock, network: Network
):
    await takes_a_break(carmen, bruno, clock, network)
    await comes_back(carmen, bruno, clock, network)
