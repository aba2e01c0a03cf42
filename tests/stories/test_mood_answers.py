"""Every way of answering a check-in that PROGRAMME 6.1 names: each is kept or asked about once, and never pressed."""

from __future__ import annotations

import asyncio

import pytest

from tests.stories.beginnings import is_asked
from tests.stories.keeping import late_days, notes_of, numbers_of
from tests.stories.people import Clock, Network, Phone, settle_in
from tests.stories.words import CK_1, CK_2, CK_3, CK_10, CK_11, CK_13, G_OK, G_SKIP, G_TEXT, G_WHO


async def test_a_number_out_of_range_is_asked_about_once_and_then_left(ada: Phone, clock: Clock, network: Network):
    await is_asked(clock, ada)
    assert await ada.hears(CK_1)

    await ada.texts("11")
    assert await ada.hears(CK_10)
    await ada.texts("100")
    assert await ada.hears(CK_11)

    await clock.until("20:00", ada.zone)
    assert await numbers_of(ada) == []
    assert await network.is_quiet()


async def test_words_instead_of_a_number_are_kept_and_the_number_is_asked_once(
    ada: Phone, clock: Clock, network: Network
):
    await is_asked(clock, ada)
    assert await ada.hears(CK_1)

    await ada.texts("meh")
    assert await ada.hears(CK_10)
    await ada.texts("6")
    assert await ada.hears(CK_2)

    today = (await clock.today(ada.zone)).isoformat()
    assert await numbers_of(ada) == [(today, "mood", "6")]
    assert await notes_of(ada) == ["meh"]
    assert await network.is_quiet()


async def test_a_range_is_asked_about_with_its_two_ends(ada: Phone, clock: Clock, network: Network):
    await is_asked(clock, ada)
    assert await ada.hears(CK_1)

    await ada.texts("6-7")
    assert await ada.hears(CK_13)
    await ada.texts("7")

    assert await ada.hears(CK_2)
    assert await network.is_quiet()


async def test_an_emoji_alone_is_asked_about_and_not_kept(ada: Phone, clock: Clock, network: Network):
    await is_asked(clock, ada)
    assert await ada.hears(CK_1)

    await ada.texts("🙂")

    assert await ada.hears(CK_10)
    assert await notes_of(ada) == []
    assert await network.is_quiet()


async def test_a_photo_is_not_looked_at_and_the_question_stays(ada: Phone, clock: Clock, network: Network):
    await is_asked(clock, ada)
    assert await ada.hears(CK_1)

    await ada.texts("", media=True)
    assert await ada.hears(G_TEXT)
    await ada.texts("7")

    assert await ada.hears(CK_2)
    assert await network.is_quiet()


async def test_an_answer_of_the_next_morning_is_kept_for_yesterday_and_today_is_asked_all_the_same(
    ada: Phone, clock: Clock, network: Network
):
    await settle_in(clock, ada)
    await clock.until("18:30", ada.zone)
    yesterday = (await clock.today(ada.zone)).isoformat()
    await clock.until("08:10", ada.zone)
    await ada.all_heard()

    await ada.texts("5 slept badly")
    assert await ada.hears(CK_2)  # and she leaves it at that

    assert await numbers_of(ada) == [(yesterday, "mood", "5")]
    assert await late_days(ada) == [yesterday]
    await clock.until("18:29", ada.zone)
    assert await network.is_quiet()
    await clock.until("18:30", ada.zone)
    assert await ada.hears(CK_1)
    assert await network.is_quiet()


@pytest.mark.promise(17)
async def test_two_texts_in_one_second_answer_both_questions(ada: Phone, clock: Clock, network: Network):
    await is_asked(clock, ada)
    assert await ada.hears(CK_1)

    await asyncio.gather(ada.texts("6"), ada.texts("6"))

    assert await ada.hears(CK_2, CK_3)
    today = (await clock.today(ada.zone)).isoformat()
    assert await numbers_of(ada) == [(today, "body", "6"), (today, "mood", "6")]
    assert await network.is_quiet()


async def test_a_number_with_nothing_open_is_todays_check_in_and_today_is_not_asked(
    ada: Phone, clock: Clock, network: Network
):
    await settle_in(clock, ada)

    await ada.texts("7")
    assert await ada.hears(CK_2)
    await ada.texts("2")
    assert await ada.hears(CK_3)

    await clock.until("20:00", ada.zone)
    assert await network.is_quiet()
    await clock.until("18:30", ada.zone)
    assert await ada.hears(CK_1)
    assert await network.is_quiet()


async def test_two_numbers_with_nothing_open_are_asked_about_and_then_kept(ada: Phone, clock: Clock, network: Network):
    await settle_in(clock, ada)

    await ada.texts("6-7")
    assert await ada.hears("One number is easiest: 6 or 7?")
    await ada.texts("7")
    assert await ada.hears(CK_2)
    await ada.texts("2")
    assert await ada.hears(CK_3)

    await clock.until("20:00", ada.zone)
    assert await network.is_quiet()


async def test_skip_owes_nothing(ada: Phone, clock: Clock, network: Network):
    await is_asked(clock, ada)
    assert await ada.hears(CK_1)

    await ada.texts("SKIP")
    assert await ada.hears(G_SKIP)

    await clock.until("20:00", ada.zone)
    assert await network.is_quiet()


async def test_quiet_is_silent_for_its_days_also_about_the_question_that_is_open(
    ada: Phone, clock: Clock, network: Network
):
    await settle_in(clock, ada)
    await clock.until("18:30", ada.zone)
    assert await ada.hears(CK_1)

    await ada.texts("QUIET 3")
    assert await ada.hears(G_OK)

    await clock.forward(days=2, hours=23)
    assert await network.is_quiet()
    await clock.forward(hours=6)  # the third day's own question lies at the very end of the quiet, before it or after
    await ada.all_heard()
    await clock.until("18:30", ada.zone)
    assert await ada.hears(CK_1)
    assert await network.is_quiet()


async def test_a_number_from_an_unknown_phone_is_told_nothing_and_leaves_nothing(
    ada: Phone, stranger: Phone, clock: Clock, network: Network
):
    await is_asked(clock, ada)
    assert await ada.hears(CK_1)

    await stranger.texts("7")
    assert await stranger.hears(G_WHO)
    await stranger.texts("7")

    assert await numbers_of(ada) == []
    assert await network.is_quiet()
