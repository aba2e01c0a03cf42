"""What became of a text: accepted, callbacks in any order, lost answers found by listing. State never moves down."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from service.clock import real_now
from service.conversation import first_time, follow_opt_out
from service.database import fetch, in_transaction
from service.delivery import TO
from service.gateway.error_codes import Action, action_for
from service.gateway.port import Gateway, SentText, TextStatus
from service.house import House
from service.recording import suppress
from service.records import DeliveryEvent, OutboxItem, Person, Suppression
from service.someone import lock_someone, opened
from service.writing import update_later

# Twilio's words -> ours, by rank; a lower rank never takes the place of a higher one (TWILIO.md 3).
STATES = {
    "accepted": "accepted", "scheduled": "accepted", "queued": "accepted", "sending": "accepted", "sent": "sent",
    "delivered": "delivered", "read": "delivered", "undelivered": "undelivered", "failed": "failed",
    "canceled": "failed",
}  # fmt: skip
RANKS = {
    "owed": 0, "posting": 0, "unknown": 0, "quarantined": 0, "accepted": 1, "sent": 2, "delivered": 3, "undelivered": 3,
    "failed": 3,
}  # fmt: skip
FINAL = frozenset({"delivered", "undelivered", "failed", "expired", "withheld"})
# A text the network does not list by then was never taken, and may be posted once more.
ABSENCE_PROVEN_AFTER = timedelta(seconds=10)
FOLLOWED_WITHIN = timedelta(days=7)
TIME_CRITICAL = frozenset({"break-return", "promise-due"})
TRY_AGAIN_AFTER = timedelta(minutes=40)  # three tries within two hours (PROGRAMME 3.6)
# Half time, and the return with its minute in it: forty minutes later they are untrue. A break asks again by itself.
ONLY_AT_THEIR_MINUTE = frozenset({"TO-3", "TO-4", "TO-15"})
# Our clock and the network's may differ; a listing looks back a little further than the POST.
LOOK_BACK = timedelta(minutes=2)
# One resend after proven absence; a second lost answer is an operator's matter.
POSTS = 2
log = logging.getLogger(__name__)


def settle_accepted(item: OutboxItem, sid: str, now: datetime) -> None:
    """The network took it. A callback may have said more already: then only the SID is new."""
    if item.sid is None:
        item.sid = sid
    _raise_state(item, "accepted", now)


def give_up(item: OutboxItem, state: str, now: datetime) -> None:
    """A final state without delivery: what it said and whom it was for is dropped."""
    item.state, item.settled_at, item.lease_until = state, now, None
    _forget_words(item)
    update_later(item)


async def take_status(house: House, status: TextStatus, now: datetime) -> bool:
    """One status callback: kept once, then the item's state is the highest it ever had. False: a repeat, or not ours.

    A callback with our token binds the SID even if the process that posted died before Twilio answered.
    """
    key = f"{status.sid}:{status.status}:{status.error_code or ''}"
    async with in_transaction("status-taken"):
        if not await first_time(house, kind="status", sid=key, at=now):
            return False
        item = await _item_of(status)
        await DeliveryEvent.create(
            token=item.token if item is not None else None, sid_key=house.vault.event_key(status.sid),
            status=status.status, error_code=status.error_code, at=now,
        )  # fmt: skip
        if item is None:
            log.info("status_left_alone status=%s", status.status)
            return False
        if item.sid is None:
            item.sid = status.sid
        elif item.sid != status.sid:  # a second message of one item: never ours to hide
            log.warning("status_of_another_sid item=%s status=%s", item.id, status.status)
            return False
        await _apply(item, STATES.get(status.status, "accepted"), status.error_code, now)
    if says_opted_out(item):
        await opt_out_after_refusal(house, item.id)
    return True


async def settle_unknown(house: House, gateway: Gateway, item_id: int) -> None:
    """Ask the network what became of a POST whose answer was lost; post again only what it never took.

    May run twice: the item is locked, and a SID is bound once.
    """
    item = await OutboxItem.get_or_none(id=item_id, state="unknown")
    if item is None or item.posted_at is None:
        return
    to = await _address(house, item)
    found = await _listed(house, gateway, item, to) if to else None
    now = house.clock.now()
    async with in_transaction("text-settled"):
        item = await OutboxItem.filter(id=item_id, state="unknown").select_for_update().first()
        if item is None:
            return
        if found is not None:
            item.sid = found.sid
            await _apply(item, STATES.get(found.status, "accepted"), found.error_code, now)
        elif real_now() < (item.lease_until or real_now()) + ABSENCE_PROVEN_AFTER:
            return  # a listing may lag behind; ask again at the next sweep
        elif item.attempts >= POSTS or item.expires_at <= now:
            give_up(item, "failed", now)
        else:
            item.state, item.lease_until = "owed", None
            await item.save()
    log.info("unknown_settled item=%s found=%s", item_id, found is not None)


async def expire_leases() -> list[int]:
    """Items whose poster died become unknown; returns every unknown item that may be asked about now."""
    now = real_now()
    await OutboxItem.filter(state="posting", lease_until__lt=now).update(state="unknown")
    ids = await OutboxItem.filter(state="unknown", lease_until__lt=now).order_by("id").values_list("id", flat=True)
    return [int(str(each)) for each in ids]


async def opt_out_after_refusal(house: House, item_id: int) -> None:
    """The network said that the holder opted out, whether or not a webhook ever told us: as good as a STOP.

    The number was blocked together with the item; this brings the person's own rows in line and may run twice.
    """
    item = await OutboxItem.get_or_none(id=item_id)
    if item is not None and item.person_id is not None:
        await follow_blocked(house, item.person_id)


async def blocked_people(now: datetime) -> list[UUID]:
    """Whose numbers were blocked lately by the network, and whose own rows do not say so yet: whoever was to follow
    died in between.
    """
    rows = await fetch(
        "SELECT p.id FROM suppression s JOIN person p ON p.number_key = s.number_key"
        " WHERE s.lifted_at IS NULL AND s.opted_out_at > $1 AND p.status = 'active'", now - FOLLOWED_WITHIN,
    )  # fmt: skip
    return [row["id"] for row in rows]


async def follow_blocked(house: House, person_id: UUID) -> None:
    """Bring a person's own rows in line with their number, unless they came back meanwhile. May run twice."""
    async with in_transaction("opt-out-refused"):
        someone = await lock_someone(house.vault, person_id)
        if someone is None or someone.person.status == "opted_out":
            return
        if await Suppression.filter(number_key=someone.person.number_key or "", lifted_at=None).exists():
            await follow_opt_out(house, someone, house.clock.now())


def says_opted_out(item: OutboxItem) -> bool:
    """Whether the item came to nothing because its receiver opted out."""
    return item.error_code is not None and action_for(item.error_code) is Action.OPTED_OUT


async def _apply(item: OutboxItem, state: str, error_code: int | None, now: datetime) -> None:
    if error_code is not None and RANKS.get(state, 0) > RANKS.get(item.state, 9):
        item.error_code = error_code  # a late failure of a text that was delivered says nothing any more
    _raise_state(item, state, now)
    if says_opted_out(item):
        await suppress(item.recipient_key, "network", now)
    elif _is_worth_another_try(item, state):
        await _try_again(item, now)


def _raise_state(item: OutboxItem, state: str, now: datetime) -> None:
    if RANKS.get(state, 0) <= RANKS.get(item.state, 9):
        update_later(item)
        return
    item.state, item.lease_until = state, None
    if state in FINAL:
        item.settled_at = now
        if not _is_worth_another_try(item, state):
            _forget_words(item)
    update_later(item)


def _is_worth_another_try(item: OutboxItem, state: str) -> bool:
    has_failed = state in {"undelivered", "failed"}
    return has_failed and item.purpose in TIME_CRITICAL and item.phrase_id not in ONLY_AT_THEIR_MINUTE


async def _try_again(item: OutboxItem, now: datetime) -> None:
    """A new attempt of the same intent, for what is useless tomorrow: a break's return, a promise's hour."""
    tries = await OutboxItem.filter(intent=item.intent).count()
    action = action_for(item.error_code or 0)
    allowed = {Action.RETRY_ONCE: 2, Action.RETRY_TWICE: 3}.get(action, 1)
    again = now + TRY_AGAIN_AFTER
    if tries < allowed and again < item.expires_at and item.arguments_sealed is not None:
        await OutboxItem.create(
            token=uuid4(), intent=item.intent, person_id=item.person_id, recipient_key=item.recipient_key,
            purpose=item.purpose, phrase_id=item.phrase_id, locale=item.locale, words_version=item.words_version,
            script_hash=item.script_hash, arguments_sealed=item.arguments_sealed, body_hash=item.body_hash,
            segments=item.segments, state="owed", priority=item.priority, owed_at=now, not_before=again,
            expires_at=item.expires_at, due_id=item.due_id,
        )  # fmt: skip
    _forget_words(item)
    await item.save()


def _forget_words(item: OutboxItem) -> None:
    """What it said and whom it was for go as soon as they are of no use."""
    item.update_from_dict({"arguments_sealed": None, "to_sealed": None})


async def _item_of(status: TextStatus) -> OutboxItem | None:
    """By our token, else by the SID."""
    if status.token is not None:
        try:
            return await OutboxItem.filter(token=UUID(status.token)).select_for_update().first()
        except ValueError:
            return None
    return await OutboxItem.filter(sid=status.sid).select_for_update().first()


async def _listed(house: House, gateway: Gateway, item: OutboxItem, to: str) -> SentText | None:
    """The message on the network's list that is this item: same number, same words, bound to no other item."""
    since = (item.posted_at or item.owed_at) - LOOK_BACK
    async for sent in gateway.sent_texts(to, since):
        if house.vault.body_hash(sent.body) == item.body_hash and not await OutboxItem.exists(sid=sent.sid):
            return sent
    return None


async def _address(house: House, item: OutboxItem) -> str:
    if item.person_id is None:
        return house.vault.open(item.to_sealed, TO) if item.to_sealed else ""
    person = await Person.get_or_none(id=item.person_id)
    return (await opened(house.vault, person)).number if person is not None and person.number_sealed else ""
