"""Claimed due rows of many people open in one transaction: their locks, what is known of them, then a turn each."""

from __future__ import annotations

import logging
from collections.abc import Sequence

from service.circle import Circle, lock_circles
from service.database import in_transaction
from service.house import House
from service.opening import open_one
from service.rechecking import Ready, opened_lately
from service.records import Due, Person
from service.scheduling import check_ins_of
from service.writing import update_later

log = logging.getLogger(__name__)


async def open_claimed(house: House, ids: Sequence[int]) -> None:
    """Open due rows that were claimed, in one transaction for as many people as they are of. May run twice and at once:
    each row is read again under its person's lock, so a second run finds it done.
    """
    left = list(ids)
    while left:
        left = await _open_first_of_each(house, left)
    await house.doorbell.ring()  # also calls may be owed now


async def _open_first_of_each(house: House, ids: Sequence[int]) -> list[int]:
    """Open one row of each couple, since what it changes the next one has to read; the rows that are left."""
    now = house.clock.now()
    async with in_transaction("due-opened"):
        chosen, left = await _one_a_bond(ids)
        people = sorted({due.person_id for due in chosen if due.person_id is not None})
        circles = await lock_circles(house.vault, people, now)
        rows = await Due.filter(id__in=[due.id for due in chosen]).order_by("due_at", "id").select_for_update()
        ready = Ready(now, await opened_lately(people, now), await check_ins_of(people, now))
        outcomes = [
            await _open_one(house, circles.get(due.person_id) if due.person_id else None, due, ready)
            for due in rows
            if due.state == "opening"
        ]
    for due, outcome in outcomes:
        log.info("due_opened due=%s kind=%s outcome=%s", due.id, due.kind, outcome.lstrip("+"))
    return left


async def _one_a_bond(ids: Sequence[int]) -> tuple[list[Due], list[int]]:
    """The oldest row of each bond, and the ids of the others."""
    dues = await Due.filter(id__in=list(ids)).order_by("due_at", "id")
    people = await Person.filter(id__in=[due.person_id for due in dues]).values_list("id", "bond_id")
    bonds = dict(people)
    first: dict[object, Due] = {}
    for due in dues:
        first.setdefault(bonds.get(due.person_id, due.id), due)
    chosen = list(first.values())
    taken = {due.id for due in chosen}
    return chosen, [due.id for due in dues if due.id not in taken]


async def _open_one(house: House, circle: Circle | None, due: Due, ready: Ready) -> tuple[Due, str]:
    outcome = await open_one(house, circle, due, ready) if circle is not None else "nobody"
    if due.state == "opening":  # not put off
        due.state = "done" if outcome.startswith("+") else "dropped"
        due.outcome, due.closed_at, due.lease_until = outcome.lstrip("+")[:40], ready.now, None
    update_later(due)
    return due, outcome
