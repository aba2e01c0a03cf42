"""A new secret key: every person's key is wrapped anew under the first one, so that the old one can be taken away."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from service.database import execute, fetch, in_transaction
from service.house import House
from service.records import AuditEvent
from service.vault import SealBroken

AT_ONCE = 200
FIRST = UUID(int=0)


@dataclass(frozen=True, slots=True)
class Rekeyed:
    """How many keys there are, how many were wrapped anew, and whose no secret key opens (ids)."""

    keys: int
    changed: int
    unopened: tuple[str, ...]


async def rewrap_keys(house: House, *, by: str, now: datetime, tell: Callable[[int], None]) -> Rekeyed:
    """Wrap every key under the first of SECRET_KEYS; `tell` hears how many were looked at so far.

    May be broken off and begun again: what is done is left alone. People may write meanwhile.
    """
    seen = changed = 0
    unopened: list[str] = []
    after = FIRST
    while rows := await fetch(
        "SELECT person_id, wrapped FROM person_key WHERE person_id > $1 ORDER BY person_id LIMIT $2", after, AT_ONCE
    ):
        async with in_transaction("keys-rewrapped"):
            for row in rows:
                try:
                    wrapped = house.vault.rewrap(row["wrapped"])
                except SealBroken:
                    unopened.append(str(row["person_id"]))
                    continue
                if wrapped != row["wrapped"]:
                    changed += await execute(
                        "UPDATE person_key SET wrapped = $1 WHERE person_id = $2 AND wrapped = $3",
                        wrapped, row["person_id"], row["wrapped"],
                    )  # fmt: skip
        after, seen = UUID(str(rows[-1]["person_id"])), seen + len(rows)
        tell(seen)
    detail: dict[str, object] = {"keys": seen, "changed": changed, "unopened": len(unopened)}
    await AuditEvent.create(at=now, actor=by, act="rotate-keys", detail=detail)
    return Rekeyed(seen, changed, tuple(unopened))
