"""One PostgreSQL and one town with the demo people for all folders of tests: each copies it in a moment."""

from __future__ import annotations

import base64
from collections.abc import Iterator

import pytest

from service.embedded.postgres import EmbeddedPostgres
from tests.service.conftest import EVENING, MIGRATED, Installation


@pytest.fixture(scope="session")
def town_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmbeddedPostgres]:
    server = EmbeddedPostgres.start(tmp_path_factory.mktemp("town") / "postgres", durable=False)
    yield server
    server.stop()


@pytest.fixture(scope="session")
def first_town(town_server: EmbeddedPostgres, tmp_path_factory: pytest.TempPathFactory) -> Installation:
    """The demo people, as every test finds them."""
    folder = tmp_path_factory.mktemp("first-town")
    settings = {
        "PUBLIC_URL": "http://127.0.0.1:8000",
        "TWILIO_ACCOUNT_SID": "AC" + "0" * 32,
        "TWILIO_AUTH_TOKEN": "a" * 32,
        "TWILIO_SENDER": "+12025550100",
        "TWILIO_API_URL": "http://127.0.0.1:9",
        "REDIS_URL": "",
        "DATABASE_URL": town_server.create_database(MIGRATED),
        "SECRET_KEYS": base64.b64encode(b"1" * 32).decode(),
        "LOOKUP_KEY": base64.b64encode(b"2" * 32).decode(),
        "SIMULATION_CLOCK": str(folder / "clock"),
    }
    town = Installation(folder, town_server, settings)
    town.moved_to(EVENING)
    assert town.mend("migrate").exit_code == 0
    town = town.with_database("first_town")
    loaded = town.mend("demo", "load")
    assert loaded.exit_code == 0, loaded.output
    return town
