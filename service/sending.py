"""Outbox -> gateway. Claim, commit, POST, settle: an item is posted at most once unless its absence was proven."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from service.clock import real_now
from service.database import fetch, in_transaction
from service.delivery import TO
from service.errors import GatewayRefused, GatewayUnavailable, GatewayUnclear
from service.gateway.error_codes import Action, action_for
from service.gateway.port import Accepted, Gateway, OutgoingText
from service.gateway.wire import status_address
from service.house import House
from service.pacing import is_paced, sender_is_free, sender_is_soon_free
from service.recording import suppress
from service.records import OutboxItem
from service.settling import give_up, opt_out_after_refusal, settle_accepted
from service.someone import ARGUMENTS, NUMBER
from service.vault import SealBroken
from service.writing import later, update_later

# The client gives up after ten seconds; an item that is still posting after this belongs to a process that died.
LEASE = timedelta(seconds=20)
# An answer that was lost is asked for after so long: the network lists what it took within a second or two.
ASK_AFTER = timedelta(seconds=3)
SHORTEST_VALIDITY, LONGEST_VALIDITY = 5, 36_000  # seconds, Twilio's bounds
# Answers of one batch that come within so long of each other are settled together.
TOGETHER_SECONDS = 0.05
SENDING = "sending"  # the operator's switch: off after a restore
# After STOP nothing leaves but the one text that confirms it (and the answers to START and HELP).
SAID_AFTER_STOP = ("G-STOP", "G-START", "G-HELP", "G-WRONG", "EN-11")
# What was said first arrives first, but what waits for a minute of its own holds up nothing; and two texts with the
# same words are never under way to one number at once.
CLAIMABLE = """
SELECT o.*, p.number_sealed, k.wrapped FROM outbox o
LEFT JOIN person p ON p.id = o.person_id LEFT JOIN person_key k ON k.person_id = o.person_id
WHERE o.id = ANY($1::bigint[]) AND o.state = 'owed' AND (o.lease_until IS NULL OR o.lease_until < $2)
AND o.not_before <= $4
AND NOT EXISTS (SELECT 1 FROM outbox b WHERE b.recipient_key = o.recipient_key AND b.id <> o.id
  AND b.state IN ('owed', 'posting', 'unknown') AND (b.state = 'posting'
  OR (b.state = 'unknown' AND b.body_hash = o.body_hash)
  OR (b.state = 'owed' AND b.not_before <= $4 AND (b.priority, b.id) < (o.priority, o.id))))
AND NOT EXISTS (SELECT 1 FROM switch WHERE name = $3 AND NOT is_on)
ORDER BY o.priority, o.id FOR UPDATE OF o SKIP LOCKED
"""
# Of a claimed item only this is new; the sealed words need not travel again.
POSTING = (
    "UPDATE outbox SET state = 'posting', attempts = ours.attempts, posted_at = ours.posted_at,"
    " lease_until = ours.lease_until FROM json_to_recordset($1)"
    " AS ours (id bigint, attempts int, posted_at timestamptz, lease_until timestamptz) WHERE outbox.id = ours.id"
)
# In the minute of a herd PostgreSQL still believes that next to nothing is owed, and would look through all of it for
# each batch. `|| ''` keeps it from that: what is left is the way by the person, or by the number.
OWED_TO_PEOPLE = """
SELECT o.id FROM (SELECT DISTINCT person_id FROM due WHERE id = ANY($1::bigint[])) d
CROSS JOIN LATERAL (SELECT id, priority FROM outbox WHERE person_id = d.person_id AND state || '' = 'owed'
  AND not_before <= $2 AND lease_until IS NULL ORDER BY priority, id LIMIT 100) o
ORDER BY o.priority, o.id
"""
NEXT_AFTER = """
SELECT DISTINCT next.id FROM outbox o
CROSS JOIN LATERAL (SELECT n.id FROM outbox n WHERE n.recipient_key = o.recipient_key
  AND n.state IN ('owed', 'posting', 'unknown') AND n.state || '' = 'owed' AND n.lease_until IS NULL
  AND n.not_before <= $2
  ORDER BY n.priority, n.id LIMIT 1) next
WHERE o.id = ANY($1::bigint[]) AND o.state <> 'owed'
"""
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Claimed:
    """An item that is ours to post, with its words and address."""

    item: OutboxItem
    text: OutgoingText


async def owed_ids(now: datetime, *, limit: int = 500) -> list[int]:
    """What may be sent now, in the order of priority and age."""
    rows = await fetch(
        "SELECT id FROM outbox WHERE state = 'owed' AND not_before <= $1 AND (lease_until IS NULL OR lease_until < $2)"
        " ORDER BY priority, id LIMIT $3",
        now, real_now(), limit,
    )  # fmt: skip
    return [int(row["id"]) for row in rows]


async def owed_to_people_of(due_ids: Sequence[int], now: datetime) -> list[int]:
    """What may be sent now to the people of these due rows, in the order of priority and age."""
    rows = await fetch(OWED_TO_PEOPLE, list(due_ids), now)
    return [int(row["id"]) for row in rows]


async def send(house: House, gateway: Gateway, ids: Sequence[int]) -> None:
    """Send these owed items, then whatever the same people are owed after them; all at once, unless the sender has a
    pace.

    May run twice and at once in several processes: the claim is a compare-and-swap, and it is committed before the
    POST. Whoever loses it does nothing.
    """
    at_once = 1 if is_paced(house) else len(ids)
    for start in range(0, len(ids), at_once or 1):
        batch = ids[start : start + at_once]
        while batch:
            if not await sender_is_soon_free(house):
                return
            claimed = await claim(house, batch, house.clock.now())
            await post(house, gateway, claimed)
            batch = await _next_after(batch, house.clock.now())


async def claim(house: House, ids: Sequence[int], now: datetime) -> list[Claimed]:
    """Take owed items for posting, committed on return. One that is missing: not now, not ours, or no longer to be
    sent.

    An item waits for its minute, while an earlier one of the same person is owed or under way, as long as a busy
    network said, and while the sender is busy or wanted by something more urgent. It is withheld when the number opted
    out, expired when its window is over.
    """
    async with in_transaction("text-claimed"):
        rows = await fetch(CLAIMABLE, list(ids), real_now(), SENDING, now)
        items = [(OutboxItem._init_from_db(**row), row) for row in rows]
        stopped = await _stopped(item for item, _ in items)
        tried = [await _claim(house, item, row, now, is_stopped=item.id in stopped) for item, row in items]
    return [each for each in tried if each is not None]


async def _claim(house: House, item: OutboxItem, row: dict[str, Any], now: datetime, *,
                 is_stopped: bool) -> Claimed | None:  # fmt: skip
    if is_stopped:
        give_up(item, "withheld", now)
        return None
    if item.expires_at <= now:
        give_up(item, "expired", now)
        return None
    if not await sender_is_free(house, item, now):
        return None
    text = _readable(house, item, row, now)
    if text is None:
        give_up(item, "withheld", now)
        return None
    item.state, item.attempts, item.posted_at = "posting", item.attempts + 1, now
    item.lease_until = real_now() + LEASE
    later(POSTING, item.id, {name: getattr(item, name) for name in ("id", "attempts", "posted_at", "lease_until")})
    return Claimed(item, text)


async def post(house: House, gateway: Gateway, claimed: Sequence[Claimed]) -> None:
    """Hand claimed items to the network, unless a STOP was committed since, and settle each by the answer.

    Raises: whatever the gateway should not; every other item is settled before.
    """
    stopped = await _stopped(each.item for each in claimed)  # a STOP was committed between our claim and now
    if stopped:
        async with in_transaction("text-withheld"):
            for item in await _locked(stopped):
                give_up(item, "withheld", house.clock.now())
    asked = {
        asyncio.create_task(gateway.send_text(each.text)): each.item
        for each in claimed
        if each.item.id not in stopped
    }
    try:
        await _settle(house, asked)
    finally:
        for under_way in asked:
            under_way.cancel()  # changes nothing of what is done
        await asyncio.gather(*asked, return_exceptions=True)


async def _settle(house: House, asked: dict[asyncio.Task[Accepted], OutboxItem]) -> None:
    waiting, strange = set(asked), list[BaseException]()
    while waiting:
        done, waiting = await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
        if waiting:
            more, waiting = await asyncio.wait(waiting, timeout=TOGETHER_SECONDS)
            done |= more
        accepted: dict[int, Accepted] = {}
        for answer in done:
            item = asked[answer]
            try:
                accepted[item.id] = answer.result()
            except (GatewayUnavailable, GatewayUnclear, GatewayRefused) as refusal:
                await _not_accepted(house, item, refusal)
            except BaseException as other:  # noqa: BLE001  # the others are settled first
                strange.append(other)
        await _accepted(house, accepted)
    if strange:
        raise strange[0]


async def _accepted(house: House, accepted: dict[int, Accepted]) -> None:
    if not accepted:
        return
    async with in_transaction("text-accepted"):
        items = await _locked(accepted)
        for item in items:
            settle_accepted(item, accepted[item.id].sid, house.clock.now())
    for item in items:
        log.info("text_accepted item=%s phrase=%s purpose=%s", item.id, item.phrase_id, item.purpose)


async def _not_accepted(house: House, item: OutboxItem,
                        refusal: GatewayUnavailable | GatewayUnclear | GatewayRefused) -> None:  # fmt: skip
    match refusal:
        case GatewayUnavailable():  # nothing was processed
            await _again_later(item, timedelta(seconds=refusal.retry_after_seconds))
            log.info("text_waits item=%s code=%s", item.id, refusal.code)
        case GatewayUnclear():  # nobody knows: the network is asked, and nothing is posted blindly
            async with in_transaction("text-unclear"):
                (unsettled,) = await _locked([item.id])
                if unsettled.state == "posting":
                    unsettled.state, unsettled.lease_until = "unknown", real_now() + ASK_AFTER
                    update_later(unsettled)
            log.info("text_unclear item=%s", item.id)
        case GatewayRefused():
            await _refused(house, item, refusal.code)


async def _refused(house: House, item: OutboxItem, code: int) -> None:
    action = action_for(code)
    if action in {Action.LATER, Action.NEXT_WINDOW}:
        await _again_later(item, timedelta(seconds=30))
        return
    now = house.clock.now()
    async with in_transaction("text-refused"):
        (locked,) = await _locked([item.id])
        locked.error_code = code
        give_up(locked, "failed", now)
        if action is Action.OPTED_OUT:
            await suppress(locked.recipient_key, "network", now)
    if action is Action.OPTED_OUT:
        await opt_out_after_refusal(house, item.id)
    log.warning("text_refused item=%s code=%s action=%s", item.id, code, action.value)


async def _again_later(item: OutboxItem, wait: timedelta) -> None:
    """Back to owed: 429 and a refused connection processed nothing, so this was no attempt at delivery."""
    async with in_transaction("text-postponed"):
        (locked,) = await _locked([item.id])
        if locked.state == "posting":
            locked.state, locked.attempts = "owed", locked.attempts - 1
            locked.lease_until = real_now() + wait
            update_later(locked)


async def _locked(ids: Collection[int]) -> list[OutboxItem]:
    return await OutboxItem.filter(id__in=list(ids)).order_by("id").select_for_update()


async def _next_after(ids: Sequence[int], now: datetime) -> list[int]:
    """What the people of these items are owed next, where the item is owed no longer."""
    rows = await fetch(NEXT_AFTER, list(ids), now)
    return [int(row["id"]) for row in rows]


async def _stopped(items: Iterable[OutboxItem]) -> set[int]:
    """The ids of those whose number said STOP, and which may not be said after it."""
    asked = {item.id: item.recipient_key for item in items if not item.phrase_id.startswith(SAID_AFTER_STOP)}
    if not asked:
        return set()
    rows = await fetch(
        "SELECT number_key FROM suppression WHERE number_key = ANY($1::text[]) AND lifted_at IS NULL",
        list(asked.values()),
    )  # fmt: skip
    stopped = {row["number_key"] for row in rows}
    return {item_id for item_id, key in asked.items() if key in stopped}


def _readable(house: House, item: OutboxItem, row: dict[str, Any], now: datetime) -> OutgoingText | None:
    """The text; None too when its seal cannot be opened any more, so that it never holds up what comes after it."""
    try:
        return _outgoing(house, item, row, now)
    except SealBroken as broken:
        log.error("text_unreadable item=%s reason=%s", item.id, broken)
        return None


def _outgoing(house: House, item: OutboxItem, row: dict[str, Any], now: datetime) -> OutgoingText | None:
    """The text with its address; None when the person was erased since."""
    if not item.arguments_sealed:
        return None
    if item.person_id is None:
        to, body = house.vault.open(item.to_sealed or "", TO), house.vault.open(item.arguments_sealed, ARGUMENTS)
    else:
        if not row["number_sealed"]:
            return None
        key = house.vault.open_person_key(row["wrapped"] or "")
        said: dict[str, Any] = key.open_json(item.arguments_sealed, ARGUMENTS)
        to, body = key.open(row["number_sealed"], NUMBER), str(said["text"])
    left = int((item.expires_at - now).total_seconds())
    return OutgoingText(
        to=to, body=body, callback_url=status_address(house.settings.public_url, str(item.token)) + "#rc=3&rp=all",
        validity_seconds=min(max(left, SHORTEST_VALIDITY), LONGEST_VALIDITY),
    )  # fmt: skip
