"""Dates in figures, the same in every language but for which number is the day."""

from __future__ import annotations

import re
from functools import lru_cache

from flows.answers.calendar.language import Rule, rule
from flows.answers.calendar.pieces import Clock, Clocks, DateOrClocks, OnDate, Piece, Refused, Year
from flows.patterns import late

# Who writes the month first: the United States and those who follow them. Source: CLDR short dates.
_MONTH_FIRST = frozenset(("US", "PH", "PR", "FM", "GU", "MH", "MP", "PW", "UM", "VI", "AS"))
_MONTH_DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_WHOLE_NUMBER = late(r"(?<![:.\d])\d{1,3}\s+$")
_NOON = 12
_NO_SUCH_DAY = Refused("no-such-day")


@lru_cache(maxsize=64)
def is_day_first(locale: str) -> bool:
    """Whether 3/12 is the third of December there. English of no country is American, any other language is not."""
    parts = locale.replace("_", "-").split("-")
    region = next((part.upper() for part in parts[1:] if len(part) == 2 and part.isalpha()), None)
    if region is None:
        return parts[0].lower() != "en"
    return region not in _MONTH_FIRST or parts[0].lower() == "es"


def written_date(day: int, month: int, year: int | None, *, ambiguous: bool = False) -> OnDate | Refused:
    """A date that some calendar holds, or a refusal. A year of two digits is of this century."""
    if year is not None and year < 100:
        year += 2000
    if not 1 <= month <= 12 or not 1 <= day <= _MONTH_DAYS[month - 1]:
        return _NO_SUCH_DAY
    if day == 29 and month == 2 and year is not None and (year % 4 or (year % 100 == 0 and year % 400)):
        return _NO_SUCH_DAY
    if year is not None and not 1900 <= year <= 2199:
        return _NO_SUCH_DAY
    return OnDate(day, month, year, ambiguous=ambiguous)


def _in_figures(match: re.Match[str], day_first: bool) -> Piece | None:
    first, second = int(match["first"]), int(match["second"])
    year = int(match["year"]) if match["year"] else None
    if match[0] == "24/7" or _WHOLE_NUMBER.search(match.string, 0, match.start()):  # 2 1/4 is a number
        return None
    if max(first, second) > 31 or min(first, second) == 0 or min(first, second) > 12:
        return _NO_SUCH_DAY if year is not None and year > 99 else None
    day, month = (first, second) if day_first else (second, first)
    if month > 12:
        day, month = month, day
    return written_date(day, month, year, ambiguous=first <= 12 and second <= 12 and first != second)


def _date_or_clocks(match: re.Match[str], day_first: bool) -> Piece | None:
    date, first, second = _in_figures(match, day_first), int(match["first"]), int(match["second"])
    if match["sep"] == "-" and isinstance(date, OnDate) and max(first, second) <= _NOON:
        return DateOrClocks(date, Clocks(Clock(first), Clock(second)))
    return date


def _year_first(match: re.Match[str], _day_first: bool) -> Piece | None:
    month, day = int(match["second"]), int(match["third"])
    if month > 12 >= day:
        day, month = month, day
    return written_date(day, month, int(match["year"]))


def _iso(match: re.Match[str], day_first: bool) -> tuple[Piece, ...] | None:
    day = _year_first(match, day_first)
    hour = int(match["hour"])
    return (day, Clock(hour, int(match["minute"]), exact=True, fine=True)) if day is not None and hour < 24 else None


_END = r"(?![\w/]|[-.,:]\d\d?(?![\d:])|\.\d| ?(?:stars?|estrellas?|points?|puntos?|cups?|inch(?:es)?|miles?)\b)"
# Dashes and points stand in versions and scores too: without a year they are a date only after a day or "on".
DATE_RULES: tuple[Rule, ...] = (
    rule(r"20\d\d(?![\w/:-]|\.\d)", lambda match, _day_first: Year(int(match[0])), weak=True),
    rule(rf"(?P<first>\d{{1,2}})/(?P<second>\d{{1,2}})(?:/(?P<year>\d{{4}}|\d\d))?{_END}", _in_figures),
    rule(
        rf"(?P<first>\d{{1,2}})(?P<sep>[-.])(?P<second>\d{{1,2}})(?P=sep)(?P<year>(?:19|20|21)\d\d){_END}", _in_figures
    ),
    rule(rf"(?:on|by|el) (?P<first>\d{{1,2}})[-.](?P<second>\d{{1,2}})(?P<year>)?{_END}", _in_figures),
    rule(rf"(?P<first>\d{{1,2}})(?P<sep>[-.])(?P<second>\d{{1,2}})(?P<year>)?{_END}", _date_or_clocks, weak=True),
    rule(
        rf"(?P<year>(?:19|20|21)\d\d)(?P<sep>[-/.])(?P<second>\d{{1,2}})(?P=sep)(?P<third>\d{{1,2}}){_END}", _year_first
    ),
    rule(
        r"(?P<year>(?:19|20|21)\d\d)-(?P<second>\d\d)-(?P<third>\d\d)t(?P<hour>\d\d):(?P<minute>[0-5]\d)(?::\d\d)?"
        r"(?!\w)",
        _iso,
    ),
)
