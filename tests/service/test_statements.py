"""How many statements a turn costs, kind by kind: each is a round trip, and a new one is seen here."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any
from uuid import uuid4

import pytest
import pytest_asyncio

from service.conversation import take_text
from service.gateway.port import ArrivedText
from service.house import House, open_house
from service.settings import read_settings
from tests.service.conftest import ADA, COUNT, Installation

OURS = "+12025550100"
# From BEGIN to COMMIT, both counted. Ada is one of the demo people: she has a partner and shares updates on promises.
TURNS = {
    "4 tired, argued": 12,  # a check-in begins: key, lock, circle, what is open of before, then seven rows
    "8": 11,
    "OK": 8,
    "WHO": 8,
}


@pytest_asyncio.fixture(loop_scope="session")
async def house(first_town: Installation) -> AsyncIterator[House]:
    town = first_town.with_database(f"statements_{next(COUNT)}", template="first_town")
    opened = await open_house(read_settings(town.environment), pool=1)
    with opened.database.in_use():  # another test's house may be open in this process
        yield opened
    await opened.aclose()


@pytest.mark.parametrize("talk", [("4 tired, argued", "8", "OK"), ("WHO",)])
async def test_a_turn_keeps_to_its_statements(house: House, talk: tuple[str, ...]):
    for body in (*talk, *talk):  # the first time fills what a process keeps in mind
        asked = await _asked_by(house, body)

    counts = {body: len(await _asked_by(house, body)) for body in talk}

    assert counts == {body: TURNS[body] for body in talk}, "\n".join(asked)


async def _asked_by(house: House, body: str) -> list[str]:
    """What the database was asked while this text of Ada's was taken, over the pool's only connection."""
    seen: list[str] = []

    def see(record: Any) -> None:
        seen.append(record.query)

    arrived = ArrivedText(sid=f"SM{uuid4().hex}", sender=ADA, to=OURS, body=body, at=house.clock.now())
    async with house.database.client.acquire_connection() as connection:
        connection.add_query_logger(see)
    await take_text(house, arrived)
    async with house.database.client.acquire_connection() as connection:
        connection.remove_query_logger(see)
    return seen
