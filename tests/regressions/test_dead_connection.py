"""A task that met a dead connection at the beginning of a transaction meets a living one at the next."""

from __future__ import annotations

from pathlib import Path

import pytest

from service.database import UNREACHABLE, fetch, in_transaction, open_database
from service.embedded.postgres import EmbeddedPostgres
from tests.service.test_migrations import first_answer


async def test_a_transaction_that_could_not_begin_leaves_the_task_and_the_pool_as_they_were(tmp_path: Path):
    server = EmbeddedPostgres.start(tmp_path / "postgres", durable=False)
    database = await open_database(server.url, pool=2)
    try:
        with database.in_use():
            for _ in range(6):  # more often than the pool has connections
                with pytest.raises(UNREACHABLE):
                    await _begin_on_a_dead_connection(server)
                # the other connection of the pool may have died as well, and has to find out by itself
                assert await first_answer("SELECT 1 AS one", tries=3) == [{"one": 1}]
                async with in_transaction("test"):
                    assert await fetch("SELECT 2 AS two") == [{"two": 2}]
    finally:
        await database.close()
        server.stop()


async def _begin_on_a_dead_connection(server: EmbeddedPostgres) -> None:
    async with in_transaction("test"):
        await fetch("SELECT 1 AS one")
        server.restart()
        await fetch("SELECT 1 AS one")
