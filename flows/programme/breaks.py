"""The life of a break and the rule of its return (PROGRAMME P09, 6.2, 6.4).

What is decided here names lines and times, never a number or an answer of either person.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Literal

from flows.timing import OWN_HOURS, instant, is_open, local_day, next_open

State = Literal["running", "asking", "resting", "matched", "closed"]
# `asked`: the hour has come and both are asked; `put-off`: the next check is set; `alone`: TO-9 went to one of them.
Happening = Literal["changed", "asked", "extended", "matched", "put-off", "goes-on", "closed"]
Choice = Literal["", "now", "later", "tomorrow", "evening"]

LIFE: Mapping[tuple[State, Happening], State] = {
    ("running", "changed"): "running",
    ("running", "asked"): "asking",
    ("running", "closed"): "closed",
    ("asking", "extended"): "asking",
    ("asking", "matched"): "matched",
    ("asking", "put-off"): "resting",
    ("asking", "goes-on"): "running",  # the caller took more time: the break itself goes on
    ("asking", "closed"): "closed",
    ("resting", "asked"): "asking",
    ("resting", "closed"): "closed",
}
ALIVE: frozenset[State] = frozenset({"running", "asking", "resting"})
# From TO-2 to the return check nothing is passed on, to either side.
QUIET: frozenset[State] = frozenset({"running", "asking"})

SHORTEST, USUAL, LONGEST = timedelta(minutes=20), timedelta(minutes=30), timedelta(hours=24)
REPEATED_AFTER, DECIDED_AFTER = timedelta(minutes=10), timedelta(minutes=15)
NEXT_CHECK_AFTER, LATER_TODAY = timedelta(minutes=30), timedelta(hours=2)
TOMORROW, EVENING = time(10), time(18)
CALM_AT_MOST = 4
EXTENSIONS_AT_MOST, UPDATES_AT_MOST, CHECKS_AT_MOST = 2, 1, 6
# Two checks in half an hour each are company; from the third on, whoever cannot talk yet sleeps on it.
SHORT_CHECKS = 2
# A long break's half time may be the middle of the night; a short one's is part of the conversation.
LIVE = timedelta(minutes=90)
OVERUSE_BREAKS, OVERUSE_MISSED, OVERUSE_WITHIN = 4, 3, timedelta(days=7)
BOTH, NOT_YET, NO_SIGN = "TO-7", "TO-8", "TO-9"


@dataclass(frozen=True, slots=True)
class Answer:
    """What one person said at a check: how worked up, None for silence, and when they could talk, "" for no word."""

    body: float | None = None
    choice: Choice = ""

    @property
    def is_silent(self) -> bool:
        """Nothing was said at all."""
        return self.body is None and not self.choice

    @property
    def is_ready(self) -> bool:
        """Calm enough, and now."""
        return self.body is not None and self.body <= CALM_AT_MOST and self.choice == "now"


@dataclass(frozen=True, slots=True)
class Check:
    """One return check: the how-manieth (from 1), its minute, the caller's new time if they took more, aware UTC."""

    number: int
    at: datetime
    extended_to: datetime | None = None
    was_alone: bool = False  # TO-9 was said at an earlier check of this break


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a check comes to: the minute of the next one, if any, and the line for each side, "" for none."""

    happening: Happening
    next_at: datetime | None
    to_caller: str = ""
    to_partner: str = ""


def after(state: State, happening: Happening) -> State | None:
    """The next state; None when that cannot happen any more, and nothing changes."""
    return LIFE.get((state, happening))


def whole_minute(at: datetime) -> datetime:
    """The minute that clocks show at `at`: a break is counted in minutes."""
    return at.replace(second=0, microsecond=0)


def return_time(now: datetime, minutes: float, *, started: datetime | None = None) -> datetime:
    """When a break of so many minutes from now ends: in twenty minutes at least, a day after its start at most."""
    here = whole_minute(now)
    latest = (whole_minute(started) if started is not None else here) + LONGEST
    return max(min(here + timedelta(minutes=minutes), latest), here + SHORTEST)


def half_time(now: datetime, back_at: datetime, zone: str) -> datetime | None:
    """The minute of TO-3; None where a long break's half time is night."""
    half = whole_minute(now + (back_at - now) / 2)
    is_live = back_at - now <= LIVE
    return half if is_live or is_open(half, zone, OWN_HOURS) else None


def more_time(at: datetime, opening: Callable[[datetime], datetime]) -> datetime:
    """The time that TO-6 proposes at the check of `at`. `opening` moves a night to the opening of the window."""
    return opening(at + NEXT_CHECK_AFTER)


def opening_for(*zones: str) -> Callable[[datetime], datetime]:
    """Moves an instant to the first at which the window of everyone in `zones` is open."""

    def move(at: datetime) -> datetime:
        for _ in range(8):
            moved = at
            for zone in zones:
                moved = next_open(moved, zone)
            if moved == at:
                return at
            at = moved
        return at  # clocks on opposite sides of the earth: one of the two windows has to do

    return move


def is_match(caller: Answer, partner: Answer) -> bool:
    """TO-7 goes if and only if both are calm and both chose now (invariant 24)."""
    return caller.is_ready and partner.is_ready


def decide(check: Check, caller: Answer, partner: Answer, *, zone: str,
           opening: Callable[[datetime], datetime]) -> Outcome:  # fmt: skip
    """What becomes of a shared break fifteen minutes after its check, by both answers; a later choice always wins.

    `zone` is the caller's, in which tomorrow is counted. The result holds no answer: the same lines and times come
    of every cause that leaves the same wishes.
    """
    if is_match(caller, partner):
        return Outcome("matched", None, BOTH, BOTH)
    next_at = _next_check(check, (caller, partner), zone, opening)
    stands = check.extended_to is not None and next_at == check.extended_to
    happening: Happening = "goes-on" if stands else "put-off"
    silent = [each.is_silent for each in (caller, partner)]
    if check.number >= CHECKS_AT_MOST:
        return Outcome("closed", None)
    if check.number == 1 or not any(silent):
        return Outcome(happening, next_at, "" if stands else NOT_YET, NOT_YET)
    if all(silent) or (check.was_alone and not stands):
        return Outcome("closed", None)
    if stands:
        return Outcome(happening, next_at)
    return Outcome(happening, next_at, *("" if is_silent else NO_SIGN for is_silent in silent))


def decide_alone(check: Check, answer: Answer, *, zone: str, opening: Callable[[datetime], datetime]) -> Outcome:
    """The same for a private break: more time that was taken, a calm time tomorrow, or the end. Nobody hears a line."""
    wished = wished_time(answer.choice, check.at, zone)
    next_at = opening(wished) if wished is not None else check.extended_to
    if next_at is None or check.number >= CHECKS_AT_MOST:
        return Outcome("closed", None)
    return Outcome("put-off" if wished is not None else "goes-on", next_at)


def is_overused(started: list[datetime], missed: list[bool], now: datetime) -> bool:
    """Four breaks in seven days, or three returns missed in a row. Both lists are the caller's, newest first."""
    lately = [each for each in started if now - each < OVERUSE_WITHIN]
    return len(lately) >= OVERUSE_BREAKS or missed[:OVERUSE_MISSED] == [True] * OVERUSE_MISSED


def wished_time(choice: Choice, at: datetime, zone: str) -> datetime | None:
    """When somebody who chose that at the check of `at` could talk; None for now or no word."""
    tomorrow = local_day(at, zone) + timedelta(days=1)
    match choice:
        case "later":
            return at + LATER_TODAY
        case "tomorrow":
            return instant(tomorrow, TOMORROW, zone)
        case "evening":
            return instant(tomorrow, EVENING, zone)
        case _:
            return None


def _next_check(check: Check, answers: tuple[Answer, Answer], zone: str,
                opening: Callable[[datetime], datetime]) -> datetime:  # fmt: skip
    wished = [wished_time(each.choice, check.at, zone) for each in answers]
    wishes = [each for each in (*wished, check.extended_to) if each is not None]
    if check.extended_to is None and check.number <= SHORT_CHECKS:
        wishes.append(check.at + NEXT_CHECK_AFTER)
    elif not wishes:
        wishes.append(instant(local_day(check.at, zone) + timedelta(days=1), TOMORROW, zone))
    return opening(max(wishes))

