"""The few things a script may work out (`let`) or put into words (`with`): a closed list, so that both are proved."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from flows.calendar_words import short_date, spoken_time
from flows.conversation.turn import Moment, Scalar
from flows.programme.breaks import return_time
from flows.programme.promises import week_end


def _minutes_from_now(value: Scalar, moment: Moment) -> Scalar:
    return (moment.at + timedelta(minutes=float(value))).isoformat()


def _days_from_today(value: Scalar, moment: Moment) -> Scalar:
    return (moment.at.astimezone(ZoneInfo(moment.zone)) + timedelta(days=int(value))).isoformat()


def _end_of_week(value: Scalar, moment: Moment) -> Scalar:
    return week_end(moment.at + timedelta(weeks=int(value)), moment.zone).isoformat()


def _break_end(value: Scalar, moment: Moment) -> Scalar:
    started = datetime.fromisoformat(str(moment.facts["break_started_at"]))
    return return_time(moment.at, float(value), started=started).astimezone(ZoneInfo(moment.zone)).isoformat()


WORKED_OUT: Mapping[str, Callable[[Scalar, Moment], Scalar]] = {
    "minutes_from_now": _minutes_from_now,
    "days_from_today": _days_from_today,
    "break_end": _break_end,
    "end_of_week": _end_of_week,
}


def _as_time(value: Scalar, moment: Moment) -> str:
    return spoken_time(datetime.fromisoformat(str(value)).astimezone(ZoneInfo(moment.zone)), moment.locale)


def _as_date(value: Scalar, moment: Moment) -> str:
    return short_date(datetime.fromisoformat(str(value)).astimezone(ZoneInfo(moment.zone)).date(), moment.locale)


def _as_clock(value: Scalar, moment: Moment) -> str:
    hour, minute = str(value).split(":")
    return spoken_time(moment.at.replace(hour=int(hour), minute=int(minute)), moment.locale)


def _as_number(value: Scalar, _moment: Moment) -> str:
    return f"{float(value):g}"


IN_WORDS: Mapping[str, Callable[[Scalar, Moment], str]] = {
    "time": _as_time,
    "date": _as_date,
    "clock": _as_clock,
    "number": _as_number,
}
