"""What conversations need to know of a person's promises: read from the rows, handed over as plain values."""

from __future__ import annotations

from datetime import datetime

from flows.conversation.turn import Scalar
from flows.programme.promises import NOTICE, UPDATES, OpenPromise, State, code_for, may_wait
from service.circle import Circle
from service.following import receiver_in
from service.promising import title_of
from service.records import Promise
from service.sharing import PROMISE_CEILING
from service.someone import Someone


def open_promises(circle: Circle) -> tuple[OpenPromise, ...]:
    """Those that are alive, the soonest first."""
    may_tell, going_on = receiver_in(circle) is not None, {rule.id for rule in circle.promise_rules}
    return tuple(
        as_known(
            circle.someone, row, circle.at, repeats=row.rule_id in going_on,
            tells=may_tell and row.level >= UPDATES and str(row.id) in circle.followed,
        )
        for row in circle.promises
    )  # fmt: skip


def as_known(
    someone: Someone, promise: Promise, now: datetime, *, tells: bool, repeats: bool = False
) -> OpenPromise:
    """One row as its maker's conversations know it."""
    state: State = promise.state  # type: ignore[assignment]  # the column holds no other word
    is_ahead = promise.notice_at is not None and promise.notice_at > now
    return OpenPromise(
        id=str(promise.id), code=promise.code, item=title_of(someone, promise), due=promise.due_at.isoformat(),
        moves=promise.moves, state=state, tells=tells,
        notice_at=promise.notice_at.isoformat() if promise.notice_at is not None and is_ahead else "",
        asked_at=promise.asked_at.isoformat() if promise.asked_at is not None else "",
        may_wait=is_ahead and may_wait(promise.due_at, promise.notice_at or promise.due_at, someone.zone),
        repeats=repeats,
    )  # fmt: skip


def promise_facts(circle: Circle) -> dict[str, Scalar]:
    """The facts of FACT_KINDS that are about promises. About none in particular: those of one come with its script."""
    now, alive, rules = circle.at, circle.promises, circle.promise_rules
    return {
        "open_promises": len(alive),
        "promises_held": len({*(rule.id for rule in rules), *(each.rule_id or each.id for each in alive)}),
        "repeating_promises": len(rules),
        "open_notices": sum(promise.level == NOTICE for promise in alive),
        "shares_promises": receiver_in(circle) is not None,
        "may_notice": PROMISE_CEILING in circle.grants,
        "next_code": code_for({each.code for each in alive} | {rule.code for rule in rules}, circle.promises_made),
        "notice_help": circle.someone.setting("notice_help") == "on",
        **OpenPromise("", "", "", now.isoformat()).given(),
        "plan": "", "outcome": 3, "outcome_reason": 0, "outcome_when": "", "due_blames": False,
        "due_repeats": False, "due_rule": "", "due_clock": "00:00", "line_rule": "", "week_count": 0, "week_list": "",
        "promise_heard": "", "line": "", "line_item": "", "line_due": now.isoformat(), "line_reason": "",
    }  # fmt: skip
