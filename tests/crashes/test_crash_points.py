"""Every moment around a commit and a word with a network: the process is killed there, fails, is cancelled or hangs,
and people read what they would have read, once. `make test` draws a sample, `make test-all` plays all.
"""

from __future__ import annotations

import asyncio
import random
from collections.abc import AsyncIterator, Iterator

import pytest
import pytest_asyncio

from tests.crashes.acts import ALSO, REACHED_BY, Act, calls_into_the_void, heal, texts_into_the_void
from tests.crashes.invariants import hold
from tests.crashes.stage import Stage, open_stage
from tests.points import points_of

WAYS = ("kill", "raise", "cancel", "hang")
# An operator's commands, whose one transaction each is all they do; the stories' page; and what only a race reaches: a
# STOP between claim and POST, a person erased while they are called, a call whose end was never told.
PLAYED_BY_NO_ACT = frozenset({
    "migrated", "demo-loaded", "keys-rewrapped", "people-listed", "person-found", "person-exported", "person-erased",
    "paper-joined", "pair-vouched", "settled-by-hand", "sending-switched", "read-sender", "find-number", "set-webhooks",
    "aside-settled", "players-invited", "text-withheld", "call-of-nobody", "call-end-found",
})  # fmt: skip
SEED, SAMPLE = 20261125, 2
# What a listing finds comes before or after what else falls due in those minutes.
FOUND_LATE = (texts_into_the_void, calls_into_the_void)
# These wait for a lease or for a listing that proves an absence: half a minute each.
PATIENT = frozenset({
    "call-unclear", "call-found", "call-owed-again", "list-calls", "text-unclear", "text-settled", "due-opened",
    "text-claimed", "call-claimed", "send-text", "place-call", "text-accepted", "call-accepted", "text-refused",
    "call-refused", "text-postponed", "call-postponed",
})  # fmt: skip

# No second one does this meanwhile: what hangs in it for ever is ended by somebody before the evening is over.
DONE_BY_ONE = frozenset({"list-texts", "list-more-texts", "list-read", "call-owed-again", "lost-call-taken"})


def _kind(point: str) -> str:
    return point.partition(".")[0]


def _cases() -> Iterator[object]:
    every = [(point, way) for point in points_of() if _kind(point) in REACHED_BY for way in WAYS]
    brief = [case for case in every if case[1] != "hang" and not (case[1] == "kill" and _kind(case[0]) in PATIENT)]
    quick = random.Random(SEED).sample(brief, SAMPLE)
    for case in every:
        marks = () if case in quick else (pytest.mark.slow,)
        yield pytest.param(*case, marks=marks, id="-".join(case))


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def stage() -> AsyncIterator[Stage]:
    async with open_stage() as opened:
        yield opened


class Undisturbed:
    """What Ada reads when nothing goes wrong in us: each act is played once for it."""

    def __init__(self) -> None:
        self._read: dict[str, list[str]] = {}

    async def of(self, stage: Stage, act: Act) -> list[str]:
        if act.__name__ not in self._read:
            self._read[act.__name__] = await _play(stage, act)
        return self._read[act.__name__]


@pytest.fixture(scope="module")
def undisturbed() -> Undisturbed:
    return Undisturbed()


async def _play(stage: Stage, act: Act) -> list[str]:
    with stage.house.database.in_use():
        since = await stage.begins()
        await act(stage)
        await heal(stage)
        await stage.house.until_ready()
        return await stage.ends(since)


@pytest.mark.promise(4)
@pytest.mark.invariant("I11")
@pytest.mark.parametrize(("point", "way"), list(_cases()))
async def test_people_read_what_they_would_have_read(stage: Stage, undisturbed: Undisturbed, point: str, way: str):
    act = REACHED_BY[_kind(point)]
    wanted = await undisturbed.of(stage, act)

    stage.order(point, way)
    ending = asyncio.create_task(stage.ends_soon_what_hangs()) if _kind(point) in DONE_BY_ONE else None
    try:
        read = await _play(stage, act)
    finally:
        if ending is not None:
            ending.cancel()
    await stage.end_what_hangs()

    assert stage.has_struck(), f"{act.__name__} never reached {point}"
    stage.forget()
    if act in FOUND_LATE or (_kind(point), way) == ("text-taken", "raise"):  # its webhook is answered with a failure
        read, wanted = sorted(read), sorted(wanted)
    assert read == wanted
    assert await hold(stage.house, await stage.network.log()) == []


@pytest.mark.parametrize("act", ALSO, ids=lambda act: act.__name__)
async def test_what_the_network_does_alone_breaks_nothing(stage: Stage, act: Act):
    await _play(stage, act)

    assert await hold(stage.house, await stage.network.log()) == []


def test_every_point_is_played_or_named_as_one_that_is_not():
    kinds = {_kind(point) for point in points_of()}

    assert kinds == set(REACHED_BY) | PLAYED_BY_NO_ACT
