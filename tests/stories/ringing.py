"""People who are asked by call: they chose it the day after joining, and a break or a check-in rings them."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from tests.stories.people import Clock, HeldCall, Phone

RINGS_FOR = 25  # seconds after which nobody takes it any more
OPENING = {
    "en": "Hello. This is an automated reminder call from Mendline.",
    "es": "Hola. Esta es una llamada automática de recordatorio de Mendline.",
}
CLOSING = {"en": "Thank you. You can reach Mendline at", "es": "Gracias. Puedes llamar a Mendline al"}


async def want_calls(clock: Clock, *phones: Phone) -> None:
    """Tuesday: asked how to be reached, two hours before their check-in, they say by calls and texts."""
    for phone, at in zip(phones, ("16:30", "18:15"), strict=False):
        await clock.until_day(1, at, phone.zone)
        await phone.texts("2")


async def take_the_call(*phones: Phone) -> list[HeldCall]:
    """They ring; each is answered before any goes on, hears who it is, and 1 is pressed."""
    calls = [await phone.answers() for phone in phones]
    for phone, call in zip(phones, calls, strict=True):
        assert await call.hears(OPENING[phone.locale])
        await call.presses("1")
    return calls


async def has_checked_in(*phones: Phone) -> None:
    """Today's check-in is done with, by text."""
    for phone in phones:
        await phone.texts("6")
        await phone.texts("SKIP" if phone.locale == "en" else "OMITIR")


async def let_it_ring(clock: Clock, *phones: Phone) -> None:
    """They ring until the network gives up. Whoever takes theirs does so before."""
    for phone in phones:
        await phone.rings()
    await clock.forward(seconds=RINGS_FOR)


async def rang_at(phone: Phone) -> list[str]:
    """HH:MM of every call that rang this phone, on its own clock."""
    times = [datetime.fromisoformat(each["started_at"]) for each in await phone.rung()]
    return [at.astimezone(ZoneInfo(phone.zone)).strftime("%H:%M") for at in times]
