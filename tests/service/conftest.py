"""A whole installation for commands to work on: a real database with the demo people, and a clock of its own."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

import asyncpg
import pytest
from click.testing import CliRunner, Result

from service.cli import mendline
from service.clock import real_now
from service.embedded.postgres import EmbeddedPostgres
from service.house import House, open_house
from service.settings import read_settings

T = TypeVar("T")
EVENING = datetime(2026, 3, 2, 22, 30, tzinfo=UTC)  # half past five in New York, half past eleven in Madrid
ADA, BEN, CARMEN, ELENA = "+12125550101", "+12125550102", "+12125550103", "+34600000105"
CHIDI, STRANGER = "+12125550106", "+12125550107"
REAL = {"TWILIO_API_URL": "https://api.twilio.com", "SIMULATION_CLOCK": "", "PUBLIC_URL": "https://mend.example.org"}


MIGRATED, BARE = "migrated", "template1"


@dataclass(frozen=True)
class Installation:
    """One folder with one database. `mend` is the host's hands."""

    folder: Path
    server: EmbeddedPostgres
    environment: Mapping[str, str]

    def mend(self, *words: str, typed: str = "", **changed: str) -> Result:
        """Run `mendline` with these words. Output and errors are apart."""
        return CliRunner().invoke(mendline, words, input=typed, env={**self.environment, **changed})

    def rows(self, sql: str, *values: Any) -> list[dict[str, Any]]:
        """What the database holds."""

        async def ask() -> list[dict[str, Any]]:
            connection = await asyncpg.connect(self.environment["DATABASE_URL"])
            try:
                return [dict(row) for row in await connection.fetch(sql, *values)]
            finally:
                await connection.close()

        return asyncio.run(ask())

    def work(self, work: Callable[[House], Awaitable[T]]) -> T:
        """Do something in the opened house, as a process of ours would."""

        async def working() -> T:
            async with self.opened() as house:
                return await work(house)

        return asyncio.run(working())

    @asynccontextmanager
    async def opened(self, *, pool: int = 2, **changed: str) -> AsyncIterator[House]:
        """Its house, which every task means meanwhile: another test's house may be open in this process."""
        house = await open_house(read_settings({**self.environment, **changed}), pool=pool)
        try:
            with house.database.in_use():
                yield house
        finally:
            await house.aclose()

    def with_database(self, name: str, *, template: str = MIGRATED) -> Installation:
        """The same installation over another database: by default one with tables and no rows."""
        url = self.server.create_database(name, template=template)
        return Installation(self.folder, self.server, {**self.environment, "DATABASE_URL": url})

    def moved_to(self, at: datetime) -> None:
        """Set the clock."""
        offset = (at - real_now()).total_seconds()
        Path(self.environment["SIMULATION_CLOCK"]).write_text(f"{offset:.3f}", encoding="ascii")


@pytest.fixture
def town(first_town: Installation, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Installation:
    """A copy of the first town for one test, which stands in an empty folder of its own."""
    url = first_town.server.create_database(f"town_{next(COUNT)}", template="first_town")
    changed = {"DATABASE_URL": url, "SIMULATION_CLOCK": str(tmp_path / "clock")}
    town = Installation(tmp_path, first_town.server, {**first_town.environment, **changed})
    town.moved_to(EVENING)
    monkeypatch.chdir(tmp_path)
    return town


COUNT = itertools.count()
