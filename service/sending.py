"""Outbox -> gateway. Claim, commit, POST, settle: an item is posted at most once unless its absence was proven."""

from __future__ import annotations

import asyncio
import logging
from datetime import datetime, timedelta
from typing import Any

from service.clock import real_now
from service.database import fetch, in_transaction
from service.delivery import TO
from service.errors import GatewayRefused, GatewayUnavailable, GatewayUnclear
from service.gateway.error_codes import Action, action_for
from service.gateway.port import Gateway, OutgoingText
from service.gateway.wire import status_address
from service.house import House
from service.recording import suppress
from service.records import OutboxItem, Person
from service.settling import give_up, opt_out_after_refusal, settle_accepted
from service.someone import ARGUMENTS, opened
from service.vault import SealBroken

# The client gives up after ten seconds; an item that is still posting after this belongs to a process that died.
LEASE = timedelta(seconds=20)
# An answer that was lost is asked for after so long: the network lists what it took within a second or two.
ASK_AFTER = timedelta(seconds=3)
SHORTEST_VALIDITY, LONGEST_VALIDITY = 5, 36_000  # seconds, Twilio's bounds
# A sender that is free again so soon is waited for; twenty texts of one job then still end within its time. A slower
# one is met by the sweep of each second.
SHORT_PAUSE = timedelta(seconds=0.5)
SENDING = "sending"  # the operator's switch: off after a restore
log = logging.getLogger(__name__)


async def owed_ids(now: datetime, *, limit: int = 200) -> list[int]:
    """What may be sent now, in the order of priority and age."""
    rows = await fetch(
        "SELECT id FROM outbox WHERE state = 'owed' AND not_before <= $1 AND (lease_until IS NULL OR lease_until < $2)"
        " ORDER BY priority, id LIMIT $3",
        now, real_now(), limit,
    )  # fmt: skip
    return [int(row["id"]) for row in rows]


async def send(house: House, gateway: Gateway, item_id: int) -> None:
    """Send one owed item, then whatever the same person is owed after it.

    May run twice and at once in several processes: the claim is a compare-and-swap, and it is committed before the
    POST. Whoever loses it does nothing.
    """
    next_id: int | None = item_id
    while next_id is not None:
        await _while_sender_is_busy(house)
        claimed = await claim(house, next_id, house.clock.now())
        if claimed is None:
            return
        item, text = claimed
        await post(house, gateway, item, text)
        next_id = await _next_for(item)


async def claim(house: House, item_id: int, now: datetime) -> tuple[OutboxItem, OutgoingText] | None:
    """Take an owed item for posting, committed on return. None: not now, not ours, or no longer to be sent.

    An item waits while an earlier one of the same person is owed or under way, as long as a busy network said, and
    while the sender is busy or wanted by something more urgent. It is withheld when the number opted out, expired when
    its window is over.
    """
    async with in_transaction("text-claimed"):
        item = await _lock(item_id)
        if item is None or item.state != "owed" or not await _is_first(item) or not await _may_send():
            return None
        if item.lease_until is not None and item.lease_until > real_now():
            return None
        if await _is_suppressed(item):
            await give_up(item, "withheld", now)
            return None
        if item.expires_at <= now:
            await give_up(item, "expired", now)
            return None
        if not await _sender_is_free(house, item, now):
            return None
        text = await _readable(house, item, now)
        if text is None:
            await give_up(item, "withheld", now)
            return None
        item.state, item.attempts, item.posted_at = "posting", item.attempts + 1, now
        item.lease_until = real_now() + LEASE
        await item.save()
    return item, text


async def post(house: House, gateway: Gateway, item: OutboxItem, text: OutgoingText) -> None:
    """Hand a claimed item to the network, unless a STOP was committed since, and settle it by the answer."""
    if await _is_suppressed(item):  # a STOP was committed between our claim and now
        async with in_transaction("text-withheld"):
            await give_up(await _locked(item), "withheld", house.clock.now())
        return
    try:
        accepted = await gateway.send_text(text)
    except GatewayUnavailable as busy:  # nothing was processed
        await _again_later(item, timedelta(seconds=busy.retry_after_seconds))
        log.info("text_waits item=%s code=%s", item.id, busy.code)
    except GatewayUnclear:  # nobody knows: the network is asked, and nothing is posted blindly
        async with in_transaction("text-unclear"):
            unsettled = await _locked(item)
            if unsettled.state == "posting":
                unsettled.state, unsettled.lease_until = "unknown", real_now() + ASK_AFTER
                await unsettled.save()
        log.info("text_unclear item=%s", item.id)
    except GatewayRefused as refused:
        await _refused(house, item, refused.code)
    else:
        async with in_transaction("text-accepted"):
            await settle_accepted(await _locked(item), accepted.sid, house.clock.now())
        log.info("text_accepted item=%s phrase=%s purpose=%s", item.id, item.phrase_id, item.purpose)


async def _refused(house: House, item: OutboxItem, code: int) -> None:
    action = action_for(code)
    if action in {Action.LATER, Action.NEXT_WINDOW}:
        await _again_later(item, timedelta(seconds=30))
        return
    now = house.clock.now()
    async with in_transaction("text-refused"):
        locked = await _locked(item)
        locked.error_code = code
        await give_up(locked, "failed", now)
        if action is Action.OPTED_OUT:
            await suppress(locked.recipient_key, "network", now)
    if action is Action.OPTED_OUT:
        await opt_out_after_refusal(house, item.id)
    log.warning("text_refused item=%s code=%s action=%s", item.id, code, action.value)


async def _again_later(item: OutboxItem, wait: timedelta) -> None:
    """Back to owed: 429 and a refused connection processed nothing, so this was no attempt at delivery."""
    async with in_transaction("text-postponed"):
        locked = await _locked(item)
        if locked.state == "posting":
            locked.state, locked.attempts = "owed", locked.attempts - 1
            locked.lease_until = real_now() + wait
            await locked.save()


async def _lock(item_id: int) -> OutboxItem | None:
    return await OutboxItem.filter(id=item_id).select_for_update(skip_locked=True).first()


async def _locked(item: OutboxItem) -> OutboxItem:
    return await OutboxItem.filter(id=item.id).select_for_update().get()


async def _is_first(item: OutboxItem) -> bool:
    """What was said first arrives first; and two texts with the same words are never under way at once."""
    before = await fetch(
        "SELECT 1 FROM outbox WHERE recipient_key = $1 AND id <> $2 AND (state = 'posting'"
        " OR (state = 'unknown' AND body_hash = $3) OR (state = 'owed' AND (priority, id) < ($4, $2))) LIMIT 1",
        item.recipient_key, item.id, item.body_hash, item.priority,
    )  # fmt: skip
    return not before


async def _next_for(item: OutboxItem) -> int | None:
    rows = await fetch(
        "SELECT id FROM outbox WHERE recipient_key = $1 AND state = 'owed' AND lease_until IS NULL"
        " ORDER BY priority, id LIMIT 1",
        item.recipient_key,
    )  # fmt: skip
    return int(rows[0]["id"]) if rows else None


async def _may_send() -> bool:
    return not await fetch("SELECT 1 FROM switch WHERE name = $1 AND NOT is_on", SENDING)


async def _is_suppressed(item: OutboxItem) -> bool:
    """After STOP nothing leaves but the one text that confirms it (and the answers to START and HELP)."""
    if item.phrase_id.startswith(("G-STOP", "G-START", "G-HELP", "G-WRONG", "EN-11")):
        return False
    return bool(
        await fetch(
            "SELECT 1 FROM suppression WHERE number_key = $1 AND lifted_at IS NULL", item.recipient_key
        )
    )  # fmt: skip


async def _while_sender_is_busy(house: House) -> None:
    """Between two texts of one job: without the pause the second would always wait for the next sweep."""
    if house.settings.sender_segments_per_second == 0:
        return
    rows = await fetch("SELECT free_at FROM sender_pace WHERE sender = $1", house.settings.twilio_sender)
    pause = rows[0]["free_at"] - real_now() if rows else timedelta()
    if timedelta() < pause <= SHORT_PAUSE:
        await asyncio.sleep(pause.total_seconds())


async def _sender_is_free(house: House, item: OutboxItem, now: datetime) -> bool:
    """Take the sender's time for this item's segments, or leave it: for later, or for what is more urgent."""
    rate = house.settings.sender_segments_per_second
    if rate == 0:
        return True
    if await _others_are_more_urgent(item, now):
        return False
    free_from = real_now()
    rows = await fetch(
        "INSERT INTO sender_pace (sender, free_at) VALUES ($1, $2::timestamptz + $3 * interval '1 second')"
        " ON CONFLICT (sender) DO UPDATE SET free_at = $2::timestamptz + $3 * interval '1 second'"
        " WHERE sender_pace.free_at <= $2 RETURNING sender",
        house.settings.twilio_sender, free_from, item.segments / rate,
    )  # fmt: skip
    return bool(rows)


async def _others_are_more_urgent(item: OutboxItem, now: datetime) -> bool:
    """Whether something of a higher priority could leave now. What waits for an unsettled text holds nobody up."""
    return bool(
        await fetch(
            "SELECT 1 FROM outbox o WHERE o.state = 'owed' AND o.priority < $1 AND o.not_before <= $2"
            " AND (o.lease_until IS NULL OR o.lease_until < $3) AND NOT EXISTS (SELECT 1 FROM outbox p"
            " WHERE p.recipient_key = o.recipient_key AND p.state IN ('posting', 'unknown')) LIMIT 1",
            item.priority, now, real_now(),
        )
    )  # fmt: skip


async def _readable(house: House, item: OutboxItem, now: datetime) -> OutgoingText | None:
    """The text; None too when its seal cannot be opened any more, so that it never holds up what comes after it."""
    try:
        return await _outgoing(house, item, now)
    except SealBroken as broken:
        log.error("text_unreadable item=%s reason=%s", item.id, broken)
        return None


async def _outgoing(house: House, item: OutboxItem, now: datetime) -> OutgoingText | None:
    """The text with its address; None when the person was erased since."""
    if not item.arguments_sealed:
        return None
    if item.person_id is None:
        to, body = house.vault.open(item.to_sealed or "", TO), house.vault.open(item.arguments_sealed, ARGUMENTS)
    else:
        person = await Person.get_or_none(id=item.person_id)
        if person is None or not person.number_sealed:
            return None
        someone = await opened(house.vault, person)
        said: dict[str, Any] = someone.key.open_json(item.arguments_sealed, ARGUMENTS)
        to, body = someone.number, str(said["text"])
    left = int((item.expires_at - now).total_seconds())
    return OutgoingText(
        to=to, body=body, callback_url=status_address(house.settings.public_url, str(item.token)) + "#rc=3&rp=all",
        validity_seconds=min(max(left, SHORTEST_VALIDITY), LONGEST_VALIDITY),
    )  # fmt: skip
