"""When somebody means to do a thing: one instant, day or window by a closed grammar that refuses what it half read."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from flows.answers.calendar.dates import is_day_first
from flows.answers.calendar.language import Language
from flows.answers.calendar.pieces import FromNow, OnDate, Refused
from flows.answers.calendar.resolving import When, resolve
from flows.answers.calendar.scanning import Phrase, find_phrases
from flows.answers.calendar.sorting import FromTo, Said, sort_pieces
from flows.answers.reading import Json, Reading, nothing
from flows.answers.replying import fold_reply, in_either_language
from flows.folding import Folded, without
from flows.timing import instant

# Conventions, where people and libraries differ; tests/flows/replies/when_en.jsonl holds them.
# - "friday" is the coming one; said on a Friday it is a week ahead, unless a later time today goes with it.
# - "next friday" is the Friday of the next week; weeks begin on Monday and end on Sunday. So is "el viernes que viene".
# - A bare hour is within waking hours: 1 to 6 is the afternoon, 7 to 11 the morning, 12 noon. Today, once 7 to 10 in
#   the morning is over, it is the evening. A time without a day that is over today is tomorrow's.
# - "12/3" is by the locale, with a note when it could be either. A weekday that its date contradicts is refused.
# - Morning is 8 to 12, afternoon 12 to 18 (tarde to 20), evening 18 to 22, night 18 to midnight.
# - "by Friday" lasts until Friday is over, "before Friday" until Thursday is. "after Friday" has no end: refused.
# - "next week" is Monday to Sunday, "this weekend" Saturday and Sunday, the end of a day its last second.
# - A day's value is where it begins, or now when it has begun. Days and weeks from now keep the clock time of now,
#   which grain "day" says not to count on. `until` is inside its window.
# - A length alone ("half an hour") is from now when it is the whole reply and no longer than three hours.


def read_when(text: str, *, locale: str, zone: str, at: datetime) -> Reading:
    """`{"value": "2026-11-27T17:00:00", "grain": "day"|"hour"|"minute", "until"?, "note"?}` in local wall-clock time.

    `at` is aware; the answer is never before it. `until` is inside the window. Notes, joined by commas:
    ambiguous-day-month, skipped-by-clock-change (the first minute that exists is given), happens-twice (the first is
    meant). Reasons: time, day, window; for none: no-time, several-times, in-the-past, no-such-day, recurs, other-zone,
    day-and-date-differ, which-day, open-ended, unclear-time, too-far.
    Raises zoneinfo.ZoneInfoNotFoundError for a zone that is none; for no text whatever.
    """
    return in_either_language(
        text, locale, lambda language: _read_in(language, text, locale=locale, zone=zone, at=at)
    )


def _read_in(language: Language, text: str, *, locale: str, zone: str, at: datetime) -> Reading:
    folded = fold_reply(text, language)
    phrases = find_phrases(folded.text, language, day_first=is_day_first(locale))
    if not phrases:
        return _length_alone(text, folded, language, zone=zone, at=at)
    said = _together(phrases, folded.text, language)
    if isinstance(said, Refused):
        return nothing(text, said.reason)
    found = _resolved(said, at.astimezone(ZoneInfo(zone)))
    if isinstance(found, Refused):
        return nothing(text, found.reason)
    reading = _reading(text, folded, phrases, _answer(said, found, zone))
    is_about = any(language.about.search(folded.text, phrase.start, phrase.end) for phrase in phrases)
    return replace(reading, is_approximate=True) if is_about or _DOUBTED in str(reading.reading) else reading


def _together(phrases: list[Phrase], text: str, language: Language) -> Said | FromTo | Refused:
    """All that was said of one time: "tomorrow call mom at 5" is one in two places."""
    pieces = [piece for phrase in phrases for piece in phrase.pieces]
    for piece in pieces:
        if isinstance(piece, Refused):
            return piece
    if language.cannot.search(text):
        return Refused("unclear-time")
    for phrase in phrases:
        if phrase.start and language.before.search(text, max(0, phrase.start - _BESIDE), phrase.start):
            return Refused("unclear-time")
        if phrase.end < len(text) and language.behind.match(text, phrase.end):
            return Refused("several-times")
    if len(phrases) > 2:
        return Refused("several-times")
    said = sort_pieces(pieces)
    if not isinstance(said, Refused) and _left_over(phrases, text, language):
        return Refused("unclear-time")
    return said


def _left_over(phrases: list[Phrase], text: str, language: Language) -> bool:
    place = 0
    for phrase in phrases:
        if phrase.start and language.leftover.search(text, place, phrase.start):
            return True
        place = phrase.end
    return place < len(text) and language.leftover.search(text, place) is not None


def _resolved(said: Said | FromTo, at: datetime) -> When | Refused:
    try:
        return resolve(said, at)
    except (OverflowError, ValueError):  # beyond the years that a calendar holds
        return Refused("too-far")


def _answer(said: Said | FromTo, found: When, zone: str) -> dict[str, Json]:
    days = (said.first.day, said.last.day) if isinstance(said, FromTo) else (said.day,)
    notes = [_DOUBTED] if any(isinstance(day, OnDate) and day.ambiguous for day in days) else []
    value = found.value
    if found.grain != "day":
        value, note = _on_the_wall(value, zone)
        notes += [note] if note else []
    answer: dict[str, Json] = {"value": value.isoformat(), "grain": found.grain}
    if found.until is not None:
        answer["until"] = max(found.until, value).isoformat()
    if notes:
        answer["note"] = ",".join(notes)
    return answer


def _on_the_wall(value: datetime, zone: str) -> tuple[datetime, str | None]:
    """The time that clocks there really show, with a note on the two nights of the year when that is a question."""
    there = ZoneInfo(zone)
    shown = instant(value.date(), value.time(), zone).astimezone(there).replace(tzinfo=None)
    if shown != value:
        return shown, "skipped-by-clock-change"
    first, second = value.replace(tzinfo=there), value.replace(tzinfo=there, fold=1)
    return value, None if first.utcoffset() == second.utcoffset() else "happens-twice"


def _reading(text: str, folded: Folded, phrases: list[Phrase], answer: dict[str, Json]) -> Reading:
    spans = [folded.span(phrase.start, phrase.start + len(_trimmed(folded.text, phrase))) for phrase in phrases]
    reason = "window" if "until" in answer else "day" if answer["grain"] == "day" else "time"
    rest = text.lstrip()  # or the places of the words would move with the first that are taken out
    before = len(text) - len(rest)
    for start, end in reversed(spans):
        rest = without(rest, (start - before, end - before))
    return Reading(answer, (spans[0][0], spans[-1][1]), reason, rest)


def _trimmed(text: str, phrase: Phrase) -> str:
    return text[phrase.start : phrase.end].rstrip(" ,;")


def _length_alone(text: str, folded: Folded, language: Language, *, zone: str, at: datetime) -> Reading:
    """ "Half an hour" and nothing else, in answer to when, is half an hour from now; of days it may be anything."""
    length = language.alone(folded.text)
    if length is None or not 0 < length.seconds <= _LONGEST_ALONE or length.days or length.months:
        return nothing(text, "no-time")
    said = Said(from_now=FromNow(length))
    found = _resolved(said, at.astimezone(ZoneInfo(zone)))
    if isinstance(found, Refused):
        return nothing(text, found.reason)
    start = len(folded.text) - len(folded.text.lstrip())
    whole = Phrase((), start, len(folded.text.rstrip(" .!?")))
    return _reading(text, folded, [whole], _answer(said, found, zone))


_DOUBTED = "ambiguous-day-month"
_BESIDE = 30  # letters before a time that may turn it round: "not on", "instead of"
_LONGEST_ALONE = 3 * 3600
