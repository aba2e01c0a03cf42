"""Spanish days: hoy, el viernes que viene, el 3 de diciembre, el último lunes de marzo, a fin de mes."""

from __future__ import annotations

import re

from flows.answers.calendar.dates import written_date
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
)
from flows.answers.calendar.spanish_words import (
    DAY_NUMBER,
    HOLIDAYS,
    MONTH,
    MONTHS,
    NUMBER_WORD,
    WEAK_WEEKDAYS,
    WEEKDAY,
    WEEKDAYS,
    YEAR,
    day_number,
    year_number,
)
from flows.patterns import late

_STRONG = either([name for name in WEEKDAYS if name not in WEAK_WEEKDAYS])
_WEAK = either(WEAK_WEEKDAYS)
_SHORT = either([name for name in WEAK_WEEKDAYS if len(name) > 2])
_NEXT_BEFORE = r"(?:el )?(?:proximo|siguiente|prox\.?)"
_NEXT_BEHIND = (
    r"(?:que viene|q viene|ke viene|que entra|proximo|siguiente|del? la (?:semana (?:que viene|q viene|proxima"
    r"|siguiente|que entra)|proxima semana|siguiente semana))"
)
_NO_CLOCK = rf"(?! ?(?:del? |do )?(?:{MONTH})\b)" + r"(?! ?(?:[ap]\.? ?m\b|[:h]\d|\.\d|%|-\d|horas?\b|h\b))(?![\w/])"
_AFTER_A_DAY = (
    r"(?=\W*$|[.,;:!?)]|\s+(?:a|al|por|en|de la|antes|despues|desde|si|cuando|y|pero|porque|con|para|que|este|esta|las?"
    r"|sobre|hasta|me|le|te|lo|\d)\b)"
)
_CLOCK_AHEAD = late(
    r",? ?(?:(?:a|sobre|hacia) (?:eso de )?las? (?:\d|[a-z])|al? medio ?dia|\d{1,2}:\d\d|\d{1,2} ?[ap]\.? ?m)"
)
_PLACES = {"primer": 1, "primero": 1, "segundo": 2, "tercer": 3, "tercero": 3, "cuarto": 4, "quinto": 5, "ultimo": -1}


def _weekday(match: re.Match[str], _day_first: bool) -> Piece | None:
    day = WEEKDAYS[match["day"]]
    if match["this_week"]:
        return Weekday(day, weeks=0)
    return Weekday(day, weeks=1 if match["next"] or match["behind"] else None)


def _weak_weekday(match: re.Match[str], _day_first: bool) -> Piece | None:
    return Weekday(WEEKDAYS[match["day"] or match["dotted"]])


def _weekday_and_number(match: re.Match[str], _day_first: bool) -> Piece | None:
    """Domingo 31, martes el día once; "viernes 5" is left to the clock."""
    written = match["number"]
    found = day_number(written)
    is_plain = not match["article"] and (found <= 12 or not written.isdigit())
    if (is_plain and not _CLOCK_AHEAD.match(match.string, match.end())) or not 1 <= found <= 31:
        return None
    return Weekday(WEEKDAYS[match["day"]], month_day=found)


def _month_date(match: re.Match[str], _day_first: bool) -> Piece | None:
    return written_date(day_number(match["number"]), MONTHS[match["month"]], year_number(match["year"]))


def _days(match: re.Match[str], _day_first: bool) -> Piece | None:
    year = year_number(match["year"])
    first = written_date(day_number(match["number"]), MONTHS[match["month"] or match["other"]], year)
    last = written_date(day_number(match["last"]), MONTHS[match["other"]], year)
    if isinstance(first, Refused) or isinstance(last, Refused):
        return Refused("no-such-day")
    return Days(first, last)


def _day_of_month(match: re.Match[str], _day_first: bool) -> Piece | None:
    found = day_number(match["number"])
    which = match.groupdict().get("which")
    ahead = None if which is None else int(which not in {"este", "de este", "del presente"})
    return OnDate(found, months_ahead=ahead) if 1 <= found <= 31 else None


def _nth(match: re.Match[str], _day_first: bool) -> Piece | None:
    unit = match["unit"]
    weekday = None if unit == "dia" else 7 if unit in {"fin de semana", "finde"} else WEEKDAYS[unit]
    month = MONTHS[match["month"]] if match["month"] else None
    which = match["which"]
    ahead = None if which in {None, "mes"} else int(which != "este mes")
    return NthDay(_PLACES[match["place"]], weekday, month, year_number(match["year"]), ahead)


def _holiday(match: re.Match[str], _day_first: bool) -> Piece | None:
    return Holiday(HOLIDAYS[match["name"]], year_number(match["year"]))


def _at_the_latest(match: re.Match[str], _day_first: bool) -> Piece:
    """Said before its time or behind it."""
    return Bound("by" if match.string[match.end() :].strip(" .,;!?)") else "latest")


def _weekdays_ahead(match: re.Match[str], _day_first: bool) -> Piece | None:
    count = day_number(match["count"])
    return WeekdaysAhead(WEEKDAYS[match["day"]], count) if count >= 1 else None


def _week_beside(match: re.Match[str], _day_first: bool) -> Piece:
    way = match["way"]
    return Offset(Length(), week=-1 if way.startswith("antes") else int(not way.startswith(("de ", "del "))))


def _and(match: re.Match[str], _day_first: bool) -> Piece | None:
    return TO if "entre" in match.string[max(0, match.start() - 40) : match.start()] else None


def _beside(match: re.Match[str], _day_first: bool) -> Piece:
    """The day after Christmas; the Monday before the 5th."""
    sign = -1 if match["way"].startswith(("antes", "ant", "prev")) else 1
    unit = match["unit"]
    if unit in WEEKDAYS:
        return Offset(Length(), sign, WEEKDAYS[unit])
    return Offset(Length(days=7 if unit == "semana" else 1), sign)


DAY_RULES: tuple[Rule, ...] = (
    rule(r"(?:hoy|oy|hoy mismo|hoy dia|el dia de hoy|mas tarde hoy)\b", always(FromToday(0))),
    rule(
        r"(?<!la )(?<!una )(?<!toda )(?:manana|manan|mannana|mnana|mnn|mna|el dia de manana|manana mismo)\b",
        always(FromToday(1)),
    ),
    rule(r"(?:pasado manana|pasado mañana)\b", always(FromToday(2))),
    rule(r"(?:al dia siguiente|(?:el |al )?(?:siguiente dia|dia siguiente|proximo dia))\b", always(FromToday(1))),
    rule(
        r"(?:ahora mismo|ahorita(?: mismo)?|cuanto antes|lo antes posible|de inmediato|inmediatamente|en este momento"
        r")\b",
        always(NOW),
    ),
    rule(r"ahora(?=\W*$)", always(NOW)),
    rule(
        rf"(?:(?P<next>{_NEXT_BEFORE}) |(?:(?:el|este|est[ea] mismo|este proximo) )?)(?P<day>{_STRONG})\b\.?(?: "
        rf"(?P<behind>{_NEXT_BEHIND})\b"
        rf"| (?P<this_week>de esta (?:misma )?semana)\b)?",
        _weekday,
    ),
    rule(rf"(?P<next>{_NEXT_BEFORE}) (?P<day>{_WEAK})\b\.?(?P<behind>)(?P<this_week>)", _weekday),
    rule(rf"(?:este|para el|hasta el|antes del) (?P<day>{_SHORT})\b\.?(?P<dotted>)", _weak_weekday),
    rule(rf"(?P<day>{_SHORT})\b\.?|(?P<dotted>lu|ma|mi|vi)(?:\.|(?=\W*$))", _weak_weekday, weak=True),
    rule(
        rf"(?:(?:el|este|{_NEXT_BEFORE}) )?(?P<day>{WEEKDAY})\b\.?,? (?P<article>(?:el )?dia |el )?"
        rf"(?P<number>{DAY_NUMBER}){_NO_CLOCK}",
        _weekday_and_number,
    ),
    rule(
        rf"(?:el )?(?:dia )?(?P<number>{DAY_NUMBER})(?: del? mes)?(?: del?| do)?[ /-]?(?P<month>{MONTH})\b\.?"
        rf"(?:,? ?(?:del? |[/-])?(?:ano )?(?P<year>{YEAR})\b)?",
        _month_date,
    ),
    rule(
        rf"(?:el )?(?P<month>{MONTH})\.?[ /-]?(?P<number>\d{{1,2}}){_NO_CLOCK}(?:[,/-]? ?(?:del? )?(?P<year>{YEAR})\b"
        rf")?",
        _month_date,
    ),
    rule(
        rf"(?:del? |desde el |entre el )?(?P<number>{DAY_NUMBER})(?:(?: de)? (?P<month>{MONTH}))? ?"
        rf"(?:-|a|al|hasta el|(?<=\d )y el) ?"
        rf"(?P<last>{DAY_NUMBER})"
        rf"(?: de)? (?P<other>{MONTH})\b(?: del? (?P<year>{YEAR})\b)?",
        _days,
    ),
    rule(rf"(?P<month>{MONTH})-(?P<number>\d\d)-(?P<year>{YEAR})\b", _month_date),
    rule(rf"(?P<month>{MONTH})-(?P<year>{YEAR})-(?P<number>\d\d?)\b", _month_date),
    rule(rf"(?P<year>{YEAR})[-/](?P<month>{MONTH})[-/](?P<number>\d\d?)\b", _month_date),
    rule(rf"(?:el dia|dia|el|del dia|del) (?P<number>{DAY_NUMBER}){_NO_CLOCK}{_AFTER_A_DAY}", _day_of_month),
    rule(
        rf"(?:el |al )?(?:dia )?(?P<number>{DAY_NUMBER}) (?P<which>de este|del presente|del proximo|del siguiente|del"
        rf") mes"
        r"(?: que viene| proximo| siguiente| que entra)?\b",
        _day_of_month,
    ),
    rule(
        rf"(?:el )?(?P<place>{either(_PLACES)}) (?P<unit>{WEEKDAY}|dia|fin de semana|finde) (?:del?|en) (?:mes de )?"
        rf"(?:(?P<month>{MONTH})|(?P<which>este mes|mes que viene|proximo mes|mes proximo|mes))\b"
        rf"(?: (?:del? )?(?P<year>{YEAR})\b)?",
        _nth,
    ),
    rule(rf"(?:el |la |las |los )?(?P<name>{either(HOLIDAYS)})\b(?:,? (?:del? )?(?P<year>{YEAR})\b)?", _holiday),
    rule(r"antes del?\b", always(Bound("before")), weak=True),
    rule(r"(?:a mas tardar|como (?:muy |mas )?tarde|como maximo)\b", _at_the_latest, weak=True),
    rule(r"no mas tarde del?\b", always(Bound("by")), weak=True),
    rule(r"o antes\b", always(Bound("latest")), weak=True),
    rule(r"(?:de )?hoy en (?:ocho|8)(?: dias)?\b", always(FromToday(7))),
    rule(r"(?:de )?hoy en (?:quince|15)(?: dias)?\b", always(FromToday(14))),
    rule(r"(?:de )?manana en (?:ocho|8)(?: dias)?\b", always(FromToday(8))),
    rule(
        rf"(?:dentro de|en) (?P<count>{NUMBER_WORD}|\d{{1,2}}) (?P<day>{WEEKDAY}|domingos|sabados)\b", _weekdays_ahead
    ),
    rule(
        r"(?:la )?semana (?P<way>siguiente a|despues del?|antes del?|del? (?=\d|el ))(?: ?(?:la|el)(?= ))?",
        _week_beside, weak=True,
    ),
    rule(r"entre\b", always(Bound("after")), weak=True),
    rule(rf"y(?= (?:el |la )?(?:{WEEKDAY}|manana|\d|{NUMBER_WORD})\b)", _and, weak=True),
    rule(r"hasta\b", always(Bound("until")), weak=True),
    rule(
        rf"(?:a|al|-)(?= (?:el |las? )?(?:{WEEKDAY}|manana|pasado manana|\d|{NUMBER_WORD})\b|\d)",
        always(TO),
        weak=True,
    ),
    rule(
        rf"(?:el |la )?(?P<unit>dia|semana|{WEEKDAY}) (?P<way>despues del?|antes del?|siguiente a|anterior a|previo"
        rf" a|posterior a)"
        rf"(?= (?:el |la )?(?:{either(HOLIDAYS)}|\d|{NUMBER_WORD}|{WEEKDAY}|manana)\b)",
        _beside,
    ),
    rule(r"(?:a )?(?:(?:la |esta )?misma hora|esta hora)\b", always(SAME_TIME), weak=True),
    rule(r"(?:despues del?|a partir del?|desde)\b", always(Bound("after")), weak=True),
    rule(
        rf"(?:ayer|anteayer|antier|anoche|antenoche|(?:el |la )?(?:{WEEKDAY}|semana|mes|ano|finde) (?:pasad[oa]"
        rf"|anterior))\b",
        always(Refused("in-the-past")),
    ),
    rule(
        r"(?:cada|todos los|todas las|diario|diariamente|semanalmente|mensualmente|a diario)\b",
        always(Refused("recurs")),
    ),
    rule(
        rf"(?:{NUMBER_WORD}|\d{{1,2}}|varias|algunas) (?:vez|veces|dias|noches) (?:a la|al|por|cada) (?:dia|semana"
        rf"|mes|ano)\b",
        always(Refused("recurs")),
    ),
    rule(r"los (?:lunes|martes|miercoles|jueves|viernes|sabados|domingos)\b", always(Refused("recurs"))),
    rule(
        r"(?:utc|gmt|est|edt|cst|cdt|mst|mdt|pst|pdt|cet|cest|hora de|hora del|zona horaria)\b",
        always(Refused("other-zone")),
        weak=True,
    ),
)
