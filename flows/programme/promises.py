"""The life of a promise: its states, what may happen to it, and when it is spoken of (PROGRAMME P14 to P16, 6.4).

No state and no happening says that a person failed: a promise is open, asked about, behind, done, let go, or closed.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import product
from typing import Literal
from zoneinfo import ZoneInfo

from flows.conversation.turn import Scalar
from flows.timing import WINDOW, closing, instant, is_open, local_day, next_open

State = Literal["open", "asked", "behind", "done", "let-go", "closed"]
# `moved` gives it another time, before or after it was due; `ran-out` is the end of its three days without a report.
Happening = Literal["asked", "done", "behind", "moved", "let-go", "ran-out"]
Level = Literal[1, 2, 3]
PRIVATE, UPDATES, NOTICE = 1, 2, 3  # who hears: nobody, the partner what is reported, the partner also of no report

LIFE: Mapping[tuple[State, Happening], State] = {
    ("open", "asked"): "asked",
    ("open", "done"): "done",
    ("open", "behind"): "behind",
    ("open", "moved"): "open",
    ("open", "let-go"): "let-go",
    ("asked", "asked"): "asked",
    ("asked", "done"): "done",
    ("asked", "behind"): "behind",
    ("asked", "moved"): "open",
    ("asked", "let-go"): "let-go",
    ("asked", "ran-out"): "closed",
    ("behind", "done"): "done",
    ("behind", "behind"): "behind",
    ("behind", "moved"): "open",
    ("behind", "let-go"): "let-go",
    ("behind", "ran-out"): "closed",
    ("open", "ran-out"): "closed",  # nobody could be asked: a pause, a hold after a crisis
}
ALIVE: frozenset[State] = frozenset({"open", "asked", "behind"})
ANSWERABLE: frozenset[State] = frozenset({"asked", "behind"})

OPEN_AT_MOST, NOTICES_AT_MOST, ASKS_AFTER_MOVES = 3, 2, 3
SOONEST, LATEST = timedelta(hours=1), timedelta(days=30)
TITLE_LETTERS = 40
BEFORE, STILL_AFTER, NOTICE_AFTER = timedelta(hours=2), timedelta(hours=3), timedelta(hours=24)
CLOSES_AFTER = timedelta(hours=72)
NOTICE_LATEST = timedelta(days=4)
# Where the reminder two hours before would come outside the person's hours, it comes the evening before.
EVENING = time(19)
NO_HOUR_MEANS = time(18)  # of a day that was named without an hour: its evening, which the read-back says
# No vowels, so that no two letters make a word; TD is a word that some carriers act on.
LETTERS = "BCDFGHJKLMNPQRSTVWXZ"
CODES = tuple("".join(pair) for pair in product(LETTERS, LETTERS) if pair[0] != pair[1] and pair != ("T", "D"))
STRIDE = 97  # neighbours in time have nothing in common to the eye; coprime to the number of codes


@dataclass(frozen=True, slots=True)
class OpenPromise:
    """A promise that is alive, as its maker's conversations know it. `due` and `notice_at` are ISO instants, UTC."""

    id: str
    code: str
    item: str
    due: str
    moves: int = 0
    state: State = "open"
    tells: bool = False  # an update may be sent now: its level, the maker's switch and the receiver's are all on
    notice_at: str = ""  # when the receiver's own reminder fires, while that is ahead
    asked_at: str = ""  # when it was last asked about
    may_wait: bool = False  # that reminder may be put off by a day
    repeats: bool = False  # more like this one come

    def given(self) -> dict[str, Scalar]:
        """What a script that is about this promise is told."""
        return {
            "promise_id": self.id, "promise_item": self.item, "promise_due": self.due, "promise_code": self.code,
            "promise_moves": self.moves, "promise_state": self.state, "promise_tells": self.tells,
            "promise_notice_at": self.notice_at or self.due, "promise_has_notice": bool(self.notice_at),
            "promise_reason": 0, "promise_may_wait": self.may_wait, "promise_repeats": self.repeats,
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Asking:
    """When a promise is spoken of to its maker; aware UTC. `before` is None where it would come too late to help."""

    before: datetime | None
    due: datetime
    still: tuple[datetime, datetime]
    closes: datetime


def after(state: State, happening: Happening) -> State | None:
    """The next state; None when that cannot happen any more, and nothing changes."""
    return LIFE.get((state, happening))


def code_for(taken: Collection[str], made: int) -> str:
    """Two letters that none of the codes in `taken` are; `made` is how many promises came before."""
    ahead = (CODES[(made + step) * STRIDE % len(CODES)] for step in range(len(CODES)))
    return next(code for code in ahead if code not in taken)


def asking_times(due: datetime, zone: str, *, now: datetime, notice: datetime | None) -> Asking:
    """Two hours before, at the due minute, three hours later and the next morning, all inside the person's hours.

    A due time outside the hours is asked about when they open. The two later questions come before `notice`, three
    hours apart at least; where the next morning is too late for that, the second comes later the same day.
    """
    asked = next_open(due, zone)
    first = next_open(max(due, asked) + STILL_AFTER, zone)
    morning = _next_morning(first, zone)
    second = morning
    if notice is not None and morning >= notice:
        later = first + STILL_AFTER
        second = later if is_open(later, zone) else morning
    closes = (notice or second) + CLOSES_AFTER
    return Asking(_before(due, zone, now), asked, (first, second), closes)


def notice_time(due: datetime, zone: str, hour: time, *, added_days: int = 0) -> datetime:
    """The receiver's own reminder: the first such hour on their clock at least a day after `due`. Aware UTC.

    `added_days` are the maker's (PROGRAMME 3.12).
    """
    earliest = due + NOTICE_AFTER
    day = local_day(earliest, zone)
    there = (instant(day + timedelta(days=ahead), hour, zone) for ahead in range(3))
    first = next(at for at in there if at >= earliest)
    return instant(local_day(first, zone) + timedelta(days=added_days), hour, zone)


def may_wait(due: datetime, notice: datetime, zone: str) -> bool:
    """Whether a reminder at `notice` may be put off by one more day: to the fourth day after it is due at most."""
    return local_day(notice, zone) - local_day(due, zone) < NOTICE_LATEST


def week_end(now: datetime, zone: str) -> datetime:
    """What `this week` comes to: Sunday evening, or the next one when it is Sunday already."""
    today = local_day(now, zone)
    sunday = today + timedelta(days=(6 - today.weekday()) or 7)
    return instant(sunday, EVENING, zone)


def evening_of(now: datetime, zone: str, *, days: int) -> datetime:
    """What `today` (0) and `tomorrow` (1) come to where nobody names an hour: that evening. Aware UTC.

    Where this evening is too near, the next full hour that is an hour off, as long as it is today; else tomorrow's.
    """
    day = local_day(now, zone) + timedelta(days=days)
    at = instant(day, NO_HOUR_MEANS, zone)
    if at - now >= SOONEST:
        return at
    full = (now + SOONEST).replace(minute=0, second=0, microsecond=0)
    full += timedelta(hours=full - now < SOONEST)
    return full if local_day(full, zone) == day else evening_of(now, zone, days=days + 1)


def _before(due: datetime, zone: str, now: datetime) -> datetime | None:
    """Two hours before; the evening before a morning due; at the end of the day before a night one."""
    two_hours = due - BEFORE
    if is_open(two_hours, zone):
        at = two_hours
    else:
        local = two_hours.astimezone(ZoneInfo(zone))
        opens, _ = WINDOW.hours_of(local.date())
        day: date = local.date() - timedelta(days=1) if local.time() < opens else local.date()
        at = instant(day, EVENING, zone)
    return at if at > now else None


def _next_morning(at: datetime, zone: str) -> datetime:
    return next_open(closing(at, zone), zone)
