"""Times as a person reads them on their own phone, in their zone and locale."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

WEEKDAYS = {
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
    "es": ("lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo"),
}
MONTHS = {
    "en": ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
           "November", "December"),
    "es": ("enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre", "octubre",
           "noviembre", "diciembre"),
}  # fmt: skip


def language(locale: str) -> str:
    """`es` for every Spanish locale, else `en`."""
    return "es" if locale.lower().startswith("es") else "en"


def clock_time(at: datetime, zone: ZoneInfo, locale: str) -> str:
    """`6:30 PM`, `6:30 p. m.` or `18:30`. Source: the CLDR short times of en-US, es-US and es-ES."""
    local = at.astimezone(zone)
    if not _twelve_hours(zone, locale):
        return f"{local:%H:%M}"
    morning, afternoon = ("a. m.", "p. m.") if language(locale) == "es" else ("AM", "PM")
    half = afternoon if local.hour >= 12 else morning
    return f"{local.hour % 12 or 12}:{local:%M}\u00a0{half.replace(' ', chr(0xA0))}"


def day_name(at: datetime, zone: ZoneInfo, locale: str) -> str:
    """`Friday, November 27`, `Friday, 27 November` or `viernes, 27 de noviembre`."""
    local = at.astimezone(zone)
    tongue = language(locale)
    weekday, month = WEEKDAYS[tongue][local.weekday()], MONTHS[tongue][local.month - 1]
    if tongue == "es":
        return f"{weekday}, {local.day} de {month}"
    return f"{weekday}, {month} {local.day}" if _twelve_hours(zone, locale) else f"{weekday}, {local.day} {month}"


def short_moment(at: datetime, now: datetime, zone: ZoneInfo) -> str:
    """For the page's own English: `6:30 PM` on the day of `now`, `Fri 6:30 PM` in a week, `Nov 27, 6:30 PM` beyond."""
    local, today = at.astimezone(zone), now.astimezone(zone).date()
    hour = clock_time(at, zone, "en-US")
    if local.date() == today:
        return hour
    if abs(local.date() - today) < timedelta(days=7):
        return f"{WEEKDAYS['en'][local.weekday()][:3]} {hour}"
    return f"{MONTHS['en'][local.month - 1][:3]} {local.day}, {hour}"


def zone_name(at: datetime, zone: ZoneInfo) -> str:
    """`New York · EST`: the zone's city and its short name at `at`."""
    city = zone.key.rsplit("/", 1)[-1].replace("_", " ")
    return f"{city} · {at.astimezone(zone):%Z}"


def next_at(wall: time, now: datetime, zone: ZoneInfo) -> datetime:
    """The first moment strictly after `now` at which clocks in `zone` show `wall`; aware, in `zone`."""
    local = now.astimezone(zone)
    today = datetime.combine(local.date(), wall, tzinfo=zone)
    return today if today > local else datetime.combine(local.date() + timedelta(days=1), wall, tzinfo=zone)


def _twelve_hours(zone: ZoneInfo, locale: str) -> bool:
    region = locale.replace("_", "-").partition("-")[2].upper()
    return region == "US" if region else zone.key.startswith("America/")
