"""A due row opens: claimed, the person locked, everything re-checked, one turn. What no longer fits is dropped."""

from __future__ import annotations

import logging
import random
from dataclasses import replace
from datetime import datetime, timedelta

from flows.conversation.engine import advance
from flows.conversation.hearing import begin, settle
from flows.conversation.turn import Facts, Moment, Turn, Waited
from flows.programme.cover import SharedNumber, digest
from flows.programme.dose import check_in_script
from flows.timing import OWN_HOURS, WINDOW, is_open
from service.break_opening import ask_again_by_text, open_break
from service.break_times import BREAK_KINDS, is_break_running
from service.circle import circle_of
from service.clock import real_now
from service.conversation import commit_turn, save_session
from service.database import fetch, in_transaction
from service.house import House
from service.noticing import NOTICE_CALL, may_hear_notice
from service.owed_calls import UNHEARD
from service.pairing import label_for, open_if_ready
from service.promise_opening import began, beginning_of, over
from service.promise_times import NOTICE, PROMISE_KINDS
from service.promise_week import WEEK, has_promises, plan_week, week_facts
from service.rechecking import SPOKEN_OVER, fits_dose, put_off, unfit, waits_for_the_line
from service.records import Due, PublishedItem, Rating, Session
from service.ringing import CHECK_IN_CALL, is_settled, ring, rings
from service.scheduling import (
    CHECK_IN,
    DIGEST,
    LIMITS,
    LIMITS_EVERY,
    SCRIPT,
    plan_check_in,
    plan_digest,
    plan_script,
)  # fmt: skip
from service.screening import open_screen
from service.someone import ITEM, Someone, lock_someone, membership
from service.standing import bundle_of_session, moment_of, open_session, read_state
from service.switching import ENDING, ending_in

# Opening takes milliseconds; a row still `opening` after this belongs to a process that died.
LEASE = timedelta(seconds=20)
OPENINGS = 3  # a row that killed its worker this often is set aside, told to the operator, and blocks nobody
LOOKS_AGAIN = timedelta(minutes=5)  # a digest that waits for the end of a break
WAITS_FOR = timedelta(minutes=30)  # a start that waits for an open conversation looks again so much later
log = logging.getLogger(__name__)


async def due_ids(now: datetime, *, limit: int = 500) -> list[int]:
    """What is due and not opened, oldest first; behind it what a process failed at or died over."""
    rows = await fetch(
        "SELECT id FROM due WHERE (state = 'waiting' AND due_at <= $1 AND (lease_until IS NULL OR lease_until < $2))"
        " OR (state = 'opening' AND due_at <= $1 AND lease_until < $2) ORDER BY attempts > 0, due_at, id LIMIT $3",
        now, real_now(), limit,
    )  # fmt: skip
    return [int(row["id"]) for row in rows]


async def open_due(house: House, due_id: int) -> None:
    """Open one due row. May run twice and at once: the claim is a compare-and-swap and the row is read again under
    the person's lock, so a second run finds it done.
    """
    now = house.clock.now()
    if not await _claim(due_id, now):
        return
    async with in_transaction("due-opened"):
        due = await Due.get(id=due_id)
        someone = await lock_someone(house.vault, due.person_id) if due.person_id is not None else None
        due = await Due.filter(id=due_id).select_for_update().get()
        if due.state != "opening":
            return
        outcome = await _open(house, someone, due, now) if someone is not None else "nobody"
        if due.state == "opening":  # not put off
            due.state = "done" if outcome.startswith("+") else "dropped"
            due.outcome, due.closed_at, due.lease_until = outcome.lstrip("+")[:40], now, None
        await due.save()
    log.info("due_opened due=%s kind=%s outcome=%s", due_id, due.kind, outcome.lstrip("+"))
    await house.doorbell.ring()


async def _claim(due_id: int, now: datetime) -> bool:
    """The claim is committed before any person is locked. A row that died too often is set aside."""
    async with in_transaction("due-claimed"):
        rows = await fetch(
            "UPDATE due SET state = CASE WHEN attempts >= $4 THEN 'quarantined' ELSE 'opening' END,"
            " attempts = attempts + 1, lease_until = $3"
            " WHERE id = $1 AND due_at <= $2 AND state IN ('waiting', 'opening')"
            " AND (lease_until < $5 OR (lease_until IS NULL AND state = 'waiting'))"
            " RETURNING state",
            due_id, now, real_now() + LEASE, OPENINGS, real_now(),
        )  # fmt: skip
    if rows and rows[0]["state"] == "quarantined":
        log.error("due_quarantined due=%s", due_id)
    return bool(rows) and rows[0]["state"] == "opening"


async def _open(house: House, someone: Someone, due: Due, now: datetime) -> str:
    """The outcome: what began, with a plus; or why it was dropped."""
    match due.kind:
        case "timer":
            return await _timer(house, someone, due, now)
        case "check-in":
            outcome = await _check_in(house, someone, due, now)
            await plan_check_in(someone, now, after=due.local_date)
            return outcome
        case "digest":
            outcome = await _digest(house, someone, due, now)
            await plan_digest(house, someone, now)
            return outcome
        case "script":
            script = str(due.payload["script"])
            if script == LIMITS:  # said again every ninety days, whether or not it could be said today
                await plan_script(someone, LIMITS, now=now, days=LIMITS_EVERY)
            if script == ENDING and ending_in(await circle_of(house.vault, someone, now)) is None:
                return "nothing-ends"
            if script == WEEK:
                return await _week(house, someone, due, now)
            return await _begin(house, someone, due, now, script=script)
        case kind if kind == UNHEARD:
            return await _unheard(house, someone, due, now)
        case "screen":
            return await open_screen(someone, now)
        case "screen-counts":
            await open_if_ready(house, someone, now)
            return "+looked"
        case kind if kind in BREAK_KINDS:
            return await open_break(house, someone, due, now)
        case kind if kind in PROMISE_KINDS:
            return await _promise(house, someone, due, now)
        case other:
            raise ValueError(f"no such kind of due row: {other}")


async def _week(house: House, someone: Someone, due: Due, now: datetime) -> str:
    """As long as there are promises there is a next one, whether or not this one has anything to say."""
    if await has_promises(someone):
        await plan_week(someone, now)
    if someone.setting("pace") == "off":  # a quiet hold
        return "resting"
    given = await week_facts(house, someone, now)
    return await _begin(house, someone, due, now, script=WEEK, given=given) if given is not None else "nothing-to-say"


async def _timer(house: House, someone: Someone, due: Due, now: datetime) -> str:
    """A timer of a conversation: a no-op when that has moved on."""
    session = await Session.get_or_none(id=due.session_id, is_open=True)
    if session is None or session.turn != due.session_turn:
        return "moved-on"
    is_reminder = due.slot != "close"
    if due.slot == "later" and not is_open(now, someone.zone, OWN_HOURS):
        return "quiet-hours"
    in_window = due.slot != "later"  # the person asked for that minute
    if is_reminder and await waits_for_the_line(someone, due, now):
        return "on-the-line"
    if is_reminder and (reason := unfit(someone, due, now, purpose="reply", in_window=in_window)) is not None:
        return reason
    bundle = await bundle_of_session(house, session)
    moment = await moment_of(house, someone, now, chance=random.random())  # noqa: S311  # no secret hangs on it
    turn = settle(house.library, advance(bundle, read_state(someone, session), _elapsed(due, moment)), moment)
    saved = await save_session(house, someone, session, turn, now=now)
    purpose = bundle.root.purpose if bundle.root.purpose in {"safety", "check-in"} else "reply"
    await commit_turn(
        house, someone, turn, session=saved, moment=moment, purpose=purpose, source="schedule", due_id=due.id
    )
    return f"+{due.slot}"


def _elapsed(due: Due, moment: Moment) -> Waited:
    match due.slot:
        case "remind" | "later" as timer:
            return Waited(moment, timer)
        case _:
            return Waited(moment, "close")


async def _check_in(house: House, someone: Someone, due: Due, now: datetime) -> str:
    if await Rating.exists(person_id=someone.id, item="mood", local_date=due.local_date):
        return "answered-already"
    script = check_in_script(someone.person.unanswered)
    if script != CHECK_IN or not rings(someone, now):
        return await _begin(house, someone, due, now, script=script)
    if (reason := await _why_not(house, someone, due, now, script=script)) is not None:
        return reason
    await ring(someone, CHECK_IN_CALL, due, now, purpose=CHECK_IN, is_booked=True)
    return f"+{CHECK_IN}"


async def _unheard(house: House, someone: Someone, due: Due, now: datetime) -> str:
    """Nobody took the call: what it would have asked is asked by text, if it is still open."""
    asked = await Due.get_or_none(id=int(str(due.payload["asked"])))
    if asked is None or await is_settled(asked):
        return "answered-already"
    if await waits_for_the_line(someone, due, now):
        return "on-the-line"
    if asked.kind in BREAK_KINDS:
        return await ask_again_by_text(house, someone, asked, now)
    if asked.kind == NOTICE:
        return await _notice_by_text(house, someone, asked, due, now)
    # Two calls were the question and its reminder; by text it is put once.
    return await _begin(house, someone, asked, now, script=CHECK_IN, given={"reminder_after_minutes": 0})


async def _notice_by_text(house: House, someone: Someone, asked: Due, due: Due, now: datetime) -> str:
    beginning = await beginning_of(house, someone, asked, now)
    if isinstance(beginning, str):
        return beginning
    outcome = await _begin(house, someone, due, now, script=beginning.script, given=beginning.given)
    if due.state != "waiting":
        await over(asked, now)
    return outcome


async def _digest(house: House, someone: Someone, due: Due, now: datetime) -> str:
    if someone.setting("pace") == "off":  # a quiet hold, the receiver's own
        return "resting"
    found = await membership(someone.id)
    if found is not None and await is_break_running(found[0].id, now):  # for both, and both know of it
        if is_open(now + LOOKS_AGAIN, someone.zone, WINDOW):
            put_off(due, now + LOOKS_AGAIN)
        return "break-running"
    shared = await _shared_number(house, someone, due)
    return await _begin(house, someone, due, now, script=DIGEST, given=digest(shared))


async def _shared_number(house: House, receiver: Someone, due: Due) -> SharedNumber | None:
    """The published copy of the day, or nothing. Nothing here can see why there is none."""
    item = await PublishedItem.filter(receiver_id=receiver.id, kind="mood", local_date=due.local_date).first()
    if item is None:
        return None
    return SharedNumber(await label_for(house, receiver), receiver.key.open(item.item_sealed, ITEM))


async def _promise(house: House, someone: Someone, due: Due, now: datetime) -> str:
    beginning = await beginning_of(house, someone, due, now)
    if isinstance(beginning, str):
        outcome = beginning
    elif due.kind == NOTICE and rings(someone, now) and await may_hear_notice(someone):
        return await _ring_notice(house, someone, due, now, script=beginning.script)
    else:
        outcome = await _begin(house, someone, due, now, script=beginning.script, given=beginning.given)
    if outcome.startswith("+"):
        await began(due, now)
    await over(due, now)
    return outcome


async def _ring_notice(house: House, someone: Someone, due: Due, now: datetime, *, script: str) -> str:
    """At its minute it rings, and is told behind the code. It is over when the call is, or when it went by text."""
    if (reason := await _why_not(house, someone, due, now, script=script)) is not None:
        await over(due, now)
        return reason
    await ring(someone, NOTICE_CALL, due, now, purpose=NOTICE, is_booked=False)
    return f"+{NOTICE_CALL}"


async def _begin(house: House, someone: Someone, due: Due, now: datetime, *, script: str,
                 given: Facts | None = None) -> str:  # fmt: skip
    if (reason := await _why_not(house, someone, due, now, script=script)) is not None:
        return reason
    purpose, opens = house.library.scripts[script].purpose, house.library.scripts[script].opens
    session = await open_session(someone)
    is_taken = session is not None and not await _gives_way(house, session)
    moment = await moment_of(house, someone, now, chance=random.random())  # noqa: S311
    turn = begin(house.library, script, moment, given=given, by_service=True, local_date=due.local_date.isoformat())
    if is_taken and opens == "beside":
        turn = replace(turn, state=None, timers=())  # said; the open conversation stays as it was
    saved = await _keep(house, someone, session, turn, now)
    await commit_turn(
        house, someone, turn, session=saved, moment=moment, purpose=purpose, source="schedule", due_id=due.id
    )
    return f"+{script}"


async def _why_not(house: House, someone: Someone, due: Due, now: datetime, *, script: str) -> str | None:
    """Why a script does not begin now; what only waits is put off. None: it may."""
    purpose = house.library.scripts[script].purpose
    # A check-in comes at the hour its person chose, a break's return at the minute they were told.
    in_window = due.kind == SCRIPT and purpose != "break-return"
    reason = unfit(someone, due, now, purpose=purpose, in_window=in_window)
    if reason is None and purpose not in SPOKEN_OVER and await waits_for_the_line(someone, due, now):
        reason = "on-the-line"
    if reason is None and not await fits_dose(someone, purpose, due, now):
        reason = "dose"
    if reason is not None:
        return reason
    session = await open_session(someone)
    opens = house.library.scripts[script].opens
    is_taken = session is not None and not await _gives_way(house, session)
    if session is not None and is_taken and opens == "skip" and not _is_of_another_day(someone, session, due):
        return "conversation-open"
    is_veiled = someone.setting("discretion") == "D2"
    if is_taken and (opens == "wait" or (opens == "beside" and is_veiled)):
        put_off(due, now + WAITS_FOR)
        return "waits"
    return None


async def _gives_way(house: House, session: Session) -> bool:
    """Whether the open question can be answered without its conversation, so that another may take its place."""
    bundle = await bundle_of_session(house, session)
    return bundle.root.gives_way


def _is_of_another_day(someone: Someone, session: Session, due: Due) -> bool:
    """A check-in about a day before does not stand in the way of today's."""
    is_check_in = session.script == due.kind == CHECK_IN
    return is_check_in and read_state(someone, session).local_date < due.local_date.isoformat()


async def _keep(house: House, someone: Someone, session: Session | None, turn: Turn, now: datetime) -> Session | None:
    """A script that asks nothing leaves an open conversation as it is."""
    if turn.state is None:
        return session
    return await save_session(house, someone, session, turn, now=now)
