"""What repeats: every day, or days of the week, at one time. Each occurrence stands alone; no chain is kept."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from flows.programme.promises import SOONEST
from flows.timing import instant, local_day

REPEATING_AT_MOST = 2
CODES = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
EVERY_DAY = "FREQ=DAILY"
A_WEEK = 7


@dataclass(frozen=True, slots=True)
class Repeat:
    """Days of the week (Monday is 0), at least one; `until` is the last day there may be one."""

    days: tuple[int, ...]
    until: date | None = None


def read_rule(rule: str) -> Repeat | None:
    """What a rule of RFC 5545 comes to; None for one that promises do not follow: every second week, by month."""
    parts = dict(part.split("=", 1) for part in rule.split(";") if "=" in part)
    until = parts.pop("UNTIL", "")
    if until and not re.fullmatch(r"\d{8}", until):
        return None
    last = date.fromisoformat(until) if until else None
    if parts == {"FREQ": "DAILY"}:
        return Repeat(tuple(range(A_WEEK)), last)
    if parts.keys() != {"FREQ", "BYDAY"} or parts["FREQ"] != "WEEKLY":
        return None
    named = parts["BYDAY"].split(",")
    if not named or not all(day in CODES for day in named):
        return None
    return Repeat(tuple(sorted({CODES.index(day) for day in named})), last)


def next_day(repeat: Repeat, after: date) -> date | None:
    """The next day of it strictly after `after`; None when it is over."""
    ahead = (after + timedelta(days=days) for days in range(1, A_WEEK + 1))
    day = next(each for each in ahead if each.weekday() in repeat.days)
    return day if repeat.until is None or day <= repeat.until else None


def next_occurrence(repeat: Repeat, clock: time, zone: str, *, after: date, now: datetime) -> datetime | None:
    """When it is due next, on a day strictly after `after` and an hour ahead of `now` at least. Aware UTC.

    A time that the clocks jump over is the first minute that exists, one that happens twice the first. None: over.
    """
    day = next_day(repeat, max(after, local_day(now, zone) - timedelta(days=1)))
    while day is not None:
        due = instant(day, clock, zone)
        if due - now >= SOONEST:
            return due
        day = next_day(repeat, day)
    return None
