"""Everything that the database holds, with every seal opened that the service could open."""

from __future__ import annotations

from typing import Any

from service import records
from service.database import fetch
from service.delivery import TO
from service.records import PersonKey
from service.someone import ARGUMENTS, ITEM, NAME, NOTE, NUMBER, STATE, VALUE
from service.vault import PersonKey as OpenKey
from service.vault import SealBroken
from tests.stories.running import RunningHouse

PLACES = (NUMBER, NAME, STATE, VALUE, NOTE, ITEM, ARGUMENTS, TO)


async def everything_stored(house: RunningHouse, *, only: str = "") -> str:
    """All columns of all rows as one text."""
    vault = house.house.vault
    keys: list[Any] = [vault, *[vault.open_person_key(row.wrapped) for row in await PersonKey.all()]]
    tables = [only] if only else [getattr(records, name)._meta.db_table for name in records.__all__]
    found = []
    for table in tables:
        for row in await fetch(f"SELECT * FROM {table}"):
            found += [_opened(str(value), keys) for value in dict(row).values()]
    return "\n".join(found)


def _opened(value: str, keys: list[Any]) -> str:
    for key in keys:
        for place in PLACES:
            if (text := _try(key, value, place)) is not None:
                return text
    return value


def _try(key: OpenKey, value: str, place: str) -> str | None:
    try:
        return key.open(value, place)
    except SealBroken:
        return None
