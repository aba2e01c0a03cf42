"""Erasing a person: their key is destroyed, so that what a backup still holds of them can never be read again."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from service.database import execute, fetch, in_transaction
from service.following import forget_copies
from service.house import House
from service.ledger import Cause, enter_in_ledger
from service.people import NobodyThere
from service.records import AuditEvent
from service.sharing import withdraw
from service.someone import lock_someone

# Their rows, which go with them; each is counted for whoever asked.
OWN = (
    "rating", "note", "session", "due", "outbox", "sharing_grant", "sharing_ask", "pair_member", "pin", "safety_screen",
)  # fmt: skip
KEPT = "consent, audit and opt-outs stay as proof, without number or words"


async def erase_person(house: House, person_id: UUID, *, by: str, now: datetime) -> dict[str, int]:
    """Key and rows of this person go in one transaction; how many rows of each kind went.

    The other person of a pair notices nothing: the pair and its bond stay theirs. Suppression, consent and audit stay.

    Raises:
        NobodyThere: they were erased already.
    """
    async with in_transaction("person-erased"):
        someone = await lock_someone(house.vault, person_id)
        if someone is None:
            raise NobodyThere
        cause = Cause(now=now, source=f"erasure, {by}", country=house.settings.country, channel="operator")
        for subject in ("texts", "calls"):
            await enter_in_ledger(house, someone, act="revoked", subject=subject, wording=None, cause=cause)
        await withdraw(person_id, "all", now)
        removed = {table: await _count(table, "person_id", person_id) for table in OWN}
        removed["published_item"] = await _count("published_item", "receiver_id", person_id)
        await forget_copies(person_id)
        await _forget_what_points_at(person_id, someone.person.number_key or "")
        removed["person"] = await execute("DELETE FROM person WHERE id = $1", person_id)
        removed["person_key"] = await execute("DELETE FROM person_key WHERE person_id = $1", person_id)
        await execute(
            "DELETE FROM bond WHERE id = $1 AND NOT EXISTS (SELECT 1 FROM person WHERE bond_id = $1)"
            " AND NOT EXISTS (SELECT 1 FROM pair WHERE bond_id = $1)",
            someone.person.bond_id,
        )
        detail: dict[str, object] = dict(removed)
        await AuditEvent.create(at=now, actor=by, act="erase", person_ref=person_id, detail=detail)
    return removed


async def _forget_what_points_at(person_id: UUID, number_key: str) -> None:
    """Rows that no foreign key takes along."""
    await execute("DELETE FROM break_session WHERE caller_id = $1 AND partner_id IS NULL", person_id)
    await execute(
        "DELETE FROM delivery_event WHERE token IN (SELECT token FROM outbox WHERE person_id = $1)", person_id
    )
    await execute("DELETE FROM attempt WHERE key = $1 OR key = $2", str(person_id), number_key)
    await execute("UPDATE inbound_event SET person_id = NULL, answer_sealed = NULL WHERE person_id = $1", person_id)


async def _count(table: str, column: str, person_id: UUID) -> int:
    rows = await fetch(f"SELECT count(*) AS n FROM {table} WHERE {column} = $1", person_id)  # noqa: S608  our own names
    return int(rows[0]["n"])
