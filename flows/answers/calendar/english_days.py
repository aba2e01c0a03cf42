"""English days: today, next friday, Dec 3, 3rd of December, 12/3, the last Monday of March, end of the month."""

from __future__ import annotations

import re

from flows.answers.calendar.dates import written_date
from flows.answers.calendar.english_words import (
    BOUNDS,
    HOLIDAYS,
    MONTH,
    MONTHS,
    NUMBER,
    NUMBER_WORD,
    ORDINAL,
    WEAK_WEEKDAYS,
    WEEKDAY,
    WEEKDAYS,
    YEAR,
    day_number,
    number,
    year_number,
)
from flows.answers.calendar.language import Rule, always, either, rule
from flows.answers.calendar.pieces import (
    NOW,
    SAME_TIME,
    TO,
    Bound,
    Days,
    FromToday,
    Holiday,
    Length,
    NthDay,
    Offset,
    OnDate,
    Piece,
    Refused,
    Weekday,
    WeekdaysAhead,
)  # fmt: skip
from flows.patterns import late

_DAY_NUMBER = rf"(?:\d{{1,2}}(?: ?(?:st|nd|rd|th))?|{ORDINAL})"
_SPELLED_DAY = NUMBER_WORD
_NO_CLOCK = rf"(?! ?(?:of )?(?:{MONTH})\b)" + r"(?! ?(?:[ap]\.? ?m\b|[:h]\d|\.\d|o'? ?clock|%|-\d))(?![\w/])"
_STRONG = either([name for name in WEEKDAYS if name not in WEAK_WEEKDAYS])
_WEAK = either(WEAK_WEEKDAYS)
_THIS = r"this|this coming|coming|the coming"
_NEXT = r"next|nxt|nex|following|the following|the next"
_TO = r"(?:-|to|till?|until|through|thru)"
# What may follow "the 5th" when it is a day and not the fifth of something.
_AFTER_A_DAY = (
    r"(?=\W*$|[.,;:!?)]|\s+(?:at|by|in|on|around|before|after|from|if|when|so|and|but|because|would|works|work|please"
    r"|is"
    r"|with|to|for|i|we|this|next)\b|\s+\d)"
)
_CLOCK_AHEAD = late(r",? ?(?:(?:at|@|around|about) ?(?:\d|noon|midnight)|\d{1,2}:\d\d|\d{1,2} ?[ap]\.?m)")
_PLACES = {"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "last": -1, "final": -1}
_PLACES |= {"1st": 1, "2nd": 2, "3rd": 3, "4th": 4, "5th": 5}


def _weekday(match: re.Match[str], _day_first: bool) -> Piece | None:
    which = match["which"]
    day = WEEKDAYS[match["day"]]
    if match["after"]:
        return Weekday(day, later=1)
    if which and which in _NEXT.split("|"):
        return Weekday(day, weeks=1)
    return Weekday(day)


def _weekday_bound(match: re.Match[str], day_first: bool) -> tuple[Piece, ...] | None:
    """ "By fri": the word before makes the short name a day."""
    found = _weekday(match, day_first)
    side = BOUNDS.get(match[0].split()[0])
    if found is None or side is None:
        return None if found is None else (found,)
    return Bound(side), found


def _and(match: re.Match[str], _day_first: bool) -> Piece | None:
    return TO if "between" in match.string[max(0, match.start() - 40) : match.start()] else None


def _week_beside(match: re.Match[str], _day_first: bool) -> Piece | None:
    """The week of the 6th; the week after Thanksgiving."""
    if not match["way"] and not match[0].endswith("of "):
        return None
    return Offset(Length(), week={"": 0, " after": 1, " before": -1}[match["way"]])


def _weekday_beside(match: re.Match[str], _day_first: bool) -> Piece:
    """The Friday after Thanksgiving."""
    return Offset(Length(), -1 if match["way"].endswith(("before", "preceding")) else 1, WEEKDAYS[match["day"]])


def _weekday_of_week(match: re.Match[str], _day_first: bool) -> Piece | None:
    return Weekday(WEEKDAYS[match["day"]], weeks=0 if match["week"] == "this" else 1)


def _weekday_and_number(match: re.Match[str], _day_first: bool) -> Piece | None:
    """Friday 31, Tue 13th; "Friday 5" is left to the clock."""
    written = match["number"]
    found = day_number(written)
    is_plain = written.isdigit() and found <= 12 and not match["the"]
    if (is_plain and not _CLOCK_AHEAD.match(match.string, match.end())) or not 1 <= found <= 31:
        return None
    return Weekday(WEEKDAYS[match["day"]], month_day=found)


def _month_date(match: re.Match[str], _day_first: bool) -> Piece | None:
    return written_date(day_number(match["number"]), MONTHS[match["month"]], year_number(match["year"]))


def _days(match: re.Match[str], _day_first: bool) -> Piece | None:
    first_month, last_month = match["month"] or match["other"], match["other"] or match["month"]
    year = year_number(match["year"])
    first = written_date(day_number(match["number"]), MONTHS[first_month], year)
    last = written_date(day_number(match["last"]), MONTHS[last_month], year)
    if isinstance(first, Refused) or isinstance(last, Refused):
        return Refused("no-such-day")
    return Days(first, last)


def _day_of_month(match: re.Match[str], _day_first: bool) -> Piece | None:
    found = day_number(match["number"])
    if not 1 <= found <= 31:
        return None
    which = match.groupdict().get("which")
    return OnDate(found, months_ahead=None if which is None else int(which != "this"))


def _nth(match: re.Match[str], _day_first: bool) -> Piece | None:
    place = match["place"]
    nth = _PLACES[place] if place in _PLACES else day_number(place)
    unit = match["unit"]
    weekday = None if unit == "day" else 7 if unit.startswith("week") else WEEKDAYS[unit]
    month = MONTHS[match["month"]] if match["month"] else None
    ahead = None if not match["which"] else int(match["which"] == "next")
    return NthDay(nth, weekday, month, year_number(match["year"]), ahead)


def _holiday(match: re.Match[str], _day_first: bool) -> Piece | None:
    return Holiday(HOLIDAYS[match["name"]], year_number(match["year"]))


def _weekdays_ahead(match: re.Match[str], _day_first: bool) -> Piece | None:
    count = number(match["count"])
    return WeekdaysAhead(WEEKDAYS[match["day"]], int(count)) if count == int(count) and 1 <= count <= 60 else None


_TOMORROW = (
    r"(?:tomorrow|tomorow|tommorow|tommorrow|tomorro|tomarrow|tmrw|tmrow|tmr|tmw|tmoro|tomo|tomoz|2moro|2morrow|2mrw"
    r"|2mro"
    r"|tomoro|tomorrrow)(?:'?s)?"
)
DAY_RULES: tuple[Rule, ...] = (
    rule(r"(?:today|2day|tday|todays|today's|later today|sometime today)\b", always(FromToday(0))),
    rule(rf"{_TOMORROW}\b", always(FromToday(1))),
    rule(rf"day (?:after|aft) {_TOMORROW}\b", always(FromToday(2))),
    rule(r"(?:next|following) day\b", always(FromToday(1))),
    rule(r"(?:right now|at once|straight away|right away|immediately|asap|as soon as possible)\b", always(NOW)),
    rule(r"(?:at the moment|at present|at the present time)\b", always(NOW)),
    rule(
        r"(?<!day )(?<!days )(?<!weeks )(?<!months )(?<!years )(?<!hours )(?<!until )(?<!till )(?<!just )now(?=\W*$)",
        always(NOW),
    ),
    rule(
        rf"(?:(?P<which>{_THIS}|{_NEXT}) )?(?P<day>{_STRONG})\b\.?(?:'s)?(?: (?P<after>after next|week\b(?! ?end)))?",
        _weekday,
    ),
    rule(rf"(?P<which>{_THIS}|{_NEXT}) (?P<day>{_WEAK})\b\.?(?P<after> after next)?", _weekday),
    rule(rf"(?:on|by|before|until|till|come) (?P<which>)(?P<day>{_WEAK})\b(?! down)\.?(?P<after>)", _weekday_bound),
    rule(rf"(?P<which>)?(?P<day>{_WEAK})\b\.?(?P<after> after next| week\b)?", _weekday, weak=True),
    rule(rf"(?P<day>{WEEKDAY})\b\.?,? (?:of |in )?(?:the )?(?P<week>this|next|nxt|following) week\b", _weekday_of_week),
    rule(
        rf"(?:(?:this|next) )?(?P<day>{WEEKDAY})\b\.?,? (?P<the>the )?(?P<number>{_DAY_NUMBER}){_NO_CLOCK}",
        _weekday_and_number,
    ),
    rule(
        rf"(?:the )?(?P<number>{_DAY_NUMBER}|{_SPELLED_DAY})(?: day)?(?: of|[-/])? ?,?(?P<month>{MONTH})(?![a-z])\.?"
        rf"(?:[-/,]? ?(?:of )?(?P<year>{YEAR})\b)?(?!\w)",
        _month_date,
    ),
    rule(
        rf"(?P<month>{MONTH})(?:\.?,?[ /-]?(?:the )?)(?P<number>{_DAY_NUMBER}|{_SPELLED_DAY}){_NO_CLOCK}"
        rf"(?:[-/,]? ?(?:of )?(?P<year>{YEAR})\b)?",
        _month_date,
    ),
    rule(rf"(?P<month>{MONTH})-(?P<number>\d\d)-(?P<year>{YEAR})\b", _month_date),
    rule(rf"(?P<year>{YEAR})[-/ ]?(?P<month>{MONTH})[-/ ](?P<number>{_DAY_NUMBER})\b", _month_date),
    rule(rf"(?P<month>{MONTH})-(?P<year>{YEAR})-(?P<number>\d\d?)\b", _month_date),
    rule(rf"(?<!around )(?:on )?the (?P<number>{_DAY_NUMBER}){_NO_CLOCK}{_AFTER_A_DAY}", _day_of_month),
    rule(rf"on (?P<number>\d{{1,2}}(?:st|nd|rd|th)){_AFTER_A_DAY}", _day_of_month),
    rule(
        rf"(?:from )?(?P<month>{MONTH})\.? (?:the )?(?P<number>{_DAY_NUMBER}) ?{_TO} ?(?:(?P<other>{MONTH})\.? )?"
        rf"(?:the )?"
        rf"(?P<last>{_DAY_NUMBER}){_NO_CLOCK}(?: ?,? ?(?P<year>{YEAR})\b)?",
        _days,
    ),
    rule(
        rf"(?:from )?(?:the )?(?P<number>{_DAY_NUMBER})(?: of)?(?: (?P<month>{MONTH})\.?)? ?{_TO} ?(?:the )?"
        rf"(?P<last>{_DAY_NUMBER})(?: of)? (?P<other>{MONTH})\b\.?(?: ?,? ?(?P<year>{YEAR})\b)?",
        _days,
    ),
    rule(
        rf"(?:the )?(?P<number>{_DAY_NUMBER})(?: day)?(?: of| in)? (?:the )?(?P<which>next|this|coming) month\b",
        _day_of_month,
    ),
    rule(
        rf"(?P<place>{either(_PLACES)}) (?P<unit>{WEEKDAY}|day|week ?-?end|weekend)s? (?:of|in) (?:the )?"
        rf"(?:(?P<month>{MONTH})|(?P<which>this|next) month|month)\b(?:,? ?(?:of )?(?P<year>{YEAR})\b)?",
        _nth,
    ),
    rule(rf"(?P<name>{either(HOLIDAYS)})\b(?:,? (?P<year>{YEAR})\b)?", _holiday),
    rule(r"(?:next|this|coming) (?P<name>easter|christmas|xmas|thanksgiving)(?P<year>)?\b", _holiday),
    rule(rf"(?:on )?(?:the )?(?P<number>{_DAY_NUMBER}) (?:day )?of the month\b", _day_of_month),
    rule(rf"(?P<count>{NUMBER}) (?P<day>{WEEKDAY})s? from (?:now|today)\b", _weekdays_ahead),
    rule(rf"in (?P<count>{NUMBER}) (?P<day>{WEEKDAY})s?(?:'? time)?\b", _weekdays_ahead),
    rule(either(BOUNDS).join(("(?P<word>", r")\b")), lambda match, _day_first: Bound(BOUNDS[match["word"]]), weak=True),
    rule(
        r"(?:(?:at|by) the )?(?:very )?(?:latest|at latest)\b|tops\b|or (?:earlier|sooner)\b",
        always(Bound("latest")),
        weak=True,
    ),
    rule(r"between\b", always(Bound("after")), weak=True),
    rule(rf"and(?= (?:the )?(?:{WEEKDAY}|{_TOMORROW}|\d|noon|midnight|next|this|{MONTH}))", _and, weak=True),
    rule(
        rf"(?:-|to|thru|through)(?= (?:the )?(?:{WEEKDAY}|{_TOMORROW}|\d|noon|midnight|next|this|{MONTH})|\d)",
        always(TO), weak=True,
    ),
    rule(r"week(?P<way> after| before|) (?:of )?(?=[a-z\d])", _week_beside, weak=True),
    rule(
        rf"(?P<day>{WEEKDAY})s? (?P<way>after|before|following|preceding|right after|right before)"
        rf"(?= (?:the )?(?:{either(HOLIDAYS)}|{MONTH}|{_TOMORROW}|\d{{1,2}}(?:st|nd|rd|th)|\d{{1,2}}/\d)\b)",
        _weekday_beside,
    ),
    rule(r"(?:at )?(?:this|the same|same) time\b", always(SAME_TIME), weak=True),
    rule(
        rf"(?:earlier (?:today|this (?:week|month|year|morning))|yesterday|the day before yesterday|(?:last|past"
        rf"|previous) (?:night|week|month|year|weekend|{WEEKDAY}\b"
        rf"(?! (?:of|in) )))\b",
        always(Refused("in-the-past")),
    ),
    rule(
        rf"(?:once|twice|thrice|(?:{NUMBER}|a few|several) (?:times|days|nights)) (?:a|per|each|every) (?:day|week"
        rf"|month|year)\b",
        always(Refused("recurs")),
    ),
    rule(
        r"(?:every|each|daily|weekly|monthly|yearly|everyday|weekdays|weekends|mondays|tuesdays|wednesdays"
        r"|thursdays|fridays|saturdays|sundays|mornings|evenings|nights)\b(?! from)",
        always(Refused("recurs")),
    ),
    rule(
        r"(?:utc|gmt|est|edt|cst|cdt|mst|mdt|pst|pdt|cet|cest|bst|ist|eastern|pacific|central time|mountain time)\b"
        r"(?: time)?",
        always(Refused("other-zone")),
        weak=True,
    ),
)
