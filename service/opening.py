"""A due row opens: everything is re-checked, then one turn. What no longer fits is dropped."""

from __future__ import annotations

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
from service.circle import Circle, circle_of
from service.conversation import commit_turn, save_session
from service.house import House
from service.noticing import NOTICE_CALL, may_hear_notice
from service.owed_calls import UNHEARD
from service.pairing import label_for, open_if_ready
from service.promise_opening import began, beginning_of, over
from service.promise_times import NOTICE, PROMISE_KINDS
from service.promise_week import WEEK, has_promises, plan_week, week_facts
from service.rechecking import SPOKEN_OVER, Ready, fits_dose, put_off, unfit, waits_for_the_line
from service.records import Due, PublishedItem, Session
from service.ringing import CHECK_IN_CALL, is_settled, ring, rings
from service.scheduling import (
    CHECK_IN,
    DIGEST,
    LIMITS,
    LIMITS_EVERY,
    SCRIPT,
    check_ins_of,
    plan_check_in_after,
    plan_digest,
    plan_script,
)  # fmt: skip
from service.screening import open_screen
from service.someone import ITEM, Someone
from service.standing import bundle_of_session, moment_in, read_state
from service.switching import ENDING, ending_in

LOOKS_AGAIN = timedelta(minutes=5)  # a digest that waits for the end of a break
WAITS_FOR = timedelta(minutes=30)  # a start that waits for an open conversation looks again so much later


async def open_one(house: House, circle: Circle, due: Due, ready: Ready) -> str:
    """The outcome: what began, with a plus; or why it was dropped. The caller holds the bond, and saves the row."""
    someone, now = circle.someone, ready.now
    match due.kind:
        case "timer":
            return await _timer(house, circle, due, now)
        case "check-in":
            outcome = await _check_in(house, circle, due, ready)
            known = await check_ins_of([someone.id], now) if someone.was_planned else ready.check_ins
            plan_check_in_after(due.local_date, someone, now, known=known, moods=circle.recent_moods)
            return outcome
        case "digest":
            outcome = await _digest(house, circle, due, ready)
            await plan_digest(house, someone, now)
            return outcome
        case "script":
            script = str(due.payload["script"])
            if script == LIMITS:  # said again every ninety days, whether or not it could be said today
                await plan_script(someone, LIMITS, now=now, days=LIMITS_EVERY)
            if script == ENDING and ending_in(circle) is None:
                return "nothing-ends"
            if script == WEEK:
                return await _week(house, someone, due, ready)
            return await _begin(house, someone, due, ready, script=script)
        case kind if kind == UNHEARD:
            return await _unheard(house, someone, due, ready)
        case "screen":
            return await open_screen(someone, now)
        case "screen-counts":
            await open_if_ready(house, someone, now)
            return "+looked"
        case kind if kind in BREAK_KINDS:
            return await open_break(house, someone, due, now)
        case kind if kind in PROMISE_KINDS:
            return await _promise(house, someone, due, ready)
        case other:
            raise ValueError(f"no such kind of due row: {other}")


async def _week(house: House, someone: Someone, due: Due, ready: Ready) -> str:
    """As long as there are promises there is a next one, whether or not this one has anything to say."""
    now = ready.now
    if await has_promises(someone):
        await plan_week(someone, now)
    if someone.setting("pace") == "off":  # a quiet hold
        return "resting"
    given = await week_facts(house, someone, now)
    return await _begin(house, someone, due, ready, script=WEEK, given=given) if given is not None else "nothing-to-say"


async def _timer(house: House, circle: Circle, due: Due, now: datetime) -> str:
    """A timer of a conversation: a no-op when that has moved on."""
    someone, session = circle.someone, circle.session
    if session is None or session.id != due.session_id or session.turn != due.session_turn:
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
    moment = moment_in(house, circle, chance=random.random())  # noqa: S311  # no secret hangs on it
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


async def _check_in(house: House, circle: Circle, due: Due, ready: Ready) -> str:
    someone, now = circle.someone, ready.now
    if due.local_date in circle.recent_moods:
        return "answered-already"
    script = check_in_script(someone.person.unanswered)
    if script != CHECK_IN or not rings(someone, now):
        return await _begin(house, someone, due, ready, script=script, circle=circle)
    if (reason := await _why_not(house, circle, due, ready, script=script)) is not None:
        return reason
    await ring(someone, CHECK_IN_CALL, due, now, purpose=CHECK_IN, is_booked=True)
    return f"+{CHECK_IN}"


async def _unheard(house: House, someone: Someone, due: Due, ready: Ready) -> str:
    """Nobody took the call: what it would have asked is asked by text, if it is still open."""
    now = ready.now
    asked = await Due.get_or_none(id=int(str(due.payload["asked"])))
    if asked is None or await is_settled(asked):
        return "answered-already"
    if await waits_for_the_line(someone, due, now):
        return "on-the-line"
    if asked.kind in BREAK_KINDS:
        return await ask_again_by_text(house, someone, asked, now)
    if asked.kind == NOTICE:
        return await _notice_by_text(house, someone, asked, due, ready)
    # Two calls were the question and its reminder; by text it is put once.
    return await _begin(house, someone, asked, ready, script=CHECK_IN, given={"reminder_after_minutes": 0})


async def _notice_by_text(house: House, someone: Someone, asked: Due, due: Due, ready: Ready) -> str:
    beginning = await beginning_of(house, someone, asked, ready.now)
    if isinstance(beginning, str):
        return beginning
    outcome = await _begin(house, someone, due, ready, script=beginning.script, given=beginning.given)
    if due.state != "waiting":
        await over(asked, ready.now)
    return outcome


async def _digest(house: House, circle: Circle, due: Due, ready: Ready) -> str:
    someone, now = circle.someone, ready.now
    if someone.setting("pace") == "off":  # a quiet hold, the receiver's own
        return "resting"
    if circle.pair is not None and await is_break_running(circle.pair.id, now):  # for both, and both know of it
        if is_open(now + LOOKS_AGAIN, someone.zone, WINDOW):
            put_off(due, now + LOOKS_AGAIN)
        return "break-running"
    shared = await _shared_number(house, someone, due)
    return await _begin(house, someone, due, ready, script=DIGEST, given=digest(shared), circle=circle)


async def _shared_number(house: House, receiver: Someone, due: Due) -> SharedNumber | None:
    """The published copy of the day, or nothing. Nothing here can see why there is none."""
    item = await PublishedItem.filter(receiver_id=receiver.id, kind="mood", local_date=due.local_date).first()
    if item is None:
        return None
    return SharedNumber(await label_for(house, receiver), receiver.key.open(item.item_sealed, ITEM))


async def _promise(house: House, someone: Someone, due: Due, ready: Ready) -> str:
    now = ready.now
    beginning = await beginning_of(house, someone, due, now)
    if isinstance(beginning, str):
        outcome = beginning
    elif due.kind == NOTICE and rings(someone, now) and await may_hear_notice(someone):
        return await _ring_notice(house, someone, due, ready, script=beginning.script)
    else:
        outcome = await _begin(house, someone, due, ready, script=beginning.script, given=beginning.given)
    if outcome.startswith("+"):
        await began(due, now)
    await over(due, now)
    return outcome


async def _ring_notice(house: House, someone: Someone, due: Due, ready: Ready, *, script: str) -> str:
    """At its minute it rings, and is told behind the code. It is over when the call is, or when it went by text."""
    circle = await circle_of(house.vault, someone, ready.now)
    if (reason := await _why_not(house, circle, due, ready, script=script)) is not None:
        await over(due, ready.now)
        return reason
    await ring(someone, NOTICE_CALL, due, ready.now, purpose=NOTICE, is_booked=False)
    return f"+{NOTICE_CALL}"


async def _begin(house: House, someone: Someone, due: Due, ready: Ready, *, script: str, given: Facts | None = None,
                 circle: Circle | None = None) -> str:  # fmt: skip
    """`circle` is this person's, where nothing was changed since it was read; otherwise it is read again."""
    now = ready.now
    circle = circle if circle is not None else await circle_of(house.vault, someone, now)
    if (reason := await _why_not(house, circle, due, ready, script=script)) is not None:
        return reason
    session = circle.session
    purpose, opens = house.library.scripts[script].purpose, house.library.scripts[script].opens
    is_taken = session is not None and not await _gives_way(house, session)
    moment = moment_in(house, circle, chance=random.random())  # noqa: S311
    turn = begin(house.library, script, moment, given=given, by_service=True, local_date=due.local_date.isoformat())
    if is_taken and opens == "beside":
        turn = replace(turn, state=None, timers=())  # said; the open conversation stays as it was
    saved = await _keep(house, someone, session, turn, now)
    await commit_turn(
        house, someone, turn, session=saved, moment=moment, purpose=purpose, source="schedule", due_id=due.id
    )
    return f"+{script}"


async def _why_not(house: House, circle: Circle, due: Due, ready: Ready, *, script: str) -> str | None:
    """Why a script does not begin now; what only waits is put off. None: it may."""
    now, someone, session = ready.now, circle.someone, circle.session
    purpose = house.library.scripts[script].purpose
    # A check-in comes at the hour its person chose, a break's return at the minute they were told.
    in_window = due.kind == SCRIPT and purpose != "break-return"
    reason = unfit(someone, due, now, purpose=purpose, in_window=in_window)
    may_be_on_the_line = "voice" in circle.channels and purpose not in SPOKEN_OVER
    if reason is None and may_be_on_the_line and await waits_for_the_line(someone, due, now):
        reason = "on-the-line"
    if reason is None and not fits_dose(someone, purpose, due, now, opened=ready.opened):
        reason = "dose"
    if reason is not None:
        return reason
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
