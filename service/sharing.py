"""Grants: what a person lets go to the other, and lets come to themself. Reducing is instant and silent."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from uuid import UUID

from flows.programme.screening import Screened, may_share
from service.records import Grant, PublishedItem
from service.screening import screened_of
from service.someone import Someone, membership

GRANTS = (
    "C1", "C2", "C3", "C4", "C5", "C6", "C7", "C8", "R1", "R2", "R3", "R4", "R5", "R6", "R7", "R8", "PM-6",
)  # fmt: skip
# What an item of each kind needs: the publisher's grant and the receiver's willingness.
MOOD_GIVES, MOOD_TAKES = "C1", "R1"
PROMISE_GIVES, PROMISE_TAKES, PROMISE_CEILING = "C3", "R3", "PM-6"
BREAK_GIVES, BREAK_TAKES = "C5", "R5"
KIND_OF = {"C1": "mood", "C3": "promise"}


async def live_grants(someone: Someone, now: datetime) -> frozenset[str]:
    """The kinds that stand: given, not withdrawn, not expired. Expiry is the same event as withdrawal.

    None stands for whom the safety screen keeps alone, or whom nobody screened or saw alone in time (invariant 20). To
    everybody else that is a withdrawal; no row and no log shows it.
    """
    rows = await Grant.filter(person_id=someone.id, withdrawn_at__isnull=True, expires_at__gt=now)
    given = {row.kind: row.given_at for row in rows}
    found = await membership(someone.id)
    seen_alone_on = found[1].vouched_on if found is not None else None
    return those_that_stand(given, await screened_of(someone), seen_alone_on, now)


def those_that_stand(
    given: Mapping[str, datetime], screened: Screened | None, seen_alone_on: date | None, now: datetime
) -> frozenset[str]:
    """Of permissions that were neither withdrawn nor ran out, by kind and when they were given: those that stand."""
    if not may_share(screened, seen_alone_on, now):
        return frozenset()
    since = screened.alone_at if screened is not None else None
    return frozenset(kind for kind, at in given.items() if since is None or at > since)


def received(grants: frozenset[str]) -> frozenset[str]:
    """What a person is willing to be told, by the kinds that the other would have to give: R1 as C1."""
    return frozenset(f"C{grant[1:]}" for grant in grants if grant.startswith("R"))


async def withdraw(person_id: UUID, grant: str, now: datetime) -> None:
    """Take back one kind, or `all`, with the copies that were not delivered yet. Nobody is told."""
    standing = Grant.filter(person_id=person_id, withdrawn_at__isnull=True)
    copies = PublishedItem.filter(publisher_id=person_id)
    if grant != "all":
        standing, copies = standing.filter(kind=grant), copies.filter(kind=KIND_OF.get(grant, grant))
    await standing.update(withdrawn_at=now)
    await copies.delete()
