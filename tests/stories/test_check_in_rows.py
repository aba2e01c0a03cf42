"""Rows of the check-in's table (PROGRAMME 6.4, c1 and c2) that no other story plays: what a second answer may be."""

from __future__ import annotations

from tests.stories.beginnings import is_asked
from tests.stories.keeping import notes_of, numbers_of
from tests.stories.people import Clock, Network, Phone
from tests.stories.promises import words
from tests.stories.words import CK_1, CK_2, CK_3, CK_10, CK_11

WORD = {"en": ("NUM", "CALL"), "es": ("NUM", "LLAMAR")}


async def says_it_is_heavy(phone: Phone, clock: Clock) -> None:
    """A 1 and a 3, and what is said to that."""
    await is_asked(clock, phone)
    await phone.all_heard()
    for said, phrase in (("1", "CK-2"), ("3", "CK-3L")):
        await phone.texts(said)
        assert await phone.hears(words(phone, phrase))


async def hears_the_numbers_and_is_called(phone: Phone, clock: Clock) -> None:
    numbers, call_me = WORD[phone.locale]
    await says_it_is_heavy(phone, clock)

    await phone.texts("hm")
    assert await phone.hears(words(phone, "G-LOST"))
    await phone.texts(numbers)
    assert await phone.hears(words(phone, "CR-NUS"))
    await phone.texts(call_me)
    assert await phone.hears(words(phone, "G-CALL", ph=phone.house.house.settings.voice_number))
    await clock.forward(seconds=62)

    call = await phone.rings()
    await call.act("reject")


async def test_a_heavy_day_is_met_kindly_and_every_word_that_is_offered_is_answered(
    ada: Phone, clock: Clock, network: Network
):
    await hears_the_numbers_and_is_called(ada, clock)
    assert await network.is_quiet()


async def test_a_heavy_day_in_spanish(
    carmen: Phone, clock: Clock, network: Network
):
    await hears_the_numbers_and_is_called(carmen, clock)
    assert await network.is_quiet()


async def test_the_second_number_may_be_skipped_or_be_none_and_the_first_stays(
    ada: Phone, ben: Phone, clock: Clock, network: Network
):
    await is_asked(clock, ada)
    await ada.texts("6")
    assert await ada.hears(CK_1, CK_2)
    await ada.texts("SKIP")
    assert await ada.hears(CK_3)

    await clock.until("20:15", ben.zone)
    await ben.all_heard()
    await ben.texts("6")
    assert await ben.hears(CK_2)
    for said, heard in (("so so", [CK_10]), ("whatever", [CK_11, CK_3])):
        await ben.texts(said)
        assert await ben.hears(*heard)

    assert [each[1:] for each in await numbers_of(ada)] == [("mood", "6")]
    assert [each[1:] for each in await numbers_of(ben)] == [("mood", "6")]
    assert sorted(await notes_of(ben)) == ["so so", "whatever"]
    assert await network.is_quiet()


async def test_silence_after_a_number_or_an_offer_keeps_what_was_said_and_no_word_follows(
    ada: Phone, ben: Phone, clock: Clock, network: Network
):
    await is_asked(clock, ada)
    await ada.texts("6")
    assert await ada.hears(CK_1, CK_2)
    await clock.until("20:15", ben.zone)
    await ben.all_heard()
    for said, phrase in (("4", "CK-2"), ("8", "CK-4")):
        await ben.texts(said)
        assert await ben.hears(words(ben, phrase))

    await clock.until("12:00", ada.zone)

    assert [each[1:] for each in await numbers_of(ada)] == [("mood", "6")]
    assert {each[1:] for each in await numbers_of(ben)} == {("mood", "4"), ("body", "8")}
    assert await network.is_quiet()
