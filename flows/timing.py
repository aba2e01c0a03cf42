"""Wall-clock times, zones and the hours in which a person may be written to. Aware UTC goes in and comes out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

SUNDAY = 6
# The widest hours a person may choose for their own check-in (PROGRAMME 3.10).
EARLIEST_CHOICE = time(8)
LATEST_CHOICE = time(21)


@dataclass(frozen=True, slots=True)
class Window:
    """When the service may speak first, in the person's own wall-clock time. `closes` itself is outside."""

    opens: time = time(10)
    sunday_opens: time = time(12)
    closes: time = time(20)

    def hours_of(self, day: date) -> tuple[time, time]:
        """Opening and closing time of that day."""
        return (self.sunday_opens if day.weekday() == SUNDAY else self.opens), self.closes


WINDOW = Window()
# What a person asked for themself, like LATER, may come whenever they might have chosen their own hour.
OWN_HOURS = Window(EARLIEST_CHOICE, EARLIEST_CHOICE, LATEST_CHOICE)


def wall_clock(text: str) -> time:
    """A stored HH:MM as a time of day. Raises ValueError when it is none."""
    return time.fromisoformat(text)


def instant(day: date, at: time, zone: str) -> datetime:
    """The UTC instant at which clocks in `zone` show `at` on `day`.

    A time that the clocks jump over becomes the first minute that exists; one that happens twice is the first.
    Source: PEP 495 for `fold`; the clock-change nights in tests/flows/test_timing.py.
    """
    there = ZoneInfo(zone)
    found = datetime.combine(day, at, tzinfo=there).astimezone(UTC)
    if found.astimezone(there).time() == at:
        return found
    return _end_of_gap(found, there)


def _end_of_gap(near: datetime, there: ZoneInfo) -> datetime:
    """The instant at which the clocks jump: no minute before it shows a skipped time. `near` lies within a day."""
    before, after = near - timedelta(hours=26), near + timedelta(hours=26)
    offset = before.astimezone(there).utcoffset()
    while after - before > timedelta(seconds=1):
        middle = before + (after - before) / 2
        if middle.astimezone(there).utcoffset() == offset:
            before = middle
        else:
            after = middle
    return after.replace(microsecond=0)


def local_day(at: datetime, zone: str) -> date:
    """The calendar day that it is there."""
    return at.astimezone(ZoneInfo(zone)).date()


def is_open(at: datetime, zone: str, window: Window = WINDOW) -> bool:
    """Whether the service may speak first at that instant."""
    local = at.astimezone(ZoneInfo(zone))
    opens, closes = window.hours_of(local.date())
    return opens <= local.time() < closes


def next_open(at: datetime, zone: str, window: Window = WINDOW) -> datetime:
    """`at` itself when the window is open, else the next instant at which it opens."""
    if is_open(at, zone, window):
        return at
    day = local_day(at, zone)
    for ahead in range(3):
        opens = instant(day + timedelta(days=ahead), window.hours_of(day + timedelta(days=ahead))[0], zone)
        if opens >= at:
            return opens
    raise ValueError(f"no opening within two days in {zone}")


def closing(at: datetime, zone: str, window: Window = WINDOW) -> datetime:
    """The instant at which the window of that local day closes."""
    day = local_day(at, zone)
    return instant(day, window.closes, zone)
