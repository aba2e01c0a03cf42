"""English clock times and parts of the day: 5pm, half past 7, quarter to six, 7ish, this evening, between 5 and 6."""

from __future__ import annotations

import re
from datetime import time

from flows.answers.calendar.english_words import NUMBERS, PART_OF, PARTS, TEN_OR_MORE
from flows.answers.calendar.language import Rule, always, either, rule
from flows.answers.calendar.pieces import Clock, Clocks, FromToday, Half, Part, Piece, Refused, Shade
from flows.patterns import late

_HOUR_WORDS = {word: value for word, value in NUMBERS.items() if value <= 12}
_HOURS = either(_HOUR_WORDS)
NOON = 12
_ONES = either([word for word, value in NUMBERS.items() if value < 10])
_MINUTES = TEN_OR_MORE
_AFTER_GLUED = late(
    r"\W*$|[.,;!?)]| (?:on|in|at|to|this|next|for|so|and|with|sharp|today|tomorrow|tonight|tmrw|mon|tue|wed|thu|fri"
    r"|sat|sun)"
)
_FIVES = frozenset(("five", "ten", "twenty", "twenty-five", "twenty five", "5", "10", "20", "25"))
_TO = frozenset(("to", "of"))  # 2 to 4pm is a window
_CLEAR_FIVES = frozenset(("ten", "twenty", "twenty-five", "twenty five"))
_OPENS_A_WINDOW = late(r"\b(?:from|between) (?:about |around |like )?$")
_SURE_WAYS = frozenset(("past", "after", "till", "til"))
_PAST = r"past|after|to|of|till|til|before|from"
_HALF = r"(?: ?(?:in the )?[ap] ?\.? ?m\b(?: ?\.)?|[ap]\b\.?)(?!')"
_NAMED = {"noon": 12, "noonish": 12, "midday": 12, "12 noon": 12, "noontime": 12, "midnight": 24, "12 midnight": 24}


def _clock(tag: str) -> str:
    """A clock time with certain marks of one: the named groups end in `tag`, so that two can stand in one pattern."""
    return (
        rf"(?:(?:the )?(?P<named{tag}>{either(_NAMED)})"
        rf"|(?:(?P<part{tag}>half|(?:a )?quarter|\d{{1,2}}(?: minutes?| mins?)?|(?:{_MINUTES}|five)(?: minutes?)?)"
        rf"[ -](?P<way{tag}>{_PAST}) )(?P<of{tag}>\d{{1,2}}|{_HOURS}|noon|midnight)(?![:.]?\d)(?: ?o'? ?clock)?"
        rf"(?P<halfof{tag}>{_HALF})?"
        rf"|(?P<hour{tag}>\d{{1,2}}|{_HOURS})"
        rf"(?: ?(?P<sep{tag}>[:h.]) ?(?P<minute{tag}>[0-5]\d)(?:[:.](?P<second{tag}>[0-5]\d))?(?!\d)(?: ?h(?:ou"
        rf")?rs?\b)?|[ -]"
        rf"(?P<word{tag}>{_MINUTES}|(?:oh?|ou|zero|0) (?:{_ONES}|[1-9]))\b"
        rf"(?: minutes)?| (?P<spaced{tag}>[0-5]\d)(?!\d)|(?P<glued{tag}>[0-5]\d)(?!\d)(?: ?h(?:ou)?rs?\b)?)?"
        rf"(?P<h{tag}> ?h\b)?(?P<clock{tag}> ?o'? ?clock)?(?: ?-?(?P<ish{tag}>ish)\b)?(?P<half{tag}>{_HALF})?"
        r"(?: ?sharp\b)?)"
    )


def _read(match: re.Match[str], tag: str) -> Clock | None:
    """The clock time of one tag; None when no clock shows it."""
    group = match.groupdict()
    if group[f"named{tag}"]:
        return Clock(_NAMED[group[f"named{tag}"]], exact=True)
    if group[f"part{tag}"]:
        return _read_part(group, tag)
    written = group[f"hour{tag}"]
    hour = _HOUR_WORDS[written] if written in _HOUR_WORDS else int(written)
    minute = _minute(group, tag)
    if minute is None or hour > 24 or (hour == 24 and minute):
        return None
    half = _half(group[f"half{tag}"])
    if half and (hour == 0 or hour > 12):
        return (
            Clock(hour, minute, exact=True, fine=True) if hour > 12 and half == "pm" and group[f"minute{tag}"] else None
        )
    h_style = group[f"h{tag}"] or group[f"sep{tag}"] == "h"
    exact = hour > 12 or hour == 0 or bool(h_style and not half) or (written.startswith("0") and not half)
    fine = any(group[f"{name}{tag}"] for name in _MINUTE_GROUPS)
    return Clock(hour, minute, half, exact, fine, int(group[f"second{tag}"] or 0))


_MINUTE_GROUPS = ("minute", "word", "spaced", "glued")


def _minute(group: dict[str, str | None], tag: str) -> int | None:
    digits = group[f"minute{tag}"] or group[f"spaced{tag}"] or group[f"glued{tag}"]
    word = group[f"word{tag}"]
    if digits:
        return int(digits)
    if word is None:
        return 0
    if word in NUMBERS:
        return NUMBERS[word]
    unit = word.split()[-1]
    return NUMBERS[unit] if unit in NUMBERS and NUMBERS[unit] < 10 else int(unit) if unit in set("123456789") else None


def _read_part(group: dict[str, str | None], tag: str) -> Clock | None:
    said, way, of = (group[f"part{tag}"] or ""), group[f"way{tag}"], (group[f"of{tag}"] or "")
    said = re.sub(r" (?:minutes?|mins?)$|^a ", "", said)
    minute = {"half": 30, "quarter": 15}.get(said) or (int(said) if said.isdigit() else NUMBERS.get(said, 60))
    hour = {"noon": 12, "midnight": 24}.get(of) or (_HOUR_WORDS[of] if of in _HOUR_WORDS else int(of))
    if minute > 59 or hour > 24 or (said == "half" and way != "past"):
        return None
    signed = minute if way in {"past", "after", "from"} else -minute
    half = _half(group[f"halfof{tag}"])
    return Clock(hour, signed, half, exact=of in {"noon", "midnight"} or hour > 12, fine=True)


def _half(written: str | None) -> Half | None:
    if not written:
        return None
    return "am" if written.removeprefix(" ").removeprefix("in the ")[0] == "a" else "pm"


def _is_certain(match: re.Match[str], tag: str) -> bool:
    """Whether the words say by themselves that they are a time of day."""
    group = match.groupdict()
    if any(group[f"{name}{tag}"] for name in ("named", "half", "clock", "ish")):
        return True
    if group[f"part{tag}"]:
        said = group[f"part{tag}"] or ""
        if said.isdigit() and group[f"way{tag}"] in _TO:
            return False
        if group[f"halfof{tag}"]:
            return True
        return (
            "quarter" in said
            or said == "half"
            or "min" in said
            or (group[f"way{tag}"] in _SURE_WAYS and said in _FIVES)
            or (said in _CLEAR_FIVES and not _OPENS_A_WINDOW.search(match.string, 0, match.start()))
        )
    shown = group[f"minute{tag}"]
    if shown:
        return group[f"sep{tag}"] != "."
    hour = group[f"hour{tag}"] or ""  # 3h alone is a length, 15h is a time
    return bool(group[f"h{tag}"]) and hour.isdigit() and int(hour) > NOON


_ONE = _clock("")
_TWO = _clock("1") + r" ?(?:to|til|till|until|and|-|but before|but not after|through) ?(?:at )?" + _clock("2")


def _certain(match: re.Match[str], _day_first: bool) -> Piece | None:
    return _read(match, "") if _is_certain(match, "") else None


def _likely(match: re.Match[str], _day_first: bool) -> Piece | None:
    found = _read(match, "")
    if match["glued"] and not match["half"] and not _AFTER_GLUED.match(match.string, match.end()):
        return None  # at 429 Oak Street
    return None if found is None or (found.hour == 0 and not found.fine) else found


def _bare(match: re.Match[str], day_first: bool) -> Piece | None:
    """A number beside a day; above 12 it is hardly an hour in English."""
    found = _likely(match, day_first)
    if not isinstance(found, Clock) or (found.hour > NOON and not found.fine):
        return None
    if match["glued"] and match.string[: match.start()].strip():  # "pay 120 by friday"
        return None
    return None if match["way"] in _TO and match["part"].isdigit() else found


def _half_hour(match: re.Match[str], _day_first: bool) -> Piece | None:
    """British: half three is 3:30."""
    return Clock(_HOUR_WORDS.get(match["of"]) or int(match["of"]), 30, fine=True)


def _range(match: re.Match[str], day_first: bool) -> Piece | None:
    announced = match["announced"] is not None
    certain = _is_certain(match, "1") or _is_certain(match, "2")
    return _bare_range(match, day_first) if announced or certain else None


def _bare_range(match: re.Match[str], _day_first: bool) -> Piece | None:
    first, last = _read(match, "1"), _read(match, "2")
    if first is None or last is None:
        return None
    if last.half is None and _half(match["both"]):
        last = Clock(last.hour, last.minute, _half(match["both"]), last.exact, last.fine)
    if first.half is None and last.half is not None and not first.exact:
        half = last.half if first.hour % 12 <= last.hour % 12 else ("am" if last.half == "pm" else "pm")
        first = Clock(first.hour, first.minute, half, first.exact, first.fine)
    return Clocks(first, last)


_SHADES = {
    "early": Shade(early=True, alone=PARTS["early morning"]),
    "late": Shade(early=False, alone=PARTS["late evening"]),
}


def _part(match: re.Match[str], _day_first: bool) -> tuple[Piece, ...]:
    part = PARTS[PART_OF[match["part"]]]
    return (_SHADES[match["when"]], part) if match["when"] else (part,)


def _part_of_today(match: re.Match[str], day_first: bool) -> tuple[Piece, ...]:
    return (FromToday(0), *_part(match, day_first))


_AT = r"(?:at|@|around|about|by|for|before|after|until|till|til|from) ?(?:about |around |like |say )?"
_PART_WORD = rf"(?:(?P<when>early|late) )?(?P<part>{either(PART_OF)})"
_NOT_COUNTED = (
    r"(?! ?(?:%|percent|per cent|points?|degrees|people|ppl|persons?|kids|miles?|km|dollars|bucks|times|stars?|of|out|"
    r"more|less|or so|other|different|separate|things|years?|months?|weeks?|days?|hours?|minutes?|mins?|hrs?|seconds?"
    r"|the|a|an)\b)"
    r"(?![,.:]\d|[/\d%$]|-\d)"
)

CLOCK_RULES: tuple[Rule, ...] = (
    rule(rf"{_ONE}{_NOT_COUNTED}(?!\w)", _certain),
    rule(rf"(?:at|@) ?(?:about |around |like |say )?{_ONE}{_NOT_COUNTED}(?!\w)", _likely),
    rule(rf"(?:around|about) (?=\d{{3,4}}\b|\d\d?:){_ONE}{_NOT_COUNTED}(?!\w)(?=\W*$|[.,;!?])", _likely),
    rule(rf"{_ONE}{_NOT_COUNTED}(?!\w)", _bare, weak=True),
    rule(rf"half (?P<of>{_HOURS}|1[0-2]|[1-9])\b(?![.,:]\d| ?(?:an?|of|the|hours?|days?)\b)", _half_hour),
    rule(
        rf"(?P<announced>(?:in )?between |from |later than |after )?(?:about |around |at )?{_TWO}(?!\w)(?: in the "
        rf"(?P<both>[ap])m\b)?{_NOT_COUNTED}",
        _range,
    ),
    rule(
        rf"(?P<announced>)(?:about |around |at )?{_TWO}(?!\w)(?: in the (?P<both>[ap])m\b)?{_NOT_COUNTED}",
        _bare_range,
        weak=True,
    ),
    rule(r"in \d{1,2}:\d\d\b", always(Refused("unclear-time"))),
    rule(rf"(?:in the|during the|at|sometime in the) {_PART_WORD}\b", _part),
    rule(rf"(?:sometime |later )?this {_PART_WORD}\b", _part_of_today),
    rule(r"(?:later |sometime )?(?:tonight|tonite|tonght|2nite|2night|tonigt)\b", always(FromToday(0), PARTS["night"])),
    rule(rf"{_PART_WORD}\b", _part, weak=True),
    rule(r"first thing(?: in the morning)?\b", always(PARTS["first thing"])),
    rule(r"(?:at )?(?:lunch ?time|lunch hour|at lunch)\b", always(PARTS["lunch"])),
    rule(r"lunch\b", always(PARTS["lunch"]), weak=True),
    rule(r"after lunch(?:time)?\b", always(PARTS["after lunch"])),
    rule(r"(?:at|by|for) (?:breakfast|breakfast time)\b|after breakfast\b", always(Part(time(7), time(10), "am"))),
    rule(r"(?:at|by|before) dinner(?: ?time)?\b", always(Part(time(17), time(19), "pm"))),
    rule(r"after dinner\b", always(Part(time(19), time(22), "pm"))),
    rule(r"(?:(?:at|by) )?bed ?time\b|before bed\b", always(Part(time(21), time(23), "pm"))),
    rule(r"(?:bright and )?early\b(?:,? in the day\b)?", always(_SHADES["early"]), weak=True),
    rule(r"late\b", always(_SHADES["late"]), weak=True),
    rule(r"after (?:work|school)\b", always(PARTS["after work"])),
    rule(r"(?:mid[- ]?|middle of the )(?P<m>morning|day)\b", always(Part(time(10), time(12), "am"))),
    rule(r"(?:mid[- ]?|middle of the )afternoon\b", always(Part(time(14), time(16), "pm"))),
)
