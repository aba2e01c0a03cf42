"""The first journey (PROGRAMME 6.1) as a thing to disturb, and ways to wait for what a fault needs to meet."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import asyncpg

from tests.patience import PATIENCE_SECONDS, looks
from tests.stories.people import Clock, Phone
from tests.stories.running import RunningHouse

CK_1 = (
    "Mendline: Check-in time. How is today so far, 0 (rough) to 10 (good)?"
    " Add a few words if you like. SKIP is fine."
)
CK_1_ES = (
    "Mendline: Hora de tu registro. ¿Como va el dia, de 0 (duro) a 10 (bien)?"
    " Añade unas palabras si quieres. OMITIR esta bien."
)
CK_2 = "And how settled is your body right now, 0 (calm) to 10 (very worked up)?"
CK_4 = "That is a lot for a body to hold. BREAK starts a timed break, CALL is a guided call, OK just logs it."
G_WHO = "Mendline: an automated reminder service set up for this number. HELP for help, STOP to end."


async def comes_true(claim: Callable[[], Awaitable[bool]], *, seconds: float = PATIENCE_SECONDS) -> None:
    """Wait until the claim holds."""
    async for is_last in looks(seconds):
        if await claim():
            break
        assert not is_last, claim


async def is_asked(clock: Clock, *phones: Phone) -> None:
    """Tuesday 18:30 of somebody who joined on Monday: the first daily check-in came."""
    await is_about_to_be_asked(clock, *phones)
    await clock.until("18:30", phones[0].zone)
    for phone in phones:
        assert await phone.hears(CK_1_ES if phone.locale == "es" else CK_1)


async def is_about_to_be_asked(clock: Clock, *phones: Phone) -> None:
    """The same at 18:29."""
    await clock.until_day(1, "16:30", phones[0].zone)
    for phone in phones:
        await phone.texts("1")  # how they like to be reached
    await clock.until("18:29", phones[0].zone)
    for phone in phones:
        await phone.all_heard()


@asynccontextmanager
async def bond_held(house: RunningHouse, phone: Phone) -> AsyncIterator[None]:
    """Whoever wants to write for this person waits, inside their transaction, until the end of the block."""
    connection = await asyncpg.connect(house.environment["DATABASE_URL"])
    try:
        await connection.execute("BEGIN")
        await connection.execute(
            "SELECT 1 FROM bond JOIN person ON person.bond_id = bond.id WHERE person.number_key = $1"
            " FOR UPDATE OF bond",
            house.house.vault.number_key(phone.number),
        )  # fmt: skip
        yield
    finally:
        connection.terminate()


async def somebody_waits(house: RunningHouse) -> bool:
    """A process of ours waits for a lock."""
    return bool(
        await house.rows(
            "SELECT 1 AS waits FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()"
        )
    )


async def state_of_last_text(house: RunningHouse, phone: Phone) -> str:
    """What the product believes of the last text it owed this phone."""
    rows = await house.rows(
        "SELECT state FROM outbox WHERE recipient_key = $1 ORDER BY id DESC LIMIT 1",
        house.house.vault.number_key(phone.number),
    )
    return str(rows[0]["state"]) if rows else "nothing owed"
