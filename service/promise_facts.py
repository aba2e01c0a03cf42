"""What conversations need to know of a person's promises: read from the rows, handed over as plain values."""

from __future__ import annotations

from datetime import datetime

from flows.conversation.turn import Scalar
from flows.programme.promises import NOTICE, UPDATES, OpenPromise, State, code_for
from service.circle import Circle
from service.following import receiver_in
from service.promising import title_of
from service.records import Promise
from service.sharing import PROMISE_CEILING
from service.someone import Someone


def open_promises(circle: Circle) -> tuple[OpenPromise, ...]:
    """Those that are alive, the soonest first."""
    may_tell = receiver_in(circle) is not None
    return tuple(
        as_known(circle.someone, row, circle.at,
                 tells=may_tell and row.level >= UPDATES and str(row.id) in circle.followed)
        for row in circle.promises
    )  # fmt: skip


def as_known(someone: Someone, promise: Promise, now: datetime, *, tells: bool) -> OpenPromise:
    """One row as its maker's conversations know it."""
    state: State = promise.state  # type: ignore[assignment]  # the column holds no other word
    is_ahead = promise.notice_at is not None and promise.notice_at > now
    return OpenPromise(
        id=str(promise.id), code=promise.code, item=title_of(someone, promise), due=promise.due_at.isoformat(),
        moves=promise.moves, state=state, tells=tells,
        notice_at=promise.notice_at.isoformat() if promise.notice_at is not None and is_ahead else "",
        asked_at=promise.asked_at.isoformat() if promise.asked_at is not None else "",
    )  # fmt: skip


def promise_facts(circle: Circle) -> dict[str, Scalar]:
    """The facts of FACT_KINDS that are about promises. About none in particular: those of one come with its script."""
    now, alive = circle.at, circle.promises
    return {
        "open_promises": len(alive),
        "open_notices": sum(promise.level == NOTICE for promise in alive),
        "shares_promises": receiver_in(circle) is not None,
        "may_notice": PROMISE_CEILING in circle.grants,
        "next_code": code_for({promise.code for promise in alive}, circle.promises_made),
        "notice_help": circle.someone.setting("notice_help") == "on",
        **OpenPromise("", "", "", now.isoformat()).given(),
        "plan": "", "outcome": 3, "outcome_reason": 0, "outcome_when": "", "due_blames": False,
        "promise_heard": "", "line": "", "line_item": "", "line_due": now.isoformat(), "line_reason": "",
    }  # fmt: skip
