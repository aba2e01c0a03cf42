"""The least a reply can cost: a bare Starlette route, the official signature check, one transaction by hand.

It writes the facts that the product writes for a reply to a check-in, with asyncpg and nothing between.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qsl
from uuid import uuid4

import asyncpg
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from twilio.request_validator import RequestValidator

EMPTY = '<?xml version="1.0" encoding="UTF-8"?><Response />'
SEALED = "v1.0000000000000000." + "A" * 96


def number_key(number: str, key: str) -> str:
    """A keyed hash, as any service that hides its numbers would look them up."""
    return hmac.new(key.encode(), number.encode(), hashlib.sha256).hexdigest()[:32]


@asynccontextmanager
async def opened(app: Starlette) -> AsyncIterator[None]:
    app.state.pool = await asyncpg.create_pool(os.environ["DATABASE_URL"], min_size=1, max_size=10)
    app.state.validator = RequestValidator(os.environ["TWILIO_AUTH_TOKEN"])
    yield
    await app.state.pool.close()


async def signed_form(request: Request) -> dict[str, str] | None:
    """The form, once the official validator took its signature; None when it did not."""
    form = dict(parse_qsl((await request.body()).decode(), keep_blank_values=True))
    query = request.url.query
    address = os.environ["PUBLIC_URL"] + request.url.path + (f"?{query}" if query else "")
    signature = request.headers["X-Twilio-Signature"]
    return form if request.app.state.validator.validate(address, form, signature) else None


async def receive(request: Request) -> Response:
    form = await signed_form(request)
    if form is None:
        return Response("", status_code=403)
    now = datetime.now(UTC)
    async with request.app.state.pool.acquire() as connection, connection.transaction():
        await keep(connection, form, now)
    return Response(EMPTY, media_type="text/xml")


async def keep(connection: asyncpg.Connection, fields: dict[str, str], now: datetime) -> None:
    """One reply: its key, the person locked, the session moved on, its timer, the number, the answer owed."""
    taken = await connection.fetchval(
        "INSERT INTO inbound_event (provider, kind, sid_key, received_at) VALUES ('bare', 'text', $1, $2)"
        " ON CONFLICT DO NOTHING RETURNING id",
        hashlib.sha256(fields["MessageSid"].encode()).hexdigest()[:32], now,
    )  # fmt: skip
    if taken is None:
        return
    key = number_key(fields["From"], os.environ["NUMBER_KEY"])
    person = await connection.fetchrow(
        "SELECT p.id, p.settings, k.wrapped FROM person p JOIN person_key k ON k.person_id = p.id"
        " JOIN bond b ON b.id = p.bond_id WHERE p.number_key = $1 FOR UPDATE OF b",
        key,
    )
    session = await connection.fetchrow(
        "SELECT id, turn, state_sealed FROM session WHERE person_id = $1 AND channel = 'text' AND is_open", person["id"]
    )
    if session is None:
        session_id, turn = await connection.fetchval(
            "INSERT INTO session (channel, script, script_hash, state_sealed, turn, is_open, opened_at, updated_at,"
            " closes_at, person_id) VALUES ('text', 'bare', 'bare', $1, 1, true, $2, $2, $3, $4) RETURNING id",
            SEALED, now, now + timedelta(hours=12), person["id"],
        ), 1  # fmt: skip
    else:
        session_id, turn = session["id"], session["turn"] + 1
        await connection.execute(
            "UPDATE session SET state_sealed = $1, turn = $2, updated_at = $3, is_open = $4 WHERE id = $5",
            SEALED, turn, now, turn < 3, session_id,
        )  # fmt: skip
    await connection.execute(
        "UPDATE due SET state = 'dropped', outcome = 'moved-on', closed_at = $2"
        " WHERE session_id = $1 AND kind = 'timer' AND state = 'waiting'",
        session_id, now,
    )  # fmt: skip
    if turn < 3:
        await connection.execute(
            "INSERT INTO due (person_id, kind, rule, local_date, slot, due_at, expires_at, session_id, session_turn,"
            " state, created_at, payload) VALUES ($1, 'timer', $2, $3, 'close', $4, $4, $5, $6, 'waiting', $7, $8)",
            person["id"], f"timer:{session_id}:{turn}", now.date(), now + timedelta(hours=12), session_id, turn, now,
            json.dumps({}),
        )  # fmt: skip
        await connection.execute(
            "INSERT INTO rating (id, item, value_sealed, local_date, slot, is_late, is_held_back, keep_until,"
            " person_id) VALUES ($1, $2, $3, $4, 'day', false, false, $5, $6) ON CONFLICT (id) DO NOTHING",
            uuid4(), f"bare{turn}", SEALED, now.date(), now.date() + timedelta(days=365), person["id"],
        )  # fmt: skip
        await connection.execute(
            "INSERT INTO outbox (token, recipient_key, purpose, phrase_id, locale, words_version, arguments_sealed,"
            " body_hash, segments, state, priority, owed_at, not_before, expires_at, intent, person_id)"
            " VALUES ($1, $2, 'reply', 'CK-2', 'en', 'bare', $3, $2, 1, 'owed', 10, $4, $4, $5, $1, $6)",
            uuid4(), key, SEALED, now, now + timedelta(hours=4), person["id"],
        )  # fmt: skip
    await connection.execute("UPDATE person SET last_heard_at = $1, unanswered = 0 WHERE id = $2", now, person["id"])
