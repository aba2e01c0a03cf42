"""What is owed leaves once, in order, at the sender's pace, within its window, and to nobody who said stop."""

from __future__ import annotations

import asyncio
import logging
from datetime import timedelta
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from service.clock import real_now
from service.gateway.port import TextStatus
from service.overseeing import switch_sending
from service.recording import suppress
from service.records import OutboxItem
from service.sending import claim, owed_ids, post, send
from service.settling import RANKS, STATES, take_status
from service.someone import ARGUMENTS, make_someone
from tests.faults.journey import comes_true
from tests.faults.letters import new_sid
from tests.stories.people import Network
from tests.stories.running import RunningHouse
from tests.workers.owing import number, owed, posts, state_of
from workers.hands import Hands
from workers.outbox import send_texts, settle_texts

FINAL_RANK = 3
POSTS = 2  # one more after proven absence


async def test_two_workers_at_once_send_a_text_once(hands: Hands, phones: Network):
    items = [await owed(hands, n) for n in range(5)]
    ids = [item.id for item in items]

    await asyncio.gather(*(send_texts(hands, ids) for _ in range(4)))
    await send_texts(hands, ids)

    assert sorted(each["To"] for each in await posts(phones)) == [number(n) for n in range(5)]
    assert {await state_of(item) for item in items} == {"accepted"}


async def test_two_texts_to_one_phone_leave_one_after_the_other(hands: Hands, phones: Network):
    first, second = await owed(hands, 1), await owed(hands, 1)

    await asyncio.gather(send(hands.house, hands.gateway, [second.id]), send(hands.house, hands.gateway, [first.id]))
    await send_texts(hands, await owed_ids(hands.house.clock.now()))

    sids = [(await OutboxItem.get(id=item.id)).sid for item in (first, second)]
    taken = [each["sid"] for each in await phones.log() if each["kind"] == "text"]
    assert taken == sids


@pytest.mark.promise(11)
async def test_two_processes_share_one_pace_and_what_matters_most_leaves_first(
    hands: Hands, phones: Network, house: RunningHouse
):
    purposes = ["lesson", "check-in", "reply", "promise-due", "safety", "break-return"]
    for n, purpose in enumerate(purposes):
        await owed(hands, n, purpose=purpose)
    paced = {"DATABASE_URL": hands.house.settings.database_url, "SENDER_SEGMENTS_PER_SECOND": "2"}
    for name in ("one-worker", "other-worker"):
        house.start("worker", known_as=name, REDIS_URL="", **paced)

    await comes_true(lambda: _are_all(OutboxItem, "accepted"))
    await house.make_whole()

    left = await OutboxItem.all().order_by("posted_at")
    assert [item.purpose for item in left] == ["safety", "reply", "break-return", "promise-due", "check-in", "lesson"]
    times = [item.posted_at for item in left if item.posted_at is not None]
    gaps = [(later - earlier).total_seconds() for earlier, later in pairwise(times)]
    assert min(gaps) > 0.45  # half a second each; the moment between reading the clock and the claim
    assert len(await posts(phones)) == len(purposes)


async def test_the_network_may_hold_a_text_until_its_window_ends_and_no_longer(hands: Hands, phones: Network):
    for n, lasts in enumerate((timedelta(minutes=90), timedelta(seconds=2), timedelta(hours=24))):
        await owed(hands, n, lasts=lasts)

    await send_texts(hands, await owed_ids(hands.house.clock.now()))

    seconds = [int(each["ValidityPeriod"]) for each in await posts(phones)]
    assert 5390 <= seconds[0] <= 5400
    assert seconds[1:] == [5, 36_000]


@pytest.mark.promise(11)
async def test_a_text_whose_window_is_over_is_not_sent(hands: Hands, phones: Network):
    item = await owed(hands, lasts=timedelta(seconds=-1))

    await send_texts(hands, [item.id])

    assert await state_of(item) == "expired"
    assert await posts(phones) == []
    assert (await OutboxItem.get(id=item.id)).arguments_sealed is None


@pytest.mark.promise(13)
async def test_a_stop_between_claim_and_post_is_heeded(hands: Hands, phones: Network):
    item = await owed(hands)
    claimed = await claim(hands.house, [item.id], hands.house.clock.now())
    assert [each.item.id for each in claimed] == [item.id]

    await suppress(item.recipient_key, "stop", hands.house.clock.now())
    await post(hands.house, hands.gateway, claimed)

    assert await state_of(item) == "withheld"
    assert await posts(phones) == []


async def test_while_sending_is_switched_off_nothing_leaves_and_then_everything_does(hands: Hands, phones: Network):
    item = await owed(hands, 1)
    await switch_sending(is_on=False, by="Ada", now=hands.house.clock.now())

    await send_texts(hands, [item.id])
    assert await posts(phones) == []
    assert await state_of(item) == "owed"

    await switch_sending(is_on=True, by="Ada", now=hands.house.clock.now())
    await send_texts(hands, [item.id])
    assert len(await posts(phones)) == 1


@pytest.mark.promise(13)
async def test_after_a_stop_nothing_is_claimed(hands: Hands, phones: Network):
    item = await owed(hands)
    await suppress(item.recipient_key, "stop", hands.house.clock.now())

    await send_texts(hands, [item.id])

    assert await state_of(item) == "withheld"
    assert await posts(phones) == []


async def test_a_refusal_as_opted_out_blocks_the_number(hands: Hands, phones: Network):
    await phones.fails({"on": "messages.create", "do": "error:21610"})
    refused, next_one = await owed(hands), await owed(hands)

    await send_texts(hands, [refused.id, next_one.id])

    assert [await state_of(refused), await state_of(next_one)] == ["failed", "withheld"]
    assert len(await posts(phones)) == 1


@pytest.mark.promise(7)
async def test_a_busy_network_is_asked_again_no_sooner_than_it_said(hands: Hands, phones: Network):
    await phones.fails({"on": "messages.create", "do": "429-retry-after"})
    item = await owed(hands)

    asked_at = real_now()
    await send_texts(hands, [item.id])
    await send_texts(hands, [item.id])
    assert (await state_of(item), len(await posts(phones))) in {("owed", 1)}
    assert item.id not in await owed_ids(hands.house.clock.now())

    await comes_true(lambda: _is_ready(hands, item.id))
    assert (real_now() - asked_at).total_seconds() >= 1.0
    await send_texts(hands, [item.id])
    assert (await state_of(item), len(await posts(phones))) == ("accepted", 2)
    assert (await OutboxItem.get(id=item.id)).attempts == 1


@pytest.mark.promise(8)
@pytest.mark.parametrize("fault", ["500-processed", "reset-processed"])
async def test_a_lost_answer_is_asked_for_and_never_posted_blindly(hands: Hands, phones: Network, fault: str):
    await phones.fails({"on": "messages.create", "do": fault})
    item = await owed(hands)
    await send_texts(hands, [item.id])
    assert await state_of(item) == "unknown"

    await send_texts(hands, [item.id])
    await asyncio.gather(*(settle_texts(hands, [item.id]) for _ in range(3)))

    assert RANKS[await state_of(item)] >= RANKS["accepted"]
    assert len(await posts(phones)) == 1


async def test_what_the_network_does_not_list_is_posted_once_more_after_ten_seconds_and_then_given_up(
    hands: Hands, phones: Network
):
    await phones.fails({"on": "messages.create", "do": "500-not-processed", "for": 2})
    item = await owed(hands)

    await send_texts(hands, [item.id])
    for came_to in ("owed", "failed"):
        for waited, state in ((9, "unknown"), (11, came_to)):
            await OutboxItem.filter(id=item.id).update(lease_until=real_now() - timedelta(seconds=waited))
            await settle_texts(hands, [item.id])
            assert await state_of(item) == state
        await send_texts(hands, [item.id])

    assert len(await posts(phones)) == POSTS
    assert [each for each in await phones.log() if each["kind"] == "text"] == []


async def test_a_text_with_the_same_words_waits_until_the_lost_one_is_settled(hands: Hands, phones: Network):
    await phones.fails({"on": "messages.create", "do": "500-processed"})
    lost, same = await owed(hands), await owed(hands)
    await send_texts(hands, [lost.id, same.id])
    assert [await state_of(lost), await state_of(same)] == ["unknown", "owed"]

    await settle_texts(hands, [lost.id])
    await send_texts(hands, [same.id])

    sids = {(await OutboxItem.get(id=item.id)).sid for item in (lost, same)}
    assert len(sids) == 2
    assert len(await posts(phones)) == 2


async def test_one_that_fails_in_a_batch_is_told_by_its_id_and_the_others_are_sent(
    hands: Hands, phones: Network, caplog: pytest.LogCaptureFixture
):
    items, now = [await owed(hands, n) for n in range(4)], hands.house.clock.now()
    someone = await make_someone(hands.house.vault, number(1), locale="en", status="active", now=now)
    wordless = someone.key.seal_json({"words": "none"}, ARGUMENTS)
    await OutboxItem.filter(id=items[1].id).update(person_id=someone.id, arguments_sealed=wordless)

    with caplog.at_level(logging.ERROR):
        await send_texts(hands, [item.id for item in items])

    assert [await state_of(item) for item in items] == ["accepted", "owed", "accepted", "accepted"]
    assert f"row_failed kind=outbox id={items[1].id}" in caplog.text
    assert len(await posts(phones)) == 3


async def test_answers_that_differ_are_each_taken_for_their_own_text(hands: Hands, phones: Network):
    items = [await owed(hands, n) for n in range(4)]
    await phones.fails(
        {"on": "messages.create", "do": "429", "number": number(1)},
        {"on": "messages.create", "do": "error:21211", "number": number(2)},
        {"on": "messages.create", "do": "500-processed", "number": number(3)},
    )

    await send_texts(hands, [item.id for item in items])

    assert [await state_of(item) for item in items] == ["accepted", "owed", "failed", "unknown"]
    assert sorted(each["To"] for each in await posts(phones)) == [number(n) for n in range(4)]


WORDS = [*STATES, "a-word-of-tomorrow"]


@pytest.mark.promise(3)
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(order=st.lists(st.sampled_from(WORDS), min_size=1, max_size=8))
async def test_the_state_of_a_text_never_moves_down_whatever_the_order_of_callbacks(hands: Hands, order: list[str]):
    item = await owed(hands)
    await OutboxItem.filter(id=item.id).update(state="posting")
    sid, highest = new_sid(), 0

    for word in order:
        status = TextStatus(sid, word, 30003 if word in {"failed", "undelivered"} else None, str(item.token))
        await take_status(hands.house, status, hands.house.clock.now())
        rank = RANKS[await state_of(item)]
        highest = max(highest, RANKS[STATES.get(word, "accepted")])
        assert rank == highest

    kept = await OutboxItem.get(id=item.id)
    assert kept.sid == sid
    assert (kept.arguments_sealed is None) == (highest == FINAL_RANK)


async def _are_all(_rows: type[OutboxItem], state: str) -> bool:
    return not await OutboxItem.exclude(state=state).exists()


async def _is_ready(hands: Hands, item_id: int) -> bool:
    return item_id in await owed_ids(hands.house.clock.now())
