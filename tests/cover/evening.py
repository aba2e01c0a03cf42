"""Two linked people over a weekend, in one process and one transaction that is taken back: what each phone gets, by the
minute. Everything is the product's own code on a real database; only the hours pass at once.
"""

from __future__ import annotations

import random
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from service.claiming import claim, due_ids
from service.clock import real_now
from service.conversation import take_text
from service.database import execute, fetch, in_transaction
from service.gateway.port import ArrivedText, TextStatus
from service.house import House
from service.opening_together import open_claimed
from service.records import Grant, Person, PublishedItem
from service.scheduling import plan_digest
from service.settling import take_status
from service.someone import find_someone
from tests.service.conftest import ADA, BEN

FRIDAY = datetime(2026, 3, 6, 21, 2, tzinfo=UTC)  # 16:02 in New York, two minutes after the promise was due
SUNDAY = datetime(2026, 3, 9, 1, 0, tzinfo=UTC)  # the clocks have gone forward that night
SWITCHES = ((ADA, ("C1",)), (BEN, ("R1",)))
Phone = list[tuple[str, str, str, str]]


@dataclass(frozen=True, slots=True)
class Deed:
    """What a phone does at an instant: a text from it, or (`fails`) the last text to it that comes to nothing."""

    at: datetime
    number: str
    body: str
    fails: bool = False


class _TakenBack(Exception):
    """The end of a run: nothing of it stays."""


async def furnish(house: House) -> None:
    """Ada lets her number and her promises go on, Ben takes them, and she made a promise with his own reminder."""
    now = house.clock.now()
    for number, kinds in SWITCHES:
        person = await Person.get(number_key=house.vault.number_key(number))
        for kind in kinds:
            await Grant.create(person_id=person.id, kind=kind, given_at=now, expires_at=now + timedelta(days=90))
    async with in_transaction("test"):
        ben = await find_someone(house.vault, house.vault.number_key(BEN))
        assert ben is not None
        ben.person.settings = {**ben.person.settings, "digest": "on"}
        await ben.person.save()
        await plan_digest(house, ben, now)
    # No listing is under test here: all that came in is known.
    await execute(
        "INSERT INTO watermark (name, read_until) VALUES ('texts', $1)"
        " ON CONFLICT (name) DO UPDATE SET read_until = $1", SUNDAY + timedelta(days=30),
    )  # fmt: skip
    made = [Deed(now + timedelta(seconds=30 * turn), ADA, body)
            for turn, body in enumerate(("PROMISE call the bank, Fri 4pm", "SKIP", "3"))]  # fmt: skip
    await live(house, made, until=FRIDAY, seed=0)


async def phone_of(house: House, deeds: Sequence[Deed], *, seed: int, number: str = BEN) -> tuple[Phone, bool]:
    """What came to this phone over the weekend, and whether anything was published; afterwards it never was."""
    phone: Phone = []
    was_published = False
    try:
        async with in_transaction("test"):
            _set(house, FRIDAY)
            before = await PublishedItem.all().count()
            await live(house, deeds, until=SUNDAY, seed=seed)
            phone = await _said_to(house, number)
            was_published = await PublishedItem.all().count() > before
            raise _TakenBack
    except _TakenBack:
        return phone, was_published


async def live(house: House, deeds: Sequence[Deed], *, until: datetime, seed: int) -> None:
    """Every deed and everything due, in the order of time."""
    waiting = sorted(deeds, key=lambda deed: deed.at)
    while True:
        rows = await fetch("SELECT min(due_at) AS at FROM due WHERE state = 'waiting' AND lease_until IS NULL")
        instants = [at for at in (rows[0]["at"], waiting[0].at if waiting else None) if at is not None]
        at = max(min(instants, default=until), house.clock.now())
        if not instants or at > until:
            _set(house, until)
            return
        _set(house, at)
        # Chance is drawn for each instant anew, so that one person's turns do not shift the other's.
        random.seed(f"{seed} {at.isoformat(timespec='minutes')}")
        if waiting and waiting[0].at <= at:
            await _do(house, waiting.pop(0))
        else:
            for due_id in await due_ids(house.clock.now()):
                await open_claimed(house, await claim([due_id], house.clock.now()))
        await execute(
            "UPDATE outbox SET state = 'delivered', posted_at = $1, settled_at = $1, sid = 'SM' || md5(id::text)"
            " WHERE state = 'owed' AND not_before <= $1", at,
        )  # fmt: skip


async def _do(house: House, deed: Deed) -> None:
    if not deed.fails:
        sid = "SM" + uuid.uuid4().hex
        await take_text(house, ArrivedText(sid=sid, sender=deed.number, to="+12025550100", body=deed.body, at=deed.at))
        return
    last = await fetch(
        "UPDATE outbox SET state = 'sent' WHERE id = (SELECT max(id) FROM outbox WHERE recipient_key = $1"
        " AND state = 'delivered')"
        " RETURNING sid, token", house.vault.number_key(deed.number),
    )  # fmt: skip
    for row in last:
        await take_status(house, TextStatus(row["sid"], "undelivered", 30003, str(row["token"])), deed.at)


async def _said_to(house: House, number: str) -> Phone:
    """(minute, purpose, phrase, hash of the words) of each text, and of each call."""
    texts = await fetch(
        "SELECT not_before AS at, purpose, phrase_id AS what, body_hash AS words FROM outbox"
        " WHERE recipient_key = $1 AND not_before >= $2 ORDER BY id", house.vault.number_key(number), FRIDAY,
    )  # fmt: skip
    calls = await fetch(
        "SELECT c.not_before AS at, c.purpose, c.script AS what, '' AS words FROM call c JOIN person p"
        " ON p.id = c.person_id WHERE p.number_key = $1 AND c.not_before >= $2 ORDER BY c.id",
        house.vault.number_key(number), FRIDAY,
    )  # fmt: skip
    return [(f"{row['at']:%a %H:%M}", row["purpose"], row["what"], row["words"]) for row in (*texts, *calls)]


def _set(house: House, at: datetime) -> None:
    path = house.settings.simulation_clock
    assert path is not None
    path.write_text(f"{(at - real_now()).total_seconds():.6f}", encoding="ascii")


def unpaced(house: House) -> House:
    """The same house without the sender's pace: nothing here waits for a network."""
    return replace(house, settings=replace(house.settings, sender_segments_per_second=0.0))
