"""A backup: every table as a file, in one snapshot, with a manifest. Keys lie apart, so that they can be destroyed
apart: without them nothing that people said can be read.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import asyncpg

from service.embedded.places import write_private

FORMAT = 1
MANIFEST = "manifest.json"
KEYS_TABLE = "person_key"
# Who keeps the tables up to date writes its own.
NOT_OURS = frozenset({"tortoise_migrations"})
# COPY's text format is the same in every version of PostgreSQL; its binary one is not.
COPY_FORMAT = "text"
KEYS_LAST_DAYS = 35


class BackupRefused(Exception):
    """A backup cannot be made there, or this one cannot be restored here. `remedy` says what to do."""

    def __init__(self, problem: str, remedy: str) -> None:
        super().__init__(problem)
        self.problem = problem
        self.remedy = remedy


@dataclass(frozen=True, slots=True)
class Kept:
    """What a backup holds: rows by table, and the number of keys that went into the other file."""

    rows: Mapping[str, int]
    keys: int


async def back_up(url: str, folder: Path, keys: Path, *, now: datetime) -> Kept:
    """Write every table into `folder` (new or empty) and the people's keys into the file `keys`, outside of it.

    One read-only snapshot: turns go on meanwhile. Files are readable by their owner alone.

    Raises:
        BackupRefused: the folder holds something, or the keys would lie in it.
        OSError, asyncpg.PostgresError: the disk or the database gave up; the folder is then no backup (no manifest).
    """
    _make_places(folder, keys)
    async with (
        connection_to(url) as connection,
        connection.transaction(isolation="repeatable_read", readonly=True),
    ):
        columns = await columns_of(connection)
        tables = {table: await _copy(connection, folder, table, columns[table]) for table in sorted(columns)}
        migrations = await migrations_of(connection)
        count = await _write_keys(connection, keys, now)
    manifest = {"format": FORMAT, "made_at": now.isoformat(), "migrations": migrations, "tables": tables}
    write_private(folder / MANIFEST, json.dumps(manifest, indent=2) + "\n")
    return Kept({table: int(told["rows"]) for table, told in tables.items()}, count)


@asynccontextmanager
async def connection_to(url: str) -> AsyncIterator[Any]:
    """A connection of our own, beside Tortoise's: COPY is not in its language."""
    connection = await asyncpg.connect(url)
    try:
        yield connection
    finally:
        await connection.close()


async def columns_of(connection: Any) -> dict[str, list[str]]:
    """Table -> its columns in order, without the keys and without what is not ours."""
    rows = await connection.fetch(
        "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = 'public'"
        " ORDER BY table_name, ordinal_position"
    )
    found: dict[str, list[str]] = {}
    for row in rows:
        if row["table_name"] not in NOT_OURS | {KEYS_TABLE}:
            found.setdefault(row["table_name"], []).append(row["column_name"])
    return found


async def migrations_of(connection: Any) -> list[str]:
    """The names of the migrations that these tables have had."""
    return [row["name"] for row in await connection.fetch("SELECT name FROM tortoise_migrations ORDER BY name")]


def digest_of(path: Path) -> str:
    """SHA-256 of a file, hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def keys_digest(rows: list[dict[str, str]]) -> str:
    """SHA-256 of the keys in their file, hex."""
    return hashlib.sha256(json.dumps(rows, sort_keys=True).encode()).hexdigest()


def _make_places(folder: Path, keys: Path) -> None:
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise BackupRefused(f"{folder} is not empty", "name a new folder for each backup")
    if keys.resolve().is_relative_to(folder.resolve()):
        raise BackupRefused("the keys would lie in the backup itself", "name a file elsewhere, best on another disk")
    if keys.exists():
        raise BackupRefused(f"{keys} is there already", "name a new file for each backup")
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    keys.parent.mkdir(parents=True, exist_ok=True)


async def _copy(connection: Any, folder: Path, table: str, columns: list[str]) -> dict[str, Any]:
    path = folder / f"{table}.copy"
    path.touch(mode=0o600)
    told = await connection.copy_from_table(table, output=path, columns=columns, format=COPY_FORMAT)
    return {"rows": int(told.rpartition(" ")[2]), "sha256": digest_of(path), "columns": columns}


async def _write_keys(connection: Any, path: Path, now: datetime) -> int:
    rows = [
        {"person_id": str(row["person_id"]), "wrapped": row["wrapped"], "created_at": row["created_at"].isoformat()}
        for row in await connection.fetch("SELECT person_id, wrapped, created_at FROM person_key ORDER BY person_id")
    ]
    content = {"format": FORMAT, "made_at": now.isoformat(), "sha256": keys_digest(rows), "keys": rows}
    write_private(path, json.dumps(content) + "\n")
    return len(rows)
