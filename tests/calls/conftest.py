"""The demo people in a house of one process."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from service.embedded.postgres import EmbeddedPostgres
from tests.calls.one_process import OneProcess, one_process
from tests.service.conftest import Installation


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def everything(
    first_town: Installation, town_server: EmbeddedPostgres, tmp_path_factory: pytest.TempPathFactory,
    request: pytest.FixtureRequest,
) -> AsyncIterator[OneProcess]:  # fmt: skip
    """Open for a whole module."""
    name = "in_one_" + request.module.__name__.rpartition(".")[2]
    town = first_town.with_database(name, template="first_town")
    async with one_process(town, tmp_path_factory.mktemp(name)) as opened:
        yield opened
