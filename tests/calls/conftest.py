"""The demo people in a house of one process."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from service.embedded.postgres import EmbeddedPostgres
from tests.calls.one_process import OneProcess, one_process
from tests.service.conftest import Installation, first_town, town_server

__all__ = ("first_town", "town_server")


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def everything(
    first_town: Installation, town_server: EmbeddedPostgres, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[OneProcess]:
    """Open for all the calls of a module."""
    town = first_town.with_database("calls", template="first_town")
    async with one_process(town, tmp_path_factory.mktemp("calls")) as opened:
        yield opened
