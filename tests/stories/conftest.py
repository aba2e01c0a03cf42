"""One running house for all stories; an empty one for each."""

from __future__ import annotations

import random
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from service.simulator.cast import CAST
from tests.crashes.invariants import hold_at_any_moment
from tests.service.emptying import empty_all
from tests.stories.people import Clock, Network, Phone
from tests.stories.running import RunningHouse, shared_house

HERE = Path(__file__).parent
STRANGER = "+12125550107"


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Of a story that is told in several ways `make test` tells one, drawn by the story's name, and none that was told
    in English already: its Spanish words stand in golden transcripts. `make test-all` tells all.
    """
    for item in items:
        if item.path.parent == HERE and "spanish" in item.name:
            item.add_marker(pytest.mark.slow)
    told: dict[str, list[pytest.Item]] = {}
    for item in items:
        if item.path.parent == HERE and hasattr(item, "callspec"):
            told.setdefault(item.nodeid.partition("[")[0], []).append(item)
    for name, ways in told.items():
        drawn = random.Random(name).choice(ways)
        for way in ways:
            if way is not drawn:
                way.add_marker(pytest.mark.slow)


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def running() -> AsyncIterator[RunningHouse]:
    """The house. It starts once; processes that a story killed it starts again."""
    async with shared_house() as house:
        yield house


@pytest_asyncio.fixture(loop_scope="session")
async def house(running: RunningHouse) -> AsyncIterator[RunningHouse]:
    """The house with empty tables and phones, on a Monday at noon in New York; afterwards its answers are judged,
    and what holds at any moment is looked at (tests/invariants.yaml).
    """
    for step in (_forget_the_network, _forget_the_rows, _forget_the_network):  # nothing old is found or sent between
        await step(running)
    await Clock(running).until_day(0, "12:00", "America/New_York")
    yield running
    running.judge_answers()
    with running.database.in_use():
        assert await hold_at_any_moment(running, await running.network_log()) == []


async def _forget_the_network(running: RunningHouse) -> None:
    status, answer = await running.post("/simulator/reset")
    assert status in {200, 204}, answer


async def _forget_the_rows(running: RunningHouse) -> None:
    await empty_all(running.database)


@pytest_asyncio.fixture(loop_scope="session")
async def clock(house: RunningHouse) -> Clock:
    return Clock(house)


@pytest_asyncio.fixture(loop_scope="session")
async def network(house: RunningHouse) -> Network:
    return Network(house)


def _phone(house: RunningHouse, network: Network, name: str) -> Phone:
    person = next(each for each in CAST if each.name == name)
    phone = Phone(house, person.name, person.number, person.zone, person.locale)
    network.phones.append(phone)
    return phone


@pytest_asyncio.fixture(loop_scope="session")
async def ada(house: RunningHouse, network: Network, clock: Clock) -> Phone:
    """Ada, who joined and is asked at 6:30 PM."""
    phone = _phone(house, network, "Ada")
    await phone.joins(clock)
    return phone


@pytest_asyncio.fixture(loop_scope="session")
async def ben(house: RunningHouse, network: Network, clock: Clock) -> Phone:
    phone = _phone(house, network, "Ben")
    await phone.joins(clock, at="8:15 PM")
    return phone


@pytest_asyncio.fixture(loop_scope="session")
async def carmen(house: RunningHouse, network: Network, clock: Clock) -> Phone:
    """Carmen, who joined in Spanish and is asked at 18:30."""
    phone = _phone(house, network, "Carmen")
    await phone.joins(clock, at="18:30")
    return phone


@pytest_asyncio.fixture(loop_scope="session")
async def bruno(house: RunningHouse, network: Network, clock: Clock) -> Phone:
    """Bruno, who joined in Spanish and is asked at 20:15."""
    phone = _phone(house, network, "Bruno")
    await phone.joins(clock, at="20:15")
    return phone


@pytest_asyncio.fixture(loop_scope="session")
async def elena(house: RunningHouse, network: Network, clock: Clock) -> Phone:
    """Elena in Madrid."""
    phone = _phone(house, network, "Elena")
    await phone.joins(clock, at="18:30")
    return phone


@pytest_asyncio.fixture(loop_scope="session")
async def stranger(house: RunningHouse, network: Network) -> Phone:
    """A phone nobody knows."""
    phone = Phone(house, "a stranger", STRANGER, "America/New_York", "en")
    network.phones.append(phone)
    return phone
