"""Due rows, the only timers: made here, computed once from wall-clock time and zone, never made twice."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from uuid import UUID

from tortoise.exceptions import IntegrityError

from flows.conversation.turn import Timer
from flows.programme.dose import next_check_in, pace_now
from flows.timing import instant, local_day, next_open, wall_clock
from service.database import in_transaction
from service.house import House
from service.records import Due, Rating, Session
from service.someone import Someone

CHECK_IN, DIGEST, SCRIPT, TIMER = "check-in", "digest", "script", "timer"
LIMITS, LIMITS_EVERY = "limits", 90  # days between two reminders of what this is not (PROGRAMME 1)
# A check-in that could not be opened by then is dropped, not queued up (PROGRAMME 3.10).
STAYS_OPEN = timedelta(hours=3)
# Other texts of a day come this long before the check-in, so that two questions never meet.
BEFORE_CHECK_IN = timedelta(hours=2)
# A timer of a question that was open when everything stood still is worked off for this long.
TIMER_STAYS = timedelta(days=30)
FIRST_TURN = 1


async def plan(due: Due) -> Due | None:
    """Keep an occurrence; None when it is there already: the rule, the day and the slot are one occurrence."""
    try:
        async with in_transaction("due-planned"):
            await due.save()
    except IntegrityError:
        return None
    return due


async def plan_timers(session: Session, timers: Iterable[Timer], *, now: datetime) -> None:
    """The timers of this turn take the place of those of the turns before."""
    if session.turn > FIRST_TURN:
        await Due.filter(session_id=session.id, kind=TIMER, state="waiting").update(
            state="dropped", outcome="moved-on", closed_at=now
        )
    for timer in timers:
        await Due.create(
            person_id=session.person_id, kind=TIMER, rule=f"timer:{session.id}:{session.turn}", slot=timer.name,
            local_date=timer.at.date(), due_at=timer.at, expires_at=timer.at + TIMER_STAYS, session_id=session.id,
            session_turn=session.turn, state="waiting", created_at=now, payload={},
        )  # fmt: skip


async def drop_waiting(person_id: UUID, *, now: datetime, outcome: str, kinds: Iterable[str] = ()) -> None:
    """What waits for a person is dropped: all of it, or these kinds."""
    waiting = Due.filter(person_id=person_id, state="waiting")
    if kinds:
        waiting = waiting.filter(kind__in=list(kinds))
    await waiting.update(state="dropped", outcome=outcome, closed_at=now)


async def plan_check_in(someone: Someone, now: datetime, *, after: date | None = None) -> Due | None:
    """The next check-in by the person's hour, zone and pace, in place of the one that waits. None: no prompts at all.

    `after` is the local day of the check-in that was just opened; without it the next may be today.
    """
    await drop_waiting(someone.id, now=now, outcome="planned-anew", kinds=[CHECK_IN])
    if someone.person.status != "active" or someone.setting("channel") == "inbound":
        return None
    today = local_day(now, someone.zone)
    joined = local_day(someone.person.joined_at or now, someone.zone)
    pace = pace_now(someone.setting("pace"), joined, today)
    slot = someone.setting("checkin_time")
    # The first score is asked for while joining, so the first of the daily ones comes the day after.
    day = next_check_in(after or max(today - timedelta(days=1), joined), pace)
    for _ in range(60):
        if day is None:
            return None
        due_at = instant(day, wall_clock(slot), someone.zone)
        if due_at > now and (made := await _check_in_on(someone, day, slot, due_at, now)) is not None:
            return made
        day = next_check_in(day, pace)
    return None


async def _check_in_on(someone: Someone, day: date, slot: str, due_at: datetime, now: datetime) -> Due | None:
    if await Rating.exists(person_id=someone.id, item="mood", local_date=day):
        return None
    # A person who changes their hour after today's question was put is not asked again today.
    if await Due.exists(person_id=someone.id, kind=CHECK_IN, local_date=day, state="done"):
        return None
    rule = f"{CHECK_IN}:{someone.id}"
    return await _revive(rule, day, slot, due_at, someone.zone) or await plan(
        Due(
            person_id=someone.id, kind=CHECK_IN, rule=rule, local_date=day, slot=slot, due_at=due_at,
            expires_at=due_at + STAYS_OPEN, zone=someone.zone, state="waiting", created_at=now, payload={},
        )
    )  # fmt: skip


async def _revive(rule: str, day: date, slot: str, due_at: datetime, zone: str) -> Due | None:
    """The same occurrence, wanted again after a change of mind. What was opened once is never opened again."""
    dropped = await Due.get_or_none(rule=rule, local_date=day, slot=slot, state="dropped", outcome="planned-anew")
    if dropped is None:
        return None
    dropped.state, dropped.outcome, dropped.closed_at = "waiting", None, None
    dropped.due_at, dropped.zone, dropped.expires_at = due_at, zone, due_at + STAYS_OPEN
    await dropped.save()
    return dropped


async def plan_script(someone: Someone, script: str, *, now: datetime, days: int = 0, minutes: int = 0) -> Due | None:
    """A script to begin `days` from today, before the person's check-in and inside their hours, or in `minutes`."""
    if days:
        day = local_day(now, someone.zone) + timedelta(days=days)
        at = instant(day, wall_clock(someone.setting("checkin_time")), someone.zone) - BEFORE_CHECK_IN
        at, slot = next_open(at, someone.zone), "day"
    else:
        at = now + timedelta(minutes=minutes)
        day, slot = local_day(at, someone.zone), at.strftime("%H:%M:%S")
    return await plan(
        Due(
            person_id=someone.id, kind=SCRIPT, rule=f"{script}:{someone.id}", local_date=day, slot=slot, due_at=at,
            expires_at=at + timedelta(hours=24), zone=someone.zone, state="waiting", created_at=now,
            payload={"script": script},
        )
    )  # fmt: skip


async def plan_digest(house: House, someone: Someone, now: datetime) -> Due | None:
    """The receiver's next evening line, at the fixed hour on the days they chose. None: they want none."""
    await drop_waiting(someone.id, now=now, outcome="planned-anew", kinds=[DIGEST])
    days = someone.setting("digest_days")
    if someone.setting("digest") == "off" or not days:
        return None
    hour = wall_clock(house.settings.notice_hour)
    today = local_day(now, someone.zone)
    for ahead in range(9):
        day = today + timedelta(days=ahead)
        due_at = instant(day, hour, someone.zone)
        if str(day.weekday()) not in days or due_at <= now:
            continue
        rule, slot = f"{DIGEST}:{someone.id}", house.settings.notice_hour
        made = await _revive(rule, day, slot, due_at, someone.zone) or await plan(
            Due(
                person_id=someone.id, kind=DIGEST, rule=rule, local_date=day, slot=slot, due_at=due_at,
                expires_at=due_at + STAYS_OPEN, zone=someone.zone, state="waiting", created_at=now, payload={},
            )
        )  # fmt: skip
        if made is not None:
            return made
    return None
