"""Bringing a backup back into an empty database. Sending starts off, and whoever has no key any more is gone."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from graphlib import TopologicalSorter
from pathlib import Path
from typing import Any
from uuid import UUID

from service.backup import (
    COPY_FORMAT,
    FORMAT,
    KEYS_TABLE,
    MANIFEST,
    BackupRefused,
    columns_of,
    connection_to,
    digest_of,
    keys_digest,
    migrations_of,
)
from service.sending import SENDING

# These stay with the other person, or belong to nobody, when the rows of somebody without a key go.
LEFT_BEHIND = (
    "DELETE FROM published_item p WHERE NOT EXISTS (SELECT 1 FROM person WHERE id = p.publisher_id)",
    "DELETE FROM bond b WHERE NOT EXISTS (SELECT 1 FROM person WHERE bond_id = b.id)"
    " AND NOT EXISTS (SELECT 1 FROM pair WHERE bond_id = b.id)",
)


@dataclass(frozen=True, slots=True)
class Restored:
    """Rows by table as they were in the backup, people back, and people whose key is no more."""

    made_at: str
    rows: Mapping[str, int]
    people: int
    without_key: int


async def restore(url: str, folder: Path, keys: Path | None, *, now: datetime) -> Restored:
    """Everything in one transaction, or nothing. Without `keys` only opt-outs and proof come back, and no person.

    Raises:
        BackupRefused: damaged, of another version, keys older than the backup, or the database holds rows.
        asyncpg.PostgresError: the database refused; nothing was kept.
    """
    manifest = _read_manifest(folder)
    kept = _read_keys(keys, manifest) if keys is not None else []
    async with connection_to(url) as connection, connection.transaction():
        await _check_database(connection, manifest)
        for table in await _parents_first(connection, manifest["tables"]):
            columns = manifest["tables"][table]["columns"]
            await connection.copy_to_table(
                table, source=folder / f"{table}.copy", columns=columns, format=COPY_FORMAT
            )
        await _bring_keys(connection, kept)
        await _move_sequences(connection)
        without_key = await _remove_keyless(connection)
        await _turn_sending_off(connection, now)
        people = int(await connection.fetchval("SELECT count(*) FROM person"))
    rows = {table: int(told["rows"]) for table, told in manifest["tables"].items()}
    return Restored(manifest["made_at"], rows, people, without_key)


def _read_manifest(folder: Path) -> dict[str, Any]:
    try:
        manifest: dict[str, Any] = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError) as wrong:
        raise BackupRefused(f"{folder} is no whole backup", "name the folder that mendline backup wrote") from wrong
    if manifest.get("format") != FORMAT:
        raise BackupRefused("the backup was written by another version", "restore it with that version")
    for table, told in manifest["tables"].items():
        path = folder / f"{table}.copy"
        if not path.is_file() or digest_of(path) != told["sha256"]:
            raise BackupRefused(f"{path.name} is missing or damaged", "take another copy of the backup")
    return manifest


def _read_keys(path: Path, manifest: Mapping[str, Any]) -> list[dict[str, str]]:
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        rows: list[dict[str, str]] = content["keys"]
        is_whole = keys_digest(rows) == content["sha256"]
        is_older = datetime.fromisoformat(content["made_at"]) < datetime.fromisoformat(manifest["made_at"])
    except (OSError, ValueError, KeyError, TypeError) as wrong:
        raise BackupRefused(f"{path} holds no keys", "name the file that mendline backup wrote with --keys") from wrong
    if not is_whole:
        raise BackupRefused(f"{path} is damaged", "take another copy of the keys")
    if is_older:
        problem = "the keys are older than the backup: people who joined in between would be lost"
        raise BackupRefused(problem, "name the keys written with this backup, or with a later one")
    return rows


async def _check_database(connection: Any, manifest: Mapping[str, Any]) -> None:
    if await connection.fetchval("SELECT to_regclass('tortoise_migrations') IS NULL"):
        raise BackupRefused("the database has no tables yet", "mendline migrate")
    if await migrations_of(connection) != manifest["migrations"]:
        raise BackupRefused("the tables are of another version than the backup", "restore it with that version")
    for table in [*await columns_of(connection), KEYS_TABLE]:
        if await connection.fetchval(f"SELECT EXISTS (SELECT 1 FROM {table})"):  # noqa: S608  the catalogue's own names
            raise BackupRefused(f"the database is not empty: {table}", "restore into a new database")


async def _parents_first(connection: Any, tables: Mapping[str, Any]) -> list[str]:
    """Tables in an order that never points at a row that is not there yet."""
    links = await connection.fetch(
        "SELECT conrelid::regclass::text AS child, confrelid::regclass::text AS parent FROM pg_constraint"
        " WHERE contype = 'f' AND connamespace = 'public'::regnamespace"
    )
    sorter: TopologicalSorter[str] = TopologicalSorter({table: set() for table in sorted(tables)})
    for link in links:
        sorter.add(link["child"], link["parent"])
    return list(sorter.static_order())


async def _bring_keys(connection: Any, rows: list[dict[str, str]]) -> None:
    """Keys of people who joined after the backup are left out: they have no rows."""
    records = [(UUID(row["person_id"]), row["wrapped"], datetime.fromisoformat(row["created_at"])) for row in rows]
    await connection.copy_records_to_table(
        KEYS_TABLE, records=records, columns=["person_id", "wrapped", "created_at"]
    )
    await connection.execute("DELETE FROM person_key k WHERE NOT EXISTS (SELECT 1 FROM person WHERE id = k.person_id)")


async def _move_sequences(connection: Any) -> None:
    """Ids that were given are never given again."""
    owned = await connection.fetch(
        "SELECT s.oid::regclass::text AS sequence, t.relname AS table, a.attname AS column FROM pg_class s"
        " JOIN pg_depend d ON d.objid = s.oid AND d.deptype IN ('a', 'i') AND d.classid = 'pg_class'::regclass"
        " JOIN pg_class t ON t.oid = d.refobjid JOIN pg_attribute a ON (a.attrelid, a.attnum) = (t.oid, d.refobjsubid)"
        " WHERE s.relkind = 'S' AND t.relname <> 'tortoise_migrations'"
    )
    for each in owned:
        await connection.execute(
            f"SELECT setval('{each['sequence']}', max({each['column']})) FROM {each['table']}"  # noqa: S608
        )


async def _remove_keyless(connection: Any) -> int:
    """Whoever was erased after the backup has no key in a later keys file: their rows go too."""
    told = await connection.execute(
        "DELETE FROM person p WHERE NOT EXISTS (SELECT 1 FROM person_key WHERE person_id = p.id)"
    )
    for sql in LEFT_BEHIND:
        await connection.execute(sql)
    return int(told.rpartition(" ")[2])


async def _turn_sending_off(connection: Any, now: datetime) -> None:
    await connection.execute(
        "INSERT INTO switch (name, is_on, set_at, by) VALUES ($1, false, $2, 'restore')"
        " ON CONFLICT (name) DO UPDATE SET is_on = false, set_at = $2, by = 'restore'",
        SENDING, now,
    )  # fmt: skip
