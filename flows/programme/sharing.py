"""Switching sharing on and off (PROGRAMME 4.6): what voice may switch, how long a yes waits, how long it lasts."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Literal

# What can be switched on by voice: the switch -> how long it lasts once it is on. Those that act without a send each
# time, and what a person is willing to be told, last thirty days.
LIFE: Mapping[str, timedelta] = {
    "C1": timedelta(days=30), "C3": timedelta(days=90), "C5": timedelta(days=30), "PM-6": timedelta(days=90),
    "R1": timedelta(days=30), "R3": timedelta(days=30), "R5": timedelta(days=30),
}  # fmt: skip
# The first yes waits so long before the second may be said, and then lapses.
SECOND_YES_AFTER, ASKS_LAST = timedelta(hours=24), timedelta(days=30)
# A line so long before something runs out (SH-3).
TOLD_BEFORE = timedelta(days=3)

Switch = Literal["off", "asked", "ready", "on"]


def fact_of(kind: str) -> str:
    """The fact that scripts know a switch by: C1 is sharing_c1, PM-6 is sharing_pm6."""
    return f"sharing_{kind.replace('-', '').lower()}"


def switch_of(*, is_on: bool, asked_at: datetime | None, now: datetime) -> Switch:
    """Where one switch stands: on; asked for, and not yet a day ago; ready for its second yes; or off."""
    if is_on:
        return "on"
    if asked_at is None or now >= asked_at + ASKS_LAST:
        return "off"
    return "ready" if now >= asked_at + SECOND_YES_AFTER else "asked"


def runs_until(kind: str, now: datetime, *, until: datetime | None = None) -> datetime:
    """When a switch that is given or kept on `now` runs out; never sooner than it did before."""
    ends = now + LIFE[kind]
    return max(ends, until) if until is not None else ends
