"""People as an operator may see them: who is there and how many rows they have, never what they said."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from service.database import fetch, in_transaction
from service.house import House
from service.records import Pair, PairMember, Person, PersonKey
from service.someone import Someone, find_someone, lock_someone
from service.vault import SealBroken

NUMBER = re.compile(r"\+[1-9]\d{6,14}")
# Whose rows say how much somebody uses the service, and nothing of what they use it for.
COUNTED = ("rating", "note", "session", "due", "outbox")
NO_NUMBER = "(no number)"


class NobodyThere(Exception):
    """No person has this number or id."""


@dataclass(frozen=True, slots=True)
class Listed:
    """One line of the list. `number` is masked; `joined_on` is an ISO date (UTC), empty before they said YES."""

    id: str
    number: str
    status: str
    joined_on: str
    is_paired: bool


@dataclass(frozen=True, slots=True)
class Described:
    """One person without content. `rows` counts what is kept of each kind."""

    id: str
    number: str
    status: str
    locale: str
    country: str
    zone: str
    joined_on: str
    is_paired: bool
    rows: dict[str, int]


@dataclass(frozen=True, slots=True)
class ListedPair:
    """One pair. `members` are masked numbers; who is ready is nobody's business but theirs."""

    id: str
    state: str
    mode: str
    members: list[str]
    vouched_by: list[str]
    made_on: str


def masked(number: str) -> str:
    """A number that can stand in a log or on a screen: +1•••••0101."""
    return f"{number[:2]}•••••{number[-4:]}"


async def list_people(house: House) -> list[Listed]:
    """Everybody, oldest first."""
    paired, keys = await _paired(), await _keys()
    return [
        Listed(
            id=str(person.id), number=_masked_number(house, person, keys), status=person.status,
            joined_on=_joined_on(person), is_paired=person.id in paired,
        )
        for person in await Person.all().order_by("created_at", "id")
    ]  # fmt: skip


async def describe(house: House, person_id: UUID) -> Described:
    """One person.

    Raises:
        NobodyThere: they were erased.
    """
    person = await Person.get_or_none(id=person_id)
    if person is None:
        raise NobodyThere
    counts = {
        table: int((await fetch(f"SELECT count(*) AS n FROM {table} WHERE person_id = $1", person.id))[0]["n"])  # noqa: S608
        for table in COUNTED
    }
    async with in_transaction("people-listed"):
        someone = await lock_someone(house.vault, person.id)
        zone = someone.zone if someone is not None else ""
        country = someone.setting("country") if someone is not None else ""
    return Described(
        id=str(person.id), number=_masked_number(house, person, await _keys(person.id)), status=person.status,
        locale=person.locale, country=country, zone=zone, joined_on=_joined_on(person),
        is_paired=person.id in await _paired(), rows=counts,
    )  # fmt: skip


async def find_person(house: House, who: str) -> UUID:
    """The id behind a number (+E.164) or an id.

    Raises:
        NobodyThere: nobody has it.
    """
    async with in_transaction("person-found"):
        if NUMBER.fullmatch(who):
            someone = await find_someone(house.vault, house.vault.number_key(who))
        else:
            someone = await lock_someone(house.vault, _id(who))
    if someone is None:
        raise NobodyThere
    return someone.id


async def list_pairs(house: House) -> list[ListedPair]:
    """Every pair that is not closed, oldest first."""
    found, keys = [], await _keys()
    for pair in await Pair.exclude(state="closed").order_by("created_at", "id"):
        members = await PairMember.filter(pair_id=pair.id, left_at__isnull=True).order_by("id")
        people = [await Person.get(id=member.person_id) for member in members]
        found.append(
            ListedPair(
                id=str(pair.id), state=pair.state, mode=pair.mode,
                members=[_masked_number(house, person, keys) for person in people],
                vouched_by=sorted({member.vouched_by for member in members if member.vouched_by}),
                made_on=pair.created_at.date().isoformat(),
            )
        )  # fmt: skip
    return found


def _id(who: str) -> UUID:
    try:
        return UUID(who)
    except ValueError:
        raise NobodyThere from None


def _joined_on(person: Person) -> str:
    return person.joined_at.date().isoformat() if person.joined_at is not None else ""


async def _paired() -> set[UUID]:
    rows = await PairMember.filter(left_at__isnull=True).values_list("person_id", flat=True)
    return {UUID(str(row)) for row in rows}


async def _keys(*ids: UUID) -> dict[UUID, str]:
    """Wrapped keys of these people, or of all."""
    kept = PersonKey.filter(person_id__in=ids) if ids else PersonKey.all()
    return {each.person_id: each.wrapped for each in await kept}


def _masked_number(house: House, person: Person, keys: Mapping[UUID, str]) -> str:
    if not person.number_sealed:
        return NO_NUMBER
    try:
        return masked(Someone(person, house.vault.open_person_key(keys.get(person.id, ""))).number)
    except SealBroken:
        return "(sealed with another key)"
