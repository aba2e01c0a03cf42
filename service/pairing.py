"""Linking two people. Facilitated: a named clinician saw each alone, each says READY from their own phone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from flows.programme.screening import may_share
from flows.timing import local_day
from service.database import in_transaction
from service.house import House
from service.records import AuditEvent, ConsentEntry, Pair, PairMember, Person
from service.scheduling import DIGEST, drop_waiting, plan_digest, plan_script
from service.screening import screened_of
from service.sharing import GRANTS, MOOD_GIVES, MOOD_TAKES
from service.someone import NAME, Someone, lock_bond, lock_someone, membership, opened
from service.switching import give

# A clinician sees each person again after so long, and with it the sheet's switches are asked again.
SHEET_LASTS = timedelta(days=90)


class PairingRefused(Exception):
    """The link cannot be made. `reason` is for the operator; it tells nothing about either person's answers."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Sheet:
    """What one person ticked and signed, seen alone: the switches that begin with the pair, and the exact words."""

    number: str
    grants: Sequence[str]
    wording: str
    paper: str  # the sheet's own id
    calls: str = ""  # what this person calls the other, as their texts will


async def vouch(house: House, sheets: tuple[Sheet, Sheet], *, by: str, now: datetime) -> UUID:
    """Two people whom `by` saw alone, each with their own signed sheet. Shared parts open when both text READY.

    Raises:
        PairingRefused: pairing is not facilitated here, a number is nobody who joined, is linked already, the two
            are one, a switch is unknown, or the voucher is one of the two.
    """
    if house.settings.pairing != "facilitated":
        raise PairingRefused("PAIRING is not facilitated: set it, or let people link themselves")
    unknown = [grant for sheet in sheets for grant in sheet.grants if grant not in GRANTS]
    if unknown:
        raise PairingRefused(f"no such switch: {', '.join(unknown)}")
    ids = [await _person_id(house, sheet.number) for sheet in sheets]
    if ids[0] == ids[1]:
        raise PairingRefused("both numbers are one person")
    async with in_transaction("pair-vouched"):
        first, second = await _joined_bond(house, ids)
        pair = await Pair.create(bond_id=first.person.bond_id, state="proposed", mode="facilitated", created_at=now)
        for someone, sheet in zip((first, second), sheets, strict=True):
            if by.strip().casefold() in {someone.name.casefold(), ""}:
                raise PairingRefused("a member cannot vouch; name the clinician who saw each person alone")
            await PairMember.create(
                pair_id=pair.id, person_id=someone.id, vouched_by=by, vouched_on=local_day(now, someone.zone),
                sheet={
                    "grants": list(sheet.grants), "wording": sheet.wording, "paper": sheet.paper,
                    "calls_sealed": someone.key.seal(sheet.calls, NAME),
                },
            )  # fmt: skip
            await plan_script(someone, "pair-waits", now=now)
            detail: dict[str, object] = {"by": by, "paper": sheet.paper}
            await AuditEvent.create(at=now, actor=by, act="vouch", person_ref=someone.id, detail=detail)
    return pair.id


async def mark_ready(house: House, someone: Someone, now: datetime) -> None:
    """READY: this person's own yes. The pair opens with the second one, if both were seen alone lately enough."""
    found = await membership(someone.id)
    if found is None or found[0].state != "proposed":
        return
    found[1].ready_at = now
    await found[1].save()
    await open_if_ready(house, someone, now)


async def open_if_ready(house: House, someone: Someone, now: datetime) -> None:
    """A pair that waits opens once everything holds for both. Nobody is told what it waited for."""
    found = await membership(someone.id)
    if found is None or found[0].state != "proposed":
        return
    pair = found[0]
    members = await PairMember.filter(pair_id=pair.id, left_at__isnull=True)
    if len(members) == 2 and all([await _may_open(house, each, now) for each in members]):
        await _open(house, someone, pair, members, now)


async def resume_digest(house: House, someone: Someone, now: datetime) -> None:
    """Plan the receiver's evening line again after they were away."""
    await plan_digest(house, someone, now)


async def label_for(house: House, someone: Someone) -> str:
    """How the other person is called in this person's texts: as their own sheet says, else by the other's own name."""
    found = await membership(someone.id)
    if found is None:
        return ""
    pair, member = found
    if (sealed := str(member.sheet.get("calls_sealed", ""))) and (label := someone.key.open(sealed, NAME)):
        return label
    other = await PairMember.filter(pair_id=pair.id).exclude(person_id=someone.id).first()
    person = await Person.get_or_none(id=other.person_id) if other is not None else None
    return (await opened(house.vault, person)).name if person is not None else ""


async def _person_id(house: House, number: str) -> UUID:
    person = await Person.get_or_none(number_key=house.vault.number_key(number), status="active")
    if person is None:
        raise PairingRefused(f"{_masked(number)} is nobody who joined; each person joins from their own phone first")
    if await membership(person.id) is not None:
        raise PairingRefused(f"{_masked(number)} is linked already")
    return person.id


async def _joined_bond(house: House, ids: list[UUID]) -> tuple[Someone, Someone]:
    """Both people under one bond, locks taken in the order of bond ids."""
    people = [await Person.get(id=each) for each in ids]
    for bond in sorted({person.bond_id for person in people}):
        await lock_bond(bond)
    first, second = [await lock_someone(house.vault, each) for each in ids]
    if first is None or second is None:
        raise PairingRefused("one of the two was erased just now")
    second.person.bond_id = first.person.bond_id
    await second.person.save()
    return first, second


async def _may_open(house: House, member: PairMember, now: datetime) -> bool:
    person = await Person.get(id=member.person_id)
    screened = await screened_of(await opened(house.vault, person))
    return member.ready_at is not None and may_share(screened, member.vouched_on, now)


async def _open(house: House, last: Someone, pair: Pair, members: Sequence[PairMember], now: datetime) -> None:
    """`last` is whose READY opened it: their row is at hand, and saved by the turn once more."""
    pair.state, pair.opened_at = "active", now
    await pair.save()
    sheets = {member.person_id: member.sheet for member in members}
    for member in members:
        is_last = member.person_id == last.id
        someone = last if is_last else await opened(house.vault, await Person.get(id=member.person_id))
        for grant in _ticked(member.sheet):
            await _give(house, someone, member, grant, now)
        other = next(sheet for person_id, sheet in sheets.items() if person_id != member.person_id)
        if MOOD_TAKES in _ticked(member.sheet) and MOOD_GIVES in _ticked(other):
            someone.person.settings = {**someone.person.settings, "digest": "on"}
            await someone.person.save()
        await drop_waiting(someone.id, now=now, outcome="pair-opened", kinds=[DIGEST])
        await plan_digest(house, someone, now)
        await plan_script(someone, "pair-opens", now=now)


async def _give(house: House, someone: Someone, member: PairMember, grant: str, now: datetime) -> None:
    sheet = member.sheet
    entry = await ConsentEntry.create(
        person_ref=someone.id, number_key=someone.person.number_key or "", act="given", subject=grant,
        wording=str(sheet.get("wording", "")), words_version=house.catalogue.version, channel="paper",
        source=f"sheet {sheet.get('paper', '')} seen by {member.vouched_by}", at=now,
    )  # fmt: skip
    await give(someone, grant, entry=entry, until=now + SHEET_LASTS, now=now)


def _ticked(sheet: Mapping[str, object]) -> tuple[str, ...]:
    grants = sheet.get("grants")
    return tuple(str(grant) for grant in grants) if isinstance(grants, list) else ()


def _masked(number: str) -> str:
    return f"{number[:2]}•••••{number[-4:]}"


