"""What is read again before anything opens, whatever was so when it was planned: consent, hours, dose, a taken line."""

from __future__ import annotations

from datetime import datetime, timedelta

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


async def fits_dose(someone: Someone, purpose: str, due: Due, now: datetime) -> bool:
    """Both ceilings of a person (PROGRAMME 3.10), counted from what was opened by text or call, save `due` itself."""
    rows = await fetch(
        "SELECT DISTINCT ON (due_id) purpose, owed_at FROM (SELECT due_id, purpose, owed_at FROM outbox"
        " WHERE person_id = $1 AND state <> 'withheld' UNION ALL SELECT due_id, purpose, owed_at FROM call"
        " WHERE person_id = $1 AND state <> 'withheld') AS said"
        " WHERE due_id IS NOT NULL AND due_id <> $3 AND owed_at > $2"
        # A reminder belongs to its check-in, and what is asked once after joining is no dose.
        " AND NOT EXISTS (SELECT 1 FROM due WHERE due.id = said.due_id AND due.kind = 'timer')",
        someone.id, now - timedelta(days=7), due.id,
    )  # fmt: skip
    today = local_day(now, someone.zone)
    return fits(
        purpose,
        today=[row["purpose"] for row in rows if local_day(row["owed_at"], someone.zone) == today],
        this_week=[row["purpose"] for row in rows],
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
