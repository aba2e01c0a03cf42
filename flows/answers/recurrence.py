"""What repeats, as a rule of RFC 5545: how often, on which days, and at what time when one was said."""


from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from flows.answers.calendar.clocks import minutes_of
from flows.answers.calendar.dates import is_day_first
from flows.answers.calendar.days import day_of, period_of
from flows.answers.calendar.english_repeats import ENGLISH_REPEATS
from flows.answers.calendar.language import Language
from flows.answers.calendar.pieces import (
    Bound,
    Clock,
    Clocks,
    Days,
    EndOfDay,
    FromNow,
    FromToday,
    Holiday,
    NthDay,
    Offset,
    OnDate,
    Part,
    Period,
    Refused,
    SameTime,
    Shade,
    To,
    Weekday,
    WeekdaysAhead,
)
from flows.answers.calendar.repeating import NeedsDays, Repeat, Repeats, joined, longest
from flows.answers.calendar.scanning import Found, find_pieces
from flows.answers.calendar.sorting import shaded
from flows.answers.calendar.spanish import SPANISH
from flows.answers.calendar.spanish_repeats import SPANISH_REPEATS
from flows.answers.reading import Json, Reading, nothing, understood
from flows.answers.replying import fold_reply, in_either_language
from flows.folding import without

_BESIDE = 24  # letters between the rule and a time that belongs to it, as in "every friday, say around 5pm"
_DAY_PIECES = (FromToday, Holiday, NthDay, OnDate, Weekday)
_OTHERS = (EndOfDay, FromNow, Offset, SameTime, WeekdaysAhead)
_NEAR = 12  # letters between "until" and its day


class _Beside(NamedTuple):
    """What stands beside the rule: a clock time, a part of the day, a first and a last day."""

    clock: Clock | None = None
    part: Part | None = None
    shade: Shade | None = None
    first: date | None = None
    last: date | None = None
    refused: str | None = None
    start: int = 1_000_000
    end: int = 0


def read_recurrence(text: str, *, locale: str, zone: str, at: datetime) -> Reading:
    """`{"rrule": "FREQ=WEEKLY;BYDAY=SU", "time"?: "18:00", "start"?: "2026-12-01"}`; the time is wall-clock time.

    UNTIL is the last local day. "every evening" gives the hour at which evenings open; a bare hour is within waking
    hours, as in `read_when`. "twice a week" is refused: which days is for the person to say. Reasons: recurrence; for
    none: no-recurrence, needs-days, unclear-time, no-such-day.
    Raises zoneinfo.ZoneInfoNotFoundError for a zone that is none; for no text whatever.
    """
    return in_either_language(
        text, locale, lambda language: _read_in(language, text, locale=locale, zone=zone, at=at)
    )


def _read_in(language: Language, text: str, *, locale: str, zone: str, at: datetime) -> Reading:
    repeats = SPANISH_REPEATS if language is SPANISH else ENGLISH_REPEATS
    folded = fold_reply(text, language)
    found = longest(folded.text, repeats)
    if found is None:
        return nothing(text, "no-recurrence")
    repeat: Repeat | NeedsDays | None
    repeat, start, end = found
    other = longest(_blotted(folded.text, (start, end)), repeats)
    if other is not None:
        repeat, start, end = joined(repeat, other[0]), min(start, other[1]), max(end, other[2])
    if not isinstance(repeat, Repeat):
        return nothing(text, "unclear-time" if repeat is None else "needs-days")
    today = at.astimezone(ZoneInfo(zone)).date()
    beside = _beside(folded.text, (start, end), language, repeats, today=today, day_first=is_day_first(locale))
    if beside.refused is not None:
        return nothing(text, beside.refused)
    first, last = min(start, beside.start), max(end, beside.end)
    span = folded.span(first, first + len(folded.text[first:last].rstrip(" ,;")))
    reading = understood(text, _answer(repeat, beside), span, reason="recurrence")
    return replace(reading, rest=without(text, span))


def _answer(repeat: Repeat, beside: _Beside) -> dict[str, Json]:
    rule = repeat.rrule() + (f";UNTIL={beside.last:%Y%m%d}" if beside.last else "")
    answer: dict[str, Json] = {"rrule": rule}
    part = beside.part or repeat.part
    if beside.clock is not None:
        minutes = minutes_of(beside.clock, part)[0] % (24 * 60)
        answer["time"] = f"{minutes // 60:02d}:{minutes % 60:02d}"
    elif part is not None:
        answer["time"] = f"{part.opens:%H:%M}"
    if beside.first:
        answer["start"] = beside.first.isoformat()
    return answer


def _blotted(text: str, span: tuple[int, int]) -> str:
    return text[: span[0]] + " " * (span[1] - span[0]) + text[span[1] :]


def _beside(
    text: str, span: tuple[int, int], language: Language, repeats: Repeats, *, today: date, day_first: bool
) -> _Beside:
    """Reads the words around the rule with the rule itself blotted out."""
    blotted = _blotted(text, span)
    found = find_pieces(blotted, language, day_first=day_first)
    state = _Beside(refused="unclear-time" if repeats.limits.search(blotted) else None)
    for place, each in enumerate(found):
        if state.refused:
            return state
        state = _with(state, each, found[:place], blotted, repeats, today=today)
    return state


def _with(state: _Beside, each: Found, before: Sequence[Found], text: str, repeats: Repeats, *, today: date) -> _Beside:
    for piece in each.pieces:
        if isinstance(piece, Refused):
            return state._replace(refused="unclear-time") if not each.weak else state
        if isinstance(piece, Bound | To) or (each.weak and isinstance(piece, Clock) and state.part is None):
            continue
        if isinstance(piece, Clocks):
            piece = piece.first
        if isinstance(piece, Clock):
            if state.clock is not None:
                return state._replace(refused="unclear-time")
            state = _wider(state._replace(clock=piece), each)
        elif isinstance(piece, Shade):
            state = state._replace(shade=piece)
        elif isinstance(piece, Part):
            state = _wider(state._replace(part=shaded(piece, state.shade)), each)
        elif isinstance(piece, Days):
            state = _wider(_from_to(state, piece, today), each)
        elif isinstance(piece, Period) and not each.weak:
            state = _with_period(state, piece, each, before, today=today)
        elif isinstance(piece, _OTHERS) and not each.weak:
            return state._replace(refused="unclear-time")
        elif isinstance(piece, _DAY_PIECES) and not each.weak:
            state = _with_day(state, piece, each, before, text, repeats, today=today)
    return state


def _with_period(state: _Beside, piece: Period, each: Found, before: Sequence[Found], *, today: date) -> _Beside:
    """ "Starting next week" is from its first day on; "until November" is up to its first day."""
    bound = _bound_of(each) or (_bound_of(before[-1]) if before and before[-1].end + _NEAR >= each.start else None)
    days = period_of(piece, today)
    if bound is None or isinstance(days, Refused):
        return state._replace(refused="unclear-time")
    if bound.side == "after":
        return _wider(state._replace(first=days[0]), each)
    return _wider(state._replace(last=days[0] if piece.place is not None and piece.part == "whole" else days[1]), each)


def _bound_of(found: Found) -> Bound | None:
    return next((piece for piece in found.pieces if isinstance(piece, Bound)), None)


def _with_day(
    state: _Beside,
    piece: FromToday | Holiday | NthDay | OnDate | Weekday,
    each: Found,
    before: Sequence[Found],
    text: str,
    repeats: Repeats,
    *,
    today: date,
) -> _Beside:
    """A day beside a rule is its first or its last; any other day makes the whole unclear."""
    day = day_of(piece, today, later_today=False)
    bound = _bound_of(before[-1]) if before else None
    adjacent = before and before[-1].end + _NEAR >= each.start
    if isinstance(day, Refused):
        return state._replace(refused=day.reason)
    if repeats.ends.search(text, 0, each.start) or (adjacent and bound is not None and bound.side != "after"):
        return _wider(state._replace(last=day), each)
    if adjacent and bound is not None and state.first is None:
        return _wider(state._replace(first=day), before[-1], each)
    return state._replace(refused="unclear-time")


def _from_to(state: _Beside, days: Days, today: date) -> _Beside:
    first = day_of(days.first, today, later_today=False)
    last = first if isinstance(first, Refused) else day_of(days.last, first, later_today=False)
    if isinstance(first, Refused) or isinstance(last, Refused) or last < first:
        return state._replace(refused="no-such-day")
    return state._replace(first=first, last=last)


def _wider(state: _Beside, *found: Found) -> _Beside:
    return state._replace(
        start=min(state.start, *(each.start for each in found)),
        end=max(state.end, *(each.end for each in found)),
    )
