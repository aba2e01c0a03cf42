"""English stretches of days: next week, in December, the end of the month, early next year, over the weekend."""

from __future__ import annotations

import re

from flows.answers.calendar.english_words import BOUNDS, MONTH, MONTHS, WEEKDAY, YEAR, year_number
from flows.answers.calendar.language import Rule, always, either, rule
from flows.answers.calendar.pieces import Bound, EndOfDay, Period, PeriodPart, PeriodUnit, Piece

_UNITS: dict[str, PeriodUnit] = {
    "week": "week", "wk": "week", "month": "month", "quarter": "quarter", "year": "year", "yr": "year",
    "weekend": "weekend", "week end": "weekend", "week-end": "weekend", "wknd": "weekend", "wkend": "weekend",
}  # fmt: skip
_UNIT = either(_UNITS)
_THIS = r"(?:this|this coming|the coming|coming|the current|current|the rest of (?:the|this))"
_NEXT = r"(?:next|nxt|nex|the next|following|the following|upcoming|the upcoming)"
_SHORT: dict[str, PeriodUnit] = {"w": "week", "m": "month", "y": "year"}
_PARTS: dict[str, PeriodPart] = {
    "early": "early", "beginning": "early", "start": "early", "first part": "early", "middle": "middle",
    "mid": "middle", "late": "late", "end": "end", "very end": "end", "close": "end", "latter part": "late",
}  # fmt: skip
_QUARTERS = {"first": 1, "1st": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4, "last": 4}
# "May" and "March" are other words too: a month only where something says so.
_CLEAR_MONTH = either([name for name in MONTHS if name not in {"may", "march", "mar", "jan", "dec", "sep", "jun"}])
_IN_MONTH = (
    r"(?:(?:sometime |some time )?(?:in|during)|this coming|coming|next|by|before|until|till|(?:this|for)(?! may|"
    r" march))"
)


def _period(match: re.Match[str], _day_first: bool) -> Period:
    return Period(_UNITS[match["unit"]], int(match["next"] is not None))


def _part_of_period(match: re.Match[str], _day_first: bool) -> Piece | None:
    part = _PARTS[match["part"]]
    if match["month"]:
        return Period("month", place=MONTHS[match["month"]], year=year_number(match["year"]), part=part)
    unit = _UNITS[match["unit"]]
    return None if unit == "weekend" else Period(unit, int(match["next"] is not None), part=part)


def _month(match: re.Match[str], _day_first: bool) -> Piece | tuple[Piece, ...]:
    found = Period("month", place=MONTHS[match["month"]], year=year_number(match["year"]))
    bound = BOUNDS.get(match.groupdict().get("word") or "")
    return found if bound is None else (Bound(bound), found)


def _quarter(match: re.Match[str], _day_first: bool) -> Period:
    said = match["digit"] or match["place"]
    return Period("quarter", place=_QUARTERS.get(said) or int(said), year=year_number(match["year"]))


_OF_YEAR = rf"(?:,? (?:of )?(?P<year>{YEAR})\b)?"
_MONTH_BESIDE = rf"(?P<month>{MONTH})\b\.?(?! ?(?:the )?\d{{1,2}}(?!\d)){_OF_YEAR}"
_WHOLE = rf"(?:(?P<next>{_NEXT} )|{_THIS} |the )?(?P<unit>{_UNIT})\b(?! ?end\b)"
PERIOD_RULES: tuple[Rule, ...] = (
    rule(
        rf"(?:(?:sometime|some time|later|anytime|any time) )?(?:{_THIS}|(?P<next>{_NEXT}))"
        rf" (?P<unit>{_UNIT})\b", _period
    ),
    rule(
        rf"(?P<unit>{_UNIT}) after next\b", lambda match, _day_first: Period(_UNITS[match["unit"]], 2)
    ),
    rule(r"(?:over|at|on|during) the (?:week-? ?end|wknd)\b", always(Period("weekend"))),
    rule(
        rf"(?P<word>{either(BOUNDS)}) the weekend\b",
        lambda match, _day_first: (Bound(BOUNDS[match["word"]]), Period("weekend")),
    ),
    rule(
        rf"(?:in |at |by )?(?:the )?(?P<part>{either(_PARTS)})(?: in| of)? (?:{_MONTH_BESIDE}|{_WHOLE})",
        _part_of_period,
    ),
    rule(r"(?P<part>mid|early|late)-(?P<next>)(?P<unit>week|month|year)(?P<month>)(?P<year>)\b", _part_of_period),
    rule(rf"(?P<part>mid|early|late)-(?P<month>{MONTH})(?P<next>)(?P<unit>)\b{_OF_YEAR}", _part_of_period),
    rule(
        r"(?:by )?(?:the )?(?:end|close) of (?:the |this )?(?:day|business|business day|today|play)\b"
        r"|(?:by )?(?:the )?(?:eod|cob|eob)\b",
        always(EndOfDay()),
    ),
    rule(r"(?:by )?(?:the )?end of tomorrow\b", always(EndOfDay(1))),
    rule(
        r"(?:by )?(?:the )?eo(?P<short>[wmy])\b",
        lambda match, _day_first: Period(_SHORT[match["short"]], part="end"),
    ),
    rule(rf"(?:by )?(?:the )?end of (?=(?:the |this |next )?(?:{WEEKDAY})\b)", always(EndOfDay())),
    rule(rf"(?:(?P<word>by|before|until|till)|{_IN_MONTH}) {_MONTH_BESIDE}", _month),
    rule(rf"(?P<month>{MONTH})\b\.?(?: of)?,? (?P<year>{YEAR})\b", _month),
    rule(rf"(?P<month>{_CLEAR_MONTH})\b\.?(?! ?(?:the )?\d)(?P<year>)", _month, weak=True),
    rule(
        rf"(?:in )?(?:the )?(?:q(?P<digit>[1-4])|(?P<place>{either(_QUARTERS)}) quarter)(?: of)?(?:"
        rf" (?P<year>{YEAR}))?\b",
        _quarter,
    ),
    rule(
        rf"(?:in|during|by|before|until|till) (?:the year )?(?P<year>{YEAR})\b(?![-/:.]\d)",
        lambda match, _day_first: Period("year", year=year_number(match["year"])),
    ),
)  # fmt: skip
