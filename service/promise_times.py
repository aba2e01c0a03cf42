"""When a promise is spoken of: its due rows, made for one due time and dropped together when that changes."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from flows.programme.promises import asking_times
from flows.timing import local_day
from service.database import execute
from service.records import Due, Promise
from service.scheduling import plan
from service.someone import Someone

BEFORE, DUE, STILL, CLOSE = "promise-before", "promise-due", "promise-still", "promise-close"
LINE, NOTICE, NOTICE_WENT = "promise-line", "notice", "notice-went"
AGAIN = "promise-again"  # what repeats is made anew
MAKERS = (BEFORE, DUE, STILL, CLOSE)
PROMISE_KINDS = frozenset({*MAKERS, LINE, NOTICE, NOTICE_WENT, AGAIN})
# Nobody is asked again how it went who has said so since.
WITHHOLD = (
    "UPDATE outbox SET state = 'withheld', settled_at = $2, arguments_sealed = NULL, to_sealed = NULL"
    " WHERE state = 'owed' AND due_id IN (SELECT id FROM due WHERE rule = ANY($1::text[]))"
)
# A question that could not be put for so long is not put any more: the next one takes its place.
QUESTION_STAYS, CLOSE_STAYS = timedelta(hours=3), timedelta(days=30)


async def plan_asking(someone: Someone, promise: Promise, now: datetime) -> None:
    """Everything that its maker hears about this due time, in place of what waits for an earlier one."""
    await drop_asking(promise.id, now=now, outcome="moved")
    notice = promise.notice_at if promise.notice_at is not None and promise.notice_at > now else None
    times = asking_times(promise.due_at, someone.zone, now=now, notice=notice)
    if times.before is not None:
        await _plan(someone, promise, BEFORE, times.before, now=now, until=promise.due_at)
    await _plan(someone, promise, DUE, times.due, now=now, until=times.due + QUESTION_STAYS)
    for at in times.still:
        await _plan(someone, promise, STILL, at, now=now, until=at + QUESTION_STAYS)
    await _plan(someone, promise, CLOSE, times.closes, now=now, until=times.closes + CLOSE_STAYS)


async def drop_asking(promise_id: UUID, *, now: datetime, outcome: str, kinds: tuple[str, ...] = MAKERS) -> None:
    """What waits about this promise is dropped: all of it, or these kinds; a second try of a question too."""
    rules = [_rule(kind, promise_id) for kind in kinds]
    await Due.filter(rule__in=rules, state="waiting").update(state="dropped", outcome=outcome, closed_at=now)
    await execute(WITHHOLD, rules, now)


async def _plan(someone: Someone, promise: Promise, kind: str, at: datetime, *, now: datetime, until: datetime) -> None:
    await plan(
        Due(
            person_id=someone.id, kind=kind, rule=_rule(kind, promise.id), local_date=local_day(at, someone.zone),
            slot=f"{promise.version} {at:%H:%M:%S}", due_at=at, expires_at=until, zone=someone.zone, state="waiting",
            created_at=now, payload={"promise": str(promise.id), "version": promise.version},
        )
    )  # fmt: skip


def _rule(kind: str, promise_id: UUID) -> str:
    return f"{kind}:{promise_id}"
