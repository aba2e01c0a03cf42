"""Calls we owe: claimed, committed, placed once, settled by what the network says. Consent is read again each time."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from flows.timing import OWN_HOURS, is_open
from service.clock import real_now
from service.database import fetch, in_transaction
from service.errors import GatewayRefused, GatewayUnavailable, GatewayUnclear
from service.gateway.port import Gateway, OutgoingCall
from service.gateway.voice_wire import CALL_KEY
from service.gateway.wire import STATUS_PATH
from service.house import House
from service.records import Call, Person
from service.someone import Someone, opened

VOICE_PATH = "/twilio/voice"
# Twenty seconds of ringing: most voicemail begins after that (TWILIO.md 7).
RING_SECONDS = 20
LEASE = timedelta(seconds=20)
ASK_AFTER, ABSENCE_PROVEN_AFTER = timedelta(seconds=3), timedelta(seconds=10)
LOOK_BACK = timedelta(minutes=2)
# One retry, only for a call that the person booked (PROGRAMME 3.6).
TRY_AGAIN_AFTER = timedelta(minutes=30)
BOOKED_TRIES = 2
OPEN_FOR = timedelta(minutes=15)  # a call that could not be placed by then is no longer the call that was asked for
RANKS = {"owed": 0, "posting": 0, "unknown": 0, "placed": 1, "answered": 2}
STATES = {
    "queued": "placed", "initiated": "placed", "ringing": "placed", "in-progress": "answered", "completed": "completed",
    "busy": "busy", "no-answer": "no-answer", "failed": "failed", "canceled": "failed",
}  # fmt: skip
UNHEARD = frozenset({"busy", "no-answer"})
log = logging.getLogger(__name__)


async def owe_call(someone: Someone, script: str, *, now: datetime, minutes: int, purpose: str, is_booked: bool,
                   intent: UUID | None = None) -> Call:  # fmt: skip
    """Owe a person a call in `minutes`. Part of the turn's transaction."""
    at = now + timedelta(minutes=minutes)
    return await Call.create(
        person_id=someone.id, script=script, purpose=purpose, is_booked=is_booked, state="owed", owed_at=now,
        not_before=at, expires_at=at + OPEN_FOR, intent=intent or uuid4(),
    )  # fmt: skip


async def owed_call_ids(now: datetime) -> list[int]:
    """What may be placed or asked about now, oldest first; a dead poster's calls become unknown."""
    await Call.filter(state="posting", lease_until__lt=real_now()).update(state="unknown")
    rows = await fetch(
        "SELECT id FROM call WHERE (state = 'owed' AND not_before <= $1 AND (lease_until IS NULL OR lease_until < $2))"
        " OR (state = 'unknown' AND lease_until < $2) ORDER BY id LIMIT 50",
        now, real_now(),
    )  # fmt: skip
    return [int(row["id"]) for row in rows]


async def place(house: House, gateway: Gateway, call_id: int) -> None:
    """Place one owed call, or ask about one whose answer was lost. May run twice and at once: the claim is a
    compare-and-swap committed before the POST, and a call that was posted is never posted blindly.
    """
    call = await Call.get_or_none(id=call_id)
    if call is not None and call.state == "unknown":
        await _ask(house, gateway, call)
        return
    claimed = await _claim(house, call_id, house.clock.now())
    if claimed is None:
        return
    call, to = claimed
    try:
        accepted = await gateway.place_call(_outgoing(house, call, to))
    except GatewayUnavailable as busy:
        wait = timedelta(seconds=busy.retry_after_seconds)
        async with in_transaction("call-postponed"):
            await Call.filter(id=call.id, state="posting").update(
                state="owed", attempts=call.attempts - 1, lease_until=real_now() + wait
            )
    except GatewayUnclear:
        async with in_transaction("call-unclear"):
            await Call.filter(id=call.id, state="posting").update(state="unknown", lease_until=real_now() + ASK_AFTER)
    except GatewayRefused as refused:
        async with in_transaction("call-refused"):
            await Call.filter(id=call.id, state="posting").update(state="failed", settled_at=house.clock.now())
        log.warning("call_refused call=%s code=%s", call.id, refused.code)
    else:
        async with in_transaction("call-accepted"):
            await settle_call(house, call.token, accepted.sid, accepted.status, house.clock.now())
        log.info("call_placed call=%s script=%s", call.id, call.script)


async def settle_call(house: House, token: UUID, sid: str, status: str, now: datetime) -> Call | None:
    """What the network says of a call; its state never moves down. A booked call that nobody took is tried once more.

    The caller holds a transaction. None: no such call, or the SID belongs to another.
    """
    call = await Call.filter(token=token).select_for_update().first()
    if call is None or call.sid not in {None, sid}:
        return None
    call.sid = sid
    state = STATES.get(status, "placed")
    if RANKS.get(state, 3) > RANKS.get(call.state, 3):
        call.state, call.lease_until = state, None
        if state not in RANKS:
            call.settled_at = now
    await call.save()
    if call.state in UNHEARD and call.settled_at == now and call.is_booked:
        await _try_again(house, call, now)
    return call


async def withhold_calls(person_id: UUID, now: datetime) -> None:
    """Every call still owed stays unplaced: they opted out."""
    await Call.filter(person_id=person_id, state="owed").update(state="withheld", settled_at=now)


async def _try_again(house: House, call: Call, now: datetime) -> None:
    if await Call.filter(intent=call.intent).count() >= BOOKED_TRIES:
        return
    person = await Person.get_or_none(id=call.person_id)
    if person is not None and person.number_sealed:
        someone = await opened(house.vault, person)
        minutes = int(TRY_AGAIN_AFTER.total_seconds() // 60)
        await owe_call(
            someone, call.script, now=now, minutes=minutes, purpose=call.purpose, is_booked=True, intent=call.intent
        )


async def _claim(house: House, call_id: int, now: datetime) -> tuple[Call, str] | None:
    """The claim, committed on return. Withheld for whoever opted out, expired when its window or their day is over."""
    async with in_transaction("call-claimed"):
        call = await Call.filter(id=call_id, state="owed").select_for_update(skip_locked=True).first()
        if call is None or await fetch("SELECT 1 FROM switch WHERE name = 'sending' AND NOT is_on"):
            return None
        person = await Person.get_or_none(id=call.person_id)
        if person is None or person.status != "active" or not person.number_sealed:
            await _drop(call, "withheld", now)
            return None
        someone = await opened(house.vault, person)
        if call.expires_at <= now or not is_open(now, someone.zone, OWN_HOURS):
            await _drop(call, "expired", now)
            return None
        if not await _line_is_free(house):
            return None
        call.state, call.attempts, call.posted_at = "posting", call.attempts + 1, now
        call.lease_until = real_now() + LEASE
        await call.save()
    return call, someone.number


async def _drop(call: Call, state: str, now: datetime) -> None:
    call.state, call.settled_at = state, now
    await call.save()


async def _line_is_free(house: House) -> bool:
    """Take the account's turn to start a call, or leave it for a later sweep."""
    rate = house.settings.sender_calls_per_second
    if rate == 0:
        return True
    rows = await fetch(
        "INSERT INTO sender_pace (sender, free_at) VALUES ('calls', $1::timestamptz + $2 * interval '1 second')"
        " ON CONFLICT (sender) DO UPDATE SET free_at = $1::timestamptz + $2 * interval '1 second'"
        " WHERE sender_pace.free_at <= $1 RETURNING sender",
        real_now(), 1 / rate,
    )  # fmt: skip
    return bool(rows)


async def _ask(house: House, gateway: Gateway, call: Call) -> None:
    """A POST whose answer was lost: the network's list tells; a call it never took is owed again, once."""
    person = await Person.get_or_none(id=call.person_id)
    if person is None or not person.number_sealed:
        await _drop(call, "failed", house.clock.now())
        return
    number = (await opened(house.vault, person)).number
    async for placed in gateway.placed_calls(number, (call.posted_at or call.owed_at) - LOOK_BACK):
        if not await Call.exists(sid=placed.sid):
            async with in_transaction("call-found"):
                await settle_call(house, call.token, placed.sid, placed.status, house.clock.now())
            return
    if real_now() >= (call.lease_until or real_now()) + ABSENCE_PROVEN_AFTER:
        state = "owed" if call.attempts < BOOKED_TRIES else "failed"
        async with in_transaction("call-owed-again"):
            await Call.filter(id=call.id, state="unknown").update(state=state)


def _outgoing(house: House, call: Call, to: str) -> OutgoingCall:
    base, query = house.settings.public_url, f"?{CALL_KEY}={call.token}"
    return OutgoingCall(
        to=to, answer_url=f"{base}{VOICE_PATH}{query}#rc=2&rp=ct,rt,5xx", fallback_url=f"{base}{VOICE_PATH}{query}",
        callback_url=f"{base}{STATUS_PATH}{query}#rc=3&rp=all", ring_seconds=RING_SECONDS,
    )  # fmt: skip
