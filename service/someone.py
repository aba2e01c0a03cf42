"""A person at hand: their row, their opened key, their lock. Every turn goes through here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

import phonenumbers

from flows.programme.choices import chosen
from flows.zones import ANYWHERE, ZONES
from service.database import execute, fetch
from service.records import Bond, BreakSession, Pair, PairMember, Person, PersonKey
from service.vault import PersonKey as OpenKey
from service.vault import Vault

NUMBER, NAME, STATE, VALUE, NOTE, ITEM, ARGUMENTS, TITLE = (
    "person.number", "person.name", "session.state", "rating.value", "note.text", "published.item", "outbox.arguments",
    "promise.title",
)  # fmt: skip

Locked = tuple[UUID, UUID]  # person and bond


@dataclass(slots=True)
class Someone:
    """A person with the key that opens what is theirs. Hold it only inside the transaction that locked them."""

    person: Person
    key: OpenKey
    as_read: Mapping[str, Any] | None = None  # the columns of their row as they were read, where that is known
    # The break they called that nobody closed, where it was read with them; None: ask for it.
    called: tuple[BreakSession, ...] | None = None
    was_planned: bool = False  # their next check-in was planned in this transaction: what was known of it is old

    @property
    def id(self) -> UUID:
        return self.person.id

    @property
    def number(self) -> str:
        """E.164. Raises SealBroken, also for a person whose number was taken off."""
        return self.key.open(self.person.number_sealed or "", NUMBER)

    @property
    def name(self) -> str:
        """What the person wants to be called; empty when they never said."""
        return self.key.open(self.person.name_sealed, NAME) if self.person.name_sealed else ""

    @property
    def zone(self) -> str:
        """The zone they told, or the likeliest of their number's country until they do."""
        return self.person.zone or zone_of_region(region_of(self.number))

    def setting(self, key: str) -> str:
        """What they chose, or the default."""
        settings = self.person.settings
        return str(settings[key]) if key in settings else chosen({}, key)


@lru_cache(maxsize=20_000)
def region_of(number: str) -> str:
    """The country of a number, two letters; empty when it has none (toll-free, satellite)."""
    try:
        return phonenumbers.region_code_for_number(phonenumbers.parse(number)) or ""
    except phonenumbers.NumberParseException:
        return ""


def zone_of_region(region: str) -> str:
    """The zone most people of a country live in."""
    return ZONES.get(region, ANYWHERE)[0]


async def lock_number(number_key: str) -> None:
    """One at a time per number, also for numbers that are nobody yet. Held to the end of the transaction."""
    await fetch("SELECT pg_advisory_xact_lock(hashtextextended($1, 7))", number_key)


async def find_someone(vault: Vault, number_key: str) -> Someone | None:
    """The person of this number, their bond locked; None for a stranger."""
    found = await find_locked(number_key)
    return await _read_locked(vault, *found) if found is not None else None


async def find_locked(number_key: str) -> Locked | None:
    """(person, bond) of this number, the bond locked; None for a stranger. The bond may have moved meanwhile."""
    rows = await fetch(
        "SELECT p.id, b.id AS bond FROM person p JOIN bond b ON b.id = p.bond_id WHERE p.number_key = $1"
        " FOR UPDATE OF b",
        number_key,
    )  # fmt: skip
    return locked_in(rows)


def locked_in(rows: Sequence[Mapping[str, Any]]) -> Locked | None:
    """(person, bond) as a statement gave them; None when it found nobody."""
    return (_uuid(rows[0]["id"]), _uuid(rows[0]["bond"])) if rows and rows[0]["id"] is not None else None


async def lock_someone(vault: Vault, person_id: UUID) -> Someone | None:
    """The person with their bond locked, re-read after the lock; None when they are gone (erased)."""
    rows = await fetch(
        "SELECT b.id AS bond FROM person p JOIN bond b ON b.id = p.bond_id WHERE p.id = $1 FOR UPDATE OF b", person_id
    )
    return await _read_locked(vault, person_id, _uuid(rows[0]["bond"])) if rows else None


async def lock_bonds_of(people: Sequence[UUID]) -> dict[UUID, UUID]:
    """The bonds of these people by their ids, locked in the order of bond ids. A bond may have moved meanwhile."""
    rows = await fetch(
        "SELECT p.id, b.id AS bond FROM person p JOIN bond b ON b.id = p.bond_id WHERE p.id = ANY($1::uuid[])"
        " ORDER BY b.id FOR UPDATE OF b",
        list(people),
    )  # fmt: skip
    return {_uuid(row["id"]): _uuid(row["bond"]) for row in rows}


async def _read_locked(vault: Vault, person_id: UUID, bond: UUID) -> Someone | None:
    person = await Person.get_or_none(id=person_id)
    if person is None:
        return None
    if person.bond_id != bond:  # it moved while we waited: two people were linked
        return await lock_someone(vault, person_id)
    return await opened(vault, person)


async def lock_bond(bond: UUID) -> None:
    """One lock per couple (DESIGN 3). Whoever needs two takes them in the order of their ids."""
    await execute("SELECT id FROM bond WHERE id = $1 FOR UPDATE", bond)


async def opened(vault: Vault, person: Person) -> Someone:
    """The person with their key. The caller holds the bond.

    Raises:
        SealBroken: the key is gone; the person was erased.
    """
    kept = await PersonKey.get_or_none(person_id=person.id)
    return Someone(person, vault.open_person_key(kept.wrapped if kept is not None else ""))


async def make_someone(vault: Vault, number: str, *, locale: str, status: str, now: datetime) -> Someone:
    """A new person with a bond and a key of their own. The caller holds the number's lock."""
    bond = await Bond.create()
    wrapped, key = vault.new_person_key()
    person = await Person.create(
        bond_id=bond.id, number_key=vault.number_key(number), number_sealed=key.seal(number, NUMBER), locale=locale,
        status=status, settings={}, created_at=now,
    )  # fmt: skip
    await PersonKey.create(person_id=person.id, wrapped=wrapped, created_at=now)
    return Someone(person, key)


async def membership(person_id: UUID) -> tuple[Pair, PairMember] | None:
    """The pair a person is in, open or not yet."""
    member = await PairMember.filter(person_id=person_id, left_at__isnull=True).select_related("pair").first()
    if member is None:
        return None
    pair: Any = member.pair
    return pair, member


async def partner_of(vault: Vault, someone: Someone) -> Someone | None:
    """The other person of an open pair. They share the bond, so they are locked too."""
    found = await membership(someone.id)
    if found is None or found[0].state != "active":
        return None
    other = await PairMember.filter(pair_id=found[0].id, left_at__isnull=True).exclude(person_id=someone.id).first()
    person = await Person.get_or_none(id=other.person_id) if other is not None else None
    return await opened(vault, person) if person is not None else None


def _uuid(raw: Any) -> UUID:
    return raw if isinstance(raw, UUID) else UUID(str(raw))
