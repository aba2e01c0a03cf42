"""The clock of a machine is set on or back while people wait: nobody is asked twice or forgotten, and nobody is accused
of what is not known yet.
"""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from service.database import execute, fetch
from service.records import Grant, Person
from tests.calls.one_process import OneProcess
from tests.faults.journey import CK_1, CK_2
from tests.service.conftest import ADA, BEN


async def due_of(everything: OneProcess, number: str, kind: str) -> datetime:
    """When the next such row of this person's is due."""
    rows = await fetch(
        "SELECT min(d.due_at) AS at FROM due d JOIN person p ON p.id = d.person_id"
        " WHERE p.number_key = $1 AND d.kind = $2 AND d.state = 'waiting'",
        everything.house.vault.number_key(number), kind,
    )  # fmt: skip
    at: datetime = rows[0]["at"]
    return at


async def comes_to(everything: OneProcess, at: datetime) -> None:
    """On to an instant; what falls due on the way is done at its minute."""
    while (now := everything.house.clock.now()) < at:
        rows = await fetch("SELECT min(due_at) AS at FROM due WHERE state = 'waiting' AND due_at > $1", now)
        await everything.passes_and_sweeps(seconds=(min(rows[0]["at"] or at, at) - now).total_seconds() + 0.1)
        await looks_again(everything)


async def looks_again(everything: OneProcess) -> None:
    """Two seconds later: a notice that waited for the list looks whether it was read."""
    await execute("UPDATE due SET lease_until = NULL WHERE state = 'waiting'")
    await everything.sweep()


async def is_asked(everything: OneProcess) -> datetime:
    """Ada was just asked; when."""
    await everything.begin()
    at = await due_of(everything, ADA, "check-in")
    await comes_to(everything, at)
    assert everything.received(ADA).count(CK_1) == 1
    return at


@pytest.mark.promise(9)
async def test_an_hour_that_comes_again_asks_nobody_again_and_hears_what_is_said_in_it(everything: OneProcess):
    at = await is_asked(everything)

    everything.steps(hours=-1)
    await everything.sweep()
    await everything.exchange.take(ADA, "4 tired, argued")
    await comes_to(everything, at + timedelta(minutes=1))

    assert everything.received(ADA).count(CK_1) == 1
    assert everything.received(ADA).count(CK_2) == 1
    await comes_to(everything, await due_of(everything, ADA, "check-in"))
    assert everything.received(ADA).count(CK_1) == 2  # tomorrow's


@pytest.mark.promise(9)
async def test_an_hour_that_is_left_out_loses_nothing_that_was_due_in_it(everything: OneProcess):
    await everything.begin()
    at = await due_of(everything, ADA, "check-in")
    await comes_to(everything, at - timedelta(minutes=20))
    assert CK_1 not in everything.received(ADA)

    everything.steps(hours=1)
    await everything.sweep()
    assert everything.received(ADA).count(CK_1) == 1

    everything.steps(hours=-1)  # and it was wrong
    await comes_to(everything, at + timedelta(minutes=1))
    assert everything.received(ADA).count(CK_1) == 1


@pytest.mark.promise(28)
@pytest.mark.invariant("I4")
async def test_no_notice_goes_over_a_left_out_hour_before_its_texts_are_read(everything: OneProcess):
    """Ada said in time how it went, and her text was lost on the way; then the clock was set on over the notice."""
    at = await is_followed(everything)
    await comes_to(everything, at - timedelta(minutes=50))
    everything.exchange.faults.set({"seed": 1, "rules": [{"on": "webhook", "do": "drop", "number": ADA}]})
    await everything.exchange.take(ADA, "1")

    everything.steps(hours=1)
    await everything.sweep()
    await looks_again(everything)

    assert await notices() == []
    assert await fetch("SELECT state FROM promise") == [{"state": "done"}]


@pytest.mark.promise(28)
@pytest.mark.invariant("I4")
async def test_a_notice_goes_once_though_its_hour_comes_again(everything: OneProcess):
    at = await is_followed(everything)
    await comes_to(everything, at + timedelta(minutes=1))
    assert len(await notices()) == 1

    everything.steps(hours=-1)
    await everything.sweep()
    await comes_to(everything, at + timedelta(minutes=1))

    assert len(await notices()) == 1


async def is_followed(everything: OneProcess) -> datetime:
    """Ada made a promise that Ben hears of; when his notice is due, if she says nothing."""
    await everything.begin()
    now = everything.house.clock.now()
    for number, kinds in ((ADA, ("C3", "PM-6")), (BEN, ("R3", "PM-6"))):
        person = await Person.get(number_key=everything.house.vault.number_key(number))
        for kind in kinds:
            if not await Grant.exists(person_id=person.id, kind=kind):
                await Grant.create(person_id=person.id, kind=kind, given_at=now, expires_at=now + timedelta(days=90))
    await execute("UPDATE person SET settings = settings || '{\"pace\": \"off\"}'::jsonb")  # nothing else is asked
    await execute("UPDATE due SET state = 'dropped' WHERE state = 'waiting'")
    for body in ("PROMISE call the bank, Fri 4pm", "SKIP", "3"):
        await everything.exchange.take(ADA, body)
    return await due_of(everything, BEN, "notice")


async def notices() -> list[str]:
    """The notices that were said."""
    rows = await fetch("SELECT phrase_id FROM outbox WHERE phrase_id LIKE 'PM-1%' AND posted_at IS NOT NULL")
    return [row["phrase_id"] for row in rows]
