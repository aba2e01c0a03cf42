"""What a stretch of words can mean in a time, before it is known what day it is. No language here.

Tuples with names: two dozen dataclasses would be half of what importing the readers costs.
"""

from __future__ import annotations

from datetime import time
from typing import Literal, NamedTuple

Half = Literal["am", "pm"]
BoundSide = Literal["by", "until", "latest", "before", "after"]
PeriodUnit = Literal["day", "week", "weekend", "month", "quarter", "year"]
PeriodPart = Literal["whole", "early", "middle", "late", "end"]


class Clock(NamedTuple):
    """An hour as said. `minute` may be negative (a quarter to six). Without `half` and not `exact`, 5 may be 17."""

    hour: int
    minute: int = 0
    half: Half | None = None
    exact: bool = False
    fine: bool = False  # minutes were said
    second: int = 0


class Part(NamedTuple):
    """A part of the day, in wall-clock hours; `half` settles a bare hour said beside it, `night` goes past midnight.

    `early` and `late` are its hours when it is said so.
    """

    opens: time
    closes: time
    half: Half
    night: bool = False
    early: tuple[time, time] | None = None
    late: tuple[time, time] | None = None


class Shade(NamedTuple):
    """ "Early" or "late" somewhere in a time; `alone` is the part of the day it is without one."""

    early: bool
    alone: Part


class Clocks(NamedTuple):
    """From one clock time to another of the same day."""

    first: Clock
    last: Clock


class FromToday(NamedTuple):
    """So many days from today."""

    days: int


class Weekday(NamedTuple):
    """A day of the week, Monday 0. `weeks` None: the coming one; 0: of this week; 1: of the next week."""

    day: int
    weeks: int | None = None
    later: int = 0  # so many weeks after that
    month_day: int | None = None  # "Friday 31": the first 31st that is a Friday


class OnDate(NamedTuple):
    """A date, as far as it was said. `ambiguous`: day and month could be swapped, the locale decided."""

    day: int
    month: int | None = None
    year: int | None = None
    months_ahead: int | None = None  # "the 20th of next month"
    ambiguous: bool = False


class NthDay(NamedTuple):
    """The nth weekday of a month; `nth` -1 is the last, `weekday` None counts plain days, 7 is the weekend."""

    nth: int
    weekday: int | None
    month: int | None = None
    year: int | None = None
    months_ahead: int | None = None  # None without a month: of this month, or of the next when it is over


class Holiday(NamedTuple):
    """A day with a name, by the key of `holidays.py`."""

    name: str
    year: int | None = None


class Period(NamedTuple):
    """This (0), the next (1) or a later week, weekend, month, quarter or year; `part` is how much of it.

    `place` and `year` name one: December, the third quarter, 2027. Without a year the coming one.
    """

    unit: PeriodUnit
    ahead: int = 0
    place: int | None = None
    year: int | None = None
    part: PeriodPart = "whole"


class Year(NamedTuple):
    """A year away from its day: Thu Dec 3 18:00 2026."""

    number: int


class EndOfDay(NamedTuple):
    """The last second of a day: today, or so many days on, or of the day said beside it."""

    ahead: int = 0


class Length(NamedTuple):
    """A length of time. `clocked`: hours and minutes were said, so the time of day counts."""

    months: int = 0
    days: int = 0
    seconds: int = 0

    @property
    def clocked(self) -> bool:
        return self.seconds > 0


class FromNow(NamedTuple):
    """A length from now. `within`: any time up to then."""

    length: Length
    within: bool = False


class Offset(NamedTuple):
    """A length before (-1) or after (+1) whatever is said next; with a weekday, the nearest of those on that side.

    `week`: the whole week in which it lies, or so many weeks on.
    """

    length: Length
    sign: int = 1
    weekday: int | None = None
    week: int | None = None


class Lasting(NamedTuple):
    """A length beside a start: "4pm for 30 minutes"."""

    length: Length


class Days(NamedTuple):
    """From one date to another, both inside."""

    first: OnDate
    last: OnDate


class To:
    """The word between the beginning and the end of a window."""

    __slots__ = ()


class DateOrClocks(NamedTuple):
    """Figures that are a date, or beside a day a window: "2-4", "friday 2-4"."""

    date: OnDate
    clocks: Clocks


class WeekdaysAhead(NamedTuple):
    """The third Friday from now."""

    day: int
    nth: int


class Bound(NamedTuple):
    """The word that makes a time the end (`by`; `before` leaves it out) or the start (`after`) of a window.

    `until` is `by`, or between two times of one kind the word from one to the other; `latest` is a `by` that is said
    behind its time.
    """

    side: BoundSide


class Now:
    """This instant."""

    __slots__ = ()


class SameTime:
    """The time on the clock now, on another day: this time tomorrow."""

    __slots__ = ()


class Refused(NamedTuple):
    """Words that mean a time this grammar does not give: a past one, another zone, a recurrence."""

    reason: str


NOW, TO, SAME_TIME = Now(), To(), SameTime()
Piece = (
    Clock
    | Part
    | Shade
    | Clocks
    | FromToday
    | Weekday
    | OnDate
    | NthDay
    | Holiday
    | Period
    | Year
    | EndOfDay
    | FromNow
    | Offset
    | Lasting
    | WeekdaysAhead
    | Days
    | To
    | DateOrClocks
    | Bound
    | Now
    | SameTime
    | Refused
)
DayPiece = FromToday | Weekday | OnDate | NthDay | Holiday | WeekdaysAhead
