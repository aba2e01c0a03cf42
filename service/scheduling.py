"""Due rows, the only timers: made here, computed once from wall-clock time and zone, never made twice."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from uuid import UUID

from flows.conversation.turn import Timer
from flows.programme.dose import next_check_in, pace_now
from flows.timing import instant, local_day, next_open, wall_clock
from service.database import fetch
from service.house import House
from service.records import Due, Rating, Session
from service.someone import Someone
from service.writing import insert_later, later, update_later

CHECK_IN, DIGEST, SCRIPT, TIMER = "check-in", "digest", "script", "timer"
LIMITS, LIMITS_EVERY = "limits", 90  # days between two reminders of what this is not (PROGRAMME 1)
# A check-in that could not be opened by then is dropped, not queued up (PROGRAMME 3.10).
STAYS_OPEN = timedelta(hours=3)
# Other texts of a day come this long before the check-in, so that two questions never meet.
BEFORE_CHECK_IN = timedelta(hours=2)
# A timer of a question that was open when everything stood still is worked off for this long.
TIMER_STAYS = timedelta(days=30)
FIRST_TURN = 1
PLANNED = (
    "person_id", "kind", "rule", "local_date", "slot", "due_at", "expires_at", "zone", "state", "created_at",
)  # fmt: skip
PLAN = (
    f"INSERT INTO due ({', '.join(PLANNED)}, payload)"  # noqa: S608  # our own words
    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)"
    " ON CONFLICT DO NOTHING RETURNING id"
)
# How far back a check-in still says something about the next one: it is open for hours.
LOOKS_BACK = timedelta(days=3)
# One that a worker has just claimed is left to it: it finds everything as it is now.
DROP_CHECK_IN = (
    "UPDATE due SET state = 'dropped', outcome = 'planned-anew', closed_at = gone.at"
    " FROM json_to_recordset($1) AS gone (id bigint, at timestamptz) WHERE due.id = gone.id AND due.state = 'waiting'"
)
# Timers of a turn that was planned beside this one are not met by it: they carry a turn of their own.
DROP_TIMERS = (
    "UPDATE due SET state = 'dropped', outcome = 'moved-on', closed_at = gone.at"
    " FROM json_to_recordset($1) AS gone (session_id bigint, at timestamptz)"
    " WHERE due.session_id = gone.session_id AND due.kind = 'timer' AND due.state = 'waiting'"
)


async def plan(due: Due) -> Due | None:
    """Keep an occurrence; None when it is there already: the rule, the day and the slot are one occurrence."""
    rows = await fetch(PLAN, *(getattr(due, each) for each in PLANNED), json.dumps(due.payload))
    if not rows:
        return None
    due.id, due._saved_in_db = rows[0]["id"], True
    return due


def plan_timers(session: Session, timers: Iterable[Timer], *, now: datetime) -> None:
    """The timers of this turn take the place of those of the turns before. A question on a call lasts as long as the
    line does; it needs none.
    """
    if session.channel != "text":
        return
    if session.turn > FIRST_TURN:
        later(DROP_TIMERS, session.id, {"session_id": session.id, "at": now})
    for timer in timers:
        insert_later(
            Due.construct(
                person_id=session.person_id, kind=TIMER, rule=f"timer:{session.id}:{session.turn}", slot=timer.name,
                local_date=timer.at.date(), due_at=timer.at, expires_at=timer.at + TIMER_STAYS, session_id=session.id,
                session_turn=session.turn, state="waiting", created_at=now, payload={},
            )
        )  # fmt: skip


async def drop_waiting(person_id: UUID, *, now: datetime, outcome: str, kinds: Iterable[str] = ()) -> None:
    """What waits for a person is dropped: all of it, or these kinds."""
    waiting = Due.filter(person_id=person_id, state="waiting")
    if kinds:
        waiting = waiting.filter(kind__in=list(kinds))
    await waiting.update(state="dropped", outcome=outcome, closed_at=now)


async def plan_check_in(someone: Someone, now: datetime) -> Due | None:
    """The next check-in by the person's hour, zone and pace, in place of the one that waits. None: no prompts at all.

    The next may be today. The caller holds the bond.
    """
    known, someone.was_planned = await check_ins_of([someone.id], now), True
    moods = await Rating.filter(
        person_id=someone.id, item="mood", local_date__gte=local_day(now, someone.zone)
    ).values_list("local_date", flat=True)
    return plan_check_in_after(None, someone, now, known=known, moods=set(moods))  # type: ignore[arg-type]


async def check_ins_of(people: Sequence[UUID], now: datetime) -> list[Due]:
    """The check-ins of these people that wait, were just opened, or could be wanted again."""
    return await Due.filter(person_id__in=list(people), kind=CHECK_IN, due_at__gt=now - LOOKS_BACK)


def plan_check_in_after(opened: date | None, someone: Someone, now: datetime, *, known: Iterable[Due],
                        moods: Collection[date]) -> Due | None:  # fmt: skip
    """As `plan_check_in`, with what is `known` of this person's check-ins and on which days there is a number.

    `opened` is the local day of the check-in that was just opened; without it the next may be today.
    """
    own = {(due.local_date, due.slot): due for due in known if due.person_id == someone.id}
    planned = _next_check_in(opened, someone, now, own=own, moods=moods)
    for due in own.values():
        if due.state == "waiting" and due is not planned:
            later(DROP_CHECK_IN, due.id, {"id": due.id, "at": now})
    return planned


def _next_check_in(opened: date | None, someone: Someone, now: datetime, *, own: Mapping[tuple[date, str], Due],
                   moods: Collection[date]) -> Due | None:  # fmt: skip
    if someone.person.status != "active" or someone.setting("channel") == "inbound":
        return None
    today = local_day(now, someone.zone)
    joined = local_day(someone.person.joined_at or now, someone.zone)
    pace = pace_now(someone.setting("pace"), joined, today)
    slot = someone.setting("checkin_time")
    # The first score is asked for while joining, so the first of the daily ones comes the day after.
    # A person who changes their hour after today's question was put is not asked again today.
    asked = {due.local_date for due in own.values() if due.state == "done"} | set(moods)
    day = next_check_in(opened or max(today - timedelta(days=1), joined), pace)
    for _ in range(60):
        if day is None:
            return None
        due_at = instant(day, wall_clock(slot), someone.zone)
        if due_at > now and day not in asked:
            made = _check_in_at(someone, day, slot, due_at, known=own.get((day, slot)), now=now)
            if made is not None:
                return made
        day = next_check_in(day, pace)
    return None


def _check_in_at(someone: Someone, day: date, slot: str, due_at: datetime, *, known: Due | None,
                 now: datetime) -> Due | None:  # fmt: skip
    """A new occurrence, or the same one again; None when it was opened, or is being opened, or was dropped for good."""
    if known is None:
        due = Due.construct(
            person_id=someone.id, kind=CHECK_IN, rule=f"{CHECK_IN}:{someone.id}", local_date=day, slot=slot,
            due_at=due_at, expires_at=due_at + STAYS_OPEN, zone=someone.zone, state="waiting", created_at=now,
            payload={},
        )  # fmt: skip
        insert_later(due)
        return due
    if known.state != "waiting" and (known.state, known.outcome) != ("dropped", "planned-anew"):
        return None
    _want_again(known, due_at, someone.zone)
    update_later(known)
    return known


async def _revive(rule: str, day: date, slot: str, due_at: datetime, zone: str) -> Due | None:
    """The same occurrence, wanted again after a change of mind. What was opened once is never opened again."""
    dropped = await Due.get_or_none(rule=rule, local_date=day, slot=slot, state="dropped", outcome="planned-anew")
    if dropped is None:
        return None
    _want_again(dropped, due_at, zone)
    await dropped.save()
    return dropped


def _want_again(dropped: Due, due_at: datetime, zone: str) -> None:
    dropped.state, dropped.outcome, dropped.closed_at = "waiting", None, None
    dropped.due_at, dropped.zone, dropped.expires_at = due_at, zone, due_at + STAYS_OPEN


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
