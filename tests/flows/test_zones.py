"""Where a person is by what their clock says: at home first, and two cities named where two agree."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.zones import CITY_LETTERS, ZONES, city_of, read_zone

WINTER = datetime(2026, 1, 15, 23, 40, tzinfo=UTC)
SUMMER = datetime(2026, 7, 15, 22, 40, tzinfo=UTC)


@pytest.mark.parametrize("text", ["6:40 PM", "18:40", "6:40", "it's 6.35 pm here", "6:52pm"])
def test_a_clock_in_new_york_is_new_yorks_with_or_without_its_half_of_the_day(text):
    assert (read_zone(text, at=WINTER, region="US").reading or {})["value"] == "America/New_York"


@pytest.mark.parametrize("at", [WINTER.replace(hour=17, minute=0), SUMMER.replace(hour=16, minute=0)])
def test_noon_written_with_four_digits_is_noon_at_home(at):
    assert (read_zone("12:00", at=at, region="US").reading or {})["value"] == "America/New_York"


def test_denver_and_phoenix_agree_in_winter_and_are_both_named():
    found = read_zone("4:40 PM", at=WINTER, region="US")

    assert found.reason == "two-zones"
    assert found.reading == {
        "value": "America/Denver", "second": "America/Phoenix", "city": "Denver", "second_city": "Phoenix",
    }  # fmt: skip


def test_los_angeles_and_phoenix_agree_in_summer():
    found = read_zone("3:40 PM", at=SUMMER, region="US").reading or {}

    assert (found["city"], found["second_city"]) == ("Los Angeles", "Phoenix")


def test_somebody_abroad_is_found_by_their_clock():
    assert (read_zone("00:40", at=WINTER, region="US").reading or {})["value"] == "Europe/Madrid"


@pytest.mark.parametrize("text", ["", "no idea", "late", "25:00"])
def test_no_clock_is_no_zone(text):
    assert read_zone(text, at=WINTER, region="US").reading is None


@given(
    region=st.sampled_from(sorted(ZONES)), place=st.integers(0, 6), minutes=st.integers(0, 366 * 24 * 60),
    is_24_hours=st.booleans(),
)  # fmt: skip
def test_whoever_tells_their_clock_is_never_taken_to_be_abroad(region, place, minutes, is_24_hours):
    own = ZONES[region][place % len(ZONES[region])]
    at = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
    shown = at.astimezone(ZoneInfo(own)).strftime("%H:%M" if is_24_hours else "%I:%M %p")

    found = read_zone(shown, at=at, region=region).reading or {}

    assert found["value"] in ZONES[region]
    assert at.astimezone(ZoneInfo(str(found["value"]))).utcoffset() is not None


@pytest.mark.parametrize("zone", [zone for zones in ZONES.values() for zone in zones])
def test_every_city_fits_its_room(zone):
    assert 0 < len(city_of(zone)) <= CITY_LETTERS
