"""Hours and zones: nothing is said at night, a skipped minute becomes the first that exists, a double one the first."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.timing import OWN_HOURS, WINDOW, closing, instant, is_open, local_day, next_open

NEW_YORK, LORD_HOWE, MADRID = "America/New_York", "Australia/Lord_Howe", "Europe/Madrid"
ZONES = sorted(zone for zone in available_timezones() if "/" in zone and not zone.startswith(("Etc/", "SystemV/")))
INSTANTS = st.datetimes(datetime(2024, 1, 1), datetime(2032, 1, 1)).map(lambda at: at.replace(tzinfo=UTC))
DAYS = st.dates(date(2024, 1, 1), date(2031, 12, 31))
TIMES = st.times().map(lambda at: at.replace(second=0, microsecond=0))


@pytest.mark.promise(9)
@pytest.mark.parametrize(
    ("day", "at", "zone", "expected"),
    [
        (date(2026, 3, 8), time(2, 30), NEW_YORK, "2026-03-08T03:00:00-04:00"),
        (date(2026, 11, 1), time(1, 30), NEW_YORK, "2026-11-01T01:30:00-04:00"),
        (date(2026, 3, 29), time(2, 15), MADRID, "2026-03-29T03:00:00+02:00"),
        (date(2026, 10, 25), time(2, 15), MADRID, "2026-10-25T02:15:00+02:00"),
        (date(2026, 10, 4), time(2, 10), LORD_HOWE, "2026-10-04T02:30:00+11:00"),
        (date(2026, 7, 1), time(18, 30), NEW_YORK, "2026-07-01T18:30:00-04:00"),
    ],
)
def test_the_two_nights_when_clocks_change(day, at, zone, expected):
    assert instant(day, at, zone) == datetime.fromisoformat(expected)


@given(day=DAYS, at=TIMES, zone=st.sampled_from(ZONES))
def test_an_instant_shows_its_time_or_the_first_minute_after_a_gap(day, at, zone):
    found = instant(day, at, zone)
    there = ZoneInfo(zone)
    shown = found.astimezone(there)

    if (shown.date(), shown.time()) != (day, at):  # the minute does not exist: just before it was another offset
        before = (found - timedelta(minutes=1)).astimezone(there)
        assert before.replace(tzinfo=None) < datetime.combine(day, at) < shown.replace(tzinfo=None)


@given(day=DAYS, at=TIMES, zone=st.sampled_from(ZONES))
def test_of_a_time_that_happens_twice_the_first_is_taken(day, at, zone):
    an_hour_before = (instant(day, at, zone) - timedelta(hours=1)).astimezone(ZoneInfo(zone))

    assert (an_hour_before.date(), an_hour_before.time()) != (day, at)


@given(at=INSTANTS, zone=st.sampled_from(ZONES))
def test_invariant_29_the_next_opening_is_open_and_never_before(at, zone):
    opened = next_open(at, zone)
    local = opened.astimezone(ZoneInfo(zone))

    assert opened >= at
    assert is_open(opened, zone)
    assert WINDOW.hours_of(local.date())[0] <= local.time() < WINDOW.closes


@given(at=INSTANTS, home=st.sampled_from(ZONES), away=st.sampled_from(ZONES))
def test_invariant_29_who_travels_is_written_to_by_the_clock_of_where_they_are(at, home, away):
    opened = next_open(next_open(at, home), away)

    assert time(10) <= opened.astimezone(ZoneInfo(away)).time() < time(20)


@given(at=INSTANTS, zone=st.sampled_from(ZONES))
def test_a_day_closes_at_eight_in_the_evening_of_that_day(at, zone):
    closes = closing(at, zone)

    assert local_day(closes, zone) == local_day(at, zone)
    assert not is_open(closes, zone)


def test_sundays_begin_at_noon_and_own_hours_reach_from_eight_to_nine():
    sunday = datetime(2026, 3, 1, 16, 59, tzinfo=UTC)

    assert not is_open(sunday, NEW_YORK)
    assert is_open(sunday + timedelta(minutes=1), NEW_YORK)
    assert is_open(sunday, NEW_YORK, OWN_HOURS)
    assert not is_open(sunday + timedelta(hours=9, minutes=1), NEW_YORK, OWN_HOURS)
