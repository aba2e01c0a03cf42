"""Due rows open once, a poisoned one is set aside, and a sweep finds what no queue ever heard of."""

from __future__ import annotations

import asyncio
from datetime import timedelta

from service.claiming import OPENINGS, due_ids
from service.clock import real_now
from service.demo import load_demo
from service.records import Due, OutboxItem
from service.scheduling import CHECK_IN
from tests.stories.people import Network
from tests.workers.owing import owed, posts, state_of
from workers.due import open_due_rows
from workers.hands import Hands
from workers.outbox import send_texts
from workers.rounds import Rounds
from workers.watchdog import Watchdog


async def _check_ins_due_now(hands: Hands) -> list[int]:
    """The demo people, whose next check-in is due now."""
    await load_demo(hands.house)
    now = hands.house.clock.now()
    await Due.filter(kind=CHECK_IN, state="waiting").update(due_at=now, expires_at=now + timedelta(hours=3))
    return [each.id for each in await Due.filter(kind=CHECK_IN, state="waiting").order_by("id")]


async def test_two_workers_at_once_open_a_check_in_once(hands: Hands):
    ids = await _check_ins_due_now(hands)

    await asyncio.gather(*(open_due_rows(hands, ids) for _ in range(4)))
    await open_due_rows(hands, ids)

    opened = await OutboxItem.filter(due_id__in=ids)
    assert sorted(item.due_id or 0 for item in opened) == ids
    assert set(await Due.filter(id__in=ids).values_list("state", flat=True)) == {"done"}


async def test_what_an_opening_owes_leaves_with_it_and_waits_for_no_sweep(hands: Hands):
    ids = await _check_ins_due_now(hands)

    await open_due_rows(hands, ids)

    assert set(await OutboxItem.filter(due_id__in=ids).values_list("state", flat=True)) == {"accepted"}


async def test_a_row_that_kills_its_worker_is_set_aside_and_blocks_nobody(hands: Hands):
    ids = await _check_ins_due_now(hands)
    poisoned, healthy = ids[0], ids[1:]
    await Due.filter(id=poisoned).update(kind="no-such-kind")

    for _death in range(OPENINGS + 1):
        await open_due_rows(hands, await due_ids(hands.house.clock.now()))
        await Due.filter(state="opening").update(lease_until=real_now() - timedelta(seconds=1))

    assert (await Due.get(id=poisoned)).state == "quarantined"
    assert set(await Due.filter(id__in=healthy).values_list("state", flat=True)) == {"done"}
    assert poisoned not in await due_ids(hands.house.clock.now())


async def test_a_text_that_cannot_be_unsealed_holds_up_nothing_after_it(hands: Hands, phones: Network):
    broken, next_one = await owed(hands), await owed(hands)
    await OutboxItem.filter(id=broken.id).update(arguments_sealed="nobody's seal")

    await send_texts(hands, [broken.id, next_one.id])

    assert [await state_of(broken), await state_of(next_one)] == ["withheld", "accepted"]
    assert len(await posts(phones)) == 1


async def test_a_sweep_opens_and_sends_what_no_queue_ever_heard_of(hands: Hands):
    ids = await _check_ins_due_now(hands)
    rounds = Rounds(hands, Watchdog())

    await rounds.sweep()
    await rounds.sweep()

    assert set(await Due.filter(id__in=ids).values_list("state", flat=True)) == {"done"}
    assert set(await OutboxItem.filter(due_id__in=ids).values_list("state", flat=True)) == {"accepted"}
