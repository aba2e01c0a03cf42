"""The check-in by call (PROGRAMME P01, 3.6): rung at its hour, and answered by key."""

from __future__ import annotations

from tests.stories.keeping import numbers_of
from tests.stories.people import Clock, Network, Phone
from tests.stories.ringing import rang_at, take_the_call, want_calls

CHECK_IN = "Here's your check-in. Think of today so far."


async def test_who_takes_the_call_checks_in_by_key(ada: Phone, clock: Clock, network: Network):
    await want_calls(clock, ada)
    await clock.until("18:30", ada.zone)
    (call,) = await take_the_call(ada)
    assert await call.hears(CHECK_IN)

    for key in ("7", "1", "2", "1"):
        await call.presses(key)

    assert await call.hears("Thank you. You can reach Mendline at")
    assert {each[1:] for each in await numbers_of(ada)} == {("mood", "7"), ("body", "2")}
    await clock.until("21:00", ada.zone)
    assert await rang_at(ada) == ["18:30"]
