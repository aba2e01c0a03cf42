"""What was lost is found whatever else goes wrong: gaps, poison, a spool with lines. Nobody is accused early."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from flows.programme.unread import LISTED_WITHIN, LONGEST
from service.calls import start_of
from service.clock import real_now
from service.gateway.port import ListedCall
from service.reconciling import (
    LAST_HALF_HOUR,
    TEXTS,
    find_lost_calls,
    find_lost_texts,
    have_texts_until,
    unread_since,
)  # fmt: skip
from service.records import InboundEvent, Suppression, Trial, Watermark
from service.someone import make_someone
from service.trials import AGAIN_AFTER, TRIES
from tests.stories.people import Clock, Phone
from tests.stories.running import RunningHouse
from workers.hands import Hands


def _ada(house: RunningHouse) -> Phone:
    """Her handset; the stories' house knows nobody by it."""
    return Phone(house, "Ada", "+12125550101", "America/New_York", "en")


async def _look(hands: Hands) -> int:
    return await find_lost_texts(hands.house, hands.gateway, at_least=LAST_HALF_HOUR, now=hands.house.clock.now())


async def _read_until() -> datetime:
    return (await Watermark.get(name=TEXTS)).read_until


@pytest.mark.promise(28)
async def test_what_came_while_the_network_would_not_list_is_found_hours_later(
    stranger: Phone, clock: Clock, hands: Hands, house: RunningHouse
):
    await _look(hands)
    await stranger.texts("hello")
    await clock.forward(hours=3)

    found = await _look(hands)

    assert found == 1
    assert await InboundEvent.filter(kind="text").count() == 1
    assert await _look(hands) == 0


async def test_a_reading_counts_only_up_to_what_the_network_surely_lists(hands: Hands):
    now = hands.house.clock.now()
    await find_lost_texts(hands.house, hands.gateway, at_least=LAST_HALF_HOUR, now=now)

    assert await have_texts_until(hands.house, now - LISTED_WITHIN)
    assert not await have_texts_until(hands.house, now)


async def test_no_hour_is_passed_over_and_no_older_month_read(hands: Hands):
    now = hands.house.clock.now()
    assert await unread_since(TEXTS, now, at_least=LAST_HALF_HOUR) == now - timedelta(days=1)
    for ended, since in (
        (now - timedelta(minutes=5), now - LAST_HALF_HOUR),
        (now - timedelta(days=3), now - timedelta(days=3)),
        (now - timedelta(days=90), now - LONGEST),
    ):
        await Watermark.update_or_create(name=TEXTS, defaults={"read_until": ended})
        assert await unread_since(TEXTS, now, at_least=LAST_HALF_HOUR) == since


@pytest.mark.invariant("I4")
async def test_no_notice_goes_while_something_that_came_in_waits_on_the_disk(hands: Hands):
    now = hands.house.clock.now()
    await _look(hands)
    minute_ago = now - timedelta(minutes=1)
    assert await have_texts_until(hands.house, minute_ago)

    await hands.house.spool.keep("a key that was pressed")
    try:
        assert not await have_texts_until(hands.house, minute_ago)
    finally:
        await hands.house.spool.replay(_gone)


@pytest.mark.promise(12)
async def test_a_text_that_cannot_be_taken_holds_back_notices_until_it_is_set_aside_and_nobody_else(
    stranger: Phone, clock: Clock, hands: Hands, house: RunningHouse
):
    """Ada's key does not open: her text fails in this workshop, the stranger's is answered."""
    ada, workshop, now = _ada(house), hands.house, hands.house.clock.now()
    await make_someone(workshop.vault, ada.number, locale="en", status="active", now=now)
    await workshop.database.client.execute_query("UPDATE person_key SET wrapped = 'damaged'")
    await Watermark.create(name=TEXTS, read_until=now)
    failing = await ada.texts("WHO")
    await stranger.texts("hello")
    await clock.forward(minutes=1)

    for _ in range(TRIES):
        await _look(hands)
        assert await InboundEvent.filter(sid_key=workshop.vault.event_key(failing)).count() == 0
        assert await _read_until() < workshop.clock.now() - timedelta(seconds=30)
        await Trial.all().update(tried_at=real_now() - AGAIN_AFTER)
    assert await InboundEvent.filter(kind="text").count() == 1  # the stranger's
    await _look(hands)

    (aside,) = await Trial.all()
    assert (aside.state, aside.tries, aside.key) == ("quarantined", TRIES, workshop.vault.event_key(failing))
    assert await _read_until() > workshop.clock.now() - timedelta(seconds=30)


@pytest.mark.promise(12)
async def test_a_stop_that_no_turn_comes_of_still_blocks_its_number_until_a_start(
    clock: Clock, hands: Hands, house: RunningHouse
):
    """Ada's key does not open. What else she texted is the operator's; STOP is not to wait for anybody."""
    ada, workshop = _ada(house), hands.house
    now, key = workshop.clock.now(), workshop.vault.number_key(ada.number)
    await make_someone(workshop.vault, ada.number, locale="en", status="active", now=now)
    await workshop.database.client.execute_query("UPDATE person_key SET wrapped = 'damaged'")
    await Watermark.create(name=TEXTS, read_until=now)
    for text in ("I'd like him to stop", "no more texts please"):
        await ada.texts(text)
        await clock.forward(minutes=1)

    for _ in range(TRIES):
        await _look(hands)
        assert not await Suppression.filter(number_key=key).exists()
        await Trial.all().update(tried_at=real_now() - AGAIN_AFTER)
    await _look(hands)

    assert await Suppression.filter(number_key=key, lifted_at=None).count() == 1
    await Suppression.filter(number_key=key).update(lifted_at=workshop.clock.now())  # as START does
    await _look(hands)
    assert not await Suppression.filter(number_key=key, lifted_at=None).exists()


async def test_a_call_under_way_is_no_lost_call(ada: Phone, hands: Hands):
    now = hands.house.clock.now()
    await make_someone(hands.house.vault, ada.number, locale="en", status="active", now=now)
    call = await ada.calls()

    assert await find_lost_calls(hands.house, hands.gateway, at_least=LAST_HALF_HOUR, now=now) == 0
    assert await InboundEvent.all().count() == 0
    await call.hangs_up()

    later = hands.house.clock.now() + timedelta(seconds=1)
    assert await find_lost_calls(hands.house, hands.gateway, at_least=LAST_HALF_HOUR, now=later) == 1
    assert await find_lost_calls(hands.house, hands.gateway, at_least=LAST_HALF_HOUR, now=later) == 0
    listed = ListedCall(call.path.rsplit("/", 1)[1], ada.number, True, "completed", now)
    assert await InboundEvent.filter(sid_key=hands.house.vault.event_key(start_of(listed))).count() == 1


async def _gone(_event: str) -> bool:
    return True
