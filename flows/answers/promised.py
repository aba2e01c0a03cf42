"""A promise in a person's words: what will be done and by when; and a later time for one that is there already.

Refused are wishes without an act, acts of somebody else, times out of reach, and topics we never store (P02, P14).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from flows.answers.reading import Json, Reading, nothing, understood
from flows.answers.recurrence import read_recurrence
from flows.answers.when import read_when
from flows.folding import fold, spell
from flows.patterns import late
from flows.programme.promises import LATEST, NO_HOUR_MEANS, SOONEST, TITLE_LETTERS
from flows.programme.repeats import next_occurrence, read_rule
from flows.timing import instant, local_day, wall_clock

NO_TIME, UNSUPPORTED = "no-time", "unsupported"
NEEDS_DAYS = "needs-days"  # of read_recurrence: twice a week
_PAST = late(r"[\s,]*\b(?:yesterday|ayer|anoche|last (?:night|week|\w+day)|today at|hoy a las)\b.*$", re.I)
_FORBIDDEN = late(
    r"\b(?:track(?:s|ing|er)?|locations?|gps|find my|passwords?|passcodes?|unlock\w*"
    r"|read (?:my|your|his|her|their) texts|phone checks?|check (?:my|your|his|her|their|the) phone"
    r"|allowance|money|cards?|sex(?:ual)?|pregnan\w+|custody"
    r"|see the kids|not see|never talk to|friends?|punish\w*|lose|rastre\w+|ubicacion|contrasenas?|desbloque\w+"
    r"|leer (?:mis|tus|sus) mensajes|revis\w+ (?:mi|tu|su|el) (?:telefono|movil|celular)|mesada|dinero|tarjetas?|sexo"
    r"|embaraz\w+|custodia|ver a los ninos|no ver|nunca hablar con|amig[oa]s?|castig\w+|perder)\b"
)
_WHO_ELSE = (
    r"(?:he|she|they|you|my (?:husband|wife|partner|ex|boyfriend|girlfriend)|ella?|ellos|ellas|tu|usted"
    r"|mi (?:esposo|esposa|marido|mujer|pareja|novio|novia))"
)
_OTHER_DIRECTED = late(
    rf"^(?:that |que )?{_WHO_ELSE} (?:will|wont|must|has to|have to|should|shall|needs? to|is going to|are going to"
    r"|stops?|debe\w*|tienes? que|tienen que|va a|vas a|deja\w*|hara\w*|no )|^(?:make|get|force) (?:him|her|them)\b"
    r"|^(?:obligar|hacer que)\b"
)
_VAGUE = late(
    r"^(?:i(?:ll| will)? )?(?:to )?(?:be(?:ing)? (?:a )?(?:better|good|nice\w*|kind\w*|more|less|there|calm\w*)\b"
    r"|try\b|trying\b|do (?:my best|better)\b|improve\b|work on (?:it|us|myself)\b|change$|ser (?:mas|menos|mejor)\b"
    r"|ser buen[oa]?\b|mejorar\b|intentar\w*\b|tratar de\b|portarme\b|esforzarme\b|cambiar$)"
)
_BLAME = late(
    r"\b(?:your fault|(?:his|her|their) fault|because (?:of )?(?:you|he|she|they|him|her|them)\b"
    r"|(?:you|he|she|they) made me"
    r"|if (?:you|he|she|they) (?:had|would|wouldnt|hadnt|didnt)|(?:you|he|she|they) (?:always|never)"
    r"|(?:tu|su) culpa|por (?:tu|su) culpa|porque (?:tu|el|ella)\b|me obligo|(?:tu|el|ella) (?:siempre|nunca))"
)
_BEFORE = late(r"^(?:(?:i(?:'|’)?ll|i will|i promise(?: to)?|prometo|voy a|to|that|que)\s+)+", re.IGNORECASE)
# How somebody begins who is still thinking, or corrects themself. "No phone in bed", "wait for Ben": a thing to do.
_FILLERS = late(
    r"^(?:(?:u[hm]+|erm?|eh"
    r"|(?:well|so|okay|ok|wait|no wait|no|sorry|actually|pues|bueno|espera|no espera|perd[oó]n)(?=\s*(?:[,.;]|$)))"
    r"(?:[\s,.;]+|$))+",
    re.IGNORECASE,
)
_AFTER = late(
    r"(?:[\s,;:.-]+(?:by|at|on|before|until|till|for|in|the|el|la|las|los|a|para|antes|de|del|en|hasta))*[\s,;:.-]*$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class SoFar:
    """What earlier replies to the same question held already: the words, the time as it was written."""

    title: str = ""
    time: str = ""


def read_promised(text: str, *, locale: str, zone: str, at: datetime, so_far: SoFar) -> Reading:
    """`{"value": "ISO instant, UTC", "title": "call the bank", "repeats": false, "rule": "", "clock": ""}`, from this
    reply and what was said before it. One that repeats has its rule (RFC 5545), its time HH:MM and its first instant.

    Reasons: promised; for none: forbidden, other-directed, vague, no-time, past, soon, far, unsupported. A refused
    reading keeps `title` and `time` where they were understood, so that the other half is enough next time. `at` is
    aware UTC.
    """
    found = _repeated(text, locale=locale, zone=zone, at=at) or _found(text, locale=locale, zone=zone, at=at)
    title = _title(found.rest if isinstance(found, _Found) else _without_past(text)) or so_far.title
    spelled = spell(title).text
    if _FORBIDDEN.search(fold(text).text):
        return nothing(text, "forbidden")
    if _OTHER_DIRECTED.search(spelled):
        return nothing(text, "other-directed")
    if _VAGUE.search(spelled) or not any(letter.isalpha() for letter in title):
        return _half(text, "vague", {"time": text} if isinstance(found, _Found) and not title else {})
    if found == NO_TIME and so_far.time:
        found = _found(so_far.time, locale=locale, zone=zone, at=at)
    if not isinstance(found, _Found):
        return _half(text, found, {"title": title})
    refused = _out_of_reach(found.due, at)
    if refused:
        return _half(text, refused, {"title": title})
    answer: dict[str, Json] = {
        "value": found.due.isoformat(), "title": title[:TITLE_LETTERS].rstrip(),
        "repeats": bool(found.rule), "rule": found.rule, "clock": found.clock,
    }  # fmt: skip
    return understood(text, answer, (0, len(text)), reason="promised")


def read_new_time(text: str, *, locale: str, zone: str, at: datetime) -> Reading:
    """`{"value": "ISO instant, UTC", "blames": false}`: another time for a promise; the words beside it are the rest.

    Reasons: time; for none: no-time, past, soon, far. `at` is aware UTC.
    """
    found = _found(text, locale=locale, zone=zone, at=at)
    refused = found if not isinstance(found, _Found) else _out_of_reach(found.due, at)
    if not isinstance(found, _Found) or refused:
        return nothing(text, refused)
    blames = _BLAME.search(spell(found.rest).text) is not None
    return Reading({"value": found.due.isoformat(), "blames": blames}, found.span, "time", found.rest)


@dataclass(frozen=True, slots=True)
class _Found:
    due: datetime
    span: tuple[int, int] | None
    rest: str
    rule: str = ""
    clock: str = ""


def _repeated(text: str, *, locale: str, zone: str, at: datetime) -> _Found | str | None:
    """What repeats, with its first instant; or the reason why it cannot; None where nothing is said to repeat."""
    reading = read_recurrence(text, locale=locale, zone=zone, at=at)
    rule = str((reading.reading or {}).get("rrule", ""))
    repeat = read_rule(rule)
    if repeat is None:
        return UNSUPPORTED if rule or reading.reason == NEEDS_DAYS else None
    answer = reading.reading or {}
    clock = str(answer.get("time") or f"{NO_HOUR_MEANS:%H:%M}")
    start = date.fromisoformat(str(answer["start"])) if "start" in answer else local_day(at, zone)
    due = next_occurrence(repeat, wall_clock(clock), zone, after=start - timedelta(days=1), now=at)
    return _Found(due, reading.span, reading.rest, rule, clock) if due is not None else "past"


def _found(text: str, *, locale: str, zone: str, at: datetime) -> _Found | str:
    """The time in a text as an instant, and the words beside it; or the reason why there is none: past, no-time.

    A promise is due when its window ends: `by Friday` is Friday evening, `tomorrow morning` is noon.
    """
    reading = read_when(text, locale=locale, zone=zone, at=at)
    value = (reading.reading or {}).get("value")
    if not isinstance(value, str):
        return "past" if reading.reason == "in-the-past" else NO_TIME
    answer = reading.reading or {}
    local = datetime.fromisoformat(str(answer.get("until") or value))
    hour = NO_HOUR_MEANS if answer.get("grain") == "day" else local.time()
    return _Found(instant(local.date(), hour, zone).astimezone(UTC), reading.span, reading.rest)


def _without_past(text: str) -> str:
    return _PAST.sub("", text)


def _title(rest: str) -> str:
    said = _FILLERS.sub("", " ".join(rest.split()))
    return _AFTER.sub("", _BEFORE.sub("", said)).strip(" ,;:.-")


def _half(text: str, reason: str, kept: dict[str, Json]) -> Reading:
    return Reading({"value": None, **kept}, None, reason, text.strip())


def _out_of_reach(due: datetime, at: datetime) -> str:
    ahead = due - at
    if ahead <= timedelta(0):
        return "past"
    if ahead < SOONEST:
        return "soon"
    return "far" if ahead > LATEST else ""
