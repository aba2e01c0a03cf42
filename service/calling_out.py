"""Calls that are placed: claimed, committed, posted once, settled by what the network says. All is read again first."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

from flows.timing import OWN_HOURS, is_open
from service.break_opening import unfit_for_break
from service.break_times import BREAK_KINDS
from service.clock import real_now
from service.database import fetch, in_transaction
from service.errors import GatewayRefused, GatewayUnavailable, GatewayUnclear
from service.gateway.port import Gateway, OutgoingCall
from service.gateway.voice_wire import CALL_KEY
from service.gateway.wire import STATUS_PATH
from service.house import House
from service.owed_calls import BOOKED_TRIES, end_call, settle_call
from service.rechecking import is_on_the_line, unfit
from service.records import BreakSession, Call, Due, Person
from service.ringing import is_settled
from service.someone import Someone, opened

VOICE_PATH = "/twilio/voice"
# Twenty seconds of ringing: most voicemail begins after that (TWILIO.md 7).
RING_SECONDS = 20
LEASE = timedelta(seconds=20)
ASK_AFTER, ABSENCE_PROVEN_AFTER = timedelta(seconds=3), timedelta(seconds=10)
LOOK_BACK = timedelta(minutes=2)
# The network tells of the end of each call. One that it never told of is asked about after so long.
SILENT_AFTER, ASK_AGAIN_AFTER = timedelta(minutes=5), timedelta(seconds=60)
ASKED_ABOUT = frozenset({"unknown", "placed", "answered"})
# Reasons that hold for a call too; its hours are its own.
NOT_TO_BE_RUNG = frozenset({"not-active", "paused", "held", "inbound-only"})
log = logging.getLogger(__name__)


async def owed_call_ids(now: datetime) -> list[int]:
    """What may be placed or asked about now, oldest first; a dead poster's calls become unknown."""
    await Call.filter(state="posting", lease_until__lt=real_now()).update(state="unknown")
    rows = await fetch(
        "SELECT id FROM call WHERE (state = 'owed' AND not_before <= $1 AND (lease_until IS NULL OR lease_until < $2))"
        " OR (state = 'unknown' AND lease_until < $2)"
        " OR (state IN ('placed', 'answered') AND posted_at < $3 AND (lease_until IS NULL OR lease_until < $2))"
        " ORDER BY id LIMIT 50",
        now, real_now(), now - SILENT_AFTER,
    )  # fmt: skip
    return [int(row["id"]) for row in rows]


async def place(house: House, gateway: Gateway, call_id: int) -> None:
    """Place one owed call, or ask about one whose answer was lost. May run twice and at once: the claim is a
    compare-and-swap committed before the POST, and a call that was posted is never posted blindly.
    """
    call = await Call.get_or_none(id=call_id)
    if call is not None and call.state in ASKED_ABOUT:
        await (_ask(house, gateway, call) if call.state == "unknown" else _ask_what_became(house, gateway, call))
        return
    claimed = await _claim(house, call_id, house.clock.now())
    if claimed is None:
        return
    call, order = claimed
    try:
        accepted = await gateway.place_call(order)
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
            refusing = await Call.filter(id=call.id, state="posting").select_for_update().first()
            if refusing is not None:
                await end_call(house, refusing, "failed", house.clock.now())
        log.warning("call_refused call=%s code=%s", call.id, refused.code)
    else:
        async with in_transaction("call-accepted"):
            await settle_call(house, call.token, accepted.sid, accepted.status, house.clock.now())
        log.info("call_placed call=%s script=%s", call.id, call.script)


async def _claim(house: House, call_id: int, now: datetime) -> tuple[Call, OutgoingCall] | None:
    """The claim, committed on return. Withheld from whoever is not to be rung now, or has answered already; expired
    when its window or their day is over; left alone while their line is taken.
    """
    async with in_transaction("call-claimed"):
        call = await Call.filter(id=call_id, state="owed").select_for_update(skip_locked=True).first()
        if call is None or await fetch("SELECT 1 FROM switch WHERE name = 'sending' AND NOT is_on"):
            return None
        person = await Person.get_or_none(id=call.person_id)
        if person is None or person.status != "active" or not person.number_sealed:
            await end_call(house, call, "withheld", now)
            return None
        someone = await opened(house.vault, person)
        if await _is_unwanted(someone, call, now):
            await end_call(house, call, "withheld", now)
            return None
        if call.expires_at <= now or not is_open(now, someone.zone, OWN_HOURS):
            await end_call(house, call, "expired", now)
            return None
        if await is_on_the_line(someone, now) or not await _line_is_free(house):
            return None
        call.state, call.attempts, call.posted_at = "posting", call.attempts + 1, now
        call.lease_until = real_now() + LEASE
        await call.save()
    return call, _outgoing(house, call, someone)


async def _is_unwanted(someone: Someone, call: Call, now: datetime) -> bool:
    """A question that was answered since, or must not be put now. A call that was asked for a minute ago rings."""
    if call.due_id is None:
        return False
    asked = await Due.get_or_none(id=call.due_id)
    if asked is None or await is_settled(asked):
        return True
    if asked.kind in BREAK_KINDS:
        break_ = await BreakSession.get(id=str(asked.payload["break"]))
        return await unfit_for_break(someone, break_, now) is not None
    return unfit(someone, asked, now, purpose=call.purpose, in_window=False) in NOT_TO_BE_RUNG


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
        async with in_transaction("call-of-nobody"):
            await end_call(house, call, "failed", house.clock.now())
        return
    number = (await opened(house.vault, person)).number
    async for placed in gateway.placed_calls(number, (call.posted_at or call.owed_at) - LOOK_BACK):
        if not await Call.exists(sid=placed.sid):
            async with in_transaction("call-found"):
                await settle_call(house, call.token, placed.sid, placed.status, house.clock.now())
            return
    if real_now() >= (call.lease_until or real_now()) + ABSENCE_PROVEN_AFTER:
        async with in_transaction("call-owed-again"):
            absent = await Call.filter(id=call.id, state="unknown").select_for_update().first()
            if absent is not None and absent.attempts < BOOKED_TRIES:
                await Call.filter(id=call.id).update(state="owed")
            elif absent is not None:
                await end_call(house, absent, "failed", house.clock.now())


async def _ask_what_became(house: House, gateway: Gateway, call: Call) -> None:
    """The network said nothing of its end: its list tells. A call that goes on is asked about again later."""
    await Call.filter(id=call.id).update(lease_until=real_now() + ASK_AGAIN_AFTER)
    person = await Person.get_or_none(id=call.person_id)
    if person is None or not person.number_sealed:
        return
    number = (await opened(house.vault, person)).number
    async for placed in gateway.placed_calls(number, (call.posted_at or call.owed_at) - LOOK_BACK):
        if placed.sid == call.sid:
            async with in_transaction("call-end-found"):
                await settle_call(house, call.token, placed.sid, placed.status, house.clock.now())
            return


def _outgoing(house: House, call: Call, someone: Someone) -> OutgoingCall:
    base, query = house.settings.public_url, f"?{CALL_KEY}={call.token}"
    return OutgoingCall(
        to=someone.number, answer_url=f"{base}{VOICE_PATH}{query}#rc=2&rp=ct,rt,5xx",
        fallback_url=f"{base}{VOICE_PATH}{query}",
        callback_url=f"{base}{STATUS_PATH}{query}#rc=3&rp=all", ring_seconds=RING_SECONDS,
        leaves_a_message=someone.setting("voicemail") == "on",
    )  # fmt: skip
