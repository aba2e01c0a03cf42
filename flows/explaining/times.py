"""A time or a rule as a person would say it, from what `read_when` and `read_recurrence` answer."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time

from flows.answers.calendar.repeating import CODES
from flows.answers.reading import Json
from flows.calendar_words import spoken_time
from flows.explaining.words import ReadingWords
from flows.patterns import late

_DAY_OF_RULE = late(r"(?P<nth>-?\d+)?(?P<day>[A-Z]{2})")


def time_in_words(answer: Mapping[str, Json], words: ReadingWords) -> str:
    """Friday, November 27, 2026 at 5:00 PM; a window with its beginning and its end; then its notes."""
    patterns, notes = words.answers["when"], words.answers["notes"]
    opens = datetime.fromisoformat(str(answer["value"]))
    closes = datetime.fromisoformat(str(answer.get("until") or answer["value"]))
    said = {
        "day": long_date(opens.date(), words), "clock": spoken_time(opens, words.locale),
        "last": long_date(closes.date(), words), "end": spoken_time(closes, words.locale),
    }  # fmt: skip
    if answer["grain"] == "day":
        name = "day" if opens.date() == closes.date() else "days"
    elif opens == closes:
        name = "time"
    else:
        name = "hours" if opens.date() == closes.date() else "until"
    noted = [notes[note] for note in str(answer.get("note") or "").split(",") if note]
    return "; ".join([patterns[name].format(**said), *noted])


def long_date(day: date, words: ReadingWords) -> str:
    """Friday, November 27, 2026; viernes 27 de noviembre de 2026."""
    names = words.dates
    weekday, month = names["weekdays"][day.weekday()], names["months"][day.month - 1]
    return str(names["date"].format(weekday=weekday, month=month, day=day.day, year=day.year))


def rule_in_words(answer: Mapping[str, Json], words: ReadingWords) -> str:
    """Every 2 weeks on Friday at 5:00 PM."""
    patterns = words.answers["recurrence"]
    rule = dict(part.split("=", 1) for part in str(answer["rrule"]).split(";"))
    count = int(rule.get("INTERVAL", "1"))
    said = patterns["once" if count == 1 else "often"][rule["FREQ"]].format(count=count)
    days = [*_month_days(rule, words), *_weekdays(rule, words)]
    if days:
        said = patterns["days"].format(often=said, days=words.listed(days))
    if "BYMONTH" in rule:
        said = patterns["month"].format(often=said, month=words.dates["months"][int(rule["BYMONTH"]) - 1])
    if answer.get("time"):
        clock = datetime.combine(date.min, time.fromisoformat(str(answer["time"])))
        said = patterns["time"].format(rule=said, clock=spoken_time(clock, words.locale))
    if answer.get("start"):
        said = patterns["start"].format(rule=said, day=long_date(date.fromisoformat(str(answer["start"])), words))
    if "UNTIL" in rule:
        said = patterns["until"].format(rule=said, day=long_date(date.fromisoformat(rule["UNTIL"][:8]), words))
    return str(said)


def _month_days(rule: Mapping[str, str], words: ReadingWords) -> list[str]:
    patterns = words.answers["recurrence"]
    numbers = [int(each) for each in rule.get("BYMONTHDAY", "").split(",") if each]
    return [patterns["last-day"] if each == -1 else patterns["month-day"].format(number=each) for each in numbers]


def _weekdays(rule: Mapping[str, str], words: ReadingWords) -> list[str]:
    patterns, named = words.answers["recurrence"], []
    for match in _DAY_OF_RULE.finditer(rule.get("BYDAY", "")):
        day = words.dates["weekdays"][CODES.index(match["day"])]
        named.append(patterns["nth"].format(nth=patterns["places"][match["nth"]], day=day) if match["nth"] else day)
    return named
