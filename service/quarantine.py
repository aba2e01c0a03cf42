"""What failed three times and was set aside: shown to the operator without content, tried again or given up by them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from service.database import execute, fetch, in_transaction
from service.house import House
from service.records import AuditEvent, Call, OutboxItem
from service.trials import SID
from service.vault import SealBroken

KINDS = ("due", "text", "call", "inbound")
LISTED = {
    "due": "SELECT id, kind AS what, NULL AS sid_sealed FROM due WHERE state = 'quarantined' ORDER BY id",
    "text": "SELECT id, phrase_id AS what, NULL AS sid_sealed FROM outbox WHERE state = 'quarantined' ORDER BY id",
    "call": "SELECT id, script AS what, NULL AS sid_sealed FROM call WHERE state = 'quarantined' ORDER BY id",
    "inbound": "SELECT id, kind AS what, sid_sealed FROM trial WHERE state = 'quarantined' AND kind = 'inbound'"
    " ORDER BY id",
}  # fmt: skip
# A due row is opened again, an event is taken when the network's list is read next; a text or call is too old for that.
AGAIN = {
    "due": "UPDATE due SET state = 'waiting', attempts = 0, lease_until = NULL WHERE id = $1 AND state = 'quarantined'",
    "inbound": "UPDATE trial SET state = 'open', tries = 0 WHERE id = $1 AND state = 'quarantined'",
}
DROP = {
    "due": "UPDATE due SET state = 'dropped', outcome = 'by-operator', closed_at = $2"
    " WHERE id = $1 AND state = 'quarantined'",
    "text": "UPDATE outbox SET state = 'failed', settled_at = $2 WHERE id = $1 AND state = 'quarantined'",
    "call": "UPDATE call SET state = 'failed', settled_at = $2 WHERE id = $1 AND state = 'quarantined'",
    "inbound": "DELETE FROM trial WHERE id = $1 AND state = 'quarantined' AND $2::timestamptz IS NOT NULL",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Aside:
    """One row set aside. `name` is what the operator settles it by; `what` is its kind; `sid` Twilio's, where known."""

    name: str
    what: str
    sid: str


async def list_aside(house: House) -> list[Aside]:
    """All of them."""
    return [
        Aside(f"{kind}:{row['id']}", row["what"], _opened(house, row["sid_sealed"]))
        for kind in KINDS
        for row in await fetch(LISTED[kind])
    ]


async def settle_aside(kind: str, row_id: int, state: str, *, by: str, now: datetime) -> bool:
    """`again` or `dropped`. False: no such row is set aside, or its time for another try is over."""
    async with in_transaction("aside-settled"):
        if state == "again":
            changed = await execute(AGAIN[kind], row_id) if kind in AGAIN else 0
        else:
            changed = await execute(DROP[kind], row_id, now)
        if changed:
            detail: dict[str, object] = {"item": f"{kind}:{row_id}", "as": state}
            await AuditEvent.create(at=now, actor=by, act="settle", detail=detail)
    return bool(changed)


async def set_call_aside(call_id: int, now: datetime) -> None:
    """It could be neither placed nor asked about."""
    waiting = Call.filter(id=call_id, state__in=["owed", "posting", "unknown"])
    await waiting.update(state="quarantined", settled_at=now)


async def set_text_aside(item_id: int, now: datetime) -> None:
    """Its end cannot be found out; its words go."""
    unknown = OutboxItem.filter(id=item_id, state="unknown")
    await unknown.update(state="quarantined", settled_at=now, arguments_sealed=None, to_sealed=None)


def _opened(house: House, sealed: str | None) -> str:
    try:
        return house.vault.open(sealed, SID) if sealed else ""
    except SealBroken:
        return ""
