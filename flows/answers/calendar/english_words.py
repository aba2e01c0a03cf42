"""English words of time: names, numbers and the ways people type them on a telephone. Folded: lower case."""

from __future__ import annotations

from datetime import time

from flows.answers.calendar.language import either
from flows.answers.calendar.pieces import BoundSide, Part

_ONES = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]
_TEENS = ["ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"]
_TENS = {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50}
NUMBERS = {word: value for value, word in enumerate(_ONES + _TEENS, start=1)} | _TENS
NUMBERS |= {
    f"{ten}{join}{one}": tens + value
    for ten, tens in _TENS.items()
    for value, one in enumerate(_ONES, start=1)
    for join in ("-", " ")
}
_ORDINAL_ONES = ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth"]
_ORDINAL_TEENS = (
    "tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth"
)
ORDINALS = {word: value for value, word in enumerate(_ORDINAL_ONES + _ORDINAL_TEENS.split(), start=1)}
ORDINALS |= {f"twenty{join}{one}": 20 + v for v, one in enumerate(_ORDINAL_ONES, start=1) for join in ("-", " ")}
ORDINALS |= {"thirtieth": 30, "thirty-first": 31, "thirty first": 31}

_WEEKDAYS = (
    "monday|mon|munday", "tuesday|tues|tue|tueday", "wednesday|wednes|weds|wed|wensday|wendsday|wedensday",
    "thursday|thurs|thur|thu|thr|thursdya|thirsday", "friday|fri|fryday", "saturday|satur|sat|saterday|satrday",
    "sunday|sun|snday",
)  # fmt: skip
WEEKDAYS = {name: day for day, names in enumerate(_WEEKDAYS) for name in names.split("|")}
LONG_WEEKDAYS = tuple(names.split("|")[0] for names in _WEEKDAYS)
# Short names that are other words too: a day only where something beside them says so.
WEAK_WEEKDAYS = ("mon", "wed", "fri", "sat", "sun")
_MONTHS = (
    "january|jan", "february|feb|febr|feburary", "march|mar", "april|apr", "may", "june|jun", "july|jul",
    "august|aug", "september|sept|sep", "october|oct", "november|nov", "december|dec",
)  # fmt: skip
MONTHS = {name: month for month, names in enumerate(_MONTHS, start=1) for name in names.split("|")}

UNITS = {
    "second": "seconds|second|secs|sec", "minute": "minutes|minute|minuets|minuts|mins|min",
    "hour": "hours|hour|hrs|hr|h", "day": "days|day|dys", "week": "weeks|week|wks|wk",
    "fortnight": "fortnights|fortnight",
    "month": "months|month|mos|mo|mths|mth", "year": "years|year|yrs|yr",
}  # fmt: skip
UNIT_OF = {name: unit for unit, names in UNITS.items() for name in names.split("|")}

PARTS = {
    "morning": Part(time(8), time(12), "am", early=(time(6), time(9)), late=(time(10), time(12))),
    "afternoon": Part(time(12), time(18), "pm", early=(time(12), time(15)), late=(time(15), time(18))),
    "evening": Part(time(18), time(22), "pm", early=(time(17), time(20)), late=(time(20), time(23))),
    "night": Part(
        time(18), time(23, 59, 59), "pm", night=True, early=(time(18), time(21)), late=(time(21), time(23, 59, 59))
    ),
    "early morning": Part(time(6), time(9), "am"),
    "late evening": Part(time(20), time(23), "pm"),
    "lunch": Part(time(12), time(14), "pm"),
    "after lunch": Part(time(13), time(17), "pm"),
    "after work": Part(time(17), time(21), "pm"),
    "first thing": Part(time(8), time(10), "am"),
}
PART_OF = {name: name for name in ("morning", "afternoon", "evening", "night")}
PART_OF |= {"mornin": "morning", "morn": "morning", "mornings": "morning", "aft": "afternoon", "arvo": "afternoon"}
PART_OF |= {"aftenoon": "afternoon", "afternon": "afternoon", "evenin": "evening", "eve": "evening", "nite": "night"}
PART_OF |= {"nght": "night", "evning": "evening"}

BOUNDS: dict[str, BoundSide] = {
    "by": "by", "until": "until", "till": "until", "til": "until", "untill": "until",
    "no later than": "by", "not later than": "by",
    "not after": "by", "up to": "by", "on or before": "by", "before": "before", "b4": "before",
    "after": "after", "later than": "after",
    "from": "after", "starting": "after", "starting from": "after", "starting on": "after", "anytime after": "after",
    "any time after": "after", "not before": "after", "beginning": "after",
}  # fmt: skip

HOLIDAYS = {
    "christmas": "christmas", "xmas": "christmas", "christmas day": "christmas", "xmas day": "christmas",
    "christmas eve": "christmas-eve", "xmas eve": "christmas-eve", "boxing day": "boxing-day",
    "new year's eve": "new-years-eve", "new years eve": "new-years-eve", "nye": "new-years-eve",
    "new year's day": "new-year", "new years day": "new-year", "new year's": "new-year", "new year": "new-year",
    "new years": "new-year", "valentine's day": "valentine", "valentines day": "valentine",
    "valentine day": "valentine",
    "valentine's": "valentine", "valentines": "valentine", "saint patrick's day": "saint-patrick",
    "saint patrick": "saint-patrick",
    "st patrick's day": "saint-patrick", "st. patrick's day": "saint-patrick", "st patricks day": "saint-patrick",
    "saint patricks day": "saint-patrick", "workers' day": "workers-day", "workers day": "workers-day",
    "international workers' day": "workers-day", "independence day": "independence-us", "halloween": "halloween",
    "hallowe'en": "halloween", "all saints' day": "all-saints", "all saints day": "all-saints",
    "veterans day": "veterans", "thanksgiving": "thanksgiving", "thanksgiving day": "thanksgiving",
    "black friday": "black-friday", "labor day": "labor-day", "memorial day": "memorial-day",
    "mother's day": "mothers-day", "mothers day": "mothers-day", "father's day": "fathers-day",
    "fathers day": "fathers-day", "easter": "easter", "easter sunday": "easter", "good friday": "good-friday",
    "easter monday": "easter-monday", "palm sunday": "palm-sunday", "ash wednesday": "ash-wednesday",
    "earth day": "earth-day", "juneteenth": "juneteenth", "cinco de mayo": "cinco-de-mayo",
    "presidents day": "presidents-day", "president's day": "presidents-day", "columbus day": "columbus-day",
    "april fools": "april-fools", "april fool's day": "april-fools", "april fools day": "april-fools",
    "womens day": "womens-day", "women's day": "womens-day", "international women's day": "womens-day",
    "martin luther king day": "mlk-day", "martin luther king jr day": "mlk-day", "mlk day": "mlk-day",
    "martin luther king's day": "mlk-day", "martin luther king jr. day": "mlk-day", "mlk": "mlk-day",
    "groundhog day": "groundhog", "groundhogs day": "groundhog", "pi day": "pi-day", "tax day": "tax-day",
    "anzac day": "anzac-day", "flag day": "flag-day", "canada day": "canada-day", "australia day": "australia-day",
    "guy fawkes": "guy-fawkes", "guy fawkes day": "guy-fawkes", "guy fawkes night": "guy-fawkes",
    "bonfire night": "guy-fawkes", "st george's day": "saint-george", "cyber monday": "cyber-monday",
    "maundy thursday": "holy-thursday", "holy thursday": "holy-thursday", "holy saturday": "holy-saturday",
    "shrove tuesday": "shrove-tuesday", "pancake day": "shrove-tuesday", "mardi gras": "shrove-tuesday",
    "fat tuesday": "shrove-tuesday", "ascension day": "ascension", "pentecost": "pentecost", "whit sunday": "pentecost",
    "whit monday": "whit-monday", "corpus christi": "corpus-christi", "st stephen's day": "boxing-day",
    "saint stephen's day": "boxing-day", "remembrance day": "veterans", "veteran's day": "veterans",
    "veterans' day": "veterans", "armistice day": "veterans", "fourth of july": "independence-us",
    "indigenous peoples day": "columbus-day", "indigenous peoples' day": "columbus-day", "labour day": "labor-day",
    "all hallows": "all-saints", "all souls day": "day-of-the-dead", "all souls' day": "day-of-the-dead",
    "dia de los muertos": "day-of-the-dead", "day of the dead": "day-of-the-dead", "epiphany": "epiphany",
    "three kings day": "epiphany", "three kings' day": "epiphany", "turkey day": "thanksgiving",
    "thanksgiving eve": "thanksgiving-eve", "easter eve": "holy-saturday", "st. patrick's": "saint-patrick",
    "st patrick's": "saint-patrick", "st patricks": "saint-patrick", "st paddy's day": "saint-patrick",
    "st. paddy's day": "saint-patrick", "memorial day weekend": "memorial-day", "april fool's": "april-fools",
    "presidents' day": "presidents-day", "father day": "fathers-day", "mother day": "mothers-day",
}  # fmt: skip

# Shorter than all names of NUMBERS and ORDINALS in a row, and quicker to match.
_TENS_AND_ONES = rf"(?:{either(_TENS)})(?:[- ](?:{either(_ONES)})\b)?"
NUMBER_WORD = rf"(?:{_TENS_AND_ONES}|{either(_TEENS)}|{either(_ONES)})"
TEN_OR_MORE = rf"(?:{_TENS_AND_ONES}|{either(_TEENS)})"
NUMBER = rf"(?:\d{{1,4}}(?:\.\d{{1,2}})?|{NUMBER_WORD})"
ORDINAL = (
    rf"(?:(?:twenty|thirty)[- ](?:{either(_ORDINAL_ONES)})|{either(_ORDINAL_TEENS.split())}|thirtieth"
    rf"|{either(_ORDINAL_ONES)})"
)
MONTH = either(MONTHS)
WEEKDAY = either(WEEKDAYS)
UNIT = either(UNIT_OF)
YEAR = rf"(?:(?:19|20|21)\d\d|two thousand(?: and)?(?: {NUMBER_WORD})?)"


def number(written: str) -> float:
    """The value of a number as it was typed, in digits or words."""
    return float(written) if written[0].isdigit() else float(NUMBERS[written])


def day_number(written: str) -> int:
    """3 for "3rd", "third" and "three"; 0, which no month has, for "thirty fourth"."""
    bare = written.strip()
    if bare[0].isdigit():
        return int(bare.rstrip("stndrh "))
    return ORDINALS.get(bare) or NUMBERS.get(bare, 0)


def year_number(written: str | None) -> int | None:
    """2032 for "2032" and "two thousand and thirty two"."""
    if not written:
        return None
    if written[0].isdigit():
        return int(written)
    rest = written.removeprefix("two thousand").removeprefix(" and").strip()
    return 2000 + (NUMBERS[rest] if rest else 0)
