"""What conversations need to know of a person's promises: read from the rows, handed over as plain values."""

from __future__ import annotations

from datetime import datetime

from flows.conversation.turn import Scalar
from flows.programme.promises import ALIVE, NOTICE, UPDATES, OpenPromise, State, code_for
from service.following import receiver_of
from service.house import House
from service.promising import title_of
from service.records import Promise, PromiseCopy
from service.sharing import PROMISE_CEILING, live_grants
from service.someone import Someone


async def open_promises(house: House, someone: Someone, now: datetime) -> tuple[OpenPromise, ...]:
    """Those that are alive, the soonest first. The caller holds the bond."""
    rows = await Promise.filter(person_id=someone.id, state__in=list(ALIVE)).order_by("due_at")
    if not rows:
        return ()
    may_tell = await receiver_of(house, someone, now) is not None
    copies = await PromiseCopy.filter(promise_id__in=[row.id for row in rows]).values_list("promise_id", flat=True)
    followed = {str(each) for each in copies}
    return tuple(
        as_known(someone, row, now, tells=may_tell and row.level >= UPDATES and str(row.id) in followed) for row in rows
    )


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


async def promise_facts(house: House, someone: Someone, now: datetime) -> dict[str, Scalar]:
    """The facts of FACT_KINDS that are about promises. About none in particular: those of one come with its script."""
    alive = await Promise.filter(person_id=someone.id, state__in=list(ALIVE))
    made = await Promise.filter(person_id=someone.id).count()
    return {
        "open_promises": len(alive),
        "open_notices": sum(promise.level == NOTICE for promise in alive),
        "shares_promises": await receiver_of(house, someone, now) is not None,
        "may_notice": PROMISE_CEILING in await live_grants(someone.id, now),
        "next_code": code_for({promise.code for promise in alive}, made),
        "notice_help": someone.setting("notice_help") == "on",
        **OpenPromise("", "", "", now.isoformat()).given(),
        "plan": "", "outcome": 3, "outcome_reason": 0, "outcome_when": "", "due_blames": False,
        "line": "", "line_item": "", "line_due": now.isoformat(), "line_reason": "",
    }  # fmt: skip
