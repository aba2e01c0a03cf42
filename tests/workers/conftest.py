"""The stories' house, and beside it a workshop: tables of its own that no worker process looks at."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace

import pytest_asyncio

from service.database import migrate
from service.gateway.twilio_rest import TwilioGateway
from service.house import open_house
from tests.service.emptying import empty_all
from tests.stories.conftest import ada, ben, clock, house, network, running, stranger
from tests.stories.people import Network
from tests.stories.running import RunningHouse
from workers.hands import Hands

__all__ = ("ada", "ben", "clock", "house", "network", "running", "stranger")


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def workshop(running: RunningHouse) -> AsyncIterator[Hands]:
    """A house and a gateway in this process. The telephone network is the stories'."""
    url = running.postgres.create_database("workshop")
    await migrate(url)
    alone = await open_house(replace(running.house.settings, database_url=url))
    hands = Hands(alone, TwilioGateway(alone.settings))
    yield hands
    await hands.gateway.aclose()
    await alone.aclose()


@pytest_asyncio.fixture(loop_scope="session")
async def hands(workshop: Hands, house: RunningHouse) -> AsyncIterator[Hands]:
    """The workshop with empty tables, which rows mean in this story; the network with empty phones."""
    await empty_all(workshop.house.database)
    with workshop.house.database.in_use():
        yield workshop


@pytest_asyncio.fixture(loop_scope="session")
async def phones(house: RunningHouse) -> Network:
    """The network, where only its log is of interest."""
    return Network(house)
