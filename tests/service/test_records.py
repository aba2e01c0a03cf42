"""What the tables themselves promise: ledgers that only grow, one of a kind while open, nothing left of the erased."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from tortoise import fields
from tortoise.exceptions import IntegrityError
from tortoise.models import Model

from service import records
from service.database import Database, execute, fetch, in_transaction, migrate, open_database
from service.embedded.postgres import EmbeddedPostgres
from service.records import (
    AuditEvent,
    Bond,
    ConsentEntry,
    Due,
    Grant,
    InboundEvent,
    Note,
    OutboxItem,
    Pair,
    PairMember,
    Person,
    PersonKey,
    Pin,
    PublishedItem,
    Rating,
    Session,
    Suppression,
)
from tests.service.emptying import empty_all

NOW = datetime(2026, 3, 2, 18, 30, tzinfo=UTC)
TODAY = date(2026, 3, 2)
LONG_AGO = datetime.now(UTC) - timedelta(days=6 * 366)


@pytest.fixture(scope="module")
async def opened(town_server: EmbeddedPostgres) -> AsyncIterator[Database]:
    await migrate(town_server.create_database("as_migrated"))
    database = await open_database(town_server.create_database("records", template="as_migrated"))
    yield database
    await database.close()


@pytest.fixture
async def database(opened: Database) -> AsyncIterator[Database]:
    await empty_all(opened)
    with opened.in_use():  # other databases may be open in this process
        yield opened


async def a_person(number_key: str | None = None, **told: Any) -> Person:
    return await Person.create(
        **{"bond": await Bond.create(), "number_key": number_key, "locale": "en", "status": "active"}
        | {"created_at": NOW}
        | told
    )


async def a_text(person: Person | None, **told: Any) -> OutboxItem:
    plain = {
        "recipient_key": "ada", "purpose": "check-in", "phrase_id": "CK-1", "locale": "en", "words_version": "1",
        "body_hash": "words", "segments": 1, "state": "owed", "priority": 5, "owed_at": NOW, "not_before": NOW,
        "expires_at": NOW + timedelta(hours=4), "intent": uuid4(),
    }  # fmt: skip
    return await OutboxItem.create(person=person, **plain | told)


async def a_due(person: Person | None, **told: Any) -> Due:
    plain = {"kind": "check-in", "rule": "check-in:1", "local_date": TODAY, "slot": "18:30", "state": "waiting"}
    return await Due.create(person=person, due_at=NOW, created_at=NOW, **plain | told)


async def a_session(person: Person, **told: Any) -> Session:
    plain = {"channel": "text", "script": "check-in", "script_hash": "hash", "state_sealed": "v1.", "turn": 1}
    return await Session.create(person=person, opened_at=NOW, updated_at=NOW, **plain | {"is_open": True} | told)


async def a_consent(at: datetime = NOW) -> ConsentEntry:
    plain = {"act": "given", "subject": "texts", "wording": "Text JOIN", "channel": "sms", "source": "keyword"}
    return await ConsentEntry.create(person_ref=uuid4(), number_key="ada", at=at, **plain)


async def an_audit_event(at: datetime = NOW) -> AuditEvent:
    return await AuditEvent.create(at=at, actor="clinic", act="exported")


@pytest.mark.parametrize("enter", [a_consent, an_audit_event])
@pytest.mark.parametrize(
    "change", ["UPDATE {table} SET at = now()", "DELETE FROM {table}", "TRUNCATE {table}", "TRUNCATE {table} CASCADE"]
)
async def test_a_ledger_only_grows(database: Database, enter: Any, change: str) -> None:
    entry = await enter()

    with pytest.raises(IntegrityError, match="it only grows"):
        await execute(change.format(table=entry._meta.db_table))

    assert await type(entry).all().count() == 1


@pytest.mark.parametrize("enter", [a_consent, an_audit_event])
async def test_a_ledger_lets_go_after_six_years(database: Database, enter: Any) -> None:
    old, recent = await enter(at=LONG_AGO), await enter(at=datetime.now(UTC) - timedelta(days=2190))

    await type(old).filter(at__lt=LONG_AGO + timedelta(seconds=1)).delete()

    assert [entry.id for entry in await type(recent).all()] == [recent.id]


async def test_a_person_has_one_place_in_a_pair_until_they_leave_it(database: Database) -> None:
    ada = await a_person()
    first, second = [
        await Pair.create(bond_id=ada.bond_id, state="active", mode="self", created_at=NOW) for _ in range(2)
    ]
    place = await PairMember.create(pair=first, person=ada)

    with pytest.raises(IntegrityError, match="pair_member_one_place"):
        await PairMember.create(pair=second, person=ada)

    place.left_at = NOW
    await place.save()
    await PairMember.create(pair=second, person=ada)


async def test_a_grant_is_given_once_until_it_is_withdrawn(database: Database) -> None:
    ada = await a_person()
    given = {"person": ada, "kind": "C3", "given_at": NOW, "expires_at": NOW + timedelta(days=90)}
    grant = await Grant.create(**given)

    with pytest.raises(IntegrityError, match="sharing_grant_one_of_a_kind"):
        await Grant.create(**given)

    grant.withdrawn_at = NOW
    await grant.save()
    await Grant.create(**given)


async def test_one_session_is_open_on_a_channel(database: Database) -> None:
    ada = await a_person()
    await a_session(ada, is_open=False)
    await a_session(ada)

    with pytest.raises(IntegrityError, match="session_one_open"):
        await a_session(ada)


@pytest.mark.promise(9)
async def test_an_occurrence_is_made_once(database: Database) -> None:
    await a_due(None)

    with pytest.raises(IntegrityError, match="rule, local_date, slot"):
        await a_due(None, state="dropped")

    await a_due(None, slot="19:30")


async def test_the_same_words_are_under_way_to_a_number_once(database: Database) -> None:
    await a_text(None, state="unknown")
    waiting = await a_text(None)

    waiting.state = "posting"
    with pytest.raises(IntegrityError, match="outbox_one_under_way"):
        await waiting.save()

    await a_text(None, state="posting", body_hash="other words")
    await a_text(None, state="posting", recipient_key="ben")


@pytest.mark.promise(1)
async def test_an_event_is_taken_in_once(database: Database) -> None:
    event = {"provider": "twilio", "kind": "sms", "sid_key": "key", "received_at": NOW}
    await InboundEvent.create(**event)

    with pytest.raises(IntegrityError):
        await InboundEvent.create(**event)


@pytest.mark.parametrize(
    ("sentence", "constraint"),
    [
        ("UPDATE person SET status = 'gone'", "person_status"),
        ("UPDATE due SET state = 'late'", "due_state"),
        ("UPDATE outbox SET state = 'lost'", "outbox_state"),
        ("UPDATE session SET channel = 'fax'", "session_channel"),
    ],
)
async def test_a_state_nobody_knows_is_refused(database: Database, sentence: str, constraint: str) -> None:
    ada = await a_person()
    await a_due(ada)
    await a_text(ada)
    await a_session(ada)

    with pytest.raises(IntegrityError, match=constraint):
        await execute(sentence)


async def test_erasing_a_person_leaves_the_proof_the_opt_out_and_what_they_gave_away(database: Database) -> None:
    ada, ben = await a_person("ada"), await a_person("ben")
    kept = {"local_date": TODAY, "keep_until": TODAY}
    await Rating.create(person=ada, item="mood", value_sealed="v1.", slot="18:30", is_late=False, **kept)
    await Note.create(person=ada, kind="feeling", text_sealed="v1.", **kept)
    await Pin.create(person=ada, hash="$argon2id$", set_at=NOW)
    await Grant.create(person=ada, kind="C3", given_at=NOW, expires_at=NOW)
    pair = await Pair.create(bond_id=ada.bond_id, state="active", mode="self", created_at=NOW)
    await PairMember.create(pair=pair, person=ada)
    for receiver, publisher in ((ada, ben), (ben, ada)):
        shown = {"kind": "kind", "item_sealed": "v1.", "local_date": TODAY, "expires_on": TODAY}
        await PublishedItem.create(receiver=receiver, publisher_id=publisher.id, **shown)
    await a_session(ada)
    await a_due(ada)
    await a_text(ada)
    await a_consent()
    await an_audit_event()
    await Suppression.create(number_key="ada", opted_out_at=NOW, reason="stop")

    await ada.delete()

    gone = (Rating, Note, Pin, Grant, PairMember, Session, Due, OutboxItem)
    assert [await rows.all().count() for rows in gone] == [0] * len(gone)
    assert [await rows.all().count() for rows in (ConsentEntry, AuditEvent, Suppression)] == [1, 1, 1]
    assert [item.receiver_id for item in await PublishedItem.all()] == [ben.id]


async def test_a_bond_somebody_lives_in_cannot_be_removed(database: Database) -> None:
    ada = await a_person()

    with pytest.raises(IntegrityError):
        await Bond.filter(id=ada.bond_id).delete()


async def test_rows_come_back_with_what_was_not_said_and_times_in_utc(database: Database) -> None:
    madrid = datetime.fromisoformat("2026-03-02T19:30:00+01:00")
    elena = await a_person(created_at=madrid, zone="Europe/Madrid", settings={"level": 3})

    found = await Person.get(id=elena.id)

    assert (found.created_at, found.created_at.utcoffset()) == (NOW, timedelta())
    assert (found.settings, found.unanswered, found.no_follow_up, found.number_key) == ({"level": 3}, 0, False, None)


async def test_plain_sql_runs_in_the_transaction_under_way(database: Database) -> None:
    async def cut_off() -> None:
        async with in_transaction("test"):
            assert await execute("INSERT INTO stranger (number_key) VALUES ($1), ($2)", "a", "b") == 2
            assert await fetch("SELECT count(*) AS strangers FROM stranger") == [{"strangers": 2}]
            raise ConnectionAbortedError

    with pytest.raises(ConnectionAbortedError):
        await cut_off()

    assert await fetch("SELECT number_key FROM stranger") == []


async def test_a_statement_says_how_many_rows_it_touched(database: Database) -> None:
    once = "INSERT INTO stranger (number_key) VALUES ($1) ON CONFLICT DO NOTHING"

    assert (await execute(once, "a"), await execute(once, "a")) == (1, 0)
    assert await execute("UPDATE stranger SET told_on = $1", TODAY) == 1
    assert await execute("SET LOCAL lock_timeout = 0") == 0


async def test_rows_can_be_claimed_and_read_in_one_statement(database: Database) -> None:
    due = await a_due(None)

    claimed = await fetch(
        "UPDATE due SET state = 'opening' WHERE id IN"
        " (SELECT id FROM due WHERE state = 'waiting' ORDER BY due_at LIMIT $1 FOR UPDATE SKIP LOCKED)"
        " RETURNING id, kind",
        10,
    )

    assert claimed == [{"id": due.id, "kind": "check-in"}]


async def test_a_second_database_serves_only_where_it_is_asked_for(
    database: Database, town_server: EmbeddedPostgres
) -> None:
    await PersonKey.create(person_id=uuid4(), wrapped="v1.", created_at=NOW)
    other = await open_database(town_server.create_database("other", template="as_migrated"), pool=2)

    with other.in_use():
        keys_there = await PersonKey.all().count()

    assert (keys_there, await PersonKey.all().count()) == (0, 1)
    await other.close()
    assert await PersonKey.all().count() == 1


async def test_emptying_takes_the_ledgers_too_and_leaves_them_guarded(database: Database) -> None:
    await a_consent()

    await empty_all(database)

    assert await ConsentEntry.all().count() == 0
    assert (await a_consent()).id > 1
    with pytest.raises(IntegrityError):
        await execute("DELETE FROM consent_entry")


def test_free_text_lies_only_in_sealed_columns() -> None:
    # Who vouched, who audited, proof wording, a script's source, hashes and wrapped keys hold no person's words.
    open_by_design = {
        "PairMember.vouched_by", "ConsentEntry.wording", "ConsentEntry.source", "AuditEvent.actor", "AuditEvent.act",
        "ScriptVersion.source", "Pin.hash", "PersonKey.wrapped", "Switch.by",
    }  # fmt: skip
    models: list[type[Model]] = [getattr(records, name) for name in records.__all__]

    free = {
        f"{model.__name__}.{name}"
        for model in models
        for name, field in model._meta.fields_map.items()
        if isinstance(field, fields.TextField) and not name.endswith("_sealed")
    }

    assert free == open_by_design
