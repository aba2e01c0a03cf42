"""Four workers at one database: nothing is claimed twice, and nothing is left."""

from __future__ import annotations

import asyncio
from collections import Counter

import pytest

from service.claiming import claim as claim_due
from service.claiming import due_ids
from service.database import execute
from service.delivery import TO
from service.sending import claim as claim_texts
from service.sending import owed_ids
from service.someone import ARGUMENTS
from workers.hands import Hands
from workers.rounds import IDS_A_JOB

WORKERS = 4
MANY = 50_000
# A text to each of so many strangers; every second is to a number that is owed another one first.
OWED = (
    "INSERT INTO outbox (token, recipient_key, to_sealed, purpose, phrase_id, locale, words_version, arguments_sealed,"
    " body_hash, segments, state, priority, owed_at, not_before, expires_at, intent)"
    " SELECT gen_random_uuid(), md5((i / 2)::text), $2, 'reply', 'G-WHO', 'en', '1', $3, md5(i::text), 1, 'owed', 10,"
    " $4, $4, $4::timestamptz + interval '4 hours', gen_random_uuid() FROM generate_series(1, $1::int) i"
)
DUE = (
    "INSERT INTO due (kind, rule, local_date, slot, due_at, state, created_at)"
    " SELECT 'check-in', 'r' || i, $2::timestamptz::date, '18:30', $2, 'waiting', $2 FROM generate_series(1, $1::int) i"
)


async def _texts_claimed(hands: Hands, count: int) -> Counter[int]:
    """How often each text was claimed. What was claimed is accepted, so that the next one to that number may go."""
    house, claimed = hands.house, Counter[int]()
    to, words = house.vault.seal("+12125559000", TO), house.vault.seal("Mendline: who we are.", ARGUMENTS)
    await execute(OWED, count, to, words, house.clock.now())

    async def works() -> None:
        while ids := await owed_ids(house.clock.now()):
            for start in range(0, len(ids), IDS_A_JOB):
                ours = [
                    each.item.id
                    for each in await claim_texts(house, ids[start : start + IDS_A_JOB], house.clock.now())
                ]
                claimed.update(ours)
                await execute("UPDATE outbox SET state = 'accepted' WHERE id = ANY($1::bigint[])", ours)

    await asyncio.gather(*(works() for _ in range(WORKERS)))
    return claimed


async def _rows_claimed(hands: Hands, count: int) -> Counter[int]:
    """How often each due row was claimed."""
    house, claimed = hands.house, Counter[int]()
    await execute(DUE, count, house.clock.now())

    async def works() -> None:
        while ids := await due_ids(house.clock.now()):
            for start in range(0, len(ids), IDS_A_JOB):
                claimed.update(await claim_due(ids[start : start + IDS_A_JOB], house.clock.now()))

    await asyncio.gather(*(works() for _ in range(WORKERS)))
    return claimed


@pytest.mark.parametrize("claimed_of", [_texts_claimed, _rows_claimed])
@pytest.mark.parametrize("count", [600, pytest.param(MANY, marks=[pytest.mark.slow, pytest.mark.timeout(900)])])
async def test_four_workers_claim_each_row_once_and_leave_none(hands: Hands, claimed_of, count: int):
    claimed = await claimed_of(hands, count)

    assert len(claimed) == count
    assert set(claimed.values()) == {1}
