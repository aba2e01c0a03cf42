"""How a number of a scale may be written: 7, 7.5, seven and a half, 7/10, 7 out of ten, about 7, 7ish."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from flows.answers.scale.names import NAMES, ONLY_SPANISH

_LEADING_ZERO = r"(?P<zero>(?:cero|zero) (?=(?:uno|dos|tres|cuatro|cinco|seis|siete|ocho|nueve)\b))?"
_HALF = r"(?:½|[ -]1/2\b| ?(?:and|an|n|&)(?: an?)? half\b| ?y (?:medi[oa]|1/2)\b| con (?:un )?medio\b)"
_QUARTERS = (
    r"(?P<quarter>¼| 1/4\b| and (?:a|one) (?:quarter|fourth)\b)"
    r"|(?P<quarters>¾| 3/4\b| and three[ -](?:quarters|fourths)\b)"
)
_BIT = r"(?P<bit> (?:and|&) (?:a (?:bit|little)(?: more)?|change|some)\b| y (?:pico|algo|un poco|un poquito)\b)"
_PART = (
    r"(?: (?:point|punto|coma|dot|con(?= (?:\d|@NAMES@)\s*(?:$|[^\w\s]))) (?P<tenth>\d|@NAMES@)\b"
    rf"|(?P<half>{_HALF})|{_QUARTERS}|{_BIT})?"
)
_OUT_OF = r"(?: ?[/\\] ?| (?:out )?of (?:a possible )?| outta | (?:over|sobre|de) | on (?:a|the) scale of )"
_ENDING = r"(?=\s*(?:$|[^\w\s]|(?:today|now|tonight|hoy|ahora)\b))"
_OR_SO = (
    r"(?:[ -]?ish\b|\+|,? (?:at (?:best|most|worst|least)|tops|max|como mucho|or so|o asi|o algo asi|or thereabouts"
    r"|mas o menos|more or less|give or take|o por ahi|por ahi)\b)"
)
_HEDGE = (
    r",? (?:approx\w*|aprox\w*|roughly|maybe|perhaps|probably|possibly|quizas?|tal vez|i guess|i suppose|i reckon"
    rf"|supongo|or something){_ENDING}"
)
_AMOUNT = (
    r"(?<![\w.,/#$€£])(?P<minus>(?:(?<![^\s(\[:=])-|minus |(?<!mas o )menos |negativ[eo] ))?"
    rf"(?:(?P<digits>(?!00)\d{{1,3}})(?P<decimals>[.,]\d{{1,2}}(?![\d]))?|{_LEADING_ZERO}(?P<name>@NAMES@)(?=(?:ish)?\b))"
    rf"{_PART}(?P<scale>{_OUT_OF}(?P<top>\d{{1,3}}|@NAMES@)\b(?![:.,/]\d))?(?P<or_so>{_OR_SO})?(?P<hedge>{_HEDGE})?"
    r"(?![\w%]|[.,:/]\d)"
)


class Amount(NamedTuple):
    """One number, written at characters `start` to `end` of the folded text, with its scale.

    7/10 has the `top` 10; `name` is the word where it is spelled.
    """

    value: int | float
    start: int
    end: int
    top: int | None
    is_rough: bool
    is_spelled: bool
    name: str


@cache
def _amount() -> re.Pattern[str]:
    longest_first = sorted(NAMES, key=len, reverse=True)
    # A last letter that is held down is the same word: "sevennnn".
    names = "|".join(f"{name}{name[-1]}*" for name in longest_first)
    return re.compile(_AMOUNT.replace("@NAMES@", f"(?:{names})"))


def written_amounts(text: str, language: str) -> Iterator[Amount]:
    """Every number in folded text, from left to right. `language` decides on decimal commas and words like "once"."""
    for match in _amount().finditer(text):
        value = _value(match, language)
        if value is None:
            continue
        start = (
            match.start("minus")
            if match["minus"]
            else match.start("digits" if match["digits"] else "zero" if match["zero"] else "name")
        )
        end = match.start("hedge") if match["hedge"] else match.end()
        is_rough = bool(match["or_so"] or match["hedge"] or match["bit"])
        name = (match["zero"] or "") + (match["name"] or "")
        yield Amount(value, start, end, _top(match), is_rough, is_spelled=bool(name), name=name)


def _value(match: re.Match[str], language: str) -> int | float | None:
    value = _whole(match, language)
    if value is None:
        return None
    if match["tenth"]:
        tenth = int(match["tenth"]) if match["tenth"].isdigit() else _named(match["tenth"])
        if tenth > 9:
            return None
        value += tenth / 10
    value += 0.5 if match["half"] else 0.25 if match["quarter"] else 0.75 if match["quarters"] else 0
    value = -value if match["minus"] else value
    return int(value) if value == int(value) else value


def _whole(match: re.Match[str], language: str) -> int | float | None:
    if not match["digits"]:
        name = match["name"]
        return None if language != "es" and name in ONLY_SPANISH else _named(name)
    decimals = match["decimals"]
    if not decimals:
        return int(match["digits"])
    if decimals[0] == "," and language == "en" and not match["scale"]:
        return None
    return float(f"{match['digits']}.{decimals[1:]}")


def _named(name: str) -> int:
    while name not in NAMES:
        name = name[:-1]
    return NAMES[name]


def _top(match: re.Match[str]) -> int | None:
    top = match["top"]
    if not top:
        return None
    return int(top) if top.isdigit() else _named(top)
