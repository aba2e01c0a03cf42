"""People on file, by the thousand: written in one COPY a table, sealed as the product seals them."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import asyncpg

from service.database import migrate
from service.settings import read_settings
from service.someone import NUMBER
from service.vault import Vault
from tests.bench.servers import Servers

PEOPLE_A_COPY = 20_000
JOINED_AGO = timedelta(days=3)


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody on file."""

    id: UUID
    number: str


def number_of(place: int) -> str:
    """E.164 of New York; any two places differ."""
    return f"+1212{2_000_000 + place:07d}"


def people_of(servers: Servers, count: int) -> list[Member]:
    """The tables, and so many people in them."""
    settings = read_settings(servers.settings())
    vault = Vault(settings.secret_keys, settings.lookup_key)
    asyncio.run(migrate(servers.database))
    return asyncio.run(settle(servers.database, vault, count, now=datetime.now(UTC)))


async def forget_what_was_said(database: str) -> None:
    """What was said in the run before is gone: each run begins alike."""
    connection = await asyncpg.connect(database)
    for table in ("rating", "note", "outbox", "due", "session", "break_session"):
        await connection.execute(f"DELETE FROM {table}")
    await connection.execute("UPDATE person SET unanswered = 0 WHERE unanswered <> 0")
    await connection.close()


async def settle(database: str, vault: Vault, count: int, *, now: datetime, first: int = 0) -> list[Member]:
    """`count` people who joined three days ago in New York, with keys of their own and nothing open."""
    connection = await asyncpg.connect(database)
    members: list[Member] = []
    try:
        for start in range(first, first + count, PEOPLE_A_COPY):
            places = range(start, min(start + PEOPLE_A_COPY, first + count))
            batch = [Member(uuid4(), number_of(place)) for place in places]
            await _write(connection, vault, batch, now)
            members += batch
        await connection.execute("ANALYZE")
    finally:
        await connection.close()
    return members


async def _write(connection: asyncpg.Connection, vault: Vault, batch: Sequence[Member], now: datetime) -> None:
    bonds, people, keys = [], [], []
    joined = now - JOINED_AGO
    wrapped, key = vault.new_person_key()  # of all of them: what a key costs is paid when it is opened
    for member in batch:
        bond = uuid4()
        bonds.append((bond,))
        keys.append((member.id, wrapped, joined))
        people.append((
            member.id, bond, vault.number_key(member.number), key.seal(member.number, NUMBER), "en",
            "America/New_York", "active", json.dumps({"discretion": "D1", "pace": "daily"}), joined, joined,
        ))  # fmt: skip
    await connection.copy_records_to_table("bond", records=bonds, columns=["id"])
    await connection.copy_records_to_table(
        "person", records=people,
        columns=["id", "bond_id", "number_key", "number_sealed", "locale", "zone", "status", "settings", "joined_at",
                 "created_at"],
    )  # fmt: skip
    await connection.copy_records_to_table("person_key", records=keys, columns=["person_id", "wrapped", "created_at"])
