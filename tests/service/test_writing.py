"""Rows that wait and are written in one statement say what the ORM would have said; nothing meanwhile misses them."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Iterator
from datetime import date
from typing import Any
from uuid import uuid4

import pytest
import pytest_asyncio
from tortoise.exceptions import IncompleteInstanceError, IntegrityError
from tortoise.models import Model

from service import records
from service.database import fetch, in_transaction
from service.house import House
from service.records import Attempt, Due, Note, OutboxItem, Person, Rating
from service.writing import insert_later, keep_later, later, update_later, written
from tests.service.conftest import COUNT, EVENING, Installation

MODELS = [each for each in vars(records).values() if isinstance(each, type) and issubclass(each, Model)]
NEVER_CHANGED = {"consent_entry", "audit_event", "bond"}
LEAVES = (Due, OutboxItem, Note, Rating, Attempt)


@pytest_asyncio.fixture(loop_scope="session")
async def house(first_town: Installation) -> AsyncIterator[House]:
    """The demo people, with all that their first week left behind."""
    town = first_town.with_database(f"writing_{next(COUNT)}", template="first_town")
    async with town.opened() as opened:
        yield opened


@pytest.mark.parametrize("model", [each for each in MODELS if each._meta.db_table not in NEVER_CHANGED])
async def test_a_row_written_together_with_others_is_what_the_orm_writes(house: House, model: type[Model]):
    before = await _all_of(model)

    async with in_transaction("test"):
        for row in await model.all():
            update_later(row)

    assert await _all_of(model) == before


async def test_one_row_is_laid_out_as_one_and_several_as_many(house: House):
    """For a hundred rows, which is what PostgreSQL expects of an array, it reads all people of a small house."""
    people, expected, asked = await Person.all(), [], []
    for some in (people[:1], people[:2]):
        async with in_transaction("test") as transaction:
            async with transaction.acquire_connection() as connection:
                connection.add_query_logger(lambda record: asked.append((record.query, record.args)))
            for person in some:
                update_later(person)
            await written()
            await asyncio.sleep(0)  # the loop calls whoever listens
            (sql, values) = next(each for each in asked if "UPDATE" in each[0])
            plan = await connection.fetchval(f"EXPLAIN (FORMAT JSON) {sql}", *values)
            expected.append([each["Plan Rows"] for each in nodes_of(json.loads(plan)) if "Function Name" in each])
        asked.clear()

    assert expected == [[1], [100]]


def nodes_of(plan: Any) -> Iterator[dict[str, Any]]:
    """Each step of a plan."""
    for each in plan if isinstance(plan, list) else [plan]:
        below = each.get("Plan") or each
        yield below
        yield from nodes_of(below.get("Plans", []))


@pytest.mark.parametrize("model", LEAVES)
async def test_a_new_row_written_with_others_is_what_the_orm_writes(house: House, model: type[Model]):
    ada = await Person.all().order_by("created_at").first()
    assert ada is not None
    for row in (_rating(ada), _note(ada), Attempt(scope="lost", key="ada", at=EVENING)):
        await row.save()
    before, rows = await _all_of(model), await model.all()
    assert before

    async with in_transaction("test"):
        await model.all().delete()
        while rows:  # nobody else keeps a row that waits
            insert_later(rows.pop())

    assert await _all_of(model) == before


async def test_whatever_is_asked_meanwhile_finds_everything_written(house: House):
    async with in_transaction("test"):
        insert_later(Attempt(scope="waits", key="ada", at=EVENING))
        by_orm = await Attempt.filter(scope="waits").count()
        insert_later(Attempt(scope="waits", key="ben", at=EVENING))
        by_hand = await fetch("SELECT count(*) AS n FROM attempt WHERE scope = 'waits'")

    assert (by_orm, by_hand[0]["n"]) == (1, 2)


async def test_a_row_is_written_as_it_was_when_it_was_said_last(house: House):
    attempt = Attempt(scope="before", key="ada", at=EVENING)

    async with in_transaction("test"):
        insert_later(attempt)
        attempt.scope = "after"
        update_later(attempt)
        attempt.scope = "never said"
    ada = await Person.all().order_by("created_at").first()
    assert ada is not None
    async with in_transaction("test"):
        for unanswered in (1, 2):
            ada.unanswered = unanswered
            update_later(ada)

    assert [each.scope for each in await Attempt.filter(key="ada")] == ["after"]
    assert (await Person.get(id=ada.id)).unanswered == 2


async def test_a_new_row_whose_number_is_not_known_is_not_written_twice(house: House):
    attempt = Attempt(scope="once", key="ada", at=EVENING)

    async with in_transaction("test"):
        insert_later(attempt)
        with pytest.raises(IncompleteInstanceError):
            await attempt.save()
        await written()
        with pytest.raises(RuntimeError, match="number is not known"):
            update_later(attempt)

    assert await Attempt.filter(scope="once").count() == 1


@pytest.mark.parametrize(("changing", "sealed"), [(("value_sealed",), "7"), ((), "4")])
async def test_a_row_that_is_there_already_is_changed_in_the_columns_that_were_named(
    house: House, changing: tuple[str, ...], sealed: str
):
    ada = await Person.all().order_by("created_at").first()
    assert ada is not None
    first, second = _rating(ada), _rating(ada)
    second.value_sealed, second.is_held_back = "7", True

    for row in (first, second):
        async with in_transaction("test"):
            keep_later(row, same=("person_id", "item", "local_date"), changing=changing)

    (kept,) = await Rating.filter(person_id=ada.id, local_date=first.local_date)
    assert (kept.id, kept.value_sealed, kept.is_held_back) == (first.id, sealed, False)


async def test_a_block_that_fails_takes_its_own_rows_with_it_and_no_others(house: House):
    async with in_transaction("test"):
        insert_later(Attempt(scope="kept", key="ada", at=EVENING))
        with pytest.raises(Refused):
            await _keep_and_fail("part", Attempt(scope="lost", key="ada", at=EVENING))
        insert_later(Attempt(scope="kept", key="ben", at=EVENING))
    with pytest.raises(Refused):
        await _keep_and_fail("test", Attempt(scope="lost", key="ben", at=EVENING))

    assert sorted([each.scope for each in await Attempt.all()]) == ["kept", "kept"]


async def test_what_the_database_refuses_is_told_before_the_commit(house: House):
    ada = await Person.all().order_by("created_at").first()
    assert ada is not None
    await _rating(ada).save()

    with pytest.raises(IntegrityError, match="rating_one_a_day"):
        await _keep(Attempt(scope="together", key="ada", at=EVENING), _rating(ada))

    assert not await Attempt.exists(scope="together")


async def test_one_statement_takes_the_records_of_many(house: House):
    people = await Person.all()
    pause = (
        "UPDATE person SET unanswered = said.times FROM json_to_recordset($1) AS said (id uuid, times int)"
        " WHERE person.id = said.id"
    )

    async with in_transaction("test"):
        for times, person in enumerate(people):
            later(pause, person.id, {"id": person.id, "times": times})

    kept = {each.id: each.unanswered for each in await Person.all()}
    assert kept == {person.id: times for times, person in enumerate(people)}


async def test_rows_wait_only_inside_a_transaction(house: House):
    with pytest.raises(RuntimeError, match="inside a transaction"):
        insert_later(Attempt(scope="nowhere", key="ada", at=EVENING))

    await written()  # nothing waits, and nothing is asked


class Refused(Exception):
    """Something of our own went wrong."""


async def _keep(*rows: Model) -> None:
    async with in_transaction("test"):
        for row in rows:
            insert_later(row)


async def _keep_and_fail(name: str, row: Model) -> None:
    async with in_transaction(name):
        insert_later(row)
        raise Refused


def _rating(person: Person) -> Rating:
    return Rating(
        person_id=person.id, item="mood", value_sealed="4", local_date=date(2026, 12, 24), slot="day", is_late=False,
        keep_until=date(2027, 12, 24),
    )  # fmt: skip


def _note(person: Person) -> Note:
    return Note(
        id=uuid4(), person_id=person.id, kind="mood", text_sealed="quotes \" ' and\nlines, ñ",
        local_date=EVENING.date(), keep_until=EVENING.date(),
    )  # fmt: skip


async def _all_of(model: type[Model]) -> list[dict[str, Any]]:
    return await fetch(f"SELECT to_jsonb(t) AS row FROM {model._meta.db_table} t ORDER BY to_jsonb(t)::text")
