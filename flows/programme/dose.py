"""How often, and how much at most: paces, fading, silence, ceilings (PROGRAMME 3.6 and 3.10)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Literal

Pace = Literal["fading", "daily", "every-second-day", "twice-a-week", "weekly", "off"]
# From the slowest to the fastest, as LESS and MORE walk them. `fading` stands for whatever its week says.
PACES: tuple[Pace, ...] = ("off", "weekly", "twice-a-week", "every-second-day", "daily")
TWICE_A_WEEK = (0, 3)  # Monday and Thursday: never two days running
FADES: tuple[tuple[int, Pace], ...] = ((8, "twice-a-week"), (4, "every-second-day"), (0, "daily"))  # weeks done -> pace
GAPS: Mapping[str, int] = {"daily": 1, "every-second-day": 2, "weekly": 7}

SLOWER_AFTER = 3  # prompts in a row without an answer
ASKED_AFTER = 7  # then: still useful?
HOLD_LASTS = timedelta(days=14)  # after the question that nobody answered
HOLD_NOTE_AFTER = timedelta(days=30)  # one note, then nothing

ROUTINE = frozenset({"check-in", "digest", "review", "lesson", "light", "closeness", "ladder"})
SELF_BOOKED = frozenset({"promise-due", "break-return", "talk", "ritual", "appointment"})
ROUTINE_A_DAY, ROUTINE_A_WEEK, SELF_BOOKED_A_DAY, ALL_A_DAY = 2, 12, 4, 5


def pace_now(pace: str, joined: date, today: date) -> Pace:
    """What a pace means today: `fading` goes by the weeks since the person joined."""
    if pace != "fading":
        return next(each for each in PACES if each == pace)
    weeks = (today - joined).days // 7
    return next(each for after, each in FADES if weeks >= after)


def next_check_in(after: date, pace: Pace) -> date | None:
    """The next day with a check-in, strictly after `after`; None when the pace is off."""
    if pace == "off":
        return None
    if pace == "twice-a-week":
        return next(
            day for day in (after + timedelta(days=ahead) for ahead in range(1, 8)) if day.weekday() in TWICE_A_WEEK
        )
    return after + timedelta(days=GAPS[pace])


def stepped(pace: Pace, step: int) -> Pace:
    """One step up (+1) or down (-1); weekly is the slowest that LESS reaches, PAUSE is for resting."""
    place = PACES.index(pace) + step
    return PACES[min(max(place, 1), len(PACES) - 1)]


def check_in_script(unanswered: int) -> str:
    """Which script a check-in's minute begins after so many prompts in a row without an answer."""
    if unanswered == SLOWER_AFTER:
        return "slower"
    if unanswered >= ASKED_AFTER:
        return "still-useful"
    return "check-in"


def fits(purpose: str, *, today: Sequence[str], this_week: Sequence[str]) -> bool:
    """Whether one more text of this purpose stays under a person's ceilings.

    `today` and `this_week` are the purposes of what the service sent first on the local day and in its last seven
    days, that day included. Safety and replies are never counted and always fit. What does not fit is dropped.
    """
    counted = [each for each in today if each in ROUTINE | SELF_BOOKED]
    if purpose in ROUTINE:
        routine_today = sum(each in ROUTINE for each in counted)
        routine_week = sum(each in ROUTINE for each in this_week)
        return routine_today < ROUTINE_A_DAY and routine_week < ROUTINE_A_WEEK and len(counted) < ALL_A_DAY
    if purpose in SELF_BOOKED:
        return sum(each in SELF_BOOKED for each in counted) < SELF_BOOKED_A_DAY and len(counted) < ALL_A_DAY
    return True
