"""Texts and calls whose webhooks were lost: listed at the network and taken as if just received, once."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from datetime import datetime, timedelta

from flows.programme.unread import list_since, may_be_said, read_past
from service.calls import end_of, start_of, take_lost_call
from service.conversation import take_text
from service.database import fetch, in_transaction
from service.gateway.port import ArrivedText, Gateway, ListedCall
from service.gateway.voice_wire import OVER
from service.house import House
from service.records import AuditEvent, Watermark
from service.records.inbound import PROVIDER
from service.stopping import stop_without_turn
from service.trials import INBOUND, SID, Finished, Unfinished, tried

TEXTS, CALLS = "texts", "calls"
FOUND = "found-by-listing"
# Every five minutes the last half hour, every hour and at each start the last day (DESIGN 4).
OFTEN, LAST_HALF_HOUR = timedelta(minutes=5), timedelta(minutes=30)
HOURLY = timedelta(hours=1)
log = logging.getLogger(__name__)


async def have_texts_until(house: House, deadline: datetime) -> bool:
    """Whether everything that had arrived by `deadline` was taken: what the network lists, and what our spool holds."""
    mark = await Watermark.get_or_none(name=TEXTS)
    return may_be_said(
        deadline, mark.read_until if mark is not None else None, nothing_waits=house.spool.is_empty()
    )


async def does_notice_wait(house: House, now: datetime) -> bool:
    """Whether a notice is due whose minute was not read past yet."""
    waits = await fetch(
        "SELECT max(due_at) AS at FROM due"
        " WHERE kind IN ('notice', 'notice-went') AND state = 'waiting' AND due_at <= $1",
        now,
    )
    return waits[0]["at"] is not None and not await have_texts_until(house, waits[0]["at"])


async def unread_since(name: str, now: datetime, *, at_least: timedelta) -> datetime:
    """Since when to list, by how far the list was read last (`list_since`)."""
    mark = await Watermark.get_or_none(name=name)
    return list_since(mark.read_until if mark is not None else None, now, at_least=at_least)


async def find_lost_texts(house: House, gateway: Gateway, *, at_least: timedelta, now: datetime) -> int:
    """Take what the network has and we do not, oldest first, with its own time; how many were new.

    May run twice: a text is taken by its SID once. One that fails holds up nobody; the reading counts only up to it,
    until it was taken or set aside.

    Raises:
        GatewayUnavailable, GatewayUnclear, GatewayRefused: the list could not be read to its end.
        UNREACHABLE: the database is away.
    """
    since = await unread_since(TEXTS, now, at_least=at_least)
    listed = sorted([text async for text in gateway.arrived_texts(since)], key=lambda text: text.at)
    known = await _known(house, "text", (text.sid for text in listed))
    found, untaken = 0, []
    for text in listed:
        if house.vault.event_key(text.sid) in known:
            continue
        match await _take_listed(house, text):
            case Unfinished.LATER:
                untaken.append(text.at)
            case Finished(is_new):
                found += is_new
    await _mark(TEXTS, read_past(now, untaken), found, now)
    if found:
        log.warning("lost_texts_found count=%d", found)
    return found


async def find_lost_calls(house: House, gateway: Gateway, *, at_least: timedelta, now: datetime) -> int:
    """Calls that are over and of which we were not told: those that reached nobody here, and ends that got lost.

    Returns and raises as `find_lost_texts`. May run twice: each end is taken once.
    """
    since = await unread_since(CALLS, now, at_least=at_least)
    listed = sorted([call async for call in gateway.calls_since(since)], key=lambda call: call.created_at)
    over = [call for call in listed if call.status in OVER]
    begun = await _known(house, "step", (start_of(call) for call in over if call.is_inbound))
    ended = await _known(house, "call-status", (end_of(call) for call in over))
    found = 0
    for call in over:
        has_begun = not call.is_inbound or house.vault.event_key(start_of(call)) in begun
        if not has_begun or house.vault.event_key(end_of(call)) not in ended:
            found += await _take_listed_call(house, call, now)
    # What still rings or talks may lose its end later: it is read again.
    under_way = [call.created_at for call in listed if call.status not in OVER]
    await _mark(CALLS, read_past(now, under_way), found, now)
    if found:
        log.warning("lost_calls_found count=%d", found)
    return found


async def _take_listed(house: House, text: ArrivedText) -> Finished[bool] | Unfinished:
    key, sid = house.vault.event_key(text.sid), house.vault.seal(text.sid, SID)
    taken = await tried(INBOUND, key, lambda: take_text(house, text), sid_sealed=sid)
    if taken is Unfinished.ASIDE:
        await stop_without_turn(house, text)
    return taken


async def _take_listed_call(house: House, call: ListedCall, now: datetime) -> bool:
    key, sid = house.vault.event_key(start_of(call)), house.vault.seal(call.sid, SID)
    taken = await tried(INBOUND, key, lambda: take_lost_call(house, call, now), sid_sealed=sid)
    return isinstance(taken, Finished) and taken.result


async def _known(house: House, kind: str, keys: Iterable[str]) -> set[str]:
    """The keyed hashes of those that were taken before."""
    rows = await fetch(
        "SELECT sid_key FROM inbound_event WHERE provider = $1 AND kind = $2 AND sid_key = ANY($3::text[])",
        PROVIDER, kind, [house.vault.event_key(key) for key in keys],
    )  # fmt: skip
    return {row["sid_key"] for row in rows}


async def _mark(name: str, read_until: datetime, found: int, now: datetime) -> None:
    """How far the list was read; what was found on it that nobody had told us stays on record, by its number."""
    async with in_transaction("list-read"):
        await Watermark.update_or_create(name=name, defaults={"read_until": read_until})
        if found:
            await AuditEvent.create(at=now, actor="worker", act=FOUND, detail={"kind": name, "count": found})
