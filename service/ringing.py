"""Questions that ring: asked by call of whoever wants calls, inside their own hours. What nobody took comes by text."""

from __future__ import annotations

from datetime import datetime
from uuid import NAMESPACE_OID, uuid5

from flows.conversation.questions import questions_answered
from flows.conversation.turn import Turn
from flows.timing import OWN_HOURS, is_open, local_day
from service.owed_calls import owe_call
from service.promise_copies import copy_of
from service.promise_times import NOTICE
from service.records import BreakAnswer, BreakSession, Call, Due, Rating
from service.scheduling import CHECK_IN
from service.someone import Someone

CHECK_IN_CALL = "check-in-outgoing"
# A call that somebody took: whatever they said or left unsaid, nobody rings them about it again (PROGRAMME 3.7).
TAKEN = frozenset({"answered", "completed", "declined"})
CANNOT_TALK = frozenset({"star", "quiet"})
UNDER_WAY = frozenset({"owed", "posting", "unknown", "placed"})


def rings(someone: Someone, at: datetime) -> bool:
    """Whether what this person is asked at that minute is asked by call."""
    return someone.setting("channel") == "both" and is_open(at, someone.zone, OWN_HOURS)


async def ring(someone: Someone, script: str, asked: Due, now: datetime, *, purpose: str, is_booked: bool,
               until: datetime | None = None) -> Call:  # fmt: skip
    """Owe the call that asks the question `asked`; part of its turn. After `until` it would come too late."""
    return await owe_call(
        someone, script, now=now, minutes=0, purpose=purpose, is_booked=is_booked, due_id=asked.id, until=until,
        intent=uuid5(NAMESPACE_OID, f"{asked.rule} {asked.local_date}"),
    )  # fmt: skip


async def is_settled(asked: Due) -> bool:
    """Whether the question is answered, on either channel, or asks nothing any more."""
    if asked.kind == CHECK_IN:
        return await Rating.exists(person_id=asked.person_id, item="mood", local_date=asked.local_date)
    if asked.kind == NOTICE:
        copy = await copy_of(asked)
        return copy is None or copy.has_update or copy.closed_at is not None
    break_ = await BreakSession.get_or_none(id=asked.payload["break"])
    if break_ is None or break_.state != "asking" or break_.revision != asked.payload["revision"]:
        return True
    return await BreakAnswer.exists(
        break_session_id=break_.id, person_id=asked.person_id, check_number=break_.check_number
    )


async def calls_of_check(someone: Someone, rule: str) -> list[Call]:
    """The calls that asked one person at one check of a break, oldest first."""
    asked = await Due.filter(rule=rule, person_id=someone.id).values_list("id", flat=True)
    return await Call.filter(due_id__in=list(asked)).order_by("id")


async def was_declined_today(someone: Someone, break_: BreakSession, now: datetime) -> bool:
    """Whether they took a call of this break today and could not talk: the rest of the day it asks by text."""
    dues = Due.filter(rule__startswith=f"break:{break_.id.hex}:", person_id=someone.id)
    declined = Call.filter(due_id__in=list(await dues.values_list("id", flat=True)), state="declined")
    today = local_day(now, someone.zone)
    return any(local_day(each.settled_at or now, someone.zone) == today for each in await declined)


async def end_taken_call(someone: Someone, call: Call, now: datetime, turn: Turn) -> None:
    """A call of ours that somebody took ends with this turn. Who could not talk is not rung about it again that day,
    nor texted.
    """
    if call.due_id is None or call.state not in TAKEN:
        return
    asked = await Due.get_or_none(id=call.due_id)
    if asked is None or asked.kind == NOTICE:  # it asks nothing, and is over with its call
        return
    is_answered = bool(questions_answered(turn.effects)) or await is_settled(asked)
    if is_answered and turn.reason not in CANNOT_TALK:
        return
    call.state, call.settled_at = "declined", now
    await call.save()
    if asked.kind == CHECK_IN and not is_answered:
        someone.person.unanswered += 1
