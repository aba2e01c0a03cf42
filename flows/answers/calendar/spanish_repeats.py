"""How Spanish says that a thing repeats: los lunes y miércoles, cada dos semanas, el primer lunes de cada mes."""

from __future__ import annotations

import re

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
from flows.answers.calendar.spanish_words import (
    DAY_NUMBER,
    MONTH,
    MONTHS,
    NUMBER,
    NUMBERS,
    ORDINALS,
    PARTS,
    UNIT,
    UNIT_OF,
    WEEKDAY,
    WEEKDAYS,
    number,
)
from flows.patterns import late

_DAYS = rf"(?:{WEEKDAY})\b\.?(?:(?:,? ?(?:y|e|&|/|,) ?| )(?:los )?(?:{WEEKDAY})\b\.?){{0,6}}"
_EVERY = r"(?:cada|todos los|todas las|c/)"
_ADVERBS = {
    "diario": ("day", 1), "diariamente": ("day", 1), "diaria": ("day", 1), "a diario": ("day", 1),
    "semanal": ("week", 1), "semanalmente": ("week", 1), "quincenal": ("fortnight", 1),
    "quincenalmente": ("fortnight", 1), "mensual": ("month", 1), "mensualmente": ("month", 1),
    "bimestral": ("month", 2), "trimestral": ("month", 3), "trimestralmente": ("month", 3), "semestral": ("month", 6),
    "semestralmente": ("month", 6), "anual": ("year", 1), "anualmente": ("year", 1), "todos los dias": ("day", 1),
    "cada dia": ("day", 1), "cada trimestre": ("month", 3), "todos los trimestres": ("month", 3),
    "cada semestre": ("month", 6), "cada bimestre": ("month", 2), "un dia si y otro no": ("day", 2),
    "un dia si y un dia no": ("day", 2), "un dia si un dia no": ("day", 2), "dia por medio": ("day", 2),
    "cada tercer dia": ("day", 2), "cada quince dias": ("fortnight", 1), "cada 15 dias": ("fortnight", 1),
    "semana por medio": ("fortnight", 1), "una semana si y otra no": ("fortnight", 1),
    "cada quincena": ("fortnight", 1), "dia si, dia no": ("day", 2), "dia si dia no": ("day", 2),
    "dia si y dia no": ("day", 2), "un dia si, otro no": ("day", 2), "un dia si, un dia no": ("day", 2),
}  # fmt: skip
_PLACES = {"primer": 1, "primero": 1, "segundo": 2, "tercer": 3, "tercero": 3, "cuarto": 4, "ultimo": -1}
_PLACE = either(_PLACES)
_OF_MONTH = r"(?:de|del) (?:cada mes|todos los meses|mes)|cada mes|todos los meses|mensualmente"


def _adverb(match: re.Match[str]) -> Repeat | None:
    return unit_rule(*_ADVERBS[match["adverb"]])


def _every_unit(match: re.Match[str]) -> Repeat | None:
    written = match["count"]
    return unit_rule(UNIT_OF[match["unit"]], number(written) if written else 1)


def _every_days(match: re.Match[str]) -> Repeat | None:
    days = days_in(match["days"], WEEKDAYS)
    group = match.groupdict()
    count = group.get("count")
    interval = number(count) if count else 2 if group.get("other") else 1
    return Repeat("WEEKLY", int(interval), days) if days and interval == int(interval) else None


def _day_number(word: str) -> int | None:
    if word in ORDINALS:
        return ORDINALS[word]
    found = int(word) if word.isdigit() else NUMBERS.get(word)
    return found if found is not None and 1 <= found <= 31 else None


def _months_on_a_day(match: re.Match[str]) -> Repeat | None:
    days = numbers_in(match["numbers"], _day_number)
    every = unit_rule("month", number(match["count"]))
    return every._replace(month_days=tuple(days)) if every is not None and days else None


def _month_days(match: re.Match[str]) -> Repeat | None:
    days = numbers_in(match["numbers"], _day_number)
    return Repeat("MONTHLY", month_days=tuple(days)) if days else None


def _nth_days(match: re.Match[str]) -> Repeat | None:
    nths = tuple(_PLACES[word] for word in re.findall(r"[a-z]+", match["places"]) if word in _PLACES)
    if match["day"] == "dia":
        return Repeat("MONTHLY", month_days=nths)
    return Repeat("MONTHLY", days=days_in(match["day"], WEEKDAYS), nths=nths)


def _yearly_date(match: re.Match[str]) -> Repeat | None:
    day = _day_number(match["number"])
    return None if day is None else Repeat("YEARLY", month_days=(day,), month=MONTHS[match["month"]])


def _yearly_nth(match: re.Match[str]) -> Repeat | None:
    days = (WEEKDAYS[match["day"]],)
    return Repeat("YEARLY", days=days, nths=(_PLACES[match["place"]],), month=MONTHS[match["month"]])


def _every_part(match: re.Match[str]) -> Repeat | None:
    part = PARTS[match["part"].removesuffix("s")]
    days = days_in(match.groupdict().get("days") or "", WEEKDAYS)
    return Repeat("WEEKLY" if days else "DAILY", days=days, part=part)


_YEARLY = r"(?:cada ano|todos los anos|anualmente|una vez al ano)"
_NUMBERS = rf"(?P<numbers>{DAY_NUMBER}(?:(?:, ?| y (?:el )?){DAY_NUMBER}){{0,5}})"
SPANISH_REPEATS = Repeats(
    rules=(
        repeats_rule(rf"(?P<adverb>{either(_ADVERBS)})", _adverb),
        repeats_rule(rf"cada (?P<count>{NUMBER}) meses,? (?:el )?(?:dia )?{_NUMBERS}", _months_on_a_day),
        repeats_rule(
            rf"{_EVERY} (?:media hora|cuarto de hora|hora y media)",
            lambda match: Repeat("MINUTELY", 90 if "y" in match[0].split() else 15 if "cuarto" in match[0] else 30),
        ),
        repeats_rule(
            rf"(?:un |cada )?(?P<other>{WEEKDAY}) (?:si,? (?:y )?(?:un |el )?(?:{WEEKDAY} |otro )?no|(?:de )?por"
            rf" medio)",
            lambda match: Repeat("WEEKLY", 2, (WEEKDAYS[match["other"]],)),
        ),
        repeats_rule(rf"(?:de |del )?(?P<days>(?:{WEEKDAY}) ?(?:a|al|-|hasta) ?(?:{WEEKDAY}))", _every_days),
        repeats_rule(r"cada (?:dos|2) (?:fines de semana|findes)", each(Repeat("WEEKLY", 2, WEEKEND))),
        repeats_rule(rf"(?:cada|todos los) (?P<number>{DAY_NUMBER}) de (?P<month>{MONTH})", _yearly_date),
        repeats_rule(
            rf"(?:cada mes|todos los meses|mensualmente|una vez al mes),? (?:el )?(?P<places>{_PLACE})"
            rf" (?P<day>{WEEKDAY}|dia)",
            _nth_days,
        ),
        repeats_rule(rf"(?:una|1) vez (?:al|a la|por|cada|en) (?P<count>)(?P<unit>{UNIT})", _every_unit),
        repeats_rule(
            rf"(?:{NUMBER}|varias|un par de|unas|algunas) (?:veces|x) (?:al|a la|por|cada|en la|en) (?:{UNIT})"
            rf"|{NUMBER} (?:dias|noches|tardes|mananas) (?:a la|por|cada) (?:{UNIT})",
            lambda match: None if match[0].startswith(("una vez", "1 vez")) else NeedsDays(),
        ),
        repeats_rule(rf"{_EVERY} (?:(?P<count>{NUMBER}) )?(?P<unit>{UNIT})", _every_unit),
        repeats_rule(rf"{_EVERY} (?:(?P<other>dos|segundo) )?(?P<days>{_DAYS})", _every_days),
        repeats_rule(
            rf"(?:{_EVERY} (?:(?P<count>{NUMBER}) )?semanas?|semanalmente|una vez (?:a la|por) semana),? (?:el |los "
            rf")?(?P<days>{_DAYS})",
            _every_days,
        ),
        repeats_rule(rf"(?:todos )?los (?P<days>{_DAYS})", _every_days),
        repeats_rule(rf"(?P<days>(?:{WEEKDAY})(?:(?:,? y |, ?|/)(?:{WEEKDAY})){{1,6}})", _every_days),
        repeats_rule(rf"(?P<days>(?:sabados|domingos)(?: y (?:{WEEKDAY}))?)", _every_days),
        repeats_rule(
            r"(?:entre semana|(?:en |los |todos los |cada )?dias? (?:laborables?|habil(?:es)?|de trabajo|de semana))",
            each(Repeat("WEEKLY", 1, WORKDAYS)),
        ),
        repeats_rule(
            r"(?:(?:en |los |todos los )?(?:fines de semana|findes)|cada (?:fin de semana|finde))",
            each(Repeat("WEEKLY", 1, WEEKEND)),
        ),
        repeats_rule(rf"{_EVERY} (?P<part>mananas?|tardes?|noches?|madrugadas?)", _every_part),
        repeats_rule(r"por las (?P<part>mananas|tardes|noches)", _every_part),
        repeats_rule(
            rf"(?:{_EVERY}|los) (?P<days>{_DAYS}) (?:por|en|a) las? (?P<part>manana|tarde|noche)s?", _every_part
        ),
        repeats_rule(rf"(?:el |los )?(?:dias? )?{_NUMBERS} (?:{_OF_MONTH})", _month_days),
        repeats_rule(rf"cada (?:dia )?{_NUMBERS} (?:del mes|de mes|de cada mes)", _month_days),
        repeats_rule(
            rf"(?:cada mes|todos los meses|mensualmente|una vez al mes),? (?:el )?(?:dia )?{_NUMBERS}", _month_days
        ),
        repeats_rule(
            rf"(?:el |cada )?(?P<places>(?:{_PLACE})(?:,? y (?:el )?(?:{_PLACE}))?) (?P<day>{WEEKDAY}|dia)"
            rf" (?:{_OF_MONTH})",
            _nth_days,
        ),
        repeats_rule(rf"(?:{_YEARLY} (?:el )?|cada )(?P<number>{DAY_NUMBER}) de (?P<month>{MONTH})", _yearly_date),
        repeats_rule(
            rf"(?:{_YEARLY} (?:el )?|cada )(?P<place>{_PLACE}) (?P<day>{WEEKDAY}) de (?P<month>{MONTH})", _yearly_nth
        ),
    ),
    limits=late(
        rf"\b(?:excepto|salvo|menos (?:el|los|en)|no (?:cada|todos)|(?:durante|por) \w+ (?:semanas?|meses|dias)|en "
        rf"(?:{MONTH}|verano"
        r"|invierno)\b|este (?:mes|ano)\b|o (?:a )?(?:las? )?\d)"
    ),
    ends=late(r"\b(?:hasta|al)\s*(?:el )?(?:final de )?$"),
)
