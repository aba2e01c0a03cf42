"""A minute of a break opens: half time, its return, once more, the decision, a line. All is re-read before a word."""

from __future__ import annotations

from datetime import datetime, timedelta

from flows.conversation.engine import advance
from flows.conversation.hearing import begin
from flows.conversation.turn import Facts, Waited
from flows.programme.breaks import ALIVE, after, whole_minute
from service.break_times import CHECK, LINE, RETURN, plan_times
from service.breaking import both_of, decide_check
from service.conversation import commit_turn, save_session
from service.house import House
from service.recording import CRISIS_HOLD
from service.records import BreakAnswer, BreakSession, Due
from service.sharing import BREAK_TAKES, live_grants
from service.someone import Someone
from service.standing import bundle_of_session, moment_of, open_session, read_state

OWN_RETURN, THEIR_RETURN, SAID, HALF_TIME = "break-return", "break-partner", "break-line", "break-half"
PURPOSE = "break-return"
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
    if (reason := await _unfit(someone, break_, now)) is not None:
        return reason
    match due.kind:
        case "break-half":
            return await _half(house, someone, break_, due, now)
        case "break-return":
            script = OWN_RETURN if someone.id == break_.caller_id else THEIR_RETURN
            return await _begin(house, someone, script, {}, due, now)
        case "break-repeat":
            return await _repeat(house, someone, break_, now)
        case _:
            given = {"break_line": str(due.payload["line"]), "break_time": str(due.payload["at"])}
            return await _begin(house, someone, SAID, given, due, now)


async def _unfit(someone: Someone, break_: BreakSession, now: datetime) -> str | None:
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
    return None if BREAK_TAKES in await live_grants(someone.id, now) else "not-wanted"


async def _half(house: House, someone: Someone, break_: BreakSession, due: Due, now: datetime) -> str:
    if break_.state != "running" or someone.setting("break_half") == "off":
        return "not-wanted"
    if someone.setting("discretion") == "D2":  # a bland line in the middle of a rest is no rest
        return "veiled"
    return await _begin(house, someone, HALF_TIME, {}, due, now)


async def _repeat(house: House, someone: Someone, break_: BreakSession, now: datetime) -> str:
    """Once more to whoever said nothing, if the question stands open."""
    session = await open_session(someone)
    if session is None or session.script not in {OWN_RETURN, THEIR_RETURN}:
        return "moved-on"
    if await BreakAnswer.exists(
        break_session_id=break_.id, person_id=someone.id, check_number=break_.check_number
    ):
        return "answered-already"
    moment = await moment_of(house, someone, now)
    bundle = await bundle_of_session(house, session)
    turn = advance(bundle, read_state(someone, session), Waited(moment, "remind"))
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
