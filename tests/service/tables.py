"""What a database holds, as text to compare: columns, constraints, indexes and triggers of every table.

After a migration that changes them on purpose: python -m tests.service.tables > tests/service/golden_tables.txt
"""

from __future__ import annotations

import asyncio
import tempfile
from pathlib import Path

import asyncpg

from service.database import migrate
from service.embedded.postgres import EmbeddedPostgres

GOLDEN = Path(__file__).with_name("golden_tables.txt")
COLUMNS = """
SELECT table_name, 'column ' || column_name || ' ' || data_type
    || coalesce('(' || character_maximum_length || ')', '')
    || CASE is_nullable WHEN 'YES' THEN ' null' ELSE '' END
    || coalesce(' default ' || column_default, '')
FROM information_schema.columns WHERE table_schema = 'public' ORDER BY table_name, ordinal_position
"""
# PostgreSQL 18 lists NOT NULL among the constraints, 16 does not; the columns say it already.
CONSTRAINTS = """
SELECT conrelid::regclass::text, 'constraint ' || conname || ' ' || pg_get_constraintdef(oid)
FROM pg_constraint WHERE connamespace = 'public'::regnamespace AND contype IN ('c', 'f', 'p', 'u') ORDER BY 1, 2
"""
INDEXES = "SELECT tablename::text, indexdef FROM pg_indexes WHERE schemaname = 'public' ORDER BY 1, 2"
TRIGGERS = """
SELECT tgrelid::regclass::text, pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal ORDER BY 1, 2
"""


async def list_tables(url: str) -> str:
    """Every table of the database at `url` in alphabetical order, one fact a line."""
    connection = await asyncpg.connect(url)
    try:
        facts = [row for query in (COLUMNS, CONSTRAINTS, INDEXES, TRIGGERS) for row in await connection.fetch(query)]
    finally:
        await connection.close()
    lines = []
    for table in sorted({fact[0] for fact in facts}):
        lines += [table, *(f"    {fact[1]}" for fact in facts if fact[0] == table), ""]
    return "\n".join(lines)


async def _list_after_migrations(url: str) -> str:
    await migrate(url)
    return await list_tables(url)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        server = EmbeddedPostgres.start(Path(folder) / "postgres", durable=False)
        try:
            print(asyncio.run(_list_after_migrations(server.create_database("golden"))), end="")
        finally:
            server.stop()
