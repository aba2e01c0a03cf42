"""What repeats: the rule that a promise came with, and the due row that makes its next occurrence."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from flows.conversation.effects import MakePromise
from flows.timing import local_day
from service.promise_times import AGAIN
from service.records import Due, PromiseRule
from service.scheduling import plan
from service.someone import TITLE, Someone

# A service that stood still makes the next occurrence that is ahead, and none of those that passed.
AGAIN_STAYS = timedelta(days=30)


async def make_rule(someone: Someone, effect: MakePromise, due: datetime, *, level: int, now: datetime) -> PromiseRule:
    """The rule of a promise whose first occurrence is due then, and what will make the second."""
    rule = await PromiseRule.create(
        person_id=someone.id, code=effect.code, title_sealed=someone.key.seal(effect.title, TITLE),
        plan_sealed=someone.key.seal(effect.plan, TITLE) if effect.plan else None, rule=effect.rule,
        clock=effect.clock, level=level, last_day=local_day(due, someone.zone), made_at=now,
    )  # fmt: skip
    await plan_again(someone, rule, due, now)
    return rule


async def plan_again(someone: Someone, rule: PromiseRule, due: datetime, now: datetime) -> None:
    """The next occurrence is made at the minute in which this one is due, wherever this one has moved."""
    await plan(
        Due(
            person_id=someone.id, kind=AGAIN, rule=f"{AGAIN}:{rule.id}", local_date=rule.last_day, slot=rule.clock,
            due_at=due, expires_at=due + AGAIN_STAYS, zone=someone.zone, state="waiting", created_at=now,
            payload={"rule": str(rule.id)},
        )
    )  # fmt: skip


async def end_rule(rule_id: UUID, now: datetime) -> None:
    """No occurrence after those that were made."""
    await PromiseRule.filter(id=rule_id, ended_at__isnull=True).update(ended_at=now)
    await Due.filter(rule=f"{AGAIN}:{rule_id}", state="waiting").update(
        state="dropped", outcome="ended", closed_at=now
    )
