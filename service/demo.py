"""The demo people, joined and linked through the same turns as real ones, so that the ledger holds what they read."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import groupby
from uuid import UUID
from zoneinfo import ZoneInfo

from flows.conversation.effects import KeepSetting, RecordConsent, SealScreen
from flows.programme.screening import NO
from service.conversation import take_text
from service.database import fetch, in_transaction
from service.gateway.port import ArrivedText
from service.house import House
from service.ledger import Cause
from service.pairing import Sheet, vouch
from service.pins import set_pin
from service.recording import record
from service.records import Due, OutboxItem
from service.scheduling import SCRIPT, plan_check_in
from service.signed_sheet import sheet_wording
from service.simulator.cast import CAST
from service.simulator.cast import Person as Held
from service.someone import NAME, Someone, find_someone

CLINICIAN = "Dr Vega"
GRANTS = ("C3", "C5", "R3", "R5", "PM-6")
# They joined the day before, so that the first evening of a trial has a check-in.
JOINED_BEFORE = timedelta(days=1)
LEAVES, NEVER_WRITES = "Chidi", "A stranger"
CHECK_IN_AT = "6:30 PM"
COUNTRY_OF_ZONE = {"Europe/Madrid": "ES"}
# What new people would be told or asked during the first days, on phones that should start empty.
FIRST_DAYS = ("reach", "country", "private-part", "pair-waits", "pair-opens")
# What they heard after they set their code, and by which phrase.
SET_UP = (
    ("privacy-1", "V-PRV-1"), ("privacy", "V-PRV-2"), ("screen", "V-SCR-6"),
    *((f"lesson-{part}", f"V-LES-{part}") for part in range(1, 7)),
)  # fmt: skip
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Loaded:
    """How many demo people and couples this call made; none when they were there already."""

    people: int
    couples: int


async def load_demo(house: House) -> Loaded:
    """Make the demo people, who joined the day before the house's present time, in one transaction; once.

    Nothing they are owed for joining is sent: their phones start empty, their check-ins are planned. Needs no network;
    a worker may run already, since it sees all of it or nothing.

    Raises:
        ScriptInvalid, PairingRefused: the scripts at hand do not let people join as ours do.
    """
    house = replace(house, settings=replace(house.settings, pairing="facilitated"))
    today = house.clock.now()
    now = today - JOINED_BEFORE
    members = [held for held in CAST if held.name != NEVER_WRITES]
    async with in_transaction("demo-loaded"):
        if not await _texts(house, members[0], _joining(house, members[0], now)[:1], now=now, part="joins"):
            return Loaded(0, 0)
        couples = await bring_in(house, members, now)
        for held in members:
            await _plan_today(house, held, today)
    log.info("demo_loaded people=%d couples=%d", len(members), couples)
    return Loaded(len(members), couples)


async def bring_in(house: House, members: Sequence[Held], now: datetime, *, part: str = "") -> int:
    """Invented people join and settle in, couples are linked, and their phones are empty; how many couples.

    In the caller's transaction, so that no worker sends what is taken back. `part` tells apart the texts of people
    who come with a number that others had before them.
    """
    for held in members:
        await _texts(house, held, _joining(house, held, now), now=now, part=f"{part}joins")
    ids = {held.number: await _person_id(house, held) for held in members}
    for held in members:
        await _settle_in(house, held, ids[held.number], now)
    couples = list(_couples(members))
    for couple in couples:
        await _link(house, couple, now, part)
    await _clear_phones(ids.values(), now)
    return len(couples)


def _joining(house: House, held: Held, now: datetime) -> list[str]:
    """What this person texts, in order. The last SKIP closes the first score, which is asked at once."""
    settings = house.settings
    clock = now.astimezone(ZoneInfo(held.zone)).strftime("%I:%M %p").lstrip("0")
    if held.locale == "es":
        return [settings.join_word_es, "SI", "1", CHECK_IN_AT, clock, "OMITIR"]
    leaving = ["STOP"] if held.name == LEAVES else []
    return [settings.join_word, "YES", "1", CHECK_IN_AT, clock, "SKIP", *leaving]


async def _texts(house: House, held: Held, bodies: Sequence[str], *, now: datetime, part: str) -> bool:
    """Whether any of them was new."""
    is_new = False
    for number, body in enumerate(bodies):
        sid = "SM" + hashlib.sha256(f"demo {held.number} {part} {number}".encode()).hexdigest()[:32]
        arrived = ArrivedText(sid=sid, sender=held.number, to=house.settings.twilio_sender, body=body, at=now)
        is_new |= await take_text(house, arrived)
    return is_new


async def _person_id(house: House, held: Held) -> UUID:
    rows = await fetch("SELECT id FROM person WHERE number_key = $1", house.vault.number_key(held.number))
    return UUID(str(rows[0]["id"]))


async def _settle_in(house: House, held: Held, person_id: UUID, now: datetime) -> None:
    """The first days: name, country, private set-up and PIN; and the zone of their number's country."""
    someone = await find_someone(house.vault, house.vault.number_key(held.number))
    if someone is None:
        return
    someone.person.name_sealed = someone.key.seal(held.name, NAME)
    await someone.person.save()
    if someone.person.status != "active":
        return
    country = COUNTRY_OF_ZONE.get(held.zone, "US")
    chosen = [KeepSetting("country", country), KeepSetting("zone", held.zone)]
    await record(house, someone, chosen, Cause(now=now, source="demo", country=country))
    await go_through_set_up(house, someone, country=country, now=now)
    if held.pin is not None:
        await set_pin(person_id, held.pin, now=now)


async def go_through_set_up(house: House, someone: Someone, *, country: str, now: datetime) -> None:
    """What this person would have heard and answered on the call on which they set their code: five times no."""
    heard = [RecordConsent("heard", subject, wording) for subject, wording in SET_UP]
    cause = Cause(now=now, source="demo", country=country, channel="voice", script="set-up")
    await record(house, someone, [SealScreen(NO, NO, NO, NO, NO), *heard], cause)


async def _plan_today(house: House, held: Held, now: datetime) -> None:
    """The first evening has a check-in, if its hour is still to come."""
    someone = await find_someone(house.vault, house.vault.number_key(held.number))
    if someone is not None and someone.person.status == "active":
        await plan_check_in(someone, now)


def _couples(members: Iterable[Held]) -> Iterable[tuple[Held, Held]]:
    paired = [held for held in members if held.pair is not None]
    for _, couple in groupby(paired, key=lambda held: held.pair):
        first, second = couple
        yield first, second


async def _link(house: House, couple: tuple[Held, Held], now: datetime, part: str) -> None:
    wording = sheet_wording(GRANTS)
    sheets = [Sheet(held.number, GRANTS, wording, f"demo-{held.name.lower()}") for held in couple]
    await vouch(house, (sheets[0], sheets[1]), by=CLINICIAN, now=now)
    for held in couple:
        ready = "LISTO" if held.locale == "es" else "READY"
        await _texts(house, held, [ready], now=now, part=f"{part}is ready")


async def _clear_phones(ids: Iterable[UUID], now: datetime) -> None:
    for person_id in ids:
        await OutboxItem.filter(person_id=person_id, state="owed").delete()
        waiting = await Due.filter(person_id=person_id, kind=SCRIPT, state="waiting")
        for due in waiting:
            if due.payload.get("script") in FIRST_DAYS:
                due.state, due.outcome, due.closed_at = "dropped", "demo", now
                await due.save()
