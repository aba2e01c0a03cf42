"""Which calendar day a piece names, seen from today; the future is preferred."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from flows.answers.calendar.holidays import holiday, nth_weekday
from flows.answers.calendar.pieces import (
    DayPiece,
    FromToday,
    Holiday,
    Length,
    NthDay,
    OnDate,
    Period,
    PeriodPart,
    Refused,
    Weekday,
    WeekdaysAhead,
)  # fmt: skip

WEEKEND = 7  # the weekday of an NthDay that counts Saturdays with their Sundays
_SATURDAY = 5
_NO_SUCH_DAY = Refused("no-such-day")


def day_of(piece: DayPiece, today: date, *, later_today: bool) -> date | Refused:
    """The day, which may be past when the words say so. `later_today`: a weekday that is today may mean today."""
    match piece:
        case FromToday(days):
            return today + timedelta(days=days)
        case Weekday():
            return _weekday(piece, today, later_today=later_today)
        case WeekdaysAhead(day, count):
            return today + timedelta(days=((day - today.weekday() - 1) % 7) + 1 + 7 * (count - 1))
        case OnDate():
            return _on_date(piece, today)
        case NthDay():
            return _nth_day(piece, today)
        case Holiday(name, year):
            if year is not None:
                return holiday(name, year)
            this = holiday(name, today.year)
            return this if this >= today else holiday(name, today.year + 1)


def period_of(piece: Period, today: date) -> tuple[date, date] | Refused:
    """First and last day. A weekend is Saturday and Sunday; on one of these, "this weekend" is the one it is."""
    if piece.unit == "weekend":
        first = today + timedelta(days=_SATURDAY - today.weekday() + 7 * piece.ahead)
        return first, first + timedelta(days=1)
    if piece.unit == "week":
        first = today + timedelta(days=7 * piece.ahead - today.weekday())
        return _part_of(piece.part, first, first + timedelta(days=6), _OF_A_WEEK)
    months = _MONTHS_IN[piece.unit]
    first = _months_on(_begun(piece, today, months), months * piece.ahead)
    last = _months_on(first, months) - timedelta(days=1)
    return _part_of(piece.part, first, last, _OF_A_MONTH if piece.unit == "month" else {})


_MONTHS_IN = {"month": 1, "quarter": 3, "year": 12}
# How many days in "early" and "in the middle" end.
_OF_A_WEEK = {"early": (0, 1), "middle": (2, 2), "late": (3, 6)}
_OF_A_MONTH = {"early": (0, 9), "middle": (10, 19), "late": (20, 30)}


def _begun(piece: Period, today: date, months: int) -> date:
    """The first day of the one it is, or of the one that has that place in its year: the coming one without a year."""
    if piece.place is None:
        return date(piece.year or today.year, 1 if piece.year else (today.month - 1) // months * months + 1, 1)
    month = (piece.place - 1) * months + 1
    if piece.year is not None:
        return date(piece.year, month, 1)
    return date(today.year + int(month + months - 1 < today.month), month, 1)


def _part_of(
    part: PeriodPart, first: date, last: date, edges: Mapping[str, tuple[int, int]]
) -> tuple[date, date] | Refused:
    if part == "whole":
        return first, last
    if part == "end":
        return last, last
    if part not in edges:
        return Refused("unclear-time")
    opens, closes = edges[part]
    return first + timedelta(days=opens), min(first + timedelta(days=closes), last)


def shifted(day: date, length: Length, sign: int = 1) -> date:
    """Months first, the day kept or the last of a shorter month, then days."""
    return _months_on(day, sign * length.months) + timedelta(days=sign * length.days)


def in_that_week(day: date, weekday: int) -> date:
    """The weekday of the week, Monday first, that holds `day`."""
    return day + timedelta(days=weekday - day.weekday())


def _days_in(year: int, month: int) -> int:
    return (date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)).day


def _months_on(day: date, months: int) -> date:
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return date(year, month + 1, min(day.day, _days_in(year, month + 1)))


def _weekday(piece: Weekday, today: date, *, later_today: bool) -> date | Refused:
    if piece.month_day is not None:
        ahead = (today + timedelta(days=days) for days in range(366 * 3))
        matches = (day for day in ahead if day.day == piece.month_day and day.weekday() == piece.day)
        return next(matches, _NO_SUCH_DAY)
    if piece.weeks is not None:
        return in_that_week(today, piece.day) + timedelta(days=7 * piece.weeks)
    days = (piece.day - today.weekday()) % 7
    return today + timedelta(days=(days if days or later_today else 7) + 7 * piece.later)


def _on_date(piece: OnDate, today: date) -> date | Refused:
    if piece.year is not None and piece.month is not None:
        return date(piece.year, piece.month, piece.day)
    if piece.months_ahead is not None:
        first = _months_on(today.replace(day=1), piece.months_ahead)
        return _in_month(first, piece.day)
    if piece.month is not None:
        for year in range(today.year, today.year + 9):
            found = _in_month(date(year, piece.month, 1), piece.day)
            if isinstance(found, date) and found >= today:
                return found
        return _NO_SUCH_DAY
    for months in range(3):
        found = _in_month(_months_on(today.replace(day=1), months), piece.day)
        if isinstance(found, date) and found >= today:
            return found
    return _NO_SUCH_DAY


def _in_month(first: date, day: int) -> date | Refused:
    return first.replace(day=day) if day <= _days_in(first.year, first.month) else _NO_SUCH_DAY


def _nth_day(piece: NthDay, today: date) -> date | Refused:
    if piece.month is None:
        found = _nth_in(_months_on(today.replace(day=1), piece.months_ahead or 0), piece)
        if piece.months_ahead is None and isinstance(found, date) and found < today:
            return _nth_in(_months_on(today.replace(day=1), 1), piece)
        return found
    if piece.year is not None:
        return _nth_in(date(piece.year, piece.month, 1), piece)
    found = _nth_in(date(today.year, piece.month, 1), piece)
    if isinstance(found, date) and found < today:
        return _nth_in(date(today.year + 1, piece.month, 1), piece)
    return found


def _nth_in(first: date, piece: NthDay) -> date | Refused:
    last = _days_in(first.year, first.month)
    if piece.weekday is None:
        return first.replace(day=last if piece.nth < 0 else piece.nth) if piece.nth <= last else _NO_SUCH_DAY
    if not -1 <= piece.nth <= 5:
        return _NO_SUCH_DAY
    try:
        return nth_weekday(
            first.year, first.month, _SATURDAY if piece.weekday == WEEKEND else piece.weekday, piece.nth
        )
    except ValueError:
        return _NO_SUCH_DAY
