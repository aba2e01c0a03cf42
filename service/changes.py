"""A person's own log of what was changed, when and by which channel (A21): sealed, and read out behind the code."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from flows.calendar_words import spoken_day
from flows.conversation.effects import (
    AskNewPin,
    AskSharing,
    ConfirmSharing,
    Effect,
    KeepPin,
    KeepSetting,
    KeepSharing,
    OptIn,
    OptOut,
    Pause,
    Rest,
    Resume,
    SetPace,
    StepPace,
    WithdrawSharing,
)
from service.house import House
from service.ledger import Cause
from service.notes import entries_of, keep_entry
from service.someone import Someone

CHANGED = "changed"  # the kind of note that such an entry is
READ_AT_ONCE = 8
# What is told by one word for all of its kind, besides the settings, which have a phrase each.
ALONE: Mapping[type, str] = {
    AskNewPin: "NEW-CODE", KeepPin: "NO-NEW-CODE", KeepSharing: "KEPT", OptIn: "BACK", OptOut: "END", Pause: "PAUSE",
    Rest: "PAUSE", Resume: "RESUME", SetPace: "PACE", StepPace: "PACE",
}  # fmt: skip
# Everybody answers these in the first days; the first answer changes nothing.
ASKED_AT_FIRST = frozenset({"checkin_time", "discretion", "channel", "country"})
NAMED = frozenset({"checkin_time", "pace", "discretion", "channel", "speech_pace", "voicemail", "country", "zone"})


def note_change(someone: Someone, effect: Effect, cause: Cause) -> None:
    """Keep that something was changed; what was said for the first time, while joining, changes nothing."""
    if isinstance(effect, KeepSetting) and not _is_change(someone, effect):
        return
    if (told := _told(effect)) is None or someone.person.joined_at is None:
        return
    keep_entry(someone, CHANGED, {**told, "by": cause.channel}, cause.now)


async def list_changes(house: House, someone: Someone, now: datetime) -> str:
    """What was changed last, in words, the latest first; empty when nothing was."""
    latest = (await entries_of(someone, CHANGED))[-READ_AT_ONCE:]
    return "; ".join(_in_words(house, someone, entry, now) for entry in reversed(latest))


def _is_change(someone: Someone, effect: KeepSetting) -> bool:
    if effect.key == "zone":
        return someone.person.zone not in {None, effect.value}
    before = someone.person.settings.get(effect.key)
    if before is not None:
        return str(before) != effect.value
    return effect.key not in ASKED_AT_FIRST and effect.value != someone.setting(effect.key)


def _told(effect: Effect) -> dict[str, str] | None:
    """The phrase that names it, and the kind of sharing it is about."""
    match effect:
        case KeepSetting(key, _):
            return {"what": key.upper().replace("_", "-") if key in NAMED else "SETTING"}
        case WithdrawSharing("all"):
            return {"what": "ALL-OFF"}
        case WithdrawSharing(grant):
            return {"what": f"{_way(grant)}-OFF", "kind": grant}
        case AskSharing(grant, _):
            return {"what": f"{_way(grant)}-ASKED", "kind": grant}
        case ConfirmSharing(grant, _):
            return {"what": f"{_way(grant)}-ON", "kind": grant}
        case _:
            return {"what": ALONE[type(effect)]} if type(effect) in ALONE else None


def _way(grant: str) -> str:
    return "IN" if grant.startswith("R") else "OUT"


def _in_words(house: House, someone: Someone, entry: Mapping[str, str], now: datetime) -> str:
    locale, there = someone.person.locale, ZoneInfo(someone.zone)
    at = datetime.fromisoformat(entry["at"]).astimezone(there)
    named = {}
    if kind := entry.get("kind", ""):
        kind = kind.replace("R", "C") if kind.startswith("R") else kind
        named["w"] = house.catalogue.render(f"SHARE-{kind}", locale, {})
    arguments = {
        "d": spoken_day(at, now.astimezone(there).date(), locale),
        "w": house.catalogue.render("LOG-BY-CALL" if entry["by"] == "voice" else "LOG-BY-TEXT", locale, {}),
        "x": house.catalogue.render(f"LOG-{entry['what']}", locale, named, channel="voice"),
    }
    return house.catalogue.render("LOG-LINE", locale, arguments, channel="voice")
