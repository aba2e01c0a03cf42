"""Empties every table between stories, the ledgers too, which only the owner of the tables can do."""

from __future__ import annotations

from service import records
from service.database import Database, in_transaction

LEDGERS = ("audit_event", "consent_entry")


async def empty_all(database: Database) -> None:
    """Every row gone and every id back at 1; what migrations were applied stays known."""
    tables = ", ".join(getattr(records, name)._meta.db_table for name in records.__all__)
    with database.in_use():
        async with in_transaction() as transaction:
            for ledger in LEDGERS:
                await transaction.execute_query(f"ALTER TABLE {ledger} DISABLE TRIGGER USER")
            await transaction.execute_query(f"TRUNCATE {tables} RESTART IDENTITY CASCADE")
            for ledger in LEDGERS:
                await transaction.execute_query(f"ALTER TABLE {ledger} ENABLE TRIGGER USER")
