"""The house that a command opens for as long as it works."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

from service.commands.here import settings_here
from service.commands.refusals import Refused, database_away
from service.database import NO_ANSWER, fetch, is_current
from service.house import House, open_house
from service.settings import Settings

T = TypeVar("T")
# One command is one line of work.
POOL = 2


def in_house(work: Callable[[House], Awaitable[T]]) -> T:
    """Open the house, do the work, close it. Also for a database that other processes are using.

    Raises:
        Refused: the database is away or not migrated. Also what `open_house` and the work raise.
    """
    return asyncio.run(_in_house(settings_here(), work))


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
