"""Who is on the line: the person of a number with their circle, locked, and whether this request was taken before."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from service.circle import Circle, find_circle
from service.conversation import PROVIDER
from service.database import fetch
from service.house import House
from service.someone import Locked, locked_in

# `lock_number`, `find_locked` and `first_time` for a request of a call, in one: no row, and no key kept, for whoever is
# nobody.
FIRST_STEP = """
WITH held AS MATERIALIZED (SELECT 1 AS id, pg_advisory_xact_lock(hashtextextended($4, 7))),
known AS MATERIALIZED (
  SELECT found.id, found.bond FROM held CROSS JOIN LATERAL (
    SELECT p.id, b.id AS bond FROM person p JOIN bond b ON b.id = p.bond_id
    WHERE p.number_key = $4 AND held.id IS NOT NULL FOR UPDATE OF b
  ) found),
kept AS (INSERT INTO inbound_event (provider, kind, sid_key, received_at) SELECT $1, 'step', $2, $3 FROM known
         ON CONFLICT DO NOTHING RETURNING id)
SELECT known.id, known.bond, kept.id IS NOT NULL AS is_new FROM known LEFT JOIN kept ON true
"""


@dataclass(frozen=True, slots=True)
class Caller:
    """The circle of whoever is on the line, with the conversation on their calls and the call itself, if it is ours."""

    circle: Circle
    is_new: bool  # this request was not taken before; its key is kept now


async def find_caller(house: House, number: str, *, sid: str, call_sid: str, at: datetime) -> Caller | None:
    """Caller ID identifies, it never authorises; a withheld number is nobody. `sid` tells this request from others.

    Raises:
        SealBroken: somebody's key is gone.
    """
    if not number.startswith("+"):
        return None
    key = house.vault.number_key(number)
    found = await _first_step(house, key, sid, at)
    if found is None:  # nobody, or somebody who joined while their number was waited for; it is held now
        found = await _first_step(house, key, sid, at)
    if found is None:
        return None
    locked, is_new = found
    circle = await find_circle(house.vault, key, at, locked=locked, channel="voice", call_sid=call_sid)
    return Caller(circle, is_new) if circle is not None else None


async def _first_step(house: House, key: str, sid: str, at: datetime) -> tuple[Locked, bool] | None:
    rows = await fetch(FIRST_STEP, PROVIDER, house.vault.event_key(sid), at, key)
    locked = locked_in(rows)
    return (locked, bool(rows[0]["is_new"])) if locked is not None else None
