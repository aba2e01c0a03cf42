"""When a "no update" line may be said: not before everything that had come in by its minute is known (DESIGN 4).

The network keeps a list of what came in. How far it was read is one instant: all up to it was taken, or set aside.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

LAST_DAY = timedelta(hours=24)
# What came in while nobody looked for longer than that is too old to be a reply to anything.
LONGEST = timedelta(days=30)
# The network lists what it took within a second or two; what is younger may be missing from its list.
LISTED_WITHIN = timedelta(seconds=2)


def list_since(read_until: datetime | None, now: datetime, *, at_least: timedelta) -> datetime:
    """Since when to list: so far back, and further where the last reading ended earlier. No hour is passed over."""
    return max(min(now - at_least, read_until or now - LAST_DAY), now - LONGEST)


def read_past(asked_at: datetime, untaken: Iterable[datetime]) -> datetime:
    """How far a list that was asked for at `asked_at` has been read; `untaken` are the arrivals that could not be taken
    yet.
    """
    return min([asked_at - LISTED_WITHIN, *untaken])


def may_be_said(minute: datetime, read_until: datetime | None, *, nothing_waits: bool) -> bool:
    """Whether all that had arrived by `minute` is known. `nothing_waits`: nothing lies kept beside the database."""
    return nothing_waits and read_until is not None and read_until >= minute
