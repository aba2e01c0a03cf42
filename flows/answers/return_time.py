"""When somebody will be back from a break: a length of time, or a time on the clock within about a day."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from flows.answers.clock_time import read_clock_time
from flows.answers.minutes import DAY_MINUTES, read_minutes
from flows.answers.reading import Reading, nothing, understood
from flows.folding import fold
from flows.patterns import late
from flows.timing import instant, wall_clock

_TOMORROW = late(r"(?<!de la )(?<!por la )\b(?:tomorrow|manana)\b")
_MORNING = late(r"\b(?:tomorrow morning|(?:manana )?por la manana|tomorrow|manana)\b")
_BESIDE = late(
    r"(?:\W|\b(?:about|around|for|maybe|please|thanks|until|till|at|by|back|be|i|ill|will|make|it|ok|today"
    r"|unos|como|por favor|gracias|hasta|a|las|la|vuelvo|hoy)\b)*"
)
_LONG = late(
    r"(?<![\w.,:/-])(?P<count>\d{1,4}|a|an|one|two|three|un|una|uno|dos|tres) ?-?"
    r"(?P<unit>hours?|horas?|hrs?|h|days?|dias?|d|weeks?|semanas?|minutes?|minutos?|mins?|m)?(?![\w:/%])"
)
_COUNTS = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "un": 1, "una": 1, "uno": 1, "dos": 2, "tres": 3}
_UNITS = {"h": 60, "d": DAY_MINUTES, "w": 7 * DAY_MINUTES, "s": 7 * DAY_MINUTES, "m": 1}
TOMORROW_MEANS = "10:00"


def read_return_time(text: str, *, zone: str, at: datetime) -> Reading:
    """`{"value": 45}`: whole minutes from `at` (aware UTC), 0 and more; the caller knows what is too short or too long.

    Reasons: minutes, hours, length, clock-time, tomorrow; for none: those of the readers of lengths and times.
    """
    length = read_minutes(text)
    if length.reading is not None:
        return length
    folded = fold(text)
    if (long := _length(folded.text)) is not None:
        return understood(text, {"value": long}, folded.span(0, len(folded.text)), reason="length")
    clock = read_clock_time(_TOMORROW.sub(" ", folded.text) if _TOMORROW.search(folded.text) else text)
    is_tomorrow = _TOMORROW.search(folded.text) is not None
    if clock.reading is not None and _BESIDE.fullmatch(_TOMORROW.sub("", fold(clock.rest).text)):
        minutes = _minutes_until(str(clock.reading["value"]), zone, at, is_tomorrow=is_tomorrow)
        return understood(text, {"value": minutes}, folded.span(0, len(folded.text)), reason="clock-time")
    if is_tomorrow and _BESIDE.fullmatch(_MORNING.sub("", folded.text)):
        minutes = _minutes_until(TOMORROW_MEANS, zone, at, is_tomorrow=True)
        return understood(text, {"value": minutes}, folded.span(0, len(folded.text)), reason="tomorrow")
    return nothing(text, clock.reason)


def _length(text: str) -> int | None:
    """Lengths that nobody else reads because they are none: no time at all, or more than a day."""
    found = list(_LONG.finditer(text))
    if len(found) != 1 or not _BESIDE.fullmatch(text[: found[0].start()] + text[found[0].end() :]):
        return None
    count, unit = found[0]["count"], found[0]["unit"]
    if unit is None and not count.isdigit():
        return None
    return (int(count) if count.isdigit() else _COUNTS[count]) * _UNITS[(unit or "m")[0]]


def _minutes_until(clock: str, zone: str, at: datetime, *, is_tomorrow: bool) -> int:
    here = at.astimezone(ZoneInfo(zone))
    day = here.date() + timedelta(days=is_tomorrow)
    then = instant(day, wall_clock(clock), zone)
    if then <= at:
        then = instant(day + timedelta(days=1), wall_clock(clock), zone)
    now = at.astimezone(UTC).replace(second=0, microsecond=0)
    return int((then - now).total_seconds() // 60)
