"""A minute of a break opens: half time, its return, once more, the decision, a line. All is re-read before a word."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Literal

from flows.conversation.engine import advance
from flows.conversation.hearing import begin
from flows.conversation.turn import Facts, Waited
from flows.programme.breaks import ALIVE, DECIDED_AFTER, REPEATED_AFTER, after, whole_minute
from service.break_times import CHECK, LINE, REPEAT, RETURN, plan_times
from service.breaking import both_of, decide_check
from service.conversation import commit_turn, save_session
from service.house import House
from service.owed_calls import MISSED
from service.rechecking import waits_for_the_line
from service.recording import CRISIS_HOLD
from service.records import BreakSession, Due
from service.ringing import TAKEN, UNDER_WAY, calls_of_check, is_settled, ring, rings, was_declined_today
from service.sharing import BREAK_TAKES, live_grants
from service.someone import Someone
from service.standing import bundle_of_session, moment_of, open_session, read_state

OWN_RETURN, THEIR_RETURN, SAID, HALF_TIME = "break-return", "break-partner", "break-line", "break-half"
PURPOSE = "break-return"
# What asks the same by call.
CALLS = {OWN_RETURN: "break-return-call", THEIR_RETURN: "break-partner-call"}
# Everything stood still for longer than this: the check begins now, not in the past.
LATE = timedelta(minutes=5)


async def open_break(house: House, someone: Someone, due: Due, now: datetime) -> str:
    """The outcome: what was said, with a plus; or why nothing was. The caller holds the bond and the transaction."""
    break_ = await BreakSession.get_or_none(id=str(due.payload["break"]))
    if break_ is None:
        return "forgotten"
    if due.kind != LINE and (break_.revision != due.payload["revision"] or break_.state not in ALIVE):
        return "moved-on"
    if due.kind == CHECK:  # also for a side that may hear nothing: the other one waits for it
        return f"+{await decide_check(house, break_, someone, now)}" if break_.state == "asking" else "moved-on"
    if due.kind == RETURN and now - due.due_at > LATE and break_.state != "asking":
        break_.back_at = whole_minute(now)
        await plan_times(break_, *await both_of(house, break_, someone), now, is_new=False)
        return "begins-late"
    if due.kind == RETURN and (state := after(break_.state, "asked")) is not None:  # type: ignore[arg-type]
        break_.state = state
        await break_.save()
    if (reason := await unfit_for_break(someone, break_, now)) is not None:
        return reason
    if due.kind != LINE and await waits_for_the_line(someone, due, now):
        return "on-the-line"
    match due.kind:
        case "break-half":
            return await _half(house, someone, break_, due, now)
        case "break-return":
            return await _ask(house, someone, break_, due, now)
        case "break-repeat":
            return await _ask_again(house, someone, break_, due, now)
        case _:
            given = {"break_line": str(due.payload["line"]), "break_time": str(due.payload["at"])}
            return await _begin(house, someone, SAID, given, due, now)


async def ask_again_by_text(house: House, someone: Someone, asked: Due, now: datetime) -> str:
    """Nobody took the call of `asked`. What never rang is asked by text at once, what was missed at its repetition."""
    break_ = await BreakSession.get(id=str(asked.payload["break"]))
    if (reason := await unfit_for_break(someone, break_, now)) is not None:
        return reason
    if now >= break_.back_at + DECIDED_AFTER:
        return "too-late"
    if asked.kind == REPEAT or now >= break_.back_at + REPEATED_AFTER:
        return await _put_again(house, someone, now, "remind")
    if (await calls_of_check(someone, asked.rule))[-1].state in MISSED:
        return "rings-again"
    return await _put_again(house, someone, now, "later")


async def unfit_for_break(someone: Someone, break_: BreakSession, now: datetime) -> str | None:
    """Why this side hears nothing. The caller asked for it live; the other is spared whatever they spare themself."""
    person, held = someone.person, someone.person.held_until
    is_caller = someone.id == break_.caller_id
    if person.status != "active":
        return "not-active"
    if held is not None and now < held and not (is_caller and held - CRISIS_HOLD < break_.started_at):
        return "held"
    if is_caller:
        return None
    if person.paused_until is not None and now < person.paused_until:
        return "paused"
    if someone.setting("channel") == "inbound":
        return "inbound-only"
    return None if BREAK_TAKES in await live_grants(someone, now) else "not-wanted"


async def _half(house: House, someone: Someone, break_: BreakSession, due: Due, now: datetime) -> str:
    if break_.state != "running" or someone.setting("break_half") == "off":
        return "not-wanted"
    if someone.setting("discretion") == "D2":  # a bland line in the middle of a rest is no rest
        return "veiled"
    return await _begin(house, someone, HALF_TIME, {}, due, now)


async def _ask(house: House, someone: Someone, break_: BreakSession, due: Due, now: datetime) -> str:
    """The return, by call or by text. By call too the question stands open on both: a text answers it as well."""
    script = OWN_RETURN if someone.id == break_.caller_id else THEIR_RETURN
    if not rings(someone, now) or await was_declined_today(someone, break_, now):
        return await _begin(house, someone, script, {}, due, now)
    moment = await moment_of(house, someone, now)
    turn = replace(begin(house.library, script, moment, by_service=True), prompts=())
    session = await save_session(house, someone, await open_session(someone), turn, now=now)
    await commit_turn(house, someone, turn, session=session, moment=moment, purpose=PURPOSE, source="schedule")
    await _ring(someone, break_, due, now)
    return f"+{CALLS[script]}"


async def _ask_again(house: House, someone: Someone, break_: BreakSession, due: Due, now: datetime) -> str:
    """Once more to whoever said nothing, if the question stands open: as before, and never after a taken call."""
    session = await open_session(someone)
    if session is None or session.script not in CALLS:
        return "moved-on"
    if await is_settled(due):
        return "answered-already"
    calls = await calls_of_check(someone, due.rule)
    states = {call.state for call in calls}
    if states & TAKEN:
        return "declined"
    if states & UNDER_WAY:
        return "still-ringing"
    if states & MISSED and rings(someone, now):
        await _ring(someone, break_, due, now)
        return "+rings-again"
    return await _put_again(house, someone, now, "remind")


async def _ring(someone: Someone, break_: BreakSession, due: Due, now: datetime) -> None:
    script = CALLS[OWN_RETURN if someone.id == break_.caller_id else THEIR_RETURN]
    until = break_.back_at + DECIDED_AFTER
    await ring(someone, script, due, now, purpose=PURPOSE, is_booked=False, until=until)


async def _put_again(house: House, someone: Someone, now: datetime, timer: Literal["remind", "later"]) -> str:
    """The open question in words: what `later` puts may still be reminded of."""
    session = await open_session(someone)
    if session is None or session.script not in CALLS:
        return "moved-on"
    moment = await moment_of(house, someone, now)
    bundle = await bundle_of_session(house, session)
    turn = advance(bundle, read_state(someone, session), Waited(moment, timer))
    saved = await save_session(house, someone, session, turn, now=now)
    await commit_turn(house, someone, turn, session=saved, moment=moment, purpose=PURPOSE, source="schedule")
    return "+repeated"


async def _begin(house: House, someone: Someone, script: str, given: Facts, due: Due, now: datetime) -> str:
    """A script that the service begins. One that asks nothing leaves an open conversation as it is."""
    moment = await moment_of(house, someone, now)
    turn = begin(house.library, script, moment, given=given, by_service=True)
    session = await open_session(someone)
    saved = session if turn.state is None else await save_session(house, someone, session, turn, now=now)
    await commit_turn(
        house, someone, turn, session=saved, moment=moment, purpose=PURPOSE, source="schedule",
        due_id=due.id if due.kind == RETURN else None,  # a break's texts are one thing that the person booked
    )  # fmt: skip
    return f"+{script}"
