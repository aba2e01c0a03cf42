"""Spanish lengths of time: en 20 minutos, dentro de media hora, tres semanas a partir de mañana."""

from __future__ import annotations

import re

from flows.answers.calendar.language import Rule, add, always, rule
from flows.answers.calendar.pieces import FromNow, Lasting, Length, Offset, Piece, Refused
from flows.answers.calendar.spanish_words import NUMBER, UNIT, UNIT_OF, number
from flows.patterns import late

_ABOUT = r"(?:unos |unas |como |aproximadamente |mas o menos |cosa de |apenas |~ ?)?"
_FEW = {"un par de": 2, "par de": 2, "unos pocos": 3, "unas pocas": 3, "pocos": 3, "pocas": 3, "otra": 1, "otro": 1}
_FEW_WORD = "|".join(sorted(_FEW, key=len, reverse=True))
_AMOUNT = (
    rf"(?:(?:una )?media ?hora|medio (?:dia|ano)|(?:un )?cuarto de hora|(?:tres|3) cuartos de hora|(?:1/2|½)"
    rf" ?(?:hora|h)\b"
    rf"|(?:{NUMBER}|{_FEW_WORD}) ?(?:{UNIT})(?![a-z])(?: mas\b)?(?: y (?:media|medio|cuarto))?|hora y (?:media|cuarto))"
)
LENGTH = rf"{_AMOUNT}(?:(?: y |, ?| con | ){_AMOUNT}){{0,3}}"
_PARTS = late(
    rf"(?P<half>(?:una )?media ?hora|(?:1/2|½) ?(?:hora|h)\b)|(?P<half_day>medio dia)|(?P<half_year>medio ano)"
    rf"|(?P<quarter>(?:un )?cuarto de"
    rf" hora)"
    rf"|(?P<quarters>(?:tres|3) cuartos de hora)|(?P<count>{NUMBER}|{_FEW_WORD}) ?(?P<unit>{UNIT})(?![a-z])"
    rf"(?: mas\b)?(?P<more> y (?:media|medio|cuarto))?|(?P<hour>hora y (?:media|cuarto))"
)


def read_length(written: str) -> Length | None:
    """The length that words of the LENGTH pattern say. None for "medio mes" and the like."""
    return add([_amount(match) for match in _PARTS.finditer(written)])


def length_alone(reply: str) -> Length | None:
    """The length, when a reply is nothing but one."""
    match = _ALONE.fullmatch(reply)
    return None if match is None else read_length(match["length"])


_ALONE = late(rf"\W*(?P<length>{_AMOUNT})\W*")


def _amount(match: re.Match[str]) -> tuple[float, str]:
    if match["half_year"]:
        return 6, "month"
    for name, minutes in (("half", 30), ("quarter", 15), ("quarters", 45), ("half_day", 720)):
        if match[name]:
            return minutes, "minute"
    if match["hour"]:
        return (90 if match["hour"].endswith("media") else 75), "minute"
    count = float(_FEW[match["count"]]) if match["count"] in _FEW else number(match["count"])
    extra = 0.0 if not match["more"] else 0.25 if match["more"].endswith("cuarto") else 0.5
    return count + extra, UNIT_OF[match["unit"]]


def _from_now(match: re.Match[str], _day_first: bool) -> Piece | None:
    length = read_length(match["length"])
    return None if length is None or length == Length() else FromNow(length)


def _within(match: re.Match[str], _day_first: bool) -> Piece | None:
    length = read_length(f"{match['count']} {match['unit']}")
    return None if length is None else FromNow(length, within=True)


def _within_length(match: re.Match[str], _day_first: bool) -> Piece | None:
    length = read_length(match["length"])
    return None if length is None else FromNow(length, within=True)


def _offset(match: re.Match[str], _day_first: bool) -> Piece | None:
    length = read_length(match["length"])
    return None if length is None else Offset(length, -1 if match["way"].startswith("antes") else 1)


def _lasting(match: re.Match[str], _day_first: bool) -> Piece | None:
    length = read_length(match["length"])
    return Lasting(length) if length is not None and length.clocked else None


_FROM_NOW = r"(?:a partir de|desde|de) (?:ahora(?: mismo)?|hoy|este momento)"
LENGTH_RULES: tuple[Rule, ...] = (
    rule(
        rf"(?:temporizador|alarma|cuenta atras|recordatorio) (?:de|para|en|para dentro de)"
        rf" (?P<length>{LENGTH})(?![a-z])",
        _from_now,
    ),
    rule(rf"(?:en|dentro de) (?:el plazo|un plazo|el espacio|menos) de (?P<length>{LENGTH})(?![a-z])", _within_length),
    rule(
        rf"(?:en|dentro de|de aqui a|de hoy en(?! (?:ocho|8|quince|15) dias)|tras|pasados?|pasadas?)"
        rf" {_ABOUT}(?P<length>{LENGTH})(?: {_FROM_NOW})?\b",
        _from_now,
    ),
    rule(rf"(?P<length>{LENGTH}) (?:{_FROM_NOW}|mas tarde|despues)\b(?! del?\b)", _from_now),
    rule(rf"(?:en |durante )?(?:los |las )?proxim[oa]s (?P<count>{NUMBER}) (?P<unit>{UNIT})\b", _within),
    rule(
        rf"(?:dentro de |en )?(?P<length>{LENGTH}) (?P<way>a partir del?|a contar del?|despues del?|antes del?|desde"
        rf")\b",
        _offset,
        weak=True,
    ),
    rule(r"(?:en |durante )?la proxima hora\b", always(FromNow(Length(seconds=3600), within=True))),
    rule(rf"(?:durante|por) (?P<length>{LENGTH})(?![a-z])", _lasting, weak=True),
    rule(rf"hace (?:como |unos |unas )?(?P<length>{LENGTH})", always(Refused("in-the-past"))),
    rule(rf"(?P<length>{LENGTH}) atras\b", always(Refused("in-the-past"))),
)
