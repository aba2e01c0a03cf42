"""What repeats, as words say it: how often, on which days, and the rule of RFC 5545 for it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from flows.answers.calendar.pieces import Part

Frequency = str  # MINUTELY, HOURLY, DAILY, WEEKLY, MONTHLY, YEARLY
CODES = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
WORKDAYS = tuple(range(5))
WEEKEND = (5, 6)
_MOST_TIMES = 99


class Repeat(NamedTuple):
    """`days` are Monday 0 to Sunday 6; `nths` the ordinals of those in a month (-1 the last); `month_days` 1 to 31."""

    frequency: Frequency
    interval: int = 1
    days: tuple[int, ...] = ()
    nths: tuple[int, ...] = ()
    month_days: tuple[int, ...] = ()
    month: int | None = None
    part: Part | None = None

    def rrule(self) -> str:
        """FREQ, then INTERVAL above one, BYMONTH, BYMONTHDAY and BYDAY where they are said; days from Monday on."""
        said = [f"FREQ={self.frequency}"]
        if self.interval > 1:
            said.append(f"INTERVAL={self.interval}")
        if self.month is not None:
            said.append(f"BYMONTH={self.month}")
        if self.month_days:
            said.append(f"BYMONTHDAY={','.join(map(str, sorted(set(self.month_days))))}")
        if self.days:
            days = sorted(set(self.days))
            codes = [f"{nth}{CODES[day]}" for nth in self.nths or ("",) for day in days]
            said.append(f"BYDAY={','.join(codes)}")
        return ";".join(said)


class NeedsDays:
    """Twice a week: how often was said and on which days was not."""

    __slots__ = ()


RepeatBuild = Callable[["re.Match[str]"], Repeat | NeedsDays | None]


@dataclass(frozen=True, eq=False)
class Repeats:
    """How one language says that a thing repeats. The longest match of all rules counts.

    `limits` are words that take something away again, which a rule cannot say: refused. `ends` are the words before a
    last day.
    """

    rules: tuple[tuple[str, RepeatBuild], ...]
    ends: re.Pattern[str]
    limits: re.Pattern[str]

    @cached_property
    def compiled(self) -> tuple[tuple[re.Pattern[str], RepeatBuild], ...]:
        """The rules ready to match, compiled when the language is first heard."""
        return tuple((re.compile(pattern), build) for pattern, build in self.rules)


def days_in(written: str, weekdays: Mapping[str, int]) -> tuple[int, ...]:
    """The weekdays of a list, or of a span from one to another: "mon-fri"."""
    names = [weekdays[word] for word in re.findall(r"[a-z]+", written) if word in weekdays]
    if len(names) == 2 and re.search(r"-|\b(?:to|thru|through|until|a|al|hasta)\b", written):
        first, last = names
        return tuple((first + step) % 7 for step in range((last - first) % 7 + 1))
    return tuple(names)


def unit_rule(unit: str, interval: float) -> Repeat | None:
    """Every so many minutes, hours, days … None for a fraction or a count no calendar needs."""
    if interval != int(interval) or not 1 <= interval <= _MOST_TIMES:
        return None
    count = int(interval)
    scaled = {"fortnight": ("WEEKLY", 2), "quarter": ("MONTHLY", 3), "half-year": ("MONTHLY", 6)}
    if unit in scaled:
        frequency, times = scaled[unit]
        return Repeat(frequency, count * times)
    return Repeat(_FREQUENCIES[unit], count) if unit in _FREQUENCIES else None


_FREQUENCIES = {
    "minute": "MINUTELY", "hour": "HOURLY", "day": "DAILY", "week": "WEEKLY", "month": "MONTHLY", "year": "YEARLY",
}  # fmt: skip


def longest(text: str, repeats: Repeats) -> tuple[Repeat | NeedsDays, int, int] | None:
    """The longest stretch of folded text that says how often, with its start and end; the first of equals."""
    best: tuple[Repeat | NeedsDays, int, int] | None = None
    for pattern, build in repeats.compiled:
        for match in pattern.finditer(text):
            if best is not None and len(match[0]) <= best[2] - best[1]:
                continue
            built = build(match)
            if built is not None:
                best = (built, match.start(), match.end())
    return best


def joined(one: Repeat | NeedsDays, other: Repeat | NeedsDays) -> Repeat | NeedsDays | None:
    """Two rules in one sentence as one: every morning, on weekdays. None when they do not say one thing."""
    if isinstance(one, NeedsDays) or isinstance(other, NeedsDays):
        return NeedsDays()
    plain, days = (one, other) if other.days else (other, one)
    is_plain = plain.frequency in {"DAILY", "WEEKLY"} and not (plain.days or plain.month_days)
    is_daily = plain.frequency == "DAILY" and plain.interval == 1
    if days.frequency != "WEEKLY" or not days.days or not is_plain or (one.part and other.part):
        return one if one == other else None
    interval = days.interval if is_daily else plain.interval * days.interval
    return Repeat("WEEKLY", interval, days.days, part=one.part or other.part) if is_daily or interval else None


def repeats_rule(pattern: str, build: RepeatBuild) -> tuple[str, RepeatBuild]:
    """A rule that matches whole words only."""
    return rf"(?<!\w)(?<!\w')(?:{pattern})(?!\w|'\w)", build


def each(repeat: Repeat | NeedsDays) -> RepeatBuild:
    """A rule whose words mean one thing."""
    return lambda _match: repeat


def numbers_in(written: str, read: Callable[[str], int | None]) -> Sequence[int]:
    """The numbers of a list like "4th and 10th"."""
    found = [read(word) for word in re.findall(r"[a-z0-9º.]+(?:-[a-z]+)?", written)]
    return [value for value in found if value is not None]
