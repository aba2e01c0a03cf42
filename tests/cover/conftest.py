"""A town in which Ada and Ben are linked and a promise is due: a template that each run may copy."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest_asyncio

from service.embedded.postgres import EmbeddedPostgres
from service.house import House, open_house
from service.settings import read_settings
from tests.cover.evening import furnish, unpaced
from tests.service.conftest import Installation

LINKED = "linked_town"


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def linked_town(first_town: Installation, town_server: EmbeddedPostgres) -> Installation:
    """The town on Friday afternoon. Nobody is connected to it: it can be copied."""
    town = first_town.with_database(LINKED, template="first_town")
    house = unpaced(await open_house(read_settings(town.environment), pool=2))
    with house.database.in_use():
        await furnish(house)
    await house.aclose()
    return town


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def house(linked_town: Installation) -> AsyncIterator[House]:
    copy = linked_town.with_database("weekends", template=LINKED)
    opened = unpaced(await open_house(read_settings(copy.environment), pool=2))
    with opened.database.in_use():
        yield opened
    await opened.aclose()
