"""Spanish words of time: names, numbers and the ways people type them on a telephone. Folded: no accents, n for ñ."""

from __future__ import annotations

from datetime import time

from flows.answers.calendar.language import either
from flows.answers.calendar.pieces import Part

_SMALL = (
    "uno|una|un dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciseis diecisiete "
    "dieciocho diecinueve veinte veintiuno|veintiuna|veintiun veintidos veintitres veinticuatro veinticinco veintiseis "
    "veintisiete veintiocho veintinueve treinta"
)
NUMBERS = {name: value for value, names in enumerate(_SMALL.split(), start=1) for name in names.split("|")}
_TENS = {"treinta": 30, "cuarenta": 40, "cincuenta": 50}
NUMBERS |= _TENS
NUMBERS |= {
    f"{ten} y {one}": tens + NUMBERS[one]
    for ten, tens in _TENS.items()
    for one in ("un", "uno", "una", "dos", "tres", "cuatro", "cinco", "seis", "siete", "ocho", "nueve")
}
ORDINALS = {"primero": 1, "primer": 1, "primera": 1, "1ero": 1, "1er": 1, "1ro": 1, "1.o": 1, "1o": 1, "1º": 1}
ORDINALS |= {"1.º": 1, "1.er": 1}
_WEEKDAYS = (
    "lunes|lun|lu|lune", "martes|mar|ma|marte", "miercoles|mierc|mier|mie|mi|miercole",
    "jueves|jue|juev|jueve",
    "viernes|vier|vie|vi|vierne|biernes", "sabado|sab|sabados|savado", "domingo|dom|domigo|domingos",
)  # fmt: skip
WEEKDAYS = {name: day for day, names in enumerate(_WEEKDAYS) for name in names.split("|")}
WEAK_WEEKDAYS = ("lun", "lu", "mar", "ma", "mie", "mi", "jue", "vie", "vi", "sab", "dom")
_MONTHS = (
    "enero|ene", "febrero|feb|febr", "marzo|mar", "abril|abr", "mayo|may", "junio|jun", "julio|jul", "agosto|ago|agto",
    "septiembre|setiembre|sept|sep|set", "octubre|oct", "noviembre|nov", "diciembre|dic",
)  # fmt: skip
MONTHS = {name: month for month, names in enumerate(_MONTHS, start=1) for name in names.split("|")}
UNITS = {
    "second": "segundos|segundo|segs|seg", "minute": "minutos|minuto|mins|min|minutitos|minutito|'",
    "hour": "horas|hora|hrs|hr|hs|h|horitas|horita", "day": "dias|dia|diitas", "week": "semanas|semana|sem",
    "fortnight": "quincenas|quincena", "month": "meses|mes", "year": "anos|ano",
}  # fmt: skip
UNIT_OF = {name: unit for unit, names in UNITS.items() for name in names.split("|")}

PARTS = {
    "madrugada": Part(time(0), time(6), "am"),
    "manana": Part(time(8), time(12), "am", early=(time(8), time(10)), late=(time(10), time(12))),
    "tarde": Part(time(12), time(20), "pm", early=(time(12), time(15)), late=(time(17), time(20))),
    "noche": Part(
        time(18), time(23, 59, 59), "pm", night=True, early=(time(18), time(21)), late=(time(21), time(23, 59, 59))
    ),
    "media manana": Part(time(10), time(12), "am"),
    "media tarde": Part(time(16), time(18), "pm"),
    "ultima": Part(time(17), time(21), "pm"),
    "mediodia": Part(time(12), time(15), "pm"),
    "salida": Part(time(17), time(21), "pm"),
    "siesta": Part(time(14), time(17), "pm"),
    "sobremesa": Part(time(20), time(23), "pm"),
    "dormir": Part(time(21), time(23, 59, 59), "pm", night=True),
    "tempranito": Part(time(8), time(10), "am"),
}
HOLIDAYS = {
    "navidad": "christmas", "dia de navidad": "christmas", "nochebuena": "christmas-eve",
    "noche buena": "christmas-eve",
    "nochevieja": "new-years-eve", "noche vieja": "new-years-eve", "fin de ano": "new-years-eve",
    "ano nuevo": "new-year", "dia de ano nuevo": "new-year", "reyes": "epiphany", "dia de reyes": "epiphany",
    "dia de los reyes": "epiphany", "san valentin": "valentine", "dia de san valentin": "valentine",
    "dia de los enamorados": "valentine", "san patricio": "saint-patrick", "dia del trabajo": "workers-day",
    "dia del trabajador": "workers-day", "dia de los trabajadores": "workers-day",
    "dia internacional de los trabajadores": "workers-day", "dia internacional del trabajo": "workers-day",
    "dia internacional del trabajador": "workers-day", "dia de la mujer": "womens-day",
    "dia internacional de la mujer": "womens-day", "halloween": "halloween", "noche de brujas": "halloween",
    "dia de todos los santos": "all-saints", "todos los santos": "all-saints", "dia de los muertos": "day-of-the-dead",
    "dia de muertos": "day-of-the-dead", "san juan": "saint-john", "accion de gracias": "thanksgiving",
    "dia de accion de gracias": "thanksgiving", "viernes santo": "good-friday", "viernes negro": "black-friday",
    "domingo de pascua": "easter", "domingo de resurreccion": "easter", "pascua": "easter",
    "jueves santo": "holy-thursday", "sabado santo": "holy-saturday", "martes de carnaval": "shrove-tuesday",
    "ascension": "ascension", "pentecostes": "pentecost", "corpus": "corpus-christi",
    "corpus christi": "corpus-christi",
    "dia de la hispanidad": "hispanic-day", "dia de la raza": "hispanic-day", "dia del pilar": "hispanic-day",
    "dia de la constitucion": "constitution-es", "la inmaculada": "immaculate", "inmaculada": "immaculate",
    "dia de la virgen de guadalupe": "guadalupe",
    "dia de los inocentes": "innocents", "dia de los santos inocentes": "innocents", "la asuncion": "assumption",
    "dia de la candelaria": "candlemas", "la candelaria": "candlemas", "san jose": "saint-joseph",
    "black friday": "black-friday", "cyber monday": "cyber-monday",
    "lunes de pascua": "easter-monday", "domingo de ramos": "palm-sunday", "miercoles de ceniza": "ash-wednesday",
}  # fmt: skip

_ONES = "dos|tres|cuatro|cinco|seis|siete|ocho|nueve"
_BELOW_THIRTY = either([name for name, value in NUMBERS.items() if value < 30])
# Shorter than all names of NUMBERS in a row, and quicker to match.
NUMBER_WORD = rf"(?:(?:treinta|cuarenta|cincuenta)(?: y (?:una?|uno|{_ONES})\b)?|{_BELOW_THIRTY})"
NUMBER = rf"(?:\d{{1,4}}(?:[.,]\d{{1,2}})?|{NUMBER_WORD})"
MONTH = either(MONTHS)
WEEKDAY = either(WEEKDAYS)
UNIT = either(UNIT_OF)
YEAR = r"(?:19|20|21)\d\d"
DAY_NUMBER = rf"(?:{either(ORDINALS)}|\d{{1,2}}|{NUMBER_WORD})"


def number(written: str) -> float:
    """The value of a number as it was typed, in digits or words; a comma is a point."""
    return float(written.replace(",", ".")) if written[0].isdigit() else float(NUMBERS[written])


def day_number(written: str) -> int:
    """1 for "1", "uno" and "1.º"."""
    if written in ORDINALS:
        return ORDINALS[written]
    return int(written) if written.isdigit() else NUMBERS[written]


def year_number(written: str | None) -> int | None:
    """The year in digits, or None."""
    return int(written) if written else None
