"""The second code: the account as it would be if nothing was in it, and what is entered there, kept apart."""

from __future__ import annotations

import copy
import secrets
from base64 import b64encode
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from flows.calendar_words import spoken_day
from flows.conversation.effects import (
    AskSharing,
    Effect,
    ExtendBreak,
    HoldForCrisis,
    KeepNote,
    KeepRating,
    KeepSetting,
    MakePromise,
    OptOut,
    Pause,
    PlanScript,
    StartBreak,
)
from flows.conversation.session import SessionState
from flows.conversation.turn import Moment, Scalar
from service.circle import Circle
from service.heard import CHOICES_ENTRY, LESSON_ENTRIES, NOTICE_ENTRY, SCREEN_ENTRY
from service.house import House
from service.notes import entries_of, keep_entry
from service.records import Note, Pin, SafetyScreen
from service.someone import Someone
from service.standing import moment_in

COVERED = "cover"  # in a session's answers, and in what was found of a code
SEALED = "pin.cover"
APART = "apart"  # the kind of note that such an entry is
READ_AT_ONCE = 10  # a minute of listening; who erases it erases all
# What an empty account has of the settings: how it sounds, and whose helplines it reads out.
OWN_SETTINGS = frozenset({"country", "speech_pace"})
# What takes effect whoever holds the line: safety, an end of everything, quiet; and a break, which needs no code.
FOR_ANYBODY = (HoldForCrisis, OptOut, Pause, PlanScript, StartBreak, ExtendBreak)
CHANNEL = "channel"  # "inbound only", after a star inside a safety question


def is_covered(state: SessionState, code: Mapping[str, Scalar]) -> bool:
    """Whether the second code was typed on this call, in this step (`code` as from `look_at_code`) or before."""
    return bool(code.get(COVERED) or state.answers.get(COVERED))


async def cover_hash(someone: Someone) -> str:
    """The hash of the second code; empty where no code stands at all."""
    pin = await Pin.get_or_none(person_id=someone.id)
    return someone.key.open(pin.cover_sealed, SEALED) if pin is not None and pin.cover_sealed else ""


async def keep_cover(someone: Someone, hashed: str) -> None:
    """A second code stands from now on; an empty `hashed` takes it away. A row that has one looks like any other."""
    sealed = someone.key.seal(hashed or _hash_of_nothing(), SEALED)
    await Pin.filter(person_id=someone.id).update(cover_sealed=sealed)


def covered_moment(house: House, circle: Circle, *, chance: float) -> Moment:
    """The moment of an account that was set up and never used; read by the same code as any other."""
    return moment_in(house, _emptied(circle), chance=chance)


def kept_apart(someone: Someone, effects: Iterable[Effect], now: datetime) -> tuple[Effect, ...]:
    """What of a turn takes effect; what was entered is kept apart, and the rest is as if it had never been said."""
    real: list[Effect] = []
    for effect in effects:
        if isinstance(effect, FOR_ANYBODY) or (isinstance(effect, KeepSetting) and effect.key == CHANNEL):
            real.append(effect)
        elif (entry := _entry(effect)) is not None:
            keep_entry(someone, APART, entry, now)
    return tuple(real)


async def list_apart(house: House, someone: Someone, now: datetime) -> list[str]:
    """What was entered last under the second code, in words, the oldest of it first."""
    return [_in_words(house, someone, entry, now) for entry in (await entries_of(someone, APART))[-READ_AT_ONCE:]]


async def forget_apart(someone: Someone) -> None:
    """All of it."""
    await Note.filter(person_id=someone.id, kind=APART).delete()


def _emptied(circle: Circle) -> Circle:
    person = copy.copy(circle.someone.person)
    settings = circle.someone.person.settings
    person.settings = {key: value for key, value in settings.items() if key in OWN_SETTINGS}
    person.last_phrase = person.last_said_at = None
    heard = dict.fromkeys((NOTICE_ENTRY, SCREEN_ENTRY, CHOICES_ENTRY, *LESSON_ENTRIES), circle.at)
    screen = SafetyScreen(person_id=person.id, answered_on=circle.at.date(), again_on=date.max, keep_until=date.max)
    return replace(
        circle, someone=Someone(person, circle.someone.key), session=None, channels=frozenset(), pair=None,
        partner=None, grants=frozenset(), takes=frozenset(), may_share=False, ends={}, asked={}, screen=screen,
        heard=heard, pin_set_at=circle.at, new_pin_asked_at=None, promises=(), promises_made=0, promise_rules=(),
        followed=frozenset(), called_break=None, told_break=None, answered_checks=frozenset(), last_mood_on=None,
        recent_moods=frozenset(), missed_mood_on=None,
    )  # fmt: skip


def _entry(effect: Effect) -> dict[str, str] | None:
    """Which phrase tells of it, and what goes into that."""
    match effect:
        case KeepRating("mood" | "body" as item, value):
            return {"phrase": f"APART-{item.upper()}", "n": f"{value:g}"}
        case KeepNote(_, text):
            return {"phrase": "APART-NOTE", "x": text}
        case MakePromise(title):
            return {"phrase": "APART-PROMISE", "item": title}
        case AskSharing(grant):
            return {"phrase": "APART-SHARE", "x": grant}
        case _:
            return None


def _in_words(house: House, someone: Someone, entry: Mapping[str, str], now: datetime) -> str:
    locale, there = someone.person.locale, ZoneInfo(someone.zone)
    at = datetime.fromisoformat(entry["at"]).astimezone(there)
    arguments = {**entry, "d": spoken_day(at, now.astimezone(there).date(), locale)}
    if entry["phrase"] == "APART-SHARE":
        arguments["x"] = house.catalogue.render(f"SHARE-{entry['x']}", locale, {})
    return house.catalogue.render(entry["phrase"], locale, arguments, channel="voice")


def _hash_of_nothing() -> str:
    """Of the same form and length as a hash, and of no code."""
    salt, digest = (b64encode(secrets.token_bytes(size)).decode().rstrip("=") for size in (16, 32))
    return f"$argon2id$v=19$m=19456,t=2,p=1${salt}${digest}"
