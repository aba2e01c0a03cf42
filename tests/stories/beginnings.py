"""Where stories begin: a question that has just been put, two people who are linked, another season."""

from __future__ import annotations

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from service.database import execute
from service.pairing import Sheet, vouch
from tests.stories.people import Clock, Phone

NEW_YORK = ZoneInfo("America/New_York")
WORDING = "I was seen alone and I tick what I want."


async def is_asked(clock: Clock, phone: Phone, *, at: str = "18:30") -> None:
    """Tuesday evening: the first daily check-in has just come to somebody who joined on Monday at noon."""
    before = f"{int(at[:2]) - 2}{at[2:]}"
    await clock.until_day(1, before, phone.zone)
    await phone.texts("1")  # how to reach them
    await clock.forward(minutes=1)
    await phone.all_heard()
    await clock.until(at, phone.zone)


async def has_no_private_part_ahead(*phones: Phone) -> None:
    """The line of the third day about the private part stays away: a story is about other things."""
    for phone in phones:
        key = phone.house.house.vault.number_key(phone.number)
        await execute(
            "UPDATE due SET state = 'dropped' WHERE payload ->> 'script' = 'private-part'"
            " AND person_id = (SELECT id FROM person WHERE number_key = $1)",
            key,
        )


async def is_season(clock: Clock, month: int, day: int) -> None:
    """On to the next such date, at noon in New York."""
    now = (await clock.now()).astimezone(NEW_YORK)
    wanted = datetime.combine(date(now.year, month, day), time(12), tzinfo=NEW_YORK)
    if wanted <= now:
        wanted = wanted.replace(year=now.year + 1)
    await clock.to(wanted)


async def are_linked(first: Phone, second: Phone, *grants: str) -> None:
    """Seen alone by a clinician, each with a signed sheet of these switches, and READY from both phones."""
    house = first.house.house
    sheets = [
        Sheet(phone.number, grants, WORDING, f"sheet-{phone.name}", calls=other.name)
        for phone, other in ((first, second), (second, first))
    ]
    await vouch(house, (sheets[0], sheets[1]), by="Dr Vega", now=house.clock.now())
    for phone in (first, second):
        await phone.texts("LISTO" if phone.locale == "es" else "READY")
