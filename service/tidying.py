"""What may be forgotten is (PROGRAMME 8.7): one statement per kind of row, each true to its own date."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

from flows.programme.sharing import ASKS_LAST
from service.database import execute
from service.errors import GatewayRefused
from service.gateway.port import Gateway
from service.reconciling import TEXTS
from service.records import OutboxItem, Watermark

# Keyed hashes of what came in: a replay is known for so long.
KEEP_EVENTS = timedelta(days=400)
KEEP_DUE, KEEP_OUTBOX, KEEP_ATTEMPTS, KEEP_STRANGERS = (
    timedelta(days=90), timedelta(days=30), timedelta(days=2), timedelta(days=2),
)  # fmt: skip
# Somebody who asked to join and never said YES is nobody.
KEEP_INVITED = timedelta(days=14)
# The body at Twilio is of no use to us a day after it was final; errors are looked into before.
REDACT_AFTER = timedelta(hours=24)
REDACT_AT_ONCE = 100
NOT_FINAL_YET = 20009  # Twilio redacts only what is over
# What a call's step was answered with, for a repeat of the same request (DESIGN 3.2).
KEEP_SPOKEN = timedelta(hours=1)
log = logging.getLogger(__name__)


async def forget_what_is_over(now: datetime) -> int:
    """Delete rows whose time is over; how many went. May run twice or be killed: what is left goes the next time."""
    today = now.date()
    gone = 0
    for sql, value in (
        ("DELETE FROM rating WHERE keep_until < $1", today),
        ("DELETE FROM note WHERE keep_until < $1", today),
        ("DELETE FROM break_session WHERE keep_until < $1", today),
        ("DELETE FROM sharing_ask WHERE asked_at < $1", now - ASKS_LAST),
        ("DELETE FROM safety_screen WHERE keep_until < $1", today),
        ("DELETE FROM published_item WHERE expires_on < $1", today),
        ("DELETE FROM promise WHERE keep_until < $1", today),
        ("DELETE FROM promise_rule WHERE ended_at < $1", now - KEEP_DUE),
        ("DELETE FROM promise_copy WHERE expires_on < $1", today),
        ("DELETE FROM inbound_event WHERE received_at < $1", now - KEEP_EVENTS),
        ("DELETE FROM delivery_event WHERE at < $1", now - KEEP_OUTBOX),
        ("DELETE FROM due WHERE state IN ('done', 'dropped') AND closed_at < $1", now - KEEP_DUE),
        (
            "DELETE FROM outbox WHERE settled_at < $1 AND state IN"
            " ('delivered', 'undelivered', 'failed', 'expired', 'withheld')",
            now - KEEP_OUTBOX,
        ),
        ("DELETE FROM outbox WHERE expires_at < $1 AND state IN ('accepted', 'sent')", now - KEEP_OUTBOX),
        ("DELETE FROM call WHERE settled_at < $1", now - KEEP_OUTBOX),
        ("DELETE FROM attempt WHERE at < $1", now - KEEP_ATTEMPTS),
        ("DELETE FROM trial WHERE state = 'open' AND tried_at < $1", now - KEEP_DUE),
        ("DELETE FROM stranger WHERE told_on < $1", (now - KEEP_STRANGERS).date()),
        ("DELETE FROM session WHERE NOT is_open AND updated_at < $1", now - KEEP_DUE),
        (
            "DELETE FROM script_version WHERE first_seen_at < $1 AND NOT EXISTS"
            " (SELECT 1 FROM session WHERE session.script_hash = script_version.hash AND is_open)",
            now - KEEP_DUE,
        ),
        ("UPDATE sharing_grant SET withdrawn_at = expires_at WHERE withdrawn_at IS NULL AND expires_at < $1", now),
        ("DELETE FROM person WHERE status = 'invited' AND created_at < $1", now - KEEP_INVITED),
    ):  # fmt: skip
        gone += await execute(sql, value)
    # A text nobody confirmed within a day will not be confirmed; its words are dropped with it.
    await execute(
        "UPDATE outbox SET arguments_sealed = NULL, to_sealed = NULL WHERE arguments_sealed IS NOT NULL"
        " AND state IN ('accepted', 'sent') AND expires_at < $1",
        now - REDACT_AFTER,
    )
    await execute(
        "UPDATE inbound_event SET answer_sealed = NULL WHERE answer_sealed IS NOT NULL AND received_at < $1",
        now - KEEP_SPOKEN,
    )
    await execute(
        "DELETE FROM bond b WHERE NOT EXISTS (SELECT 1 FROM person p WHERE p.bond_id = b.id)"
        " AND NOT EXISTS (SELECT 1 FROM pair p WHERE p.bond_id = b.id)"
    )
    await execute("DELETE FROM person_key k WHERE NOT EXISTS (SELECT 1 FROM person p WHERE p.id = k.person_id)")
    log.info("retention_purge rows=%d", gone)
    return gone


async def redact_at_network(gateway: Gateway, now: datetime) -> int:
    """Have the network forget the bodies of texts that are over; how many it did. May run twice: a body is emptied
    once or again.

    Raises:
        GatewayUnavailable, GatewayUnclear: later.
    """
    over = await OutboxItem.filter(is_redacted=False, sid__isnull=False, posted_at__lt=now - REDACT_AFTER).limit(
        REDACT_AT_ONCE
    )
    for item in over:
        try:
            await gateway.redact(str(item.sid))
        except GatewayRefused as refused:  # gone there already, or never to be had
            log.info("redaction_refused item=%s code=%s", item.id, refused.code)
            if refused.code == NOT_FINAL_YET and item.posted_at is not None and now - item.posted_at < KEEP_OUTBOX:
                continue
        await OutboxItem.filter(id=item.id).update(is_redacted=True)
    return len(over)


async def redact_arrived(gateway: Gateway, now: datetime) -> int:
    """Have the network forget what people wrote, a day after it came; how many texts it did.

    May run twice: an emptied text is passed over. It looks back one day more than it must, for an hour that was missed.
    What was not read yet keeps its body.

    Raises:
        GatewayUnavailable, GatewayUnclear: later.
    """
    done, mark = 0, await Watermark.get_or_none(name=TEXTS)
    if mark is None:
        return 0
    async for text in gateway.arrived_texts(now - 2 * REDACT_AFTER):
        if text.at < min(now - REDACT_AFTER, mark.read_until) and text.body:
            try:
                await gateway.redact(text.sid)
            except GatewayRefused as refused:
                log.info("redaction_refused sid_kind=inbound code=%s", refused.code)
                continue
            done += 1
    return done
