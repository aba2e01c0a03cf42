"""How English says that a thing repeats: every other friday, mondays and thursdays, the 1st of every month."""

from __future__ import annotations

import re

from flows.answers.calendar.english_words import (
    MONTH,
    MONTHS,
    NUMBER,
    ORDINAL,
    ORDINALS,
    PART_OF,
    PARTS,
    UNIT,
    UNIT_OF,
    WEEKDAY,
    WEEKDAYS,
    number,
)
from flows.answers.calendar.language import either
from flows.answers.calendar.repeating import (
    WEEKEND,
    WORKDAYS,
    NeedsDays,
    Repeat,
    Repeats,
    days_in,
    each,
    numbers_in,
    repeats_rule,
    unit_rule,
)
from flows.patterns import late

_EVERY = r"(?:every|each|evry|evey|evrey|eveyr|ev(?=\s))"
_DAYS = (
    rf"(?:{WEEKDAY})(?:'?s)?\b\.?(?:(?:,? ?(?:and|&|\+|/|-|to|thru|through|,) ?| )(?:on )?(?:{WEEKDAY})s?\b\.?){{0,6}}"
)
_PLURALS = "mondays|tuesdays|wednesdays|thursdays|fridays|saturdays|sundays|wednsdays"
_PLURAL_DAYS = rf"(?:(?:{WEEKDAY})s?,? ?(?:and |& ?|/ ?)?){{0,6}}(?:{_PLURALS})\b(?:,? ?(?:and|&|/) ?(?:{WEEKDAY})s?)?"
_ALL_WEEKDAYS = {f"{name}s": day for name, day in WEEKDAYS.items()} | WEEKDAYS
# As calendars shorten them.
_LETTERS = {
    "m-f": WORKDAYS, "m - f": WORKDAYS, "m thru f": WORKDAYS, "m to f": WORKDAYS, "mwf": (0, 2, 4), "m/w/f": (0, 2, 4),
    "m-w-f": (0, 2, 4), "m w f": (0, 2, 4), "t/th": (1, 3), "tu/th": (1, 3), "t-th": (1, 3), "tth": (1, 3),
    "tues-thurs": (1, 2, 3),
}  # fmt: skip
_PLACES = {"first": 1, "second": 2, "third": 3, "fourth": 4, "last": -1, "1st": 1, "2nd": 2, "3rd": 3, "4th": 4}
_PLACE = either(_PLACES)
_ORDINAL = rf"(?:\d{{1,2}}(?:st|nd|rd|th)|{ORDINAL})"
_OTHER = r"(?P<other>other|2nd|second|alternate|third|3rd|fourth|4th)"
_INTERVALS = {"other": 2, "2nd": 2, "second": 2, "alternate": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4}
_MONTHS_OF = r"(?:of|in|on) (?:every|each|the|a) month|(?:every|each|per) month|monthly"
_ADVERBS = {
    "everyday": ("day", 1), "daily": ("day", 1), "alternate days": ("day", 2), "weekly": ("week", 1),
    "bi weekly": ("week", 2), "biweekly": ("week", 2),
    "bi-weekly": ("week", 2), "fortnightly": ("week", 2), "monthly": ("month", 1), "bimonthly": ("month", 2),
    "bi-monthly": ("month", 2), "quarterly": ("month", 3), "yearly": ("year", 1), "annually": ("year", 1),
    "annual": ("year", 1), "semiannual": ("month", 6), "semi-annual": ("month", 6), "semiannually": ("month", 6),
    "semi-annually": ("month", 6), "biannually": ("month", 6), "hourly": ("hour", 1), "every day": ("day", 1),
}  # fmt: skip


def _day_number(word: str) -> int | None:
    if word in ORDINALS:
        return ORDINALS[word]
    bare = word.rstrip("stndrh")
    return int(bare) if bare.isdigit() and 1 <= int(bare) <= 31 else None


def _adverb(match: re.Match[str]) -> Repeat | None:
    return unit_rule(*_ADVERBS[match["adverb"]])


def _every_unit(match: re.Match[str]) -> Repeat | None:
    written = match["count"]
    interval = _INTERVALS[match["other"]] if match["other"] else number(written) if written else 1
    unit = match["unit"]
    return unit_rule("quarter" if unit.startswith("quarter") else UNIT_OF[unit], interval)


def _every_days(match: re.Match[str]) -> Repeat | None:
    days = days_in(match["days"], _ALL_WEEKDAYS)
    return Repeat("WEEKLY", _INTERVALS[match["other"]] if match["other"] else 1, days) if days else None


def _weeks_on_days(match: re.Match[str]) -> Repeat | None:
    group = match.groupdict()
    written = group.get("count")
    interval = 2 if group.get("two") else number(written) if written else 1
    days = days_in(match["days"], _ALL_WEEKDAYS)
    return Repeat("WEEKLY", int(interval), days) if days and interval == int(interval) else None


def _plural_days(match: re.Match[str]) -> Repeat | None:
    days = days_in(match["days"], _ALL_WEEKDAYS)
    counted = re.match(r"s? from (?:now|today)", match.string[match.end() :])  # three fridays from now
    return Repeat("WEEKLY", 1, days) if days and not counted else None


def _lettered(match: re.Match[str]) -> Repeat:
    return Repeat("WEEKLY", 1, _LETTERS[match["letters"]])


def _months_on_a_day(match: re.Match[str]) -> Repeat | None:
    days = numbers_in(match["numbers"], _day_number)
    every = unit_rule("month", 2 if match["other"] else number(match["count"]))
    return every._replace(month_days=tuple(days)) if every is not None and days else None


def _month_days(match: re.Match[str]) -> Repeat | None:
    days = numbers_in(match["numbers"], _day_number)
    return Repeat("MONTHLY", month_days=tuple(days)) if days else None


def _nth_days(match: re.Match[str]) -> Repeat | None:
    nths = tuple(_PLACES[word] for word in re.findall(r"[a-z0-9]+", match["places"]) if word in _PLACES)
    if match["day"] == "day":
        return Repeat("MONTHLY", month_days=nths)
    return Repeat("MONTHLY", days=days_in(match["day"], _ALL_WEEKDAYS), nths=nths)


def _yearly_date(match: re.Match[str]) -> Repeat | None:
    day = _day_number(match["number"])
    return None if day is None else Repeat("YEARLY", month_days=(day,), month=MONTHS[match["month"]])


def _yearly_nth(match: re.Match[str]) -> Repeat | None:
    return Repeat(
        "YEARLY", days=(WEEKDAYS[match["day"]],), nths=(_PLACES[match["place"]],), month=MONTHS[match["month"]]
    )


def _every_part(match: re.Match[str]) -> Repeat | None:
    part = PARTS[PART_OF[match["part"].removesuffix("s")]]
    days = days_in(match.groupdict().get("days") or "", _ALL_WEEKDAYS)
    return Repeat("WEEKLY" if days else "DAILY", days=days, part=part)


_PART = "mornings?|afternoons?|evenings?|nights?|nites?"
_YEARLY = r"(?:yearly|annually|every year|each year|once a year)"
_COUNT = rf"(?P<count>{NUMBER})"
ENGLISH_REPEATS = Repeats(
    rules=(
        repeats_rule(rf"(?P<adverb>{either(_ADVERBS)})", _adverb),
        repeats_rule(
            rf"{_EVERY} (?:(?P<other>other|second|2nd)|(?P<count>{NUMBER})) months?,? on (?:the"
            rf" )?(?P<numbers>{_ORDINAL}|\d{{1,2}})",
            _months_on_a_day,
        ),
        repeats_rule(
            rf"{_EVERY} (?:(?:half|quarter)[ -](?:an? |of an )?hour|(?:an? )?hour and a half)",
            lambda match: Repeat("MINUTELY", 15 if "quarter" in match[0] else 90 if "and" in match[0] else 30),
        ),
        repeats_rule(
            r"(?:twice|thrice|(?:two|three|four|\d) ?(?:times|x)) (?:daily|weekly|monthly)", each(NeedsDays())
        ),
        repeats_rule(r"\d ?x ?(?:/|per|a) ?(?:day|week|wk|month)", each(NeedsDays())),
        repeats_rule(
            rf"{_EVERY} (?:other|second|2nd|alternate|two|2) (?:week-?ends?|wknds?)", each(Repeat("WEEKLY", 2, WEEKEND))
        ),
        repeats_rule(
            rf"(?:(?:on|{_EVERY}|in the) )?(?P<days>week ?day|weekend) (?P<part>{_PART})",
            lambda match: Repeat(
                "WEEKLY",
                days=WEEKEND if match["days"] == "weekend" else WORKDAYS,
                part=PARTS[PART_OF[match["part"].removesuffix("s")]],
            ),
        ),
        repeats_rule(
            rf"(?:on )?(?P<days>(?:{WEEKDAY})s?\.?(?: (?:{WEEKDAY})s?\.?){{1,6}})", _plural_days
        ),
        repeats_rule(rf"(?:(?:on|{_EVERY}) )?(?P<letters>{either(_LETTERS)})", _lettered),
        repeats_rule(
            rf"(?:daily|{_EVERY} ?day),? (?:from |on )?(?P<days>(?:{WEEKDAY}) ?(?:-|to|thru|through) ?(?:{WEEKDAY}))",
            _plural_days,
        ),
        repeats_rule(
            rf"(?:on )?(?P<days>{_DAYS}),? (?:(?P<two>bi-?weekly|fortnightly|every (?:other|second|2nd) week)|weekly"
            rf"|every week|each week)",
            _weeks_on_days,
        ),
        repeats_rule(
            rf"{_EVERY} (?:the )?(?P<numbers>{_ORDINAL}(?:(?:, ?| and (?:the )?|, and | &"
            rf" ){_ORDINAL}){{1,5}})", _month_days
        ),
        repeats_rule(
            rf"{_EVERY} (?P<numbers>(?:[5-9]|[1-3]\d)(?:st|nd|rd|th))(?=\W*$|[.,;!?]| at\b| in the (?:m|e"
            rf"|a))", _month_days
        ),
        repeats_rule(
            rf"(?:once|one time|1x) (?:a|an|every|each|per) (?:(?P<other>other) )?(?P<count>)(?P<unit>{UNIT})",
            _every_unit,
        ),
        repeats_rule(
            rf"(?:twice|two times|three times|thrice|{NUMBER} ?(?:times|x)|(?:a )?(?:couple|few)(?: of)? times"
            rf"|several times)"
            rf" (?:a|an|every|each|per|in a|this) (?:{UNIT})"
            rf"|(?:{NUMBER}|a few|several|most|some) (?:days|nights|evenings|mornings|afternoons) (?:a|an|every|each"
            rf"|per) (?:{UNIT})",
            each(NeedsDays()),
        ),
        repeats_rule(
            rf"(?:(?:on|{_EVERY}) )?(?:weeknights?|week nights?)",
            each(Repeat("WEEKLY", 1, WORKDAYS, part=PARTS["night"])),
        ),
        repeats_rule(r"nightly", each(Repeat("DAILY", part=PARTS["night"]))),
        repeats_rule(
            rf"(?:on |once )?{_EVERY} (?:{_OTHER} |{_COUNT} )?(?:single )?(?P<unit>{UNIT}|quarter)", _every_unit
        ),
        repeats_rule(rf"(?:on )?{_EVERY} (?:{_OTHER} )?(?:single )?(?P<days>{_DAYS})", _every_days),
        repeats_rule(rf"{_EVERY} {_COUNT} (?:weeks?|wks?),? (?:on )?(?P<days>{_DAYS})", _weeks_on_days),
        repeats_rule(
            rf"(?:weekly|once a week|{_EVERY} week|(?P<two>biweekly|bi-weekly|bi weekly|fortnightly|{_EVERY} (?:other"
            rf"|2nd|second) week"
            rf"|{_EVERY} fortnight)),? (?:on |every )?(?P<days>{_DAYS})",
            _weeks_on_days,
        ),
        repeats_rule(rf"(?:on )?(?P<days>{_PLURAL_DAYS})", _plural_days),
        repeats_rule(rf"(?:on )?(?P<days>(?:{WEEKDAY})(?:(?:,? (?:and|&) |, ?|/)(?:{WEEKDAY})){{1,6}})", _plural_days),
        repeats_rule(
            rf"(?:(?:on|every|each) )?(?P<days>(?:{WEEKDAY})\.? ?(?:-|to|thru|through) ?(?:{WEEKDAY})s?)", _plural_days
        ),
        repeats_rule(
            rf"(?:(?:on|{_EVERY}) )?(?:week ?days?|workdays?|work days?|business days?|school days?)",
            each(Repeat("WEEKLY", 1, WORKDAYS)),
        ),
        repeats_rule(
            r"(?:mon(?:day)?s?) ?(?:-|to|thru|through) ?(?:fri(?:day)?s?)", each(Repeat("WEEKLY", 1, WORKDAYS))
        ),
        repeats_rule(
            rf"(?:(?:on|over|at|{_EVERY}) (?:the )?)?(?:week-?ends|wknds)|{_EVERY} (?:week-?end|wknd)",
            each(Repeat("WEEKLY", 1, WEEKEND)),
        ),
        repeats_rule(rf"{_EVERY} (?:single )?(?P<part>{_PART})", _every_part),
        repeats_rule(r"(?:in the |at )?(?P<part>mornings|afternoons|evenings|nights)", _every_part),
        repeats_rule(
            rf"(?:on |every )?(?P<days>(?:{WEEKDAY})(?:,? (?:and|&) (?:{WEEKDAY}))?) (?P<part>mornings|afternoons"
            rf"|evenings|nights)",
            _every_part,
        ),
        repeats_rule(rf"every (?P<days>{WEEKDAY}) (?P<part>morning|afternoon|evening|night)", _every_part),
        repeats_rule(
            rf"(?:on )?(?:the )?(?P<numbers>{_ORDINAL}(?:(?:, ?| and |, and | & ){_ORDINAL}){{0,5}})(?: day)? "
            rf"(?:{_MONTHS_OF})",
            _month_days,
        ),
        repeats_rule(
            rf"{_EVERY} (?P<numbers>{_ORDINAL}(?:(?:, ?| and |, and | & ){_ORDINAL}){{0,5}})(?: day)?(?: "
            rf"(?:{_MONTHS_OF}))",
            _month_days,
        ),
        repeats_rule(
            rf"(?:monthly|once a month|{_EVERY} month)(?:,)? on (?:the )?(?P<numbers>(?:{_ORDINAL}|\d{{1,2}})(?:(?:,"
            rf" ?| and | & ){_ORDINAL}){{0,5}})",
            _month_days,
        ),
        repeats_rule(
            rf"(?:on )?(?:{_EVERY} |the )?(?P<places>(?:{_PLACE})(?:(?:, ?| and | & )(?:the )?(?:{_PLACE})){{0,3}})"
            rf" (?P<day>{WEEKDAY}|day)s? (?:{_MONTHS_OF})",
            _nth_days,
        ),
        repeats_rule(
            rf"(?:monthly|once a month|{_EVERY} month),? on (?:the )?(?P<places>(?:{_PLACE})(?:(?:, ?| and | & )"
            rf"(?:the )?(?:{_PLACE})){{0,3}})"
            rf" (?P<day>{WEEKDAY}|day)s?",
            _nth_days,
        ),
        repeats_rule(rf"{_EVERY} (?P<places>first|last|1st) (?P<day>{WEEKDAY})", _nth_days),
        repeats_rule(
            rf"(?:{_YEARLY} (?:on )?|{_EVERY} )(?:the )?(?P<month>{MONTH})\.? (?:the )?(?P<number>\d{{1,2}}(?:st|nd"
            rf"|rd|th)?|{ORDINAL})",
            _yearly_date,
        ),
        repeats_rule(
            rf"(?:{_YEARLY} (?:on )?|{_EVERY} )(?:the )?(?P<number>\d{{1,2}}(?:st|nd|rd|th)?|{ORDINAL}) (?:of )?"
            rf"(?P<month>{MONTH})",
            _yearly_date,
        ),
        repeats_rule(
            rf"(?:{_YEARLY} (?:on )?|{_EVERY} )(?:the )?(?P<place>{_PLACE}) (?P<day>{WEEKDAY}) (?:in|of) "
            rf"(?P<month>{MONTH})",
            _yearly_nth,
        ),
    ),
    limits=late(
        rf"\b(?:except|unless|but not|not (?:every|each)|for (?:the )?(?:next )?\w+ (?:weeks?|months?|days?|times)|"
        rf"(?:in|during|this)"
        rf" (?:{MONTH}|summer|winter|spring|fall|month|year)\b|or (?:at )?\d)"
    ),
    ends=late(r"\b(?:until|till?|through|thru|to|ending|up to)\s*(?:the end of )?$"),
)
