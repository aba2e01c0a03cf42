"""Who is on the line: the person of a number with their circle, locked, and what this request was answered before."""

from __future__ import annotations

from datetime import datetime

from service.circle import Circle, find_circle
from service.database import fetch
from service.house import House
from service.someone import locked_in

# `lock_number` and `find_locked` in one; no row for whoever is nobody.
LOCKED = """
WITH held AS MATERIALIZED (SELECT 1 AS id, pg_advisory_xact_lock(hashtextextended($1, 7)))
SELECT found.id, found.bond FROM held CROSS JOIN LATERAL (
  SELECT p.id, b.id AS bond FROM person p JOIN bond b ON b.id = p.bond_id
  WHERE p.number_key = $1 AND held.id IS NOT NULL FOR UPDATE OF b
) found
"""


async def find_caller(house: House, number: str, *, sid: str, call_sid: str, at: datetime) -> Circle | None:
    """The circle of whoever is on the line, with the conversation on their calls, the call itself, if it is ours, and
    what was answered to this request, which `sid` tells from others, if it was taken before.

    Caller ID identifies, it never authorises; a withheld number is nobody.

    Raises:
        SealBroken: somebody's key is gone.
    """
    if not number.startswith("+"):
        return None
    key = house.vault.number_key(number)
    locked = locked_in(await fetch(LOCKED, key))
    if locked is None:  # nobody, or somebody who joined while their number was waited for; it is held now
        locked = locked_in(await fetch(LOCKED, key))
    if locked is None:
        return None
    step = house.vault.event_key(sid)
    return await find_circle(house.vault, key, at, locked=locked, channel="voice", call_sid=call_sid, step=step)
