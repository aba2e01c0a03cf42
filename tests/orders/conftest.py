"""One opened house with the demo people, for orders of events that no network would ever repeat."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from service.embedded.postgres import EmbeddedPostgres
from service.house import House
from tests.service.conftest import Installation


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def house(
    first_town: Installation, town_server: EmbeddedPostgres, request: pytest.FixtureRequest
) -> AsyncIterator[House]:
    """The demo people are in it. Every test leaves them as it found them, or makes its own rows."""
    name = request.module.__name__.rpartition(".")[2]
    town = first_town.with_database(name, template="first_town")
    async with town.opened(pool=4, SENDER_SEGMENTS_PER_SECOND="0") as opened:
        yield opened
