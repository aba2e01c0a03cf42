"""Where a person is, told by what their clock says. An ambiguous clock is settled by naming two cities."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from flows.answers.clock_time import read_clock_time
from flows.answers.reading import Json, Reading

# The zones that people of a country may be in, the most populous first. A country that is not here is asked for the
# hour alone and gets the zone below that shows it. Source: tz database zone1970.tab, thinned to differing rules.
ZONES: Mapping[str, tuple[str, ...]] = {
    "US": (
        "America/New_York", "America/Chicago", "America/Los_Angeles", "America/Denver", "America/Phoenix",
        "America/Anchorage", "Pacific/Honolulu",
    ),
    "CA": (
        "America/Toronto", "America/Vancouver", "America/Edmonton", "America/Winnipeg", "America/Regina",
        "America/Halifax", "America/St_Johns",
    ),
    "GB": ("Europe/London",),
    "IE": ("Europe/Dublin",),
    "AU": (
        "Australia/Sydney", "Australia/Brisbane", "Australia/Perth", "Australia/Adelaide", "Australia/Darwin",
    ),
    "NZ": ("Pacific/Auckland",),
    "ES": ("Europe/Madrid", "Atlantic/Canary"),
    "MX": ("America/Mexico_City", "America/Tijuana", "America/Hermosillo", "America/Cancun"),
    "FR": ("Europe/Paris",),
    "DE": ("Europe/Berlin",),
}  # fmt: skip
ANYWHERE = (
    "Europe/London", "Europe/Madrid", "Europe/Athens", "Europe/Istanbul", "Asia/Dubai", "Asia/Karachi", "Asia/Kolkata",
    "Asia/Dhaka", "Asia/Bangkok", "Asia/Shanghai", "Asia/Tokyo", "Australia/Sydney", "Pacific/Auckland",
    "Pacific/Honolulu", "America/Anchorage", "America/Los_Angeles", "America/Denver", "America/Chicago",
    "America/New_York", "America/Halifax", "America/Sao_Paulo", "Atlantic/Azores",
)  # fmt: skip
# People read a clock that is a little off, and a text takes a while to write and to arrive.
CLOCK_MAY_DIFFER = timedelta(minutes=14)
HALF_A_DAY = timedelta(hours=12)
CITY_LETTERS = 14  # the room of {w}


def zones_by_clock(shown: str, at: datetime, region: str) -> tuple[str, ...]:
    """The zones whose clocks show about `shown` (HH:MM) at the instant `at`: the region's own first, else anywhere.

    Two zones of one region that agree now may differ in another season; both are named.
    """
    return _showing(shown, at, ZONES.get(region, ())) or _showing(shown, at, ANYWHERE)[:2]


def city_of(zone: str) -> str:
    """The city a zone is named after, as people write it."""
    return zone.rsplit("/", 1)[-1].replace("_", " ")[:CITY_LETTERS]


def read_zone(text: str, *, at: datetime, region: str) -> Reading:
    """`{"value": zone}`, with `second`, `city` and `second_city` where two zones show that clock.

    A time without its half of the day is read as the half that some zone shows. Null when no zone does.
    """
    clock = read_clock_time(text)
    shown = _shown_hours(clock, text)
    # Both halves of the day are tried at home before anywhere else is: 6:40 in New York's evening is not Bangkok.
    at_home = [_showing(each, at, ZONES.get(region, ())) for each in shown]
    for zones in (*at_home, *(zones_by_clock(each, at, region) for each in shown)):
        if zones:
            first, second = zones[0], (zones[1] if len(zones) > 1 else "")
            found: dict[str, Json] = {
                "value": first, "second": second, "city": city_of(first), "second_city": city_of(second),
            }  # fmt: skip
            reason = "by-clock" if not second else "two-zones"
            return Reading(found, clock.span or _span_of_digits(text), reason, clock.rest if clock.span else "")
    return Reading(None, None, clock.reason if not shown else "no-such-clock", text)


def _shown_hours(clock: Reading, text: str) -> tuple[str, ...]:
    if clock.reading is not None and isinstance(value := clock.reading.get("value"), str):
        return (value,)
    start, end = _span_of_digits(text)
    hour, _, minute = text[start:end].partition(":")
    if clock.reason == "which-half" and hour.isdigit() and 1 <= int(hour) <= 12 and (minute or "00").isdigit():
        minute = (minute or "00").zfill(2)
        return (f"{int(hour) % 12:02}:{minute}", f"{int(hour) % 12 + 12:02}:{minute}")
    return ()


def _span_of_digits(text: str) -> tuple[int, int]:
    """Where a clock without its half of the day stands: all of the text but what is around it."""
    digits = text.strip().rstrip(".")
    start = text.find(digits)
    return start, start + len(digits)


def _showing(shown: str, at: datetime, zones: tuple[str, ...]) -> tuple[str, ...]:
    hour, minute = (int(part) for part in shown.split(":"))
    wanted = timedelta(hours=hour, minutes=minute)
    return tuple(zone for zone in zones if _apart(wanted, at.astimezone(ZoneInfo(zone))) <= CLOCK_MAY_DIFFER)


def _apart(wanted: timedelta, local: datetime) -> timedelta:
    apart = abs(wanted - timedelta(hours=local.hour, minutes=local.minute))
    return min(apart, 2 * HALF_A_DAY - apart)
