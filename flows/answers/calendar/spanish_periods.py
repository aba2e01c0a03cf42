"""Spanish stretches of days: la semana que viene, en diciembre, a fin de mes, a principios de año, el finde."""

from __future__ import annotations

import re

from flows.answers.calendar.language import Rule, always, either, rule
from flows.answers.calendar.pieces import EndOfDay, Period, PeriodPart, PeriodUnit, Piece
from flows.answers.calendar.spanish_words import MONTH, MONTHS, WEEKDAY, YEAR, year_number

_UNITS: dict[str, PeriodUnit] = {
    "semana": "week", "mes": "month", "trimestre": "quarter", "ano": "year", "fin de semana": "weekend",
    "finde": "weekend", "weekend": "weekend", "find": "weekend",
}  # fmt: skip
_UNIT = either(_UNITS)
_THIS = r"(?:esta misma|este mismo|esta|este|la presente|el presente|lo que queda del?|el resto del?|la|el|l)"
_NEXT_BEFORE = r"(?:el |la )?(?:proxim[oa]|siguiente)"
_NEXT_BEHIND = r"(?: que viene| q viene| ke viene| proxim[oa]| siguiente| que entra| entrante)"
_PARTS: dict[str, PeriodPart] = {
    "principios": "early", "principio": "early", "comienzos": "early", "comienzo": "early", "inicios": "early",
    "inicio": "early", "primeros": "early", "primeros dias": "early", "mediados": "middle", "mitad": "middle",
    "fin": "end", "final": "end", "finales": "end", "fines": "end", "cierre": "end", "ultimos dias": "late",
}  # fmt: skip
_QUARTERS = {"primer": 1, "primero": 1, "1er": 1, "segundo": 2, "2o": 2, "tercer": 3, "3er": 3, "cuarto": 4, "4o": 4}
# "Mar." is a day of the week too, and "set" and "sep" stand in other words.
_CLEAR_MONTH = either([name for name in MONTHS if len(name) > 4])


def _is_next(match: re.Match[str]) -> int:
    return int(bool(match["next"] or match["behind"]))


def _period(match: re.Match[str], _day_first: bool) -> Period:
    return Period(_UNITS[match["unit"]], _is_next(match))


def _part_of_period(match: re.Match[str], _day_first: bool) -> Piece | None:
    part = _PARTS[match["part"]]
    if match["month"]:
        return Period("month", place=MONTHS[match["month"]], year=year_number(match["year"]), part=part)
    unit = _UNITS[match["unit"]]
    return None if unit == "weekend" else Period(unit, _is_next(match), part=part)


def _month(match: re.Match[str], _day_first: bool) -> Period:
    return Period("month", place=MONTHS[match["month"]], year=year_number(match["year"]))


def _end_of_day(match: re.Match[str], _day_first: bool) -> EndOfDay:
    return EndOfDay(int(match["day"] == "manana"))


_OF_YEAR = rf"(?: (?:del? )?(?:ano )?(?P<year>{YEAR})\b)?"
_MONTH_BESIDE = rf"(?:el mes de )?(?P<month>{MONTH})\b\.?(?! ?\d{{1,2}}(?!\d)){_OF_YEAR}"
_WHOLE = rf"(?:(?P<next>{_NEXT_BEFORE} )|{_THIS} )?(?P<unit>{_UNIT})\b(?P<behind>{_NEXT_BEHIND}\b)?"
PERIOD_RULES: tuple[Rule, ...] = (
    rule(
        rf"(?:(?P<next>{_NEXT_BEFORE})|est[ea] mism[oa]|est[ea]) (?P<unit>{_UNIT})\b(?P<behind>{_NEXT_BEHIND})?",
        _period,
    ),
    rule(rf"(?:el |la )?(?P<next>)(?P<unit>{_UNIT})(?P<behind>{_NEXT_BEHIND})\b", _period),
    rule(
        rf"(?:el |la )?(?P<unit>{_UNIT}) (?:siguiente a (?:la|el) (?:proxim[oa]|que viene)|despues de la (?:proxima"
        rf"|que viene))\b",
        lambda match, _day_first: Period(_UNITS[match["unit"]], 2),
    ),
    rule(r"(?:en |durante )?el (?:finde|fin de semana|weekend)\b", always(Period("weekend"))),
    rule(r"(?:finde|fin de semana)\b", always(Period("weekend")), weak=True),
    rule(
        rf"(?:a |al |para |en |hacia )?(?:el |la |los )?(?!fin de semana)(?P<part>{either(_PARTS)})(?: del?| d)?(?:l)? "
        rf"(?:{_MONTH_BESIDE}|{_WHOLE})",
        _part_of_period,
    ),
    rule(
        r"(?:al? |para )?(?:el )?(?:fin|final|finales|cierre) (?:de la|del|de) (?P<day>hoy|manana|dia|jornada)\b",
        _end_of_day,
    ),
    rule(rf"(?:el |al )?final del? (?=(?:este |el |proximo )?(?:{WEEKDAY})\b)", always(EndOfDay())),
    rule(rf"(?:en|durante|este|para|hasta|antes de|el proximo|proximo) {_MONTH_BESIDE}(?:{_NEXT_BEHIND})?", _month),
    rule(rf"(?P<month>{_CLEAR_MONTH})(?: del?)? (?:ano )?(?P<year>{YEAR})\b", _month),
    rule(rf"(?P<month>{_CLEAR_MONTH})\b(?! ?\d)(?P<year>)", _month, weak=True),
    rule(
        rf"(?:en )?(?:el )?(?P<place>{either(_QUARTERS)}) trimestre{_OF_YEAR}",
        lambda match, _day_first: Period("quarter", place=_QUARTERS[match["place"]], year=year_number(match["year"])),
    ),
    rule(
        rf"(?:en|durante|hasta|antes de) (?:el (?:ano )?)?(?P<year>{YEAR})\b(?![-/:.]\d)",
        lambda match, _day_first: Period("year", year=year_number(match["year"])),
    ),
)  # fmt: skip
