"""The least a key press can cost: a bare route, the official signature check, one transaction by hand, and TwiML.

It writes the facts that the product writes when somebody sets a break by key, with asyncpg and nothing between.
"""

from __future__ import annotations

import hashlib
import json
import os
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import asyncpg
from starlette.requests import Request
from starlette.responses import Response
from twilio.twiml.voice_response import Gather, VoiceResponse

from tests.bench.bare import SEALED, number_key, signed_form

RATED, SET = 3, 4  # the steps at which a number is kept, and a return time
ANSWER_SEALED = "v1.0000000000000000." + "A" * 800
WORDS = (
    "For a calming break, press 2. For your own things, press 1.",
    "You did a wise thing by stepping back. Are you safe right now? For yes, press 1. If you're afraid of someone, or"
    " of what you might do, press 8.",
    "How worked up is your body? Press 0 for calm up to 10 for as high as it goes.",
    "Let's set when you'll be back. Most bodies need at least twenty minutes. For twenty minutes, press 1. For thirty,"
    " press 2. For one hour, press 3. For another time, press 4 and then two digits of minutes.",
    "Your return time is 6:00 PM. If you have agreed on break notices, your partner gets one short line with that time,"
    " nothing else. To send it, press 1. To keep this just for you, press 2.",
)
MINUTES = {"half": 15, "return": 30, "repeat": 40, "check": 45}


async def begin(request: Request) -> Response:
    """A call that begins: its session, and the first words. Not what is measured."""
    form = await signed_form(request)
    if form is None:
        return Response("", status_code=403)
    now = datetime.now(UTC)
    async with request.app.state.pool.acquire() as connection, connection.transaction():
        person = await _locked(connection, form["From"])
        session = await connection.fetchval(
            "INSERT INTO session (channel, script, script_hash, call_key, state_sealed, turn, is_open, opened_at,"
            " updated_at, person_id) VALUES ('voice', 'bare', 'bare', $1, $2, 1, true, $3, $3, $4) RETURNING id",
            _key(form["CallSid"]), SEALED, now, person["id"],
        )  # fmt: skip
    return _says(session, 1)


async def press(request: Request) -> Response:
    """What came of one Gather."""
    form = await signed_form(request)
    if form is None:
        return Response("", status_code=403)
    _, session, turn = request.query_params["at"].split(".")
    async with request.app.state.pool.acquire() as connection, connection.transaction():
        await keep(connection, form, int(session), int(turn), datetime.now(UTC))
    return _says(int(session), int(turn) + 1)


async def keep(
    connection: asyncpg.Connection, fields: dict[str, str], session_id: int, turn: int, now: datetime
) -> None:
    """One key: its key and answer, the person locked, the session moved on, the number or the break."""
    taken = await connection.fetchval(
        "INSERT INTO inbound_event (provider, kind, sid_key, received_at, answer_sealed)"
        " VALUES ('bare', 'step', $1, $2, $3) ON CONFLICT DO NOTHING RETURNING id",
        _key(f"{fields['CallSid']}:{session_id}:{turn}"), now, ANSWER_SEALED,
    )  # fmt: skip
    if taken is None:
        return
    person = await _locked(connection, fields["From"])
    session = await connection.fetchrow(
        "SELECT id, turn, state_sealed FROM session WHERE person_id = $1 AND channel = 'voice' AND is_open",
        person["id"],
    )
    if session is None or session["turn"] != turn:
        return
    await connection.execute(
        "UPDATE session SET state_sealed = $1, turn = $2, updated_at = $3 WHERE id = $4",
        SEALED, turn + 1, now, session_id,
    )  # fmt: skip
    if turn == RATED:
        await connection.execute(
            "INSERT INTO rating (id, item, value_sealed, local_date, slot, is_late, is_held_back, keep_until,"
            " person_id) VALUES ($1, 'break', $2, $3, 'day', false, false, $4, $5) ON CONFLICT (id) DO NOTHING",
            uuid4(), SEALED, now.date(), now.date() + timedelta(days=90), person["id"],
        )  # fmt: skip
    if turn == SET:
        await _set(connection, person["id"], now)


async def _set(connection: asyncpg.Connection, person: object, now: datetime) -> None:
    break_ = uuid4()
    await connection.execute(
        "INSERT INTO break_session (id, caller_id, state, started_at, back_at, keep_until)"
        " VALUES ($1, $2, 'running', $3, $4, $5)",
        break_, person, now, now + timedelta(minutes=30), now.date() + timedelta(days=90),
    )  # fmt: skip
    await connection.execute(
        "INSERT INTO due (person_id, kind, rule, local_date, slot, due_at, expires_at, zone, state, created_at,"
        " payload) SELECT $1, 'break-' || slot, $2, $3, slot, at, at + interval '2 hours', 'America/New_York',"
        " 'waiting', $4, $5 FROM unnest($6::text[], $7::timestamptz[]) AS times (slot, at)",
        person, f"break:{break_.hex}:2:own", now.date(), now, json.dumps({"break": str(break_), "revision": 2}),
        list(MINUTES), [now + timedelta(minutes=each) for each in MINUTES.values()],
    )  # fmt: skip


async def _locked(connection: asyncpg.Connection, number: str) -> asyncpg.Record:
    return await connection.fetchrow(
        "SELECT p.id, p.settings, k.wrapped FROM person p JOIN person_key k ON k.person_id = p.id"
        " JOIN bond b ON b.id = p.bond_id WHERE p.number_key = $1 FOR UPDATE OF b",
        number_key(number, os.environ["NUMBER_KEY"]),
    )


def _says(session: int, turn: int) -> Response:
    gather = Gather(
        input="dtmf", action=f"{os.environ['PUBLIC_URL']}/twilio/voice/step?at=1.{session}.{turn}", method="POST",
        timeout=6, num_digits=1, finish_on_key="", action_on_empty_result=True, language="en-US",
    )  # fmt: skip
    gather.say(WORDS[turn - 1], voice="Polly.Joanna", language="en-US")
    answer = VoiceResponse()
    answer.append(gather)
    return Response(str(answer), media_type="text/xml")


def _key(sid: str) -> str:
    return hashlib.sha256(sid.encode()).hexdigest()[:32]
