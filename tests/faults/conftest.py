"""The stories' house and people; whatever a fault broke is whole again before the next story."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest_asyncio

from service.simulator.cast import CAST
from tests.stories.conftest import ada, carmen, clock, elena, house, network, running, stranger
from tests.stories.people import Clock, Network, Phone
from tests.stories.running import RunningHouse

__all__ = ("ada", "carmen", "clock", "elena", "house", "network", "running", "stranger")


@pytest_asyncio.fixture(loop_scope="session")
async def ben(house: RunningHouse, network: Network, clock: Clock) -> Phone:
    """Ben, who is asked at 6:30 PM here as everybody is, so that one fault meets several people."""
    person = next(each for each in CAST if each.name == "Ben")
    phone = Phone(house, person.name, person.number, person.zone, person.locale)
    network.phones.append(phone)
    await phone.joins(clock)
    return phone


@pytest_asyncio.fixture(autouse=True, loop_scope="session")
async def whole_again(running: RunningHouse) -> AsyncIterator[None]:
    """Killed processes and servers come back, and nothing goes wrong on the network any more."""
    yield
    await running.make_whole()
    async with running.client.delete(f"{running.url}/simulator/faults") as answer:
        assert answer.status == 204
