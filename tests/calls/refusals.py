"""PostgreSQL refuses at a chosen place, by itself: a trigger raises the very code that it raises for a full disk or for
two transactions that cannot both be kept.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from service.database import Database

DISK_FULL, DEADLOCK, SERIALISATION = "53100", "40P01", "40001"
ALWAYS = 1_000_000
# A sequence counts what was refused too: its numbers are never given back.
PLANTED = """
CREATE SEQUENCE refusal;
CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
  IF nextval('refusal') <= {times} THEN RAISE EXCEPTION 'refused' USING ERRCODE = '{code}'; END IF; RETURN NEW;
END $$;
"""
WHEN = {
    "statement": "CREATE TRIGGER refuse BEFORE INSERT OR UPDATE ON {table}",
    "commit": "CREATE CONSTRAINT TRIGGER refuse AFTER INSERT OR UPDATE ON {table} DEFERRABLE INITIALLY DEFERRED",
}


@asynccontextmanager
async def refuses(
    database: Database, table: str, code: str, *, at: str = "statement", times: int = ALWAYS, rows: str = "true"
) -> AsyncIterator[None]:
    """The first `times` such `rows` written to the table inside the block are refused, `at` their statement or its
    commit.
    """
    await database.client.execute_script(
        PLANTED.format(times=times, code=code) + WHEN[at].format(table=table)
        + f" FOR EACH ROW WHEN ({rows}) EXECUTE FUNCTION refuse()"
    )  # fmt: skip
    try:
        yield
    finally:
        await database.client.execute_script("DROP FUNCTION refuse() CASCADE; DROP SEQUENCE refusal")


async def asked(database: Database) -> int:
    """How often it was asked so far."""
    rows = await database.client.execute_query_dict("SELECT last_value AS n, is_called FROM refusal")
    return int(rows[0]["n"]) if rows[0]["is_called"] else 0
