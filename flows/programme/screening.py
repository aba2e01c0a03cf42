"""The private safety screen (PROGRAMME 4.3): what five answers come to, from when they count, when they come again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

NO, YES, RATHER_NOT = 1, 2, 3
# Asked again on a day drawn from these, both included; at the latest when the result may no longer be kept.
FIRST_DAY, LAST_DAY = 60, 120
LASTS = timedelta(days=LAST_DAY)
# Whoever was in solo-safe mode waits so long after a screen that reads otherwise.
LEAVING_TAKES = timedelta(hours=72)


@dataclass(frozen=True, slots=True)
class Screened:
    """What stands of the last screen; sealed at rest. One that was passed counts from `counts_from`, aware UTC."""

    is_alone: bool  # solo-safe: nothing goes to the other person and nothing comes from them
    answered_on: date
    counts_from: datetime
    alone_at: datetime | None = None  # the last time it was not passed: no permission from before comes back


def keeps_alone(afraid: int, hurt: int, pushed: int, unsafe: int, own: int) -> bool:
    """Whether these five answers (1 no, 2 yes, 3 rather not say) mean solo-safe mode.

    Anything but a no to the first four does, and a yes to the fifth.
    """
    return any(answer != NO for answer in (afraid, hurt, pushed, unsafe)) or own == YES


def counts_from(at: datetime, before: Screened | None, *, is_first: bool) -> datetime:
    """When a screen answered at `at` counts, if it was passed: at once the first time and after one that was passed.

    In every other case 72 hours later, also where the screen before is no longer kept: nothing remembers what it said.
    """
    if is_first:
        return at
    if before is None or before.is_alone:
        return at + LEAVING_TAKES
    return max(at, before.counts_from)


def asked_again_on(answered_on: date, drawn: int) -> date:
    """The day on which it is asked again; `drawn` is any whole number from 0."""
    return answered_on + timedelta(days=FIRST_DAY + drawn % (LAST_DAY - FIRST_DAY + 1))


def may_share(screened: Screened | None, seen_alone_on: date | None, now: datetime) -> bool:
    """Whether anything may pass between this person and the other (invariant 20).

    Their screen of the last 120 days decides; without one, that a clinician saw them alone in as many days.
    """
    if screened is not None and now.date() - screened.answered_on <= LASTS:
        return not screened.is_alone and now >= screened.counts_from
    return seen_alone_on is not None and now.date() - seen_alone_on <= LASTS
