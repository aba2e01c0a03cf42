"""The few things a script may work out (`let`) or put into words (`with`): a closed list, so that both are proved."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from flows.calendar_words import repeated_days, short_date, spoken_day, spoken_time
from flows.conversation.turn import Facts, Moment, Scalar
from flows.programme.breaks import return_time
from flows.programme.promises import evening_of, week_end
from flows.programme.repeats import read_rule
from flows.timing import OWN_HOURS, is_open


def _minutes_from_now(value: Scalar, moment: Moment) -> Scalar:
    return (moment.at + timedelta(minutes=float(value))).isoformat()


def _days_from_today(value: Scalar, moment: Moment) -> Scalar:
    return (moment.at.astimezone(ZoneInfo(moment.zone)) + timedelta(days=int(value))).isoformat()


def _end_of_week(value: Scalar, moment: Moment) -> Scalar:
    return week_end(moment.at + timedelta(weeks=int(value)), moment.zone).isoformat()


def _break_end(value: Scalar, moment: Moment) -> Scalar:
    started = datetime.fromisoformat(str(moment.facts["break_started_at"]))
    return return_time(moment.at, float(value), started=started).astimezone(ZoneInfo(moment.zone)).isoformat()


def _evening_of(value: Scalar, moment: Moment) -> Scalar:
    return evening_of(moment.at, moment.zone, days=int(value)).isoformat()


def _unheard_promise(value: Scalar, moment: Moment) -> Facts:
    """The first open promise that is not among those read out (`value`), as name_id, name_item …; none has no id."""
    heard = str(value).split()
    found = next((each for each in moment.promises if each["promise_id"] not in heard), {"promise_id": ""})
    kept = {name.removeprefix("promise_"): said for name, said in found.items()}
    return {**kept, "heard": " ".join([*heard, str(kept["id"])]).strip()}


def _rings_at(value: Scalar, moment: Moment) -> Scalar:
    """Whether this person would be asked by call at that instant: they want calls, and it is no night."""
    at = datetime.fromisoformat(str(value))
    return bool(moment.facts["wants_calls"]) and is_open(at, moment.zone, OWN_HOURS)


# A function that gives several things gives each a name of its own, name_key.
WORKED_OUT: Mapping[str, Callable[[Scalar, Moment], Scalar | Facts]] = {
    "minutes_from_now": _minutes_from_now,
    "days_from_today": _days_from_today,
    "break_end": _break_end,
    "end_of_week": _end_of_week,
    "evening_of": _evening_of,
    "unheard_promise": _unheard_promise,
    "rings_at": _rings_at,
}


def _as_time(value: Scalar, moment: Moment) -> str:
    return spoken_time(datetime.fromisoformat(str(value)).astimezone(ZoneInfo(moment.zone)), moment.locale)


def _as_date(value: Scalar, moment: Moment) -> str:
    return short_date(datetime.fromisoformat(str(value)).astimezone(ZoneInfo(moment.zone)).date(), moment.locale)


def _as_day(value: Scalar, moment: Moment) -> str:
    there = ZoneInfo(moment.zone)
    at = datetime.fromisoformat(str(value)).astimezone(there)
    return spoken_day(at, moment.at.astimezone(there).date(), moment.locale)


def _as_letters(value: Scalar, _moment: Moment) -> str:
    return " ".join(str(value))


def _as_repeats(value: Scalar, moment: Moment) -> str:
    repeat = read_rule(str(value))
    return repeated_days(repeat.days, moment.locale) if repeat is not None else ""


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
    "day": _as_day,
    "letters": _as_letters,
    "repeats": _as_repeats,
}
