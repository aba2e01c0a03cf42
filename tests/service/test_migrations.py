"""Migrations bring any database to the same tables: empty or with rows, twice, or from two processes at once."""

from __future__ import annotations

import asyncio
import contextlib
import difflib
import json
import sys
from asyncio.subprocess import PIPE
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import asyncpg
import pytest
from tortoise.context import TortoiseContext
from tortoise.exceptions import OperationalError
from tortoise.migrations.autodetector import MigrationAutodetector
from tortoise.migrations.executor import MigrationExecutor, MigrationTarget
from tortoise.migrations.operations import AlterModelOptions

from service.database import UNREACHABLE, fetch, in_transaction, is_current, migrate, open_database
from service.embedded.postgres import EmbeddedPostgres
from service.errors import SettingsInvalid
from tests.service.tables import GOLDEN, list_tables

ALL = [
    "0001_people", "0002_turns", "0003_rules", "0004_promises", "0005_calls", "0006_breaks", "0007_trials",
    "0008_asking_calls", "0009_screens", "0010_asking", "0011_repeats", "0012_codes",
    "0013_second_codes", "0014_paths", "0015_blocked",
]  # fmt: skip
APPS = {
    "records": {
        "models": ["service.records"],
        "default_connection": "default",
        "migrations": "service.records.migrations",
    }
}
# The address holds a password, so it is not an argument.
MIGRATE = """
import asyncio, json, sys
from service.database import migrate
print(json.dumps(asyncio.run(migrate(sys.stdin.read()))))
"""


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmbeddedPostgres]:
    server = EmbeddedPostgres.start(tmp_path_factory.mktemp("migrations") / "postgres", durable=False)
    yield server
    server.stop()


async def difference_from_golden(url: str) -> str:
    golden, found = GOLDEN.read_text(encoding="utf-8").splitlines(), (await list_tables(url)).splitlines()
    return "\n".join(difflib.unified_diff(golden, found, "golden_tables.txt", "the database", lineterm="", n=1))


async def test_an_empty_database_gets_the_tables_we_reviewed_and_a_second_run_changes_none(
    server: EmbeddedPostgres,
) -> None:
    url = server.create_database("empty")

    applied, again = await migrate(url), await migrate(url)

    assert (applied, again) == (ALL, [])
    assert await difference_from_golden(url) == ""


async def test_rows_from_before_survive_and_the_tables_come_out_the_same(server: EmbeddedPostgres) -> None:
    url = server.create_database("with_rows")
    before = await open_database(url)
    with before.in_use():
        executor = MigrationExecutor(before.client, APPS)
        await executor.migrate([MigrationTarget("records", "0002_turns")])
    await before.client.execute_query("""
        WITH born AS (INSERT INTO bond VALUES (gen_random_uuid()) RETURNING id),
        ada AS (INSERT INTO person (id, bond_id, locale, status, created_at)
                SELECT gen_random_uuid(), id, 'en', 'active', now() FROM born RETURNING id)
        INSERT INTO session (person_id, channel, script, script_hash, state_sealed, turn, is_open, opened_at,
            updated_at)
        SELECT id, 'text', 'check-in', 'hash', 'v1.', 1, true, now(), now() FROM ada""")
    assert not await is_current(before)

    applied = await migrate(url)

    assert applied == ALL[2:]
    assert await is_current(before)
    kept = await before.client.execute_query_dict("SELECT s.id FROM session s JOIN person p ON p.id = s.person_id")
    assert len(kept) == 1
    assert await difference_from_golden(url) == ""
    await before.close()


async def test_of_two_processes_that_start_at_once_one_migrates(server: EmbeddedPostgres) -> None:
    url = server.create_database("at_once")
    root = Path(__file__).parents[2]

    starting = [
        await asyncio.create_subprocess_exec(sys.executable, "-c", MIGRATE, cwd=root, stdin=PIPE, stdout=PIPE)
        for _ in range(2)
    ]
    said = await asyncio.gather(*(process.communicate(url.encode()) for process in starting))

    assert [process.returncode for process in starting] == [0, 0]
    assert sorted(json.loads(out) for out, _ in said) == [[], ALL]
    assert await difference_from_golden(url) == ""


async def test_a_migration_that_fails_leaves_the_database_as_it_was(server: EmbeddedPostgres) -> None:
    url = server.create_database("in_the_way")
    connection = await asyncpg.connect(url)
    await connection.execute("CREATE TABLE switch (name text)")

    with pytest.raises(OperationalError, match="already exists"):
        await migrate(url)

    tables = await connection.fetch("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
    assert [row["tablename"] for row in tables] == ["switch"]
    await connection.close()


async def test_the_models_ask_for_nothing_that_no_migration_makes(server: EmbeddedPostgres) -> None:
    context = TortoiseContext()
    with context:
        await context.init(config={"connections": {"default": server.url}, "apps": APPS}, init_connections=False)
        wanted = [
            operation
            for writer in await MigrationAutodetector(context.apps, APPS).changes()
            for operation in writer.operations
            if not isinstance(operation, AlterModelOptions)  # a table's comment follows its docstring
        ]

    assert [operation.describe() for operation in wanted] == []


async def test_a_process_may_start_before_its_database(server: EmbeddedPostgres) -> None:
    early = await open_database(server.url_of("later"))
    with early.in_use(), pytest.raises(UNREACHABLE):
        await fetch("SELECT 1 AS one")

    server.create_database("later")

    with early.in_use():
        assert await fetch("SELECT 1 AS one") == [{"one": 1}]
    assert not await is_current(early)
    await early.close()


async def test_a_restart_of_the_database_loses_only_the_turn_under_way(server: EmbeddedPostgres) -> None:
    database = await open_database(server.create_database("restarted"), pool=2)

    async def cut_off() -> None:
        async with in_transaction("test"):
            await fetch("SELECT 1 AS one")
            server.restart()
            await fetch("SELECT 1 AS one")

    with database.in_use():
        with pytest.raises(UNREACHABLE):
            await cut_off()
        assert await first_answer("SELECT 1 AS one", tries=3) == [{"one": 1}]
    await database.close()


async def first_answer(sql: str, *, tries: int) -> list[dict[str, Any]]:
    """Each connection of the pool may have to find out for itself that it died."""
    for _ in range(tries - 1):
        with contextlib.suppress(*UNREACHABLE):
            return await fetch(sql)
    return await fetch(sql)


async def test_an_address_of_another_kind_is_refused_by_name() -> None:
    with pytest.raises(SettingsInvalid) as refused:
        await open_database("sqlite://mend.db")

    assert refused.value.problems == ["DATABASE_URL wants postgres://user:password@host/name"]
