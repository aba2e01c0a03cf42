"""A person's own settings: what each may be and what it is until they choose (PROGRAMME 3.12)."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import time
from functools import cache
from zoneinfo import available_timezones

from flows.timing import EARLIEST_CHOICE, LATEST_CHOICE


@dataclass(frozen=True, slots=True)
class Choice:
    """One setting: its default and which values it may take."""

    default: str
    allows: Callable[[str], bool]


def _one_of(*values: str) -> Callable[[str], bool]:
    return frozenset(values).__contains__


def _own_time(value: str) -> bool:
    return re.fullmatch(r"\d\d:\d\d", value) is not None and (
        EARLIEST_CHOICE <= time.fromisoformat(value) <= LATEST_CHOICE
    )


def _days(value: str) -> bool:
    return all(day in "0123456" for day in value) and len(set(value)) == len(value)


@cache  # it looks through the folders of the tz database
def _all_zones() -> frozenset[str]:
    return frozenset(available_timezones())


CHOICES: Mapping[str, Choice] = {
    "checkin_time": Choice("18:30", _own_time),
    "pace": Choice("fading", _one_of("fading", "daily", "every-second-day", "twice-a-week", "weekly", "off")),
    "digest_days": Choice("26", _days),  # Monday is 0: Wednesday and Sunday
    "digest": Choice("off", _one_of("on", "off")),  # on with a pair in which one gives and one takes the number
    "reminder_after_minutes": Choice("60", _one_of("0", "60", "90", "120", "180", "240")),
    "discretion": Choice("D1", _one_of("D0", "D1", "D2")),
    "channel": Choice("texts", _one_of("texts", "both", "inbound")),
    "speech_pace": Choice("usual", _one_of("slow", "usual", "quick")),  # how fast calls speak
    "voicemail": Choice("off", _one_of("on", "off")),  # one neutral sentence for an answering machine, else nothing
    "silent_safety": Choice("off", _one_of("on", "off")),
    "notice_help": Choice("off", _one_of("on", "off")),  # something to do for oneself after a no-update line
    "break_half": Choice("on", _one_of("on", "off")),  # a line at half time of one's own break
    "country": Choice("", lambda value: re.fullmatch(r"[A-Z]{2}|", value) is not None),
    "zone": Choice("", lambda value: value in _all_zones()),
}


def chosen(settings: Mapping[str, str], key: str) -> str:
    """What the person chose, or the default. Raises KeyError for a setting that does not exist."""
    return settings.get(key, CHOICES[key].default)


class ChoiceRefused(ValueError):
    """The value is not one this setting may take."""


def checked(key: str, value: str) -> str:
    """The value, when the setting may take it. Raises ChoiceRefused or KeyError."""
    if not CHOICES[key].allows(value):
        raise ChoiceRefused(f"{key} cannot be {value!r}")
    return value
