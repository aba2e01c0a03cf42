"""With a hundred thousand rows in every table no sweep and no turn reads one from end to end."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from typing import Any
from uuid import uuid4

import asyncpg
import pytest
import pytest_asyncio

from service.calling_out import owed_call_ids
from service.circle import CIRCLE, read_circle
from service.claiming import claim, due_ids, tried_before
from service.conversation import take_text
from service.database import execute, fetch
from service.gateway.port import ArrivedText
from service.house import House
from service.measures import beat, worker_age
from service.opening_together import open_claimed
from service.reconciling import does_notice_wait
from service.records import Due
from service.scheduling import check_ins_of
from service.sending import claim as claim_texts
from service.sending import owed_ids, owed_to_people_of
from service.settling import blocked_people, expire_leases
from service.tidying import forget_what_is_over, redact_at_network
from tests.bench.crowd import Member, settle
from tests.service.conftest import COUNT, Installation

MANY = 100_000
NOBODY = "00000000-0000-4000-8000-"
# Rows of strangers' that lie about: what was done long ago or is due another day. `i` counts them.
ROWS = f"""
SET session_replication_role = replica;
INSERT INTO bond (id) SELECT ('{NOBODY}' || lpad(i::text, 12, '0'))::uuid FROM generate_series(1, {MANY}) i;
INSERT INTO person (id, bond_id, number_key, number_sealed, locale, zone, status, created_at)
  SELECT id, id, left(md5(id::text), 32), '', 'en', 'America/New_York', 'active', now() FROM bond
  WHERE id::text LIKE '{NOBODY}%';
INSERT INTO person_key (person_id, wrapped, created_at) SELECT id, '', now() FROM bond WHERE id::text LIKE '{NOBODY}%';
INSERT INTO due (person_id, kind, rule, local_date, slot, due_at, state, created_at, closed_at, session_id)
  SELECT ('{NOBODY}' || lpad(i::text, 12, '0'))::uuid, CASE WHEN i % 2 = 0 THEN 'check-in' ELSE 'timer' END,
  'r' || i, now()::date, '18:30', now() + (i % 2 - 0.5) * 2 * interval '1 hour' * (1 + i % 40),
  CASE WHEN i % 2 = 1 THEN 'waiting' ELSE 'done' END, now(), CASE WHEN i % 2 = 0 THEN now() END, 1000000 + i
  FROM generate_series(1, {MANY}) i;
INSERT INTO outbox (token, person_id, recipient_key, purpose, phrase_id, locale, words_version, body_hash, segments,
  state, priority, owed_at, not_before, expires_at, intent, sid, posted_at, settled_at, is_redacted)
  SELECT gen_random_uuid(), ('{NOBODY}' || lpad(i::text, 12, '0'))::uuid, left(md5('r' || i), 32), 'check-in', 'CK-1',
  'en', '1', md5(i::text), 1, 'delivered', 40, now(), now(), now() + interval '1 hour', gen_random_uuid(), 'SM' || i,
  now(), now(), i % 50 <> 0 FROM generate_series(1, {MANY}) i;
INSERT INTO session (person_id, channel, script, script_hash, state_sealed, turn, is_open, opened_at, updated_at)
  SELECT id, 'text', 'check-in', '0', '', 3, false, now(), now() FROM person WHERE id::text LIKE '{NOBODY}%';
INSERT INTO rating (id, person_id, item, value_sealed, local_date, slot, is_late, keep_until)
  SELECT gen_random_uuid(), id, 'mood', '', now()::date, 'day', false, now()::date + 365 FROM person;
INSERT INTO note (id, person_id, kind, text_sealed, local_date, keep_until)
  SELECT gen_random_uuid(), id, 'mood', '', now()::date, now()::date + 90 FROM person;
INSERT INTO inbound_event (provider, kind, sid_key, received_at)
  SELECT 'twilio', 'text', left(md5(i::text), 32), now() FROM generate_series(1, {MANY}) i;
INSERT INTO delivery_event (sid_key, status, at) SELECT left(md5(i::text), 32), 'delivered', now()
  FROM generate_series(1, {MANY}) i;
INSERT INTO call (token, person_id, script, purpose, is_booked, state, owed_at, not_before, expires_at, intent,
  settled_at) SELECT gen_random_uuid(), id, 'check-in', 'check-in', true, 'completed', now(), now(), now(), id, now()
  FROM person;
SET session_replication_role = origin;
"""
# Once a night, and only a reading of the whole table can tell what belongs to nobody any more.
ONCE_A_NIGHT = ("DELETE FROM bond", "DELETE FROM person_key", "DELETE FROM person ")

Act = Callable[[House], Awaitable[object]]


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def crowded(first_town: Installation) -> AsyncIterator[tuple[House, Member]]:
    """A hundred thousand strangers, and somebody whose check-in is due now."""
    town = first_town.with_database(f"plans_{next(COUNT)}")
    async with town.opened(pool=1, SENDER_SEGMENTS_PER_SECOND="0") as house:
        connection = await asyncpg.connect(town.environment["DATABASE_URL"])
        await connection.execute(ROWS)
        await connection.close()
        now = house.clock.now()
        (member,) = await settle(town.environment["DATABASE_URL"], house.vault, 1, now=now)
        await Due.create(
            person_id=member.id, kind="check-in", rule=f"check-in:{member.id}", local_date=now.date(), slot="18:30",
            due_at=now, zone="America/New_York", state="waiting", created_at=now,
        )  # fmt: skip
        yield house, member


async def _sweeps(house: House) -> None:
    """What a worker asks each second, and what follows from what it finds."""
    now = house.clock.now()
    ids = await due_ids(now)
    await owed_ids(now)
    await expire_leases()
    await owed_call_ids(now)
    await does_notice_wait(house, now)
    await blocked_people(now)
    await beat()
    await worker_age()
    await tried_before(ids, now)


async def _opens_and_sends(house: House) -> None:
    (due,) = await Due.filter(rule__startswith="check-in:", state="waiting")
    claimed = await claim([due.id], house.clock.now())
    await open_claimed(house, claimed)
    owed = await owed_to_people_of(claimed, house.clock.now())
    assert len(owed) == 1
    assert len(await claim_texts(house, owed, house.clock.now())) == 1
    await check_ins_of([due.person_id or uuid4()], house.clock.now())


async def _tidies(house: House) -> None:
    await forget_what_is_over(house.clock.now())
    await redact_at_network(None, house.clock.now())  # type: ignore[arg-type]  # nothing is a day old


@pytest.mark.slow
async def test_nothing_that_is_asked_often_reads_a_table_from_end_to_end(crowded: tuple[House, Member]):
    house, member = crowded

    async def is_answered(house: House) -> None:
        for body in ("4 tired, argued", "8"):
            arrived = ArrivedText(f"SM{uuid4().hex}", member.number, "+12025550100", body, house.clock.now())
            assert await take_text(house, arrived)

    read_whole = []
    for act in (_sweeps, _opens_and_sends, is_answered, _tidies):
        asked = await _asked_by(house, act)
        assert asked
        for sql, values in asked:
            read_whole += [f"{act.__name__}: {table}: {sql[:160]}" for table in await _read_whole(house, sql, values)]

    assert not read_whole, "\n".join(read_whole)


@pytest.mark.slow
async def test_a_persons_circle_is_laid_out_a_few_times_on_a_connection_and_then_kept(crowded: tuple[House, Member]):
    house, member = crowded

    for _ in range(9):
        assert await read_circle(house.vault, member.id, house.clock.now()) is not None

    (kept,) = await fetch(
        "SELECT generic_plans, custom_plans FROM pg_prepared_statements WHERE statement = $1", CIRCLE
    )
    assert kept["generic_plans"] >= 4, kept


async def _asked_by(house: House, act: Act) -> list[tuple[str, Sequence[Any]]]:
    """What the database was asked over the pool's only connection, with its values."""
    seen: list[tuple[str, Sequence[Any]]] = []

    def see(record: Any) -> None:
        seen.append((record.query, record.args))

    async with house.database.client.acquire_connection() as connection:
        connection.add_query_logger(see)
    await act(house)
    async with house.database.client.acquire_connection() as connection:
        connection.remove_query_logger(see)
    verbs = ("SELECT", "INSERT", "UPDATE", "DELETE", "WITH", "(SELECT")
    return [(sql, values) for sql, values in seen if sql.strip().startswith(verbs)]


async def _read_whole(house: House, sql: str, values: Sequence[Any]) -> set[str]:
    """The large tables that this statement reads from end to end."""
    if sql.strip().startswith(ONCE_A_NIGHT):
        return set()
    async with house.database.client.acquire_connection() as connection:
        plan = json.loads(await connection.fetchval(f"EXPLAIN (FORMAT JSON) {sql}", *values))
    return {node["Relation Name"] for node in _nodes(plan[0]["Plan"]) if node["Node Type"] == "Seq Scan"} & LARGE


def _nodes(plan: dict[str, Any]) -> list[dict[str, Any]]:
    return [plan, *(node for part in plan.get("Plans", ()) for node in _nodes(part))]


LARGE = {
    "bond", "person", "person_key", "due", "outbox", "session", "rating", "note", "inbound_event", "delivery_event",
    "call",
}  # fmt: skip


@pytest.mark.slow
async def test_the_tables_are_as_large_as_said_and_a_way_that_is_missing_would_be_seen(crowded: tuple[House, Member]):
    assert await _read_whole(crowded[0], "SELECT id FROM due WHERE slot = $1", ["18:31"]) == {"due"}
    counts = {table: await execute(f"SELECT 1 FROM {table}") for table in LARGE}
    assert min(counts.values()) >= MANY, counts
