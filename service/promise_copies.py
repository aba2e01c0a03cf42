"""What a receiver holds of a promise that they follow, and the end of their one reminder of it."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from service.records import Due, Person, PromiseCopy


async def copy_of(asked: Due) -> PromiseCopy | None:
    """What the receiver holds of the promise that a reminder, or the maker's line about it, is about."""
    return await PromiseCopy.get_or_none(id=UUID(str(asked.payload["copy"])))


async def close_notice(asked: Due, now: datetime) -> None:
    """It was said or dropped: either way there is never another, and an erased maker's title goes."""
    copy = await copy_of(asked)
    if copy is None:
        return
    if await Person.exists(id=copy.publisher_id):
        copy.closed_at = now
        await copy.save()
    else:
        await copy.delete()
