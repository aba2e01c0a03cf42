"""A time of day by the clock on the wall. Without a half of the day it is not guessed."""

from __future__ import annotations

import re

from flows.answers.numbers import NUMBER_WORDS
from flows.answers.reading import Reading, nothing, understood
from flows.folding import fold
from flows.patterns import late

_HOURS = {word: value for word, value in NUMBER_WORDS.items() if 1 <= value <= 12} | {"una": 1, "once": 11}
_HOUR = "|".join(sorted(_HOURS, key=len, reverse=True))
_HALF = (
    r"(?P<am>a\.?\s?m\b\.?|(?:in the |tomorrow |this )?morning|de la manana|de la madrugada|am\b)"
    r"|(?P<pm>p\.?\s?m\b\.?|in the (?:afternoon|evening)|(?:this )?(?:afternoon|evening)|de la tarde|pm\b)"
    r"|(?P<night>at night|tonight|de la noche)"
)
_TIME = late(
    r"(?<![\w.,:/+-])(?:"
    r"(?P<noon>noon|midday|mediodia|el medio dia)|(?P<midnight>midnight|medianoche|media noche)"
    rf"|(?P<shift>half past|quarter past|quarter to) (?P<past>\d{{1,2}}|{_HOUR})"
    rf"|(?P<hour>\d{{1,2}}|{_HOUR})(?:\s?(?:[:.h]|\bhoras?\s)\s?(?P<minute>\d{{2}})|(?P<h>\s?h(?:rs?|oras)?\b)"
    r"|\s(?P<extra>y media|y cuarto|menos cuarto|thirty|fifteen)\b)?(?:\s?o'?clock|\sen punto)?"
    rf")(?![\d/%])\s*,?\s*(?:{_HALF})?(?:\s?h(?:rs?)?\b)?(?![\w:/])"
)
_SHIFTS = {
    "half past": 30, "quarter past": 15, "quarter to": -15, "y media": 30, "y cuarto": 15, "menos cuarto": -15,
    "thirty": 30, "fifteen": 15,
}  # fmt: skip
_AROUND = late(
    r"(?:\W|\b(?:at|around|about|maybe|please|it is|it's|its|now|is|make it|a|las|la|sobre|son|es|hacia|por favor|today"
    r"|every|day|daily|cada|dia|hoy|the|al)\b)*"
)


def read_clock_time(text: str) -> Reading:
    """`{"value": "19:30"}`, local wall-clock time, 24 hours.

    Reasons: clock-time, noon, midnight; for none: which-half (a bare 7 or 7:30 may be either), several-times, no-time.
    """
    folded = fold(text)
    found = [match for match in _TIME.finditer(folded.text) if _is_a_time(match, folded.text)]
    if not found:
        return nothing(text, "no-time")
    if len(found) > 1:
        return nothing(text, "several-times")
    match = found[0]
    span = folded.span(match.start(), match.start() + len(match[0].rstrip(" ,")))
    if match["noon"] or match["midnight"]:
        word = "noon" if match["noon"] else "midnight"
        return understood(text, {"value": "12:00" if word == "noon" else "00:00"}, span, reason=word)
    minutes = _minutes_of_day(match)
    if isinstance(minutes, str):
        return nothing(text, minutes)
    return understood(text, {"value": f"{minutes // 60:02d}:{minutes % 60:02d}"}, span, reason="clock-time")


def _is_a_time(match: re.Match[str], text: str) -> bool:
    """A bare number is a time only when the reply holds nothing else."""
    if match["noon"] or match["midnight"] or match["shift"] or match["minute"] or match["h"] or _half_of(match):
        return True
    if match["extra"] or "clock" in match[0] or "punto" in match[0]:
        return True
    return bool(_AROUND.fullmatch(text[: match.start()]) and _AROUND.fullmatch(text[match.end() :]))


def _half_of(match: re.Match[str]) -> str | None:
    return next((half for half in ("am", "pm", "night") if match[half]), None)


def _minutes_of_day(match: re.Match[str]) -> int | str:
    """Minutes since midnight, or the reason why there are none."""
    written = match["hour"] or match["past"]
    hour = _HOURS[written] if written in _HOURS else int(written)
    minute = int(match["minute"] or 0) + _SHIFTS.get(match["shift"] or match["extra"] or "", 0)
    if hour > 24 or (hour == 24 and minute) or minute > 59:
        return "no-time"
    placed = _placed(hour % 24 if hour == 24 else hour, match, written)
    return placed if isinstance(placed, str) else (placed * 60 + minute) % (24 * 60)


def _placed(hour: int, match: re.Match[str], written: str) -> int | str:
    """The hour of 0 to 23 that is meant."""
    half = _half_of(match)
    if half is None:
        certain = hour == 0 or hour > 12 or (written.startswith("0") and match["minute"])
        return hour if certain else "which-half"
    if hour > 12 or hour == 0:
        return hour if (half == "am") == (hour < 12) else "no-time"
    if half == "am":
        # Noon is "las 12 de la manana" to many and midnight to others; the letters am leave no doubt.
        if hour == 12 and ("manana" in match[0] or "morning" in match[0]):
            return "which-half"
        return hour % 12
    if half == "pm":
        return hour % 12 + 12
    return hour % 12 if hour == 12 or hour < 5 else hour + 12
