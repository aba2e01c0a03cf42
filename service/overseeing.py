"""The outbox for an operator: counts, what is unsettled, settling by hand, and the switch that stops all sending."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from service.database import fetch, in_transaction
from service.records import AuditEvent, OutboxItem, Switch
from service.sending import SENDING
from service.settling import give_up

UNSETTLED = ("owed", "posting", "unknown", "accepted", "sent")


class SettlingRefused(Exception):
    """There is no such item, or nothing about it is unclear."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Unsettled:
    """One text whose end is not known yet; no content, no number."""

    id: int
    purpose: str
    phrase: str
    state: str
    age_minutes: int


@dataclass(frozen=True, slots=True)
class Overview:
    """Items by state, the oldest unsettled ones, and whether anything is sent at all."""

    counts: dict[str, int]
    oldest: list[Unsettled]
    is_sending: bool


async def overview(now: datetime, *, limit: int = 20) -> Overview:
    """The outbox at `now`."""
    counted = await fetch("SELECT state, count(*) AS n FROM outbox GROUP BY state ORDER BY state")
    items = await OutboxItem.filter(state__in=UNSETTLED).order_by("owed_at", "id").limit(limit)
    oldest = [
        Unsettled(item.id, item.purpose, item.phrase_id, item.state, int((now - item.owed_at).total_seconds() // 60))
        for item in items
    ]
    off = await Switch.exists(name=SENDING, is_on=False)
    return Overview({row["state"]: int(row["n"]) for row in counted}, oldest, not off)


async def settle_by_hand(item_id: int, state: str, *, by: str, now: datetime) -> None:
    """An operator looked at Twilio's log: the text with an unknown end was `sent`, or `failed`. Its words are dropped.

    Raises:
        SettlingRefused: no such item, or its end is not unknown.
    """
    async with in_transaction("settled-by-hand"):
        item = await OutboxItem.filter(id=item_id).select_for_update().first()
        if item is None:
            raise SettlingRefused("there is no such item")
        if item.state != "unknown":
            raise SettlingRefused(f"it is {item.state}; only an unknown one is settled by hand")
        give_up(item, state, now)
        detail: dict[str, object] = {"item": item_id, "as": state}
        await AuditEvent.create(at=now, actor=by, act="settle", person_ref=item.person_id, detail=detail)


async def switch_sending(*, is_on: bool, by: str, now: datetime) -> None:
    """Let texts leave, or hold every one of them back; what is owed waits until its window is over."""
    async with in_transaction("sending-switched"):
        await Switch.update_or_create(name=SENDING, defaults={"is_on": is_on, "set_at": now, "by": by})
        detail: dict[str, object] = {"is_on": is_on}
        await AuditEvent.create(at=now, actor=by, act="switch-sending", detail=detail)
