"""Spanish clock times and parts of the day: a las 5 y media, 5 de la tarde, esta noche, entre las 5 y las 6."""

from __future__ import annotations

import re

from flows.answers.calendar.language import Rule, always, either, rule
from flows.answers.calendar.pieces import Clock, Clocks, FromToday, Half, Piece, Shade
from flows.answers.calendar.spanish_words import NUMBER_WORD, NUMBERS, PARTS
from flows.patterns import late

_HOUR_WORDS = {word: value for word, value in NUMBERS.items() if value <= 12 and word not in {"un", "uno"}}
_HOURS = either(_HOUR_WORDS)
_LATE_HOURS = {word: value for word, value in NUMBERS.items() if 12 < value <= 24 and not word.endswith("un")}
_MINUTE_WORDS = {word: value for word, value in NUMBERS.items() if value < 60}
_MINUTES = NUMBER_WORD
_LONG_MINUTES = rf"(?!(?:una?|uno|dos|tres|cuatro|cinco|seis|siete|ocho|nueve)\b){NUMBER_WORD}"
_HALF = r" ?[ap] ?\.? ?m\b(?: ?\.)?"
_OF_DAY = r"(?:de|por|en|a) la (?:manana|madrugada|tarde|noche)"


def _clock(tag: str) -> str:
    """A clock time; the named groups end in `tag`, so that two can stand in one pattern."""
    return (
        rf"(?:(?P<named{tag}>medio ?dia|media ?noche|(?:12|doce) del medio ?dia|(?:12|doce) de la media ?noche)"
        rf"|(?P<hour{tag}>\d{{1,2}}|{_HOURS})(?: ?[:h.] ?(?P<minute{tag}>[0-5]\d)(?:[:.]\d\d)?(?!\d)"
        rf"| y (?P<plus{tag}>media|cuarto|{_MINUTES}|[0-5]?\d)\b(?: minutos?)?"
        rf"| menos (?P<minus{tag}>cuarto|{_MINUTES}|[0-5]?\d)\b(?: minutos?)?"
        rf"| (?:[cz]ero|0) (?P<zero{tag}>{_MINUTES}|\d)\b| (?P<spaced{tag}>{_MINUTES}|[0-5]\d)\b(?={_HALF}| {_OF_DAY})"
        rf"|(?: con)? (?P<word{tag}>{_LONG_MINUTES})\b)?(?: en punto\b| y pico\b)?"
        rf"(?P<h{tag}> ?(?:h|hrs?|hs|horas)\b\.?)?(?P<half{tag}>{_HALF})?"
        rf"(?: (?P<day{tag}>{_OF_DAY})(?: menos (?P<late{tag}>cuarto|{_MINUTES}))?)?)"
    )


def _read(match: re.Match[str], tag: str) -> tuple[Clock, str | None] | None:
    """The clock time of one tag and the part of the day said with it; None when no clock shows it."""
    group = match.groupdict()
    named = group[f"named{tag}"]
    if named:
        return Clock(24 if "noche" in named else 12, exact=True), None
    written = group[f"hour{tag}"]
    hour = _HOUR_WORDS[written] if written in _HOUR_WORDS else int(written)
    minute = _minute(group, tag)
    if hour > 24 or minute > 59 or (hour == 24 and minute):
        return None
    half = _half(group[f"half{tag}"])
    if half and (hour == 0 or hour > 12):
        return None
    exact = hour > 12 or hour == 0 or (written.startswith("0") and not half)
    part = (group[f"day{tag}"] or "").rpartition(" ")[2] or None
    return Clock(hour, minute, half, exact, fine=minute != 0 or bool(group[f"minute{tag}"])), part


def _minute(group: dict[str, str | None], tag: str) -> int:
    plus = next(
        (said for name in ("minute", "plus", "zero", "spaced", "word") if (said := group[f"{name}{tag}"])), None
    )
    minus = group[f"minus{tag}"] or group[f"late{tag}"]
    return _value(plus) - _value(minus)


def _value(said: str | None) -> int:
    if not said:
        return 0
    return {"media": 30, "cuarto": 15}.get(said) or (int(said) if said.isdigit() else _MINUTE_WORDS[said])


def _half(written: str | None) -> Half | None:
    if not written:
        return None
    return "am" if written.strip()[0] == "a" else "pm"


def _is_certain(match: re.Match[str], tag: str) -> bool:
    """Whether the words say by themselves that they are a time of day."""
    group = match.groupdict()
    if group[f"minute{tag}"]:
        return any(mark in match[0] for mark in (":", "h")) or bool(group[f"day{tag}"] or group[f"half{tag}"])
    if group[f"h{tag}"] and (group[f"hour{tag}"] or "").isdigit() and int(group[f"hour{tag}"] or 0) > 12:
        return True
    if any(group[f"{name}{tag}"] for name in ("named", "half", "day")) or "en punto" in match[0]:
        return True
    return bool(
        group[f"plus{tag}"] and group[f"plus{tag}"] in {"media", "cuarto", "treinta", "veinte", "diez", "quince"}
    )


def _pieces(found: tuple[Clock, str | None] | None) -> tuple[Piece, ...] | None:
    if found is None:
        return None
    clock, part = found
    return (clock,) if part is None else (clock, PARTS[part])


def _certain(match: re.Match[str], _day_first: bool) -> tuple[Piece, ...] | None:
    return _pieces(_read(match, "")) if _is_certain(match, "") else None


def _likely(match: re.Match[str], _day_first: bool) -> tuple[Piece, ...] | None:
    return _pieces(_read(match, ""))


def _late_hour(match: re.Match[str], _day_first: bool) -> Piece:
    """A las veinte horas."""
    return Clock(_LATE_HOURS[match["late"]], _value(match["plus"]), exact=True, fine=match["plus"] is not None)


def _short_of(match: re.Match[str], _day_first: bool) -> Piece | None:
    """As in America: veinte para las cinco."""
    minutes = _value(match["minutes"].removeprefix("un "))
    hour = _HOUR_WORDS[match["of"]] if match["of"] in _HOUR_WORDS else int(match["of"])
    return Clock(hour, -minutes, _half(match["half"]), fine=True) if 0 < minutes < 60 else None


def _range(match: re.Match[str], day_first: bool) -> tuple[Piece, ...] | None:
    return _bare_range(match, day_first) if _is_certain(match, "1") or _is_certain(match, "2") else None


def _bare_range(match: re.Match[str], _day_first: bool) -> tuple[Piece, ...] | None:
    first, last = _read(match, "1"), _read(match, "2")
    if first is None or last is None or _SCALE.search(match[0]):
        return None
    opens, closes = first[0], last[0]
    if opens.half is None and closes.half is not None and not opens.exact:
        half: Half | None = closes.half if opens.hour % 12 <= closes.hour % 12 else None
        opens = Clock(opens.hour, opens.minute, half, opens.exact, opens.fine)
    part = last[1] or first[1]
    return (Clocks(opens, closes),) if part is None else (Clocks(opens, closes), PARTS[part])


def _part(match: re.Match[str], _day_first: bool) -> Piece | None:
    return PARTS[match["part"]]


def _part_of_today(match: re.Match[str], _day_first: bool) -> tuple[Piece, ...]:
    return (FromToday(0), PARTS[match["part"]])


_SCALE = late(r"\b(?:0|1|uno|cero) a(?:l)? (?:10|diez)$")
_PART = r"(?P<part>manana|madrugada|tarde|noche)"
_ABOUT = r"(?:sobre |como |eso de |alrededor de |cerca de |hacia |tipo )?"
_NOT_COUNTED = (
    r"(?![,.:]\d|[/\d%$º]|-\d| ?(?:%|por ciento|puntos|grados|personas|veces|anos|meses|semanas|dias|minutos)\b)"
)
_ENDS = (
    rf"(?=\W*$|[.,;:!?)]|\s+(?:{_OF_DAY}|del?|en|el|hoy|manana|por|pm|am|y|o|con|para|que|si|cuando|hasta|a|esta"
    r"|este)\b)"
)

CLOCK_RULES: tuple[Rule, ...] = (
    rule(
        rf"(?:faltan(?:do)? |al? )?(?P<minutes>(?:un )?cuarto|{_MINUTES}|[0-5]?\d)(?: minutos?)? (?:para|pa) las? "
        rf"(?P<of>{_HOURS}|1[0-2]|[1-9])\b(?![:.]\d)(?P<half>{_HALF})?",
        _short_of,
    ),
    rule(rf"{_clock('')}{_NOT_COUNTED}(?!\w)", _certain),
    rule(rf"(?:a|al|para|hacia|sobre|tipo) {_ABOUT}(?:las?|los) {_ABOUT}{_clock('')}{_NOT_COUNTED}(?!\w)", _likely),
    rule(rf"a eso de las? {_clock('')}{_NOT_COUNTED}(?!\w)", _likely),
    rule(rf"(?:son |es )?(?:las|la(?= (?:una|1)\b)) {_clock('')}{_NOT_COUNTED}(?!\w){_ENDS}", _likely),
    rule(rf"{_clock('')}{_NOT_COUNTED}(?!\w)", _likely, weak=True),
    rule(
        rf"(?P<announced>(?:entre|de|desde|a partir de) |(?=las? ))(?:las? )?{_clock('1')} ?(?:y|a|hasta|-) ?"
        rf"(?:las? )?{_clock('2')}{_NOT_COUNTED}(?!\w)",
        _bare_range,
    ),
    rule(
        rf"(?P<announced>){_clock('1')} ?(?:a|hasta|-) ?{_clock('2')}{_NOT_COUNTED}(?!\w)",
        _range,
    ),
    rule(
        rf"(?P<announced>){_clock('1')} ?(?:a|hasta|-) ?{_clock('2')}{_NOT_COUNTED}(?!\w)",
        _bare_range,
        weak=True,
    ),
    rule(rf"(?:por|x|en|a|durante) la {_PART}\b", _part),
    rule(r"de (?P<part>madrugada|noche)\b", _part, weak=True),
    rule(rf"(?:de|por|en|a) la {_PART}\b", _part, weak=True),
    rule(rf"{_PART}\b", _part, weak=True),
    rule(rf"(?:hoy (?:por|en|a) la|esta misma|esta) {_PART}\b", _part_of_today),
    rule(r"(?:al|a|del|de) medio ?dia\b", always(Clock(12, exact=True))),
    rule(r"a (?:la )?(?:hora de (?:comer|la comida|almorzar)|hora del almuerzo)\b", always(PARTS["mediodia"])),
    rule(r"a primera hora\b(?: de la manana)?", always(PARTS["tempranito"])),
    rule(r"(?:bien |muy )?(?:temprano|tempranito)\b", always(PARTS["tempranito"]), weak=True),
    rule(r"(?:despues del|al salir del|a la salida del) (?:trabajo|curro|cole|colegio)\b", always(PARTS["salida"])),
    rule(r"despues de (?:cenar|la cena)\b", always(PARTS["sobremesa"])),
    rule(r"despues de (?:comer|la comida|almorzar|el almuerzo)\b", always(PARTS["siesta"])),
    rule(r"a media manana\b", always(PARTS["media manana"])),
    rule(r"a media tarde\b", always(PARTS["media tarde"])),
    rule(r"al final de la tarde\b", always(PARTS["salida"])),
    rule(r"a ultima hora(?: del dia)?\b", always(Shade(early=False, alone=PARTS["ultima"]))),
    rule(r"a primera hora (?=(?:de|por) la (?:tarde|noche))", always(Shade(early=True, alone=PARTS["tempranito"]))),
    rule(r"(?:12|doce) del dia\b", always(Clock(12, exact=True))),
    rule(
        rf"(?:a |son )?las (?P<late>{either(_LATE_HOURS)})(?: y (?P<plus>media|cuarto|{_MINUTES}))?(?:"
        rf" horas)?{_NOT_COUNTED}(?!\w)",
        _late_hour,
    ),
    rule(r"antes de (?:dormir|acostarme|la cama)\b", always(PARTS["dormir"])),
)
