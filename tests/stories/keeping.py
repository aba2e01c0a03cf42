"""What the service kept of somebody: by their own export, and by the rows where an export says less."""

from __future__ import annotations

from typing import Any

from service.export import export_person
from service.people import find_person
from service.records import Due, OutboxItem, Person, Rating
from tests.stories.people import Phone


async def kept(phone: Phone) -> dict[str, Any]:
    """The person's own copy of their records."""
    house = phone.house.house
    made = await export_person(house, await find_person(house, phone.number), by="story", now=house.clock.now())
    return made.content


async def numbers_of(phone: Phone) -> list[tuple[str, str, str]]:
    """(day, item, value) of every number that was kept."""
    return [(each["day"], each["item"], each["value"]) for each in (await kept(phone))["ratings"]]


async def notes_of(phone: Phone) -> list[str]:
    """The words that were kept."""
    return [each["text"] for each in (await kept(phone))["notes"]]


async def person_of(phone: Phone) -> Person:
    """The person's row."""
    return await Person.get(number_key=phone.house.house.vault.number_key(phone.number))


async def late_days(phone: Phone) -> list[str]:
    """The days whose mood was told late."""
    rows = await Rating.filter(person_id=(await person_of(phone)).id, item="mood", is_late=True)
    return [row.local_date.isoformat() for row in rows]


async def open_jobs(phone: Phone) -> int:
    """What still waits for this person: due rows and texts that were not sent."""
    person = await person_of(phone)
    waiting = await Due.filter(person_id=person.id, state__in=["waiting", "opening"]).count()
    return waiting + await OutboxItem.filter(person_id=person.id, state__in=["owed", "posting", "unknown"]).count()
