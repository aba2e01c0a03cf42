"""English lengths of time: in 2 hrs, half an hour, a week from tomorrow, 3 days after christmas."""

from __future__ import annotations

import re

from flows.answers.calendar.english_words import NUMBER, UNIT, UNIT_OF, WEEKDAY, number
from flows.answers.calendar.language import Rule, add, always, rule
from flows.answers.calendar.pieces import FromNow, Lasting, Length, Offset, Piece, Refused
from flows.patterns import late

_ABOUT = r"(?:about |around |approximately |approx\.? |roughly |just |another |exactly |~ ?)?"
_FEW = {"a": 1, "an": 1, "one": 1, "a couple of": 2, "a couple": 2, "couple of": 2, "couple": 2, "a pair of": 2}
_FEW |= {"pair of": 2, "a few": 3, "few": 3, "several": 7, "another": 1}
_FEW_WORD = "|".join(sorted(_FEW, key=len, reverse=True))
_HOUR = r"h(?:ou)?rs?\b|h\b"
_AMOUNT = (
    rf"(?:(?:(?:an? )?half an?|half of an|1/2(?: an?)?|½(?: an?)?|(?:an? |one )?half)[ -]?(?:{UNIT})\b"
    rf"|(?:an?|one|{NUMBER}) (?:hours?|hrs?) and (?:a|three)[ -]quarters?\b"
    rf"|(?:a )?quarter of an hour|1/4 ?(?:of an |an )?(?:{_HOUR})|(?:three|3)[ -]quarters of an hour|3/4 ?(?:of an )?"
    rf"(?:{_HOUR})"
    rf"|\d{{1,2}}h ?[0-5]\d ?(?:m|mins?)?\b|\d{{1,3}} ?(?:m|'|\")(?!\w)"
    rf"|(?:{NUMBER}|{_FEW_WORD})(?: and (?:an?|one) half| and 1/2|½|"
    rf" 1/2)? ?(?:more |whole |full )?-?(?:{UNIT})(?![a-z])"
    rf"(?: and a half)?(?: or so)?)"
)
LENGTH = rf"{_AMOUNT}(?:(?:,? and |, ?| )?{_AMOUNT}){{0,3}}"
_PARTS = late(
    rf"(?P<half>(?:an? )?half an?|half of an|1/2(?: an?)?|½(?: an?)?|(?:an? |one )?half)["
    rf" -]?(?P<halved>{UNIT})(?![a-z])"
    rf"|(?P<hours>an?|one|{NUMBER}) (?:hours?|hrs?) and (?P<more>a|three)[ -]quarters?"
    rf"|(?P<quarters>three|3)[ -]quarters of an hour|(?P<three>3/4) ?(?:of an )?(?:{_HOUR})"
    rf"|(?P<quarter>(?:a )?quarter of an hour|1/4 ?(?:of an |an )?(?:{_HOUR}))"
    rf"|(?P<h>\d{{1,2}})h ?(?P<h_minutes>[0-5]\d) ?(?:m|mins?)?\b"
    rf"|(?P<short>\d{{1,3}}) ?(?P<mark>m|'|\")(?!\w)"
    rf"|(?P<count>{NUMBER}|{_FEW_WORD})(?P<half_more> and (?:an?|one) half| and 1/2|½| 1/2)? ?(?:more |whole |full )?-?"
    rf"(?P<unit>{UNIT})(?![a-z])(?P<half_after> and a half)?"
)


def read_length(written: str) -> Length | None:
    """The length that words of the LENGTH pattern say. None for "half a month" and the like."""
    return add([_amount(match) for match in _PARTS.finditer(written)])


def length_alone(reply: str) -> Length | None:
    """The length, when a reply is nothing but one."""
    match = _ALONE.fullmatch(reply)
    return None if match is None else read_length(match["length"])


def _amount(match: re.Match[str]) -> tuple[float, str]:
    if match["half"]:
        return (7, "day") if UNIT_OF[match["halved"]] == "fortnight" else (0.5, UNIT_OF[match["halved"]])
    if match["hours"]:
        whole = _FEW[match["hours"]] if match["hours"] in _FEW else number(match["hours"])
        return whole * 60 + (15 if match["more"] == "a" else 45), "minute"
    if match["quarters"] or match["three"]:
        return 45, "minute"
    if match["quarter"]:
        return 15, "minute"
    if match["h"]:
        return int(match["h"]) * 60 + int(match["h_minutes"]), "minute"
    if match["short"]:
        return float(match["short"]), "second" if match["mark"] == '"' else "minute"
    count = float(_FEW[match["count"]]) if match["count"] in _FEW else number(match["count"])
    return count + (0.5 if match["half_more"] or match["half_after"] else 0), UNIT_OF[match["unit"]]


def _from_now(match: re.Match[str], _day_first: bool) -> Piece | None:
    length = read_length(match["length"])
    return None if length is None or length == Length() else FromNow(length)


def _within(match: re.Match[str], _day_first: bool) -> Piece | None:
    length = read_length(match["length"])
    return None if length is None else FromNow(length, within=True)


def _upcoming(match: re.Match[str], _day_first: bool) -> Piece | None:
    length = read_length(f"{match['count']} {match['unit']}")
    return None if length is None else FromNow(length, within=True)


def _offset(match: re.Match[str], _day_first: bool) -> Piece | None:
    length = read_length(match["length"])
    return None if length is None else Offset(length, -1 if match["way"] == "before" else 1)


def _offset_of_one(match: re.Match[str], _day_first: bool) -> Piece | None:
    length = add([(1, UNIT_OF[match["unit"]])])
    return None if length is None else Offset(length, -1 if match["way"] == "before" else 1)


def _lasting(match: re.Match[str], _day_first: bool) -> Piece | None:
    length = read_length(match["length"])
    return Lasting(length) if length is not None and length.clocked else None


_FROM_NOW = r"(?:from|after) (?:right now|now|today|this moment)"
LENGTH_RULES: tuple[Rule, ...] = (
    rule(rf"(?:timer|alarm|reminder|countdown)(?: set)? (?:for|of) (?P<length>{LENGTH})(?![a-z])", _from_now),
    rule(
        rf"(?:in|after|\+|now ?\+) ?{_ABOUT}(?P<length>{LENGTH})(?:(?:'s|s'|s) time| time\b| {_FROM_NOW})?",
        _from_now,
    ),
    rule(rf"(?P<length>{LENGTH}) ?(?:{_FROM_NOW}|later(?: on)?|out|hence|ahead)\b(?! of)", _from_now),
    rule(
        rf"(?:(?:with)?in|over|during) (?:(?:the )?(?:next|nxt|upcoming|coming|following) |the space of )?{_ABOUT}"
        rf"(?P<length>{LENGTH})(?![a-z])",
        _within,
    ),
    rule(rf"(?:next|nxt|upcoming|coming|following) (?P<length>{LENGTH})(?![a-z])", _within),
    rule(r"(?:with)?in the (?:next )?hour\b", always(FromNow(Length(seconds=3600), within=True))),
    rule(rf"(?P<count>{NUMBER}) (?:upcoming|more) (?P<unit>{UNIT})\b", _upcoming),
    rule(
        r"next (?P<length>hour|minute)\b", lambda m, _d: FromNow(Length(seconds=3600 if m["length"] == "hour" else 60))
    ),
    rule(rf"(?P<length>{LENGTH}) (?P<way>from|after|before|on)\b", _offset, weak=True),
    rule(r"(?P<unit>day|week|month|hour|year) (?P<way>after|before|from)\b", _offset_of_one, weak=True),
    rule(
        rf"(?P<length>(?:a|one|two|three|\d) weeks?)(?P<way>) (?=(?:on )?(?:today|tomorrow|tmrw|{WEEKDAY})\b)",
        _offset,
        weak=True,
    ),
    rule(rf"for (?P<length>{LENGTH})(?![a-z])", _lasting, weak=True),
    rule(rf"(?P<length>{LENGTH}) ago\b", always(Refused("in-the-past"))),
)
_ALONE = late(rf"\W*(?P<length>(?!a few|few|several|\d+ m\b){_AMOUNT})\W*")
