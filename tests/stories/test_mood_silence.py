"""No answer (PROGRAMME 3.6): one reminder inside the person's hours, LATER once, and no word about it the next day."""

from __future__ import annotations

from tests.stories.beginnings import is_asked
from tests.stories.keeping import numbers_of
from tests.stories.people import Clock, Network, Phone, settle_in
from tests.stories.words import CK_1, CK_2, CK_5, CK_8, CK_9, D2_1, EN_5, G_90, G_OK, G_SKIP


async def test_invariant_30_silence_gets_one_reminder_after_an_hour_and_no_word_the_next_day(
    ada: Phone, clock: Clock, network: Network
):
    await settle_in(clock, ada)
    await clock.until("18:30", ada.zone)
    assert await ada.hears(CK_1)
    await clock.until("19:29", ada.zone)
    assert await network.is_quiet()

    await clock.until("19:31", ada.zone)
    assert await ada.hears(CK_5)

    await clock.until("18:29", ada.zone)
    assert await network.is_quiet()
    await clock.until("18:30", ada.zone)
    assert await ada.hears(CK_1)
    assert await network.is_quiet()


async def test_a_check_in_at_half_past_seven_is_not_reminded_of_at_night(
    stranger: Phone, clock: Clock, network: Network
):
    await stranger.joins(clock, at="7:30 PM")

    await is_asked(clock, stranger, at="19:30")

    assert await stranger.hears(CK_1)
    await clock.until("12:00", stranger.zone)
    assert await network.is_quiet()


async def test_later_puts_the_question_once_more_at_the_time_it_named(ada: Phone, clock: Clock, network: Network):
    await is_asked(clock, ada)
    assert await ada.hears(CK_1)
    await clock.forward(minutes=10)

    await ada.texts("later")
    assert await ada.hears("OK, I'll ask once more at 8:40 PM.")
    await clock.until("20:39", ada.zone)
    assert await network.is_quiet()
    await clock.until("20:41", ada.zone)

    assert await ada.hears(CK_1)
    await ada.texts("LATER")
    assert await ada.hears(G_SKIP)
    assert await network.is_quiet()


async def test_later_that_would_be_night_is_a_skip(stranger: Phone, clock: Clock, network: Network):
    await stranger.joins(clock, at="7:30 PM")
    await is_asked(clock, stranger, at="19:30")
    assert await stranger.hears(CK_1)

    await stranger.texts("LATER")

    assert await stranger.hears(G_SKIP)
    await clock.until("12:00", stranger.zone)
    assert await network.is_quiet()


async def test_three_silent_prompts_slow_the_pace_and_seven_end_in_rest(ada: Phone, clock: Clock, network: Network):
    await settle_in(clock, ada)  # Wednesday
    for _ in range(3):
        await clock.until("18:30", ada.zone)
        assert await ada.hears(CK_1)
        await clock.until("19:31", ada.zone)
        assert await ada.hears(CK_5)

    await clock.until("18:30", ada.zone)  # Saturday
    assert await ada.hears(CK_8)
    for _ in range(3):
        await clock.forward(days=1)
        assert await network.is_quiet()
        await clock.until("18:30", ada.zone)
        assert await ada.hears(CK_1)
        await clock.until("19:31", ada.zone)
        assert await ada.hears(CK_5)

    await clock.forward(days=1)
    assert await network.is_quiet()
    await clock.until("18:30", ada.zone)
    assert await ada.hears(CK_9)
    await clock.forward(days=30)
    assert await network.is_quiet()
    await clock.forward(days=5)
    assert await ada.hears(G_90)
    assert await network.is_quiet()


async def test_after_a_quiet_hold_a_number_still_counts_and_resume_brings_the_prompts_back(
    ada: Phone, clock: Clock, network: Network
):
    await clock.forward(days=30)  # she never answers
    await ada.all_heard()

    await ada.texts("7")
    assert await ada.hears(CK_2)
    await ada.texts("RESUME")
    await clock.forward(minutes=1)
    await ada.all_heard()

    await clock.until("18:30", ada.zone)
    await clock.until("18:30", ada.zone)
    assert [day for day, item, _ in await numbers_of(ada) if item == "mood"] != []
    assert CK_1 in [text["body"] for text in (await ada.received())[ada.heard :]]


async def test_on_a_shared_phone_every_opener_is_the_same_bland_line(stranger: Phone, clock: Clock, network: Network):
    await stranger.joins(clock, phone="2")

    await clock.until_day(1, "16:30", stranger.zone)
    assert await stranger.hears(D2_1)
    await stranger.texts("OK")
    assert await stranger.hears(EN_5)
    await stranger.texts("1")
    assert await stranger.hears(G_OK)
    await clock.until("18:30", stranger.zone)
    assert await stranger.hears(D2_1)
    await clock.until("19:29", stranger.zone)
    assert await network.is_quiet()

    await stranger.texts("ok")
    assert await stranger.hears(CK_1)
    await stranger.texts("7")
    assert await stranger.hears(CK_2)
    assert await network.is_quiet()
