"""Twelve zones over the nights in which their clocks change, and a leap day: each rule of time fires once a day, at its
minute on the person's clock or the first that exists, and lengths stay as long as they are.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from flows.programme.breaks import return_time
from flows.programme.promises import asking_times, notice_time, week_end
from flows.programme.repeats import Repeat, next_occurrence
from flows.timing import WINDOW, closing, instant, is_open, local_day, next_open

ZONES = (
    "America/New_York", "Europe/Berlin", "Australia/Sydney", "Australia/Lord_Howe", "America/Santiago",
    "Asia/Kathmandu", "Pacific/Apia", "America/Sao_Paulo", "Africa/Casablanca", "Asia/Tehran", "Pacific/Chatham", "UTC",
)  # fmt: skip
CLOCKS = (time(0), time(1, 30), time(2, 10), time(2, 45), time(3), time(8), time(18, 30), time(23, 59))
AROUND = range(-4, 5)
EVERY_DAY = Repeat(tuple(range(7)))
NIGHTS = ("forward", "back", "leap day")


def night_of(zone: str, kind: str) -> date:
    """The day on which clocks there first go forward or back from 2026 on; a day in June where they never do."""
    if kind == "leap day":
        return date(2028, 2, 29)
    there, day = ZoneInfo(zone), datetime(2026, 1, 1, tzinfo=UTC)
    for hours in range(2 * 8766):
        at = day + timedelta(hours=hours)
        before, after = [each.astimezone(there).utcoffset() for each in (at, at + timedelta(hours=1))]
        assert before is not None
        assert after is not None
        if (after > before) if kind == "forward" else (after < before):
            return (at + timedelta(hours=1)).astimezone(there).date()
    return date(2026, 6, 15)


def each_day(zone: str, around: date, rule: Callable[[date], datetime]) -> list[datetime]:
    """What the rule comes to on the days around."""
    return [rule(around + timedelta(days=days)) for days in AROUND]


def shows(at: datetime, day: date, clock: time, zone: str) -> bool:
    """Whether clocks there show that minute, or jumped over it just then."""
    there = ZoneInfo(zone)
    shown, before = at.astimezone(there), (at - timedelta(minutes=1)).astimezone(there)
    wanted = datetime.combine(day, clock)
    if shown.replace(tzinfo=None) == wanted:
        return (at - timedelta(hours=1)).astimezone(there).replace(tzinfo=None) != wanted  # the first of two
    return before.replace(tzinfo=None) < wanted < shown.replace(tzinfo=None)


@pytest.mark.promise(9)
@pytest.mark.parametrize("kind", NIGHTS)
@pytest.mark.parametrize("zone", ZONES)
def test_an_hour_of_the_day_comes_once_a_day(zone: str, kind: str):
    night = night_of(zone, kind)

    for clock in CLOCKS:
        found = each_day(zone, night, lambda day, clock=clock: instant(day, clock, zone))
        assert found == sorted(set(found))
        for days, at in zip(AROUND, found, strict=True):
            assert shows(at, night + timedelta(days=days), clock, zone), (clock, at)


@pytest.mark.promise(9)
@pytest.mark.parametrize("kind", NIGHTS)
@pytest.mark.parametrize("zone", ZONES)
def test_what_repeats_is_due_once_a_day(zone: str, kind: str):
    night = night_of(zone, kind)

    for clock in CLOCKS:
        due = instant(night - timedelta(days=5), clock, zone)
        days = []
        for _ in range(9):
            last = local_day(due, zone)
            # Whoever was just told of one asks at once for the next.
            found = next_occurrence(EVERY_DAY, clock, zone, after=last, now=due)
            assert found is not None
            due = found
            days.append(local_day(due, zone))
        assert days == [night + timedelta(days=each) for each in AROUND]


@pytest.mark.promise(9)
@pytest.mark.parametrize("kind", NIGHTS)
@pytest.mark.parametrize("zone", ZONES)
def test_a_promise_is_asked_about_by_day_and_its_notice_is_a_whole_day_later(zone: str, kind: str):
    night = night_of(zone, kind)

    for hours in range(-30, 30):
        due = instant(night, time(12), zone) + timedelta(hours=hours)
        notice = notice_time(due, zone, time(19, 30))
        asking = asking_times(due, zone, now=due - timedelta(hours=6), notice=notice)
        assert due + timedelta(hours=24) <= notice <= due + timedelta(hours=49)
        assert shows(notice, local_day(notice, zone), time(19, 30), zone)
        assert asking.due <= asking.still[0] <= asking.still[1] <= notice
        assert all(is_open(at, zone, WINDOW) for at in (asking.due, *asking.still))


@pytest.mark.promise(9)
@pytest.mark.parametrize("kind", NIGHTS)
@pytest.mark.parametrize("zone", ZONES)
def test_lengths_stay_as_long_as_they_are_and_days_open_and_close_once(zone: str, kind: str):
    night = night_of(zone, kind)

    for hours in range(-30, 30):
        now = instant(night, time(12), zone) + timedelta(hours=hours)
        assert return_time(now, 30) - now == timedelta(minutes=30)
        assert is_open(next_open(now, zone), zone)
        assert now < week_end(now, zone) <= now + timedelta(days=7, hours=20)
    opens = each_day(zone, night, lambda day: next_open(instant(day, time(0), zone), zone))
    closes = each_day(zone, night, lambda day: closing(instant(day, time(12), zone), zone))
    assert len(set(opens)) == len(set(closes)) == len(AROUND)
    assert all(opened < closed for opened, closed in zip(opens, closes, strict=True))
