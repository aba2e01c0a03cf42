"""The stories' house and people; whatever a fault broke is whole again before the next story."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest_asyncio

from tests.stories.conftest import ada, ben, carmen, clock, elena, house, network, running, stranger
from tests.stories.running import RunningHouse

__all__ = ("ada", "ben", "carmen", "clock", "elena", "house", "network", "running", "stranger")


@pytest_asyncio.fixture(autouse=True, loop_scope="session")
async def whole_again(running: RunningHouse) -> AsyncIterator[None]:
    """Killed processes and servers come back, and nothing goes wrong on the network any more."""
    yield
    await running.make_whole()
    async with running.client.delete(f"{running.url}/simulator/faults") as answer:
        assert answer.status == 204
