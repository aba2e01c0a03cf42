"""The next occurrence of what repeats: a promise of its own, made at the minute in which the one before it is due."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from flows.programme.promises import ALIVE, NOTICE, NOTICES_AT_MOST, UPDATES
from flows.programme.repeats import next_occurrence, read_rule
from flows.timing import local_day, wall_clock
from service.following import let_follow
from service.house import House
from service.promise_rules import end_rule, plan_again
from service.promise_times import plan_asking
from service.promising import allowed_level, create_promise
from service.records import Due, Promise, PromiseRule
from service.someone import TITLE, Someone


async def make_again(house: House, someone: Someone, due: Due, now: datetime) -> str:
    """The outcome. A pause or a hold of the maker's changes nothing here: what others see does not depend on it."""
    rule = await PromiseRule.get_or_none(id=UUID(str(due.payload["rule"])), ended_at__isnull=True)
    repeat = read_rule(rule.rule) if rule is not None else None
    if rule is None or repeat is None or someone.person.status != "active":
        return "ended"
    at = next_occurrence(repeat, wall_clock(rule.clock), someone.zone, after=rule.last_day, now=now)
    if at is None:
        await end_rule(rule.id, now)
        return "+over"
    title = someone.key.open(rule.title_sealed, TITLE)
    plan = someone.key.open(rule.plan_sealed, TITLE) if rule.plan_sealed else ""
    level = await _level(house, someone, rule, now)
    promise = await create_promise(someone, title, at, code=rule.code, level=level, plan=plan, rule=rule, now=now)
    await let_follow(house, someone, promise, title, now, line=None)
    await plan_asking(someone, promise, now)
    rule.last_day = local_day(at, someone.zone)
    await rule.save()
    await plan_again(someone, rule, at, now)
    return "+again"


async def _level(house: House, someone: Someone, rule: PromiseRule, now: datetime) -> int:
    """As it was chosen, as far as the switches still go, and never a third notice at once."""
    level = await allowed_level(house, someone, rule.level, now)
    others = Promise.filter(person_id=someone.id, state__in=list(ALIVE), level=NOTICE)
    return UPDATES if level == NOTICE and await others.count() >= NOTICES_AT_MOST else level
