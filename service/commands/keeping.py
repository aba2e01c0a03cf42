"""Backup, restore, and a new secret key."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from dataclasses import asdict
from pathlib import Path
from typing import Any, TypeVar

import click

from service.backup import KEYS_LAST_DAYS, BackupRefused, back_up
from service.clock import Clock
from service.commands.here import settings_here
from service.commands.place import in_house
from service.commands.refusals import Refused, database_away
from service.commands.saying import by_option, json_option, say_record
from service.database import NO_ANSWER
from service.house import House
from service.rekeying import Rekeyed, rewrap_keys
from service.restoring import restore as restore_backup

T = TypeVar("T")
FOLDER = click.Path(path_type=Path, file_okay=False)
FILE = click.Path(path_type=Path, dir_okay=False)


@click.command(epilog="Example: mendline backup /backup/2026-11-23 --keys /keys/2026-11-23.json")
@click.argument("folder", type=FOLDER)
@click.option("--keys", type=FILE, required=True, help="The file for people's keys, apart from the folder.")
@json_option
def backup(folder: Path, keys: Path, as_json: bool) -> None:
    """Write every table into FOLDER and people's keys into a file elsewhere. People may go on texting."""
    settings = settings_here()
    now = Clock(settings.simulation_clock).now()
    kept = _run(lambda: back_up(settings.database_url, folder, keys, now=now))
    say_record({"folder": str(folder), "rows": sum(kept.rows.values()), "keys": kept.keys}, as_json=as_json)
    click.echo(f"Destroy the keys file within {KEYS_LAST_DAYS} days: an erased person is gone only then.", err=True)


@click.command(epilog="Example: mendline restore /backup/2026-11-23 --keys /keys/2026-11-23.json")
@click.argument("folder", type=FOLDER)
@click.option("--keys", type=FILE, help="The keys written with this backup or with a later one.")
@click.option("--without-keys", is_flag=True, help="Bring back opt-outs and proof alone, and no person.")
@json_option
def restore(folder: Path, keys: Path | None, without_keys: bool, as_json: bool) -> None:
    """Bring a backup back into an empty, migrated database. Sending starts switched off."""
    if (keys is None) != without_keys:
        raise click.UsageError("name the file with --keys, or say --without-keys")
    settings = settings_here()
    now = Clock(settings.simulation_clock).now()
    restored = _run(lambda: restore_backup(settings.database_url, folder, keys, now=now))
    record = asdict(restored) | {"rows": sum(restored.rows.values()), "sending": "off"}
    say_record(record, as_json=as_json)
    click.echo(
        f"STOPs since {restored.made_at} are not in it: compare with Twilio before `mendline outbox sending on`.",
        err=True,
    )


@click.group()
def keys() -> None:
    """The service's secret keys."""


@keys.command(epilog="Example: put the new key first in SECRET_KEYS, restart, then: mendline keys rotate")
@by_option
@json_option
def rotate(by: str, as_json: bool) -> None:
    """Wrap every person's key under the first of SECRET_KEYS. May be broken off and run again."""

    async def work(house: House) -> Rekeyed:
        return await rewrap_keys(house, by=by, now=house.clock.now(), tell=_tell)

    done = in_house(work)
    say_record(asdict(done), as_json=as_json)
    if done.unopened:
        raise Refused("some keys open with none of SECRET_KEYS", "put the key they were wrapped with back, then rotate")
    click.echo("The old key may go tomorrow, when the last texts sealed with it are final.", err=True)


def _tell(seen: int) -> None:
    click.echo(f"{seen} keys", err=True)


def _run(work: Callable[[], Coroutine[Any, Any, T]]) -> T:
    try:
        return asyncio.run(work())
    except BackupRefused as refused:
        raise Refused(refused.problem, refused.remedy) from refused
    except NO_ANSWER as away:
        if isinstance(away, OSError) and away.filename is not None:  # a file, not the database
            raise Refused(f"{away.filename}: {away.strerror}", "name a place this account can write") from away
        raise database_away(away) from away

