"""Dates and clock times in the few letters a text has for them, in the language of the person."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from flows.answers.reading import Json

# Monday first; without the accents that GSM-7 lacks.
_DAYS: Mapping[str, tuple[str, ...]] = {
    "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
    "es": ("lun", "mar", "mie", "jue", "vie", "sab", "dom"),
}
_MONTHS: Mapping[str, tuple[str, ...]] = {
    "en": ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
    "es": ("ene", "feb", "mar", "abr", "may", "jun", "jul", "ago", "sep", "oct", "nov", "dic"),
}
# As they are said on a call.
_LONG_DAYS: Mapping[str, tuple[str, ...]] = {
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
    "es": ("lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo"),
}
_LONG_MONTHS: Mapping[str, tuple[str, ...]] = {
    "en": ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
           "November", "December"),
    "es": ("enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre", "octubre",
           "noviembre", "diciembre"),
}  # fmt: skip
_NEAR_DAYS: Mapping[str, tuple[str, str, str]] = {
    "en": ("yesterday", "today", "tomorrow"), "es": ("ayer", "hoy", "mañana"),
}  # fmt: skip
_EVERY: Mapping[str, tuple[str, str]] = {"en": ("every", "every day"), "es": ("cada", "cada dia")}
A_WEEK_AHEAD = range(2, 7)  # days in which a weekday's name alone is clear
DATE_LETTERS = 9  # the room of {d}


def spoken_time(at: datetime, locale: str) -> str:
    """`at`, already in the person's zone, as they say it: 6:42 PM in English, 18:42 elsewhere. At most 8 letters."""
    if _language(locale) != "en":
        return f"{at:%H:%M}"
    return f"{at.hour % 12 or 12}:{at:%M} {'AM' if at.hour < 12 else 'PM'}"


def short_date(day: date, locale: str) -> str:
    """Mon Dec 7, lun 7 dic. At most 9 letters: a day of two digits leaves two for the weekday (Mo Dec 14)."""
    language = _language(locale)
    weekday, month = _DAYS[language][day.weekday()], _MONTHS[language][day.month - 1]
    written = f"{month} {day.day}" if language == "en" else f"{day.day} {month}"
    return f"{weekday[: DATE_LETTERS - len(written) - 1]} {written}"


def spoken_day(at: datetime, today: date, locale: str) -> str:
    """Day and time for a call, which is heard at once: tomorrow at 5:00 PM, el viernes 13 de marzo a las 17:00.

    `at` is in the person's zone, `today` their day.
    """
    language = _language(locale)
    day, ahead = at.date(), (at.date() - today).days
    weekday, month = _LONG_DAYS[language][day.weekday()], _LONG_MONTHS[language][day.month - 1]
    if -1 <= ahead <= 1:
        named = _NEAR_DAYS[language][ahead + 1]
    elif language == "en":
        named = weekday if ahead in A_WEEK_AHEAD else f"{weekday}, {month} {day.day},"
    else:
        named = f"el {weekday}" if ahead in A_WEEK_AHEAD else f"el {weekday} {day.day} de {month}"
    if language == "en":
        return f"{named} at {spoken_time(at, locale)}"
    return f"{named} a {'la' if at.hour == 1 else 'las'} {spoken_time(at, locale)}"


def repeated_days(days: Sequence[int], locale: str) -> str:
    """Every day, every Sun, cada lun, mie; Monday is 0. At most 34 letters."""
    language = _language(locale)
    every, each_day = _EVERY[language]
    named = ", ".join(_DAYS[language][day] for day in days)
    return each_day if len(days) == len(_DAYS[language]) else f"{every} {named}"


def in_words(answer: Mapping[str, Json], locale: str) -> tuple[str, str]:
    """What `read_when` understood, read back as {d} and {t}: the day, and the clock time or nothing for a whole day.

    Of a window its end, which is when a thing is due. Always the date, never "tomorrow": a text may be read late.
    Raises ValueError for an answer without a time.
    """
    moment = datetime.fromisoformat(str(answer.get("until") or answer.get("value") or ""))
    clock = "" if answer.get("grain") == "day" else spoken_time(moment, locale)
    return short_date(moment.date(), locale), clock


def _language(locale: str) -> str:
    language = locale.replace("_", "-").split("-")[0]
    return language if language in _DAYS else "en"
