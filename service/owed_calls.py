"""Calls we owe people, and what became of each: once more, by text, or nothing. Rows only; nothing rings from here."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID, uuid4

from flows.timing import local_day
from service.house import House
from service.promise_copies import close_notice
from service.promise_times import NOTICE
from service.records import Call, Due, Person
from service.scheduling import plan
from service.someone import Someone, opened

# One retry, only for a call that the person booked (PROGRAMME 3.6).
TRY_AGAIN_AFTER = timedelta(minutes=30)
BOOKED_TRIES = 2
OPEN_FOR = timedelta(minutes=15)  # a call that could not be placed by then is no longer the call that was asked for
RANKS = {"owed": 0, "posting": 0, "unknown": 0, "placed": 1, "answered": 2}
STATES = {
    "queued": "placed", "initiated": "placed", "ringing": "placed", "in-progress": "answered", "completed": "completed",
    "busy": "busy", "no-answer": "no-answer", "failed": "failed", "canceled": "failed", "machine": "machine",
}  # fmt: skip
# It rang and nobody took it; or it never rang at all.
MISSED, NEVER_RANG = frozenset({"busy", "no-answer", "machine"}), frozenset({"failed", "expired"})
# The due row of a question whose calls nobody took.
UNHEARD, UNHEARD_FOR = "unheard", timedelta(hours=3)


async def owe_call(someone: Someone, script: str, *, now: datetime, minutes: int, purpose: str, is_booked: bool,
                   intent: UUID | None = None, due_id: int | None = None, until: datetime | None = None,
                   ) -> Call:  # fmt: skip
    """Owe a person a call in `minutes`. Part of the turn's transaction.

    `due_id` is the question it asks, which comes by text when nobody takes the call; after `until` it is too late.
    """
    at = now + timedelta(minutes=minutes)
    return await Call.create(
        person_id=someone.id, script=script, purpose=purpose, is_booked=is_booked, state="owed", owed_at=now,
        not_before=at, expires_at=until or at + OPEN_FOR, intent=intent or uuid4(), due_id=due_id,
    )  # fmt: skip


async def settle_call(house: House, token: UUID, sid: str, status: str, now: datetime) -> Call | None:
    """What the network says of a call, or `machine` for who answered; its state never moves down.

    A booked call that nobody took is tried once more; then its question is asked by text. The caller holds a
    transaction. None: no such call, or the SID belongs to another.
    """
    call = await Call.filter(token=token).select_for_update().first()
    if call is None or call.sid not in {None, sid}:
        return None
    call.sid = sid
    state = STATES.get(status, "placed")
    if RANKS.get(state, 3) <= RANKS.get(call.state, 3):
        await call.save()
    elif state in RANKS:
        call.state, call.lease_until = state, None
        await call.save()
    else:
        await end_call(house, call, state, now)
    return call


async def end_call(house: House, call: Call, state: str, now: datetime) -> None:
    """The call is over, or never was. The caller holds its row."""
    call.state, call.settled_at, call.lease_until = state, now, None
    await call.save()
    if call.is_booked and state in MISSED and await _is_tried_again(house, call, now):
        return
    asked = await Due.get_or_none(id=call.due_id) if call.due_id is not None else None
    if asked is not None and state in MISSED | NEVER_RANG:
        await _ask_by_text(call, asked, now)
    elif asked is not None and asked.kind == NOTICE:
        await close_notice(asked, now)


async def withhold_calls(person_id: UUID, now: datetime) -> None:
    """Every call still owed stays unplaced: they opted out."""
    await Call.filter(person_id=person_id, state="owed").update(state="withheld", settled_at=now)


async def _is_tried_again(house: House, call: Call, now: datetime) -> bool:
    if await Call.filter(intent=call.intent).count() >= BOOKED_TRIES:
        return False
    person = await Person.get_or_none(id=call.person_id)
    if person is None or not person.number_sealed:
        return False
    minutes = int(TRY_AGAIN_AFTER.total_seconds() // 60)
    await owe_call(
        await opened(house.vault, person), call.script, now=now, minutes=minutes, purpose=call.purpose, is_booked=True,
        intent=call.intent, due_id=call.due_id,
    )  # fmt: skip
    return True


async def _ask_by_text(call: Call, asked: Due, now: datetime) -> None:
    """Opened under the person's lock, where everything is read again."""
    await plan(
        Due(
            person_id=call.person_id, kind=UNHEARD, rule=f"{UNHEARD}:{call.intent}",
            local_date=local_day(now, asked.zone or "UTC"), slot=str(call.id), due_at=now, expires_at=now + UNHEARD_FOR,
            zone=asked.zone, state="waiting", created_at=now, payload={"asked": call.due_id, "call": call.id},
        )
    )  # fmt: skip
