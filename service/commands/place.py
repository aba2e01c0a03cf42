"""Where a command runs: the settings it finds there, and the house it opens for as long as it works."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TypeVar

from service.commands.refusals import Refused
from service.database import fetch, is_current
from service.doctor import NO_ANSWER
from service.house import House, open_house
from service.launcher import running_environment
from service.settings import Settings, process_environment, read_settings

T = TypeVar("T")
# One command is one line of work.
POOL = 2


def environment_here() -> dict[str, str]:
    """The environment, `.env`, and what a `make run` of this folder set up.

    Raises:
        ServerUnavailable: a kept file cannot be read.
    """
    return running_environment(Path.cwd(), process_environment())


def settings_here() -> Settings:
    """Raises SettingsInvalid, or ServerUnavailable as `environment_here`."""
    return read_settings(environment_here())


def in_house(work: Callable[[House], Awaitable[T]]) -> T:
    """Open the house, do the work, close it. Also for a database that other processes are using.

    Raises:
        Refused: the database is away or not migrated. Also what `open_house` and the work raise.
    """
    return asyncio.run(_in_house(settings_here(), work))


def database_away(away: BaseException) -> Refused:
    """The line for one of NO_ANSWER."""
    return Refused(f"the database does not answer ({type(away).__name__})", "start it, or mend DATABASE_URL")


async def _in_house(settings: Settings, work: Callable[[House], Awaitable[T]]) -> T:
    house = await open_house(settings, pool=POOL)
    try:
        with house.database.in_use():
            await _be_ready(house)
            return await work(house)
    finally:
        await house.aclose()


async def _be_ready(house: House) -> None:
    try:
        await fetch("SELECT 1")
        is_ready = await is_current(house.database)
    except NO_ANSWER as away:
        raise database_away(away) from away
    if not is_ready:
        raise Refused("the database has not the tables of this version", "mendline migrate")
