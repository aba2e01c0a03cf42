"""What is read again before anything opens, whatever was so when it was planned: consent, hours, dose, a taken line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from flows.programme.dose import fits
from flows.timing import WINDOW, is_open, local_day
from service.database import fetch
from service.records import Due, Session
from service.scheduling import TIMER
from service.someone import Someone

# What leaves while its person is on the line: safety, and what comes from the other person (DESIGN 3).
SPOKEN_OVER = frozenset({"safety", "digest", "notice", "relayed"})
# The longest a call goes on without a key: the guided break's middle part. A line that dropped unnoticed is as quiet.
LINE_LASTS = timedelta(minutes=10)
LINE_LOOKS_AGAIN = timedelta(minutes=1)


def unfit(someone: Someone, due: Due, now: datetime, *, purpose: str, in_window: bool) -> str | None:
    """Why this may not be said now: consent, state, hours and expiry."""
    person = someone.person
    if person.status != "active":
        return "not-active"
    if due.expires_at is not None and now >= due.expires_at:
        return "too-late"
    if in_window and purpose != "safety" and not is_open(now, someone.zone, WINDOW):
        return "quiet-hours"
    if purpose == "safety":
        return None
    if person.paused_until is not None and now < person.paused_until:
        return "paused"
    if person.held_until is not None and now < person.held_until:
        return "held"
    if due.kind != TIMER and someone.setting("channel") == "inbound":
        return "inbound-only"
    return None


@dataclass(frozen=True, slots=True)
class Opened:
    """Something that the service said first, in these seven days."""

    person_id: UUID
    due_id: int
    purpose: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Ready:
    """What is known of the people whose due rows open together, read under their locks."""

    now: datetime
    opened: Sequence[Opened]
    check_ins: Sequence[Due]


async def opened_lately(people: Sequence[UUID], now: datetime) -> list[Opened]:
    """What was opened to these people by text or call."""
    rows = await fetch(
        "SELECT DISTINCT ON (due_id) person_id, due_id, purpose, owed_at FROM"
        " (SELECT person_id, due_id, purpose, owed_at FROM outbox WHERE person_id = ANY($1::uuid[])"
        " AND state <> 'withheld' UNION ALL SELECT person_id, due_id, purpose, owed_at FROM call"
        " WHERE person_id = ANY($1::uuid[]) AND state <> 'withheld') AS said"
        " WHERE due_id IS NOT NULL AND owed_at > $2"
        # A reminder belongs to its check-in, and what is asked once after joining is no dose.
        " AND NOT EXISTS (SELECT 1 FROM due WHERE due.id = said.due_id AND due.kind = 'timer')",
        list(people), now - timedelta(days=7),
    )  # fmt: skip
    return [Opened(row["person_id"], row["due_id"], row["purpose"], row["owed_at"]) for row in rows]


def fits_dose(someone: Someone, purpose: str, due: Due, now: datetime, *, opened: Sequence[Opened]) -> bool:
    """Both ceilings of a person (PROGRAMME 3.10), counted from what was `opened` to them, save `due` itself."""
    own = [each for each in opened if each.person_id == someone.id and each.due_id != due.id]
    today = local_day(now, someone.zone)
    return fits(
        purpose,
        today=[each.purpose for each in own if local_day(each.at, someone.zone) == today],
        this_week=[each.purpose for each in own],
    )


async def is_on_the_line(someone: Someone, now: datetime) -> bool:
    """Whether they are on a call with us now."""
    return await Session.filter(
        person_id=someone.id, channel="voice", is_open=True, updated_at__gt=now - LINE_LASTS
    ).exists()


def put_off(due: Due, until: datetime) -> None:
    """It waits, and everything is read again then."""
    due.state, due.due_at, due.lease_until, due.attempts = "waiting", until, None, 0


async def waits_for_the_line(someone: Someone, due: Due, now: datetime) -> bool:
    """True, and put off for a minute, while their line is taken."""
    if not await is_on_the_line(someone, now):
        return False
    put_off(due, now + LINE_LOOKS_AGAIN)
    return True
