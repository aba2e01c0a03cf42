"""Empties every table between stories, the ledgers too, which only the owner of the tables can do."""

from __future__ import annotations

from asyncpg.exceptions import DeadlockDetectedError

from service import records
from service.database import Database

LEDGERS = ("audit_event", "consent_entry")
# Where every turn begins: whatever is under way ends first. Else its row may take an id that is then given again.
ENTRANCES = ("inbound_event", "due", "outbox", "call")


async def empty_all(database: Database) -> None:
    """Every row gone; what migrations were applied stays known. Numbers go on, as they always do: a running process
    may hold some that it has not used yet.
    """
    while True:
        try:
            return await _empty(database)
        except DeadlockDetectedError:
            continue  # a turn held one table and wanted another that we held; one of the two had to let go


async def _empty(database: Database) -> None:
    tables = [getattr(records, name)._meta.db_table for name in records.__all__]
    # One script is one transaction. Deleting takes 1 ms; TRUNCATE, which makes every file anew, 60.
    await database.client.execute_script(
        ";".join(
            [
                f"LOCK TABLE {', '.join(ENTRANCES)} IN SHARE ROW EXCLUSIVE MODE",
                *(f"ALTER TABLE {ledger} DISABLE TRIGGER USER" for ledger in LEDGERS),
                *(f"DELETE FROM {table}" for table in tables if table != "bond"),
                "DELETE FROM bond",  # a bond goes after those who share it
                *(f"ALTER TABLE {ledger} ENABLE TRIGGER USER" for ledger in LEDGERS),
            ]
        )
    )
