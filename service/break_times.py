"""The rows of a break and the minutes it speaks at. Each side has due rows of its own, so that one may end alone."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from flows.programme.breaks import ALIVE, DECIDED_AFTER, QUIET, REPEATED_AFTER, SHORTEST, half_time
from flows.timing import local_day
from service.records import BreakSession, Due
from service.scheduling import plan
from service.someone import Someone
from service.writing import insert_later, keep_later, later, rows_written, update_later

HALF, RETURN, REPEAT, CHECK, LINE = "break-half", "break-return", "break-repeat", "break-check", "break-line"
BREAK_KINDS = frozenset({HALF, RETURN, REPEAT, CHECK, LINE})
# A line that could not be opened by then says nothing any more.
LASTS = timedelta(hours=2)
# Both phones are silent for good (STOP, an erased person): nothing will move this break on.
STALE_AFTER = DECIDED_AFTER + timedelta(minutes=15)
ONE_OCCURRENCE = ("rule", "local_date", "slot")
KEEP_BREAKS = timedelta(days=90)
DROP = (
    "UPDATE due SET state = 'dropped', outcome = 'moved-on', closed_at = dropped.at"
    " FROM json_to_recordset($1) AS dropped (rule text, at timestamptz)"
    " WHERE due.rule = dropped.rule AND due.state = 'waiting'"
)


async def called_break(someone: Someone) -> BreakSession | None:
    """The break this person called, until it is closed; there is one at most. Their turn may have read it already."""
    if someone.called is None:
        someone.called = tuple(await BreakSession.filter(caller_id=someone.id, state__in=list(ALIVE)))
    return next((each for each in someone.called if each.state in ALIVE), None)


async def own_break(someone: Someone, now: datetime) -> BreakSession | None:
    """The break this person called, until it is over."""
    found = await called_break(someone)
    return found if found is not None and not is_over(found, now) else None


async def told_break(person_id: UUID, now: datetime) -> BreakSession | None:
    """The other person's break of which this one was told, until it is over; the newest."""
    found = (
        await BreakSession.filter(partner_id=person_id, told_at__isnull=False, state__in=list(ALIVE))
        .order_by("-started_at")
        .first()
    )
    return found if found is not None and not is_over(found, now) else None


def is_over(break_: BreakSession, now: datetime) -> bool:
    """Whether nothing moves this break on any more, though nobody closed it."""
    return now > break_.back_at + STALE_AFTER


async def is_break_running(pair_id: UUID, now: datetime) -> bool:
    """Whether a break that both know about runs. From TO-2 until its check is decided nothing is passed on."""
    return await BreakSession.filter(
        pair_id=pair_id, told_at__isnull=False, state__in=list(QUIET), back_at__gt=now - STALE_AFTER
    ).exists()


async def plan_times(break_: BreakSession, caller: Someone | None, partner: Someone | None, now: datetime, *,
                     is_new: bool) -> None:  # fmt: skip
    """The minutes of the break as it stands, in place of those of its earlier times. Saves the break."""
    if break_._saved_in_db:
        await drop_times(break_, now)
    break_.revision += 1
    (update_later if break_._saved_in_db else insert_later)(break_)
    if is_new and caller is not None and break_.back_at - now >= SHORTEST - timedelta(minutes=1):
        half = half_time(now, break_.back_at, caller.zone)
        if half is not None:
            _plan(break_, caller, HALF, half, now)
    for someone in (caller, partner):
        if someone is not None:
            _plan(break_, someone, RETURN, break_.back_at, now)
            _plan(break_, someone, REPEAT, break_.back_at + REPEATED_AFTER, now)
            _plan(break_, someone, CHECK, break_.back_at + DECIDED_AFTER, now)


async def drop_times(break_: BreakSession, now: datetime) -> None:
    """Nothing that waits for this break opens any more, save the lines that are owed already."""
    rules = [_rule(break_, side) for side in ("own", "theirs")]  # what an earlier revision planned is dropped already
    await rows_written(Due)  # those of a time that was set a moment ago are meant too
    for rule in rules:
        later(DROP, rule, {"rule": rule, "at": now})


async def plan_line(break_: BreakSession, someone: Someone, phrase: str, at: datetime, now: datetime) -> None:
    """A line to one side, now; `at` is the time that it names."""
    await plan(
        Due(
            person_id=someone.id, kind=LINE, rule=f"break-line:{break_.id.hex}:{break_.revision}:{someone.id.hex[:8]}",
            local_date=local_day(now, someone.zone), slot=f"{phrase}-{break_.updates}", due_at=now,
            expires_at=now + LASTS, zone=someone.zone, state="waiting", created_at=now,
            payload={"break": str(break_.id), "line": phrase, "at": at.isoformat()},
        )
    )  # fmt: skip


def _plan(break_: BreakSession, someone: Someone, kind: str, at: datetime, now: datetime) -> None:
    side = "own" if someone.id == break_.caller_id else "theirs"
    keep_later(
        Due.construct(
            person_id=someone.id, kind=kind, rule=_rule(break_, side),
            local_date=local_day(at, someone.zone), slot=kind.removeprefix("break-"), due_at=at,
            expires_at=at + LASTS, zone=someone.zone, state="waiting", created_at=now,
            payload={"break": str(break_.id), "revision": break_.revision},
        ),
        same=ONE_OCCURRENCE, changing=(),
    )  # fmt: skip


def _rule(break_: BreakSession, side: str) -> str:
    return f"break:{break_.id.hex}:{break_.revision}:{side}"
