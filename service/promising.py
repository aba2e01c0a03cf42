"""What a turn says about promises becomes rows: the maker's own, what happened to it, and what is due."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from uuid import UUID

from flows.conversation.effects import (
    DelayNotice,
    DropPromise,
    EndRepeats,
    KeepReason,
    LowerPromise,
    MakePromise,
    MovePromise,
    ReportPromise,
    TellAbout,
)
from flows.programme.promises import ALIVE, NOTICE, PRIVATE, UPDATES, Happening, State, after, may_wait
from flows.timing import local_day
from service.following import (
    REASONS_SENT,
    Line,
    delay_notice,
    drop_notice,
    let_follow,
    move_ahead,
    publish_update,
    receiver_of,
    was_noticed,
)
from service.house import House
from service.notes import keep_note
from service.promise_rules import end_rule, make_rule
from service.promise_times import BEFORE, DUE, STILL, drop_asking, plan_asking
from service.promise_week import plan_week
from service.records import Promise, PromiseCopy, PromiseEvent, PromiseRule
from service.sharing import PROMISE_CEILING, live_grants
from service.someone import TITLE, Someone

KEEP_ENDED = timedelta(days=90)
DONE = 1
REPORTED = {1: "reported-done", 2: "reported-partly", 3: "reported-not-yet", 4: "reported-changed"}

PromiseEffect = (
    MakePromise | MovePromise | LowerPromise | DelayNotice | EndRepeats | ReportPromise | KeepReason | TellAbout
    | DropPromise
)  # fmt: skip


async def record_promise(house: House, someone: Someone, effect: PromiseEffect, now: datetime) -> None:
    """One effect about a promise. What cannot happen to it any more changes nothing."""
    if isinstance(effect, MakePromise):
        await _make(house, someone, effect, now)
        return
    promise = await _own(someone, effect.promise)
    if promise is None:
        return
    match effect:
        case MovePromise(_, due, plan):
            await _move(house, someone, promise, datetime.fromisoformat(due), plan, now)
        case LowerPromise(_, level):
            await _lower(promise, level, now)
        case DelayNotice():
            await _delay(house, someone, promise, now)
        case EndRepeats():
            if promise.rule_id is not None:
                await end_rule(promise.rule_id, now)
        case ReportPromise(_, outcome):
            await _report(house, someone, promise, outcome, now)
        case KeepReason(_, reason):
            _keep_reason(house, someone, reason, now)
        case TellAbout(_, reason):
            await _tell(house, someone, promise, reason, now)
        case DropPromise():
            await _let_go(house, someone, promise, now)


async def end_promises(person_id: UUID, now: datetime) -> None:
    """STOP: what only the maker knew is erased; what somebody follows ends for the maker, and their reminder stays."""
    # First of all: without their rule, two that are alive would be two promises with the same letters.
    await Promise.filter(person_id=person_id, state__in=list(ALIVE)).update(state="closed", ended_at=now)
    followed = await PromiseCopy.filter(publisher_id=person_id).values_list("promise_id", flat=True)
    await Promise.filter(person_id=person_id).exclude(id__in=list(followed)).delete()
    await PromiseRule.filter(person_id=person_id).delete()


async def was_asked(promise: Promise, now: datetime) -> None:
    """PR-6 or PM-0 went to the maker."""
    if await _happens(promise, "asked", "reminded", now):
        promise.asked_at = now
        await promise.save()


async def ran_out(promise: Promise, now: datetime) -> None:
    """Nobody said how it went, and that is all it means."""
    await _happens(promise, "ran-out", "closed", now)


def title_of(someone: Someone, promise: Promise) -> str:
    """What will be done, in the maker's words."""
    return someone.key.open(promise.title_sealed, TITLE)


async def _make(house: House, someone: Someone, effect: MakePromise, now: datetime) -> None:
    due = datetime.fromisoformat(effect.due)
    if due <= now:  # the conversation about it took longer than the time it had
        return
    level = await allowed_level(house, someone, effect.level, now)
    rule = await make_rule(someone, effect, due, level=level, now=now) if effect.rule else None
    promise = await create_promise(
        someone, effect.title, due, code=effect.code, level=level, plan=effect.plan, rule=rule, now=now
    )
    line = Line("PR-11R" if rule is not None else "PR-11", effect.title, due, rule=effect.rule)
    await let_follow(house, someone, promise, effect.title, now, line=line)
    await plan_asking(someone, promise, now)


async def create_promise(
    someone: Someone, title: str, due: datetime, *, code: str, level: int, plan: str, rule: PromiseRule | None,
    now: datetime,
) -> Promise:  # fmt: skip
    """The row with its first event. Who follows it and when it is asked about is for the caller."""
    promise = await Promise.create(
        person_id=someone.id, rule_id=rule.id if rule is not None else None, code=code,
        title_sealed=someone.key.seal(title, TITLE), due_at=due, plan_sealed=_sealed(someone, plan), level=level,
        state="open", made_at=now, keep_until=_keep_until(due, someone),
    )  # fmt: skip
    await PromiseEvent.create(promise_id=promise.id, kind="made", at=now)
    await plan_week(someone, now)
    return promise


async def allowed_level(house: House, someone: Someone, level: int, now: datetime) -> int:
    """A text can never go beyond the switches, whatever a script asks for."""
    if level == PRIVATE or await receiver_of(house, someone, now) is None:
        return PRIVATE
    if level == NOTICE and PROMISE_CEILING in await live_grants(someone, now):
        return NOTICE
    return UPDATES


async def _move(house: House, someone: Someone, promise: Promise, due: datetime, plan: str, now: datetime) -> None:
    is_early = promise.state == "open" and now < promise.due_at
    if not await _happens(promise, "moved", "changed-early" if is_early else "moved", now):
        return
    promise.due_at, promise.version, promise.keep_until = due, promise.version + 1, _keep_until(due, someone)
    promise.moves += 0 if is_early else 1
    promise.plan_sealed = _sealed(someone, plan) or promise.plan_sealed
    await promise.save()
    if is_early:
        await move_ahead(house, someone, promise, title_of(someone, promise), now)
    await plan_asking(someone, promise, now)


async def _lower(promise: Promise, level: int, now: datetime) -> None:
    """Until it is due. The receiver is not told, and what was published stays published."""
    if level >= promise.level or promise.state != "open":
        return
    promise.level, promise.notice_at = level, None
    await promise.save()
    if promise.rule_id is not None:
        await PromiseRule.filter(id=promise.rule_id, level__gt=level).update(level=level)
    await PromiseEvent.create(promise_id=promise.id, kind="lowered", at=now)
    copy = await PromiseCopy.get_or_none(promise_id=promise.id)
    if copy is not None:
        copy.notice_at = None
        await copy.save()
        await drop_notice(copy, now=now, outcome="lowered")


async def _delay(house: House, someone: Someone, promise: Promise, now: datetime) -> None:
    """One day more, at the same hour. A day is added only to a reminder that is still ahead."""
    ahead = promise.notice_at
    if promise.state != "open" or ahead is None or ahead <= now or not may_wait(promise.due_at, ahead, someone.zone):
        return
    promise.notice_days, promise.version = promise.notice_days + 1, promise.version + 1
    await promise.save()
    await PromiseEvent.create(promise_id=promise.id, kind="notice-delayed", at=now)
    await delay_notice(house, someone, promise, now)
    await plan_asking(someone, promise, now)


async def _report(house: House, someone: Someone, promise: Promise, outcome: int, now: datetime) -> None:
    happening: Happening = "done" if outcome == DONE else "behind"
    if not await _happens(promise, happening, REPORTED[outcome], now):
        return
    await drop_asking(promise.id, now=now, outcome="answered", kinds=(BEFORE, DUE, STILL))
    if outcome == DONE:
        phrase = "PM-3" if await was_noticed(promise, now) else "PR-12"
        await publish_update(house, someone, promise, Line(phrase, title_of(someone, promise), promise.due_at), now)


def _keep_reason(house: House, someone: Someone, reason: int, now: datetime) -> None:
    words = house.catalogue.render(f"REASON-{reason}", someone.person.locale, {})
    keep_note(someone, "reason", words, local_day(now, someone.zone))


async def _tell(house: House, someone: Someone, promise: Promise, reason: int, now: datetime) -> None:
    sent = reason if reason in REASONS_SENT else 0
    phrase = "PM-4" if await was_noticed(promise, now) else "PN-5" if sent else "PN-6"
    await publish_update(house, someone, promise, Line(phrase, title_of(someone, promise), promise.due_at, sent), now)


async def _let_go(house: House, someone: Someone, promise: Promise, now: datetime) -> None:
    if await _happens(promise, "let-go", "let-go", now):
        await drop_asking(promise.id, now=now, outcome="let-go")
        await publish_update(house, someone, promise, Line("PN-9", title_of(someone, promise), promise.due_at), now)


async def _happens(promise: Promise, happening: Happening, kind: str, now: datetime) -> bool:
    """Move it along its life, with an event. False: that cannot happen to it any more."""
    state: State = promise.state  # type: ignore[assignment]  # the column holds no other word
    came_to = after(state, happening)
    if came_to is None:
        return False
    promise.state = came_to
    if came_to not in ALIVE:
        promise.ended_at = now
    await promise.save()
    await PromiseEvent.create(promise_id=promise.id, kind=kind, at=now)
    return True


async def _own(someone: Someone, promise_id: str) -> Promise | None:
    return await Promise.get_or_none(id=UUID(promise_id), person_id=someone.id) if promise_id else None


def _sealed(someone: Someone, plan: str) -> str | None:
    return someone.key.seal(plan, TITLE) if plan else None


def _keep_until(due: datetime, someone: Someone) -> date:
    return local_day(due, someone.zone) + KEEP_ENDED
