"""From pieces to one instant, day or window on the person's calendar, never in the past.

Conventions, where people and libraries differ, are told in flows/answers/when.py."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Literal, NamedTuple

from flows.answers.calendar.clocks import closing_minutes, minutes_of
from flows.answers.calendar.days import WEEKEND, day_of, in_that_week, period_of, shifted
from flows.answers.calendar.pieces import Bound, Days, FromNow, Length, NthDay, Offset, Part, Period, Refused, Weekday
from flows.answers.calendar.sorting import FromTo, Said

Grain = Literal["day", "hour", "minute"]
LAST_SECOND = time(23, 59, 59)
_PAST = Refused("in-the-past")
_SEVERAL = Refused("several-times")


class When(NamedTuple):
    """Local wall-clock times without a zone. `until` closes a window and is inside it."""

    value: datetime
    grain: Grain
    until: datetime | None = None


def resolve(said: Said | FromTo, at: datetime) -> When | Refused:
    """What the words mean to somebody who says them at `at`, an aware time in their own zone."""
    if isinstance(said, FromTo):
        return _from_to(said, at)
    found = _resolved(said, at)
    if isinstance(found, When) and said.weekday is not None and found.value.weekday() != said.weekday.day:
        return Refused("day-and-date-differ")
    return found


def _resolved(said: Said, at: datetime) -> When | Refused:
    now = at.replace(tzinfo=None)
    if said.offsets:
        return _counted_from(said, at)
    if said.now is not None:
        return When(now, "minute") if said.is_only("now") else _SEVERAL
    if said.same_time is not None:
        return _same_time(said, now)
    if said.from_now is not None:
        return _from_now(said, said.from_now, at)
    if said.end is not None:
        return _end(said, now)
    if said.days is not None:
        return _days(said.days, now)
    if said.period is not None and said.day is None:
        return _period(said, said.period, now)
    return _on_the_calendar(said, now)


def _from_to(said: FromTo, at: datetime) -> When | Refused:
    """The end is the first there is from the beginning on."""
    first = resolve(said.first, at)
    if isinstance(first, Refused):
        return first
    for start in (at, first.value.replace(tzinfo=at.tzinfo)):
        last = resolve(said.last, start)
        if isinstance(last, When) and (closes := _closes(last)) >= first.value:
            return When(first.value, first.grain, closes)
    return last if isinstance(last, Refused) else _PAST


def _closes(when: When) -> datetime:
    if when.until is not None or when.grain != "day":
        return when.until or when.value
    return datetime.combine(when.value.date(), LAST_SECOND)


def _same_time(said: Said, now: datetime) -> When | Refused:
    """This time tomorrow, the same time next week: the clock as it stands now."""
    day: date | Refused = Refused("which-day")
    if said.clock or said.clocks or said.part or said.from_now:
        return _SEVERAL
    if said.period is not None and said.period.ahead and said.period.unit in {"week", "month", "year"}:
        lengths = {"week": Length(days=7), "month": Length(months=1), "year": Length(months=12)}
        day = shifted(now.date(), lengths[said.period.unit])
    elif said.day is not None:
        day = day_of(said.day, now.date(), later_today=False)
    if isinstance(day, Refused):
        return day
    value = datetime.combine(day, now.time())
    return When(value, "minute", value if said.bound else None) if day >= now.date() else _PAST


def _from_now(said: Said, wanted: FromNow, at: datetime) -> When | Refused:
    now, length = at.replace(tzinfo=None), wanted.length
    day = shifted(now.date(), length)
    if length.clocked:
        if said.clock or said.clocks or said.day or said.part:
            return _SEVERAL
        whole = datetime.combine(day, now.time(), tzinfo=at.tzinfo).astimezone(UTC) + timedelta(seconds=length.seconds)
        value = whole.astimezone(at.tzinfo).replace(tzinfo=None)
        lasts = said.lasting and value + timedelta(seconds=said.lasting.length.seconds)
        return When(value, "minute", lasts or (value if wanted.within or said.bound else None))
    if isinstance(said.day, Weekday):
        meant = in_that_week(day, said.day.day) if length.days % 7 == 0 and not length.months else day
        if meant.weekday() != said.day.day or meant <= now.date():
            return Refused("day-and-date-differ")
        day = meant
    elif said.day is not None:
        return _SEVERAL
    if said.clock or said.clocks or said.part:
        return _at_times(said, day, now)
    value = datetime.combine(day, now.time())
    return When(value, "day", datetime.combine(day, LAST_SECOND) if wanted.within or said.bound else None)


def _counted_from(said: Said, at: datetime) -> When | Refused:
    """A week from tomorrow; 3 days after Christmas; 15 minutes from 1pm."""
    start = resolve(said.without_offsets(), at)
    if isinstance(start, Refused):
        return start
    days, seconds = start.value.date(), 0
    if said.offsets[0].week is not None:
        week = period_of(Period("week", said.offsets[0].week), days)
        is_whole = start.grain == "day" and len(said.offsets) == 1
        return _window(week, at.replace(tzinfo=None)) if is_whole and not isinstance(week, Refused) else _SEVERAL
    for offset in said.offsets:
        days = _stepped(days, offset)
        seconds += offset.sign * offset.length.seconds
    timed = said.clock is not None or said.now is not None
    if seconds and not timed:
        return Refused("unclear-time")
    value = datetime.combine(days, start.value.time()) + timedelta(seconds=seconds)
    if value.date() < at.date() or (timed and value < at.replace(tzinfo=None)):
        return _PAST
    return When(value, "minute" if seconds else start.grain)


def _stepped(day: date, offset: Offset) -> date:
    if offset.weekday is None:
        return shifted(day, offset.length, offset.sign)
    return day + timedelta(days=offset.sign * ((offset.sign * (offset.weekday - day.weekday()) - 1) % 7 + 1))


def _end(said: Said, now: datetime) -> When | Refused:
    if said.end is None or said.clock or said.clocks or said.part or said.period:
        return _SEVERAL
    day: date | Refused = now.date() + timedelta(days=said.end.ahead)
    if said.day is not None:
        if said.end.ahead:
            return _SEVERAL
        day = day_of(said.day, now.date(), later_today=False)
    if isinstance(day, Refused):
        return day
    last = datetime.combine(day, LAST_SECOND)
    return When(last, "day", last) if last >= now else _PAST


def _period(said: Said, period: Period, now: datetime) -> When | Refused:
    if said.clock or said.clocks or said.part:
        return Refused("which-day")
    found = period_of(period, now.date())
    if isinstance(found, Refused):
        return found
    first, last = found
    if said.bound and said.bound.side == "before" and period.part != "end":
        first = last = first - timedelta(days=1)
    if period.part == "end":
        closes = datetime.combine(last, LAST_SECOND)
        return When(closes, "day", closes) if closes >= now else _PAST
    if said.bound and said.bound.side == "after":
        return Refused("open-ended")
    return _window((first, last), now)


def _days(days: Days, now: datetime) -> When | Refused:
    first = day_of(days.first, now.date(), later_today=False)
    if isinstance(first, Refused):
        return first
    last = day_of(days.last, first, later_today=False)
    return last if isinstance(last, Refused) else _window((first, last), now)


def _window(days: tuple[date, date], now: datetime) -> When | Refused:
    """From the beginning of the first day, or now when that is over, to the end of the last."""
    closes = datetime.combine(days[1], LAST_SECOND)
    if closes < now or days[1] < days[0]:
        return _PAST
    return When(max(datetime.combine(days[0], time()), now), "day", closes)


def _on_the_calendar(said: Said, now: datetime) -> When | Refused:
    if said.clock or said.clocks or said.part:
        if said.day is None:
            return _next_time(said, now)
        day = day_of(said.day, now.date(), later_today=_is_later(said, now))
        return day if isinstance(day, Refused) else _at_times(said, day, now)
    if said.day is None:
        return Refused("no-time")
    day = day_of(said.day, now.date(), later_today=False)
    if isinstance(day, Refused):
        return day
    if day < now.date():
        return _PAST
    if said.bound and said.bound.side == "after":
        return Refused("open-ended")
    if said.bound and said.bound.side == "before":
        day -= timedelta(days=1)
        if day < now.date():
            return _PAST
    value = max(datetime.combine(day, time()), now)
    is_weekend = isinstance(said.day, NthDay) and said.day.weekday == WEEKEND
    closes = datetime.combine(day + timedelta(days=int(is_weekend)), LAST_SECOND)
    return When(value, "day", closes if said.bound or is_weekend else None)


def _is_later(said: Said, now: datetime) -> bool:
    found = _at_times(said, now.date(), now)
    return not isinstance(found, Refused) and found.value > now


def _next_time(said: Said, now: datetime) -> When | Refused:
    """Without a day: today if it is still to come, else tomorrow. A part of the day that has begun is tomorrow's."""
    begun = said.part is not None and not said.clock and said.part.opens < now.time()
    today = Refused("begun") if begun else _at_times(said, now.date(), now)
    return _at_times(said, now.date() + timedelta(days=1), now) if isinstance(today, Refused) else today


def _at_times(said: Said, day: date, now: datetime) -> When | Refused:
    if said.clocks is not None:
        return _between(said, day, now)
    midnight = datetime.combine(day, time())
    if said.clock is None:
        return _PAST if said.part is None else _part(said.part, day, now, bound=said.bound)
    for minutes in minutes_of(said.clock, said.part):
        value = midnight + timedelta(minutes=minutes, seconds=said.clock.second)
        if value >= now:
            return _bounded(When(value, "minute" if said.clock.fine else "hour"), said)
    return _PAST


def _bounded(when: When, said: Said) -> When:
    if said.lasting is not None:
        return When(when.value, when.grain, when.value + timedelta(seconds=said.lasting.length.seconds))
    if said.bound is None:
        return when
    last = when.value if said.bound.side != "after" else datetime.combine(when.value.date(), LAST_SECOND)
    return When(when.value, when.grain, last)


def _part(part: Part, day: date, now: datetime, *, bound: Bound | None) -> When | Refused:
    opens, closes = datetime.combine(day, part.opens), datetime.combine(day, part.closes)
    if bound is not None and bound.side == "after":
        opens, closes = closes, datetime.combine(day, LAST_SECOND)
    elif bound is not None and bound.side == "before":
        opens, closes = opens, opens
    return When(max(opens, now), "hour", closes) if closes >= now else _PAST


def _between(said: Said, day: date, now: datetime) -> When | Refused:
    if said.clocks is None:
        return _PAST
    midnight = datetime.combine(day, time())
    fine = said.clocks.first.fine or said.clocks.last.fine
    for first in minutes_of(said.clocks.first, said.part):
        closes = midnight + timedelta(minutes=closing_minutes(first, said.clocks.last))
        if closes >= now:
            return When(max(midnight + timedelta(minutes=first), now), "minute" if fine else "hour", closes)
    return _PAST
