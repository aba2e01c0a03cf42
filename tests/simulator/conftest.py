"""One simulator process for all stories here; each begins with empty phones and a product that answers plainly."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from service.clock import Clock
from tests.simulator.product import Product
from tests.simulator.running import RunningSimulator


@pytest_asyncio.fixture(scope="package", loop_scope="session")
async def started(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[tuple[RunningSimulator, Product]]:
    folder: Path = tmp_path_factory.mktemp("simulator")
    product = Product(clock=Clock(folder / "clock"))
    await product.start()
    simulator = RunningSimulator(folder, product.url, "--patience", "0.5")
    await simulator.start()
    yield simulator, product
    await simulator.stop()
    await product.stop()


@pytest_asyncio.fixture(loop_scope="session")
async def simulator(started: tuple[RunningSimulator, Product]) -> RunningSimulator:
    running, product = started
    fresh = Product(clock=product.clock)
    for name in (
        "calls", "answers", "due", "done", "has_agenda", "works", "hold", "on_due", "redirects", "away_for", "cookie",
    ):  # fmt: skip
        setattr(product, name, getattr(fresh, name))
    await running.ask("POST", "/simulator/reset")
    await running.ask(
        "POST", "/simulator/carrier", json={"answers": True, "advanced": False, "stop": "S", "start": "G", "help": "H",
                                             "segments_per_second": 0, "calls_per_second": 0}
    )  # fmt: skip
    await running.set_number(SmsUrl=f"{product.url}/twilio/sms", SmsFallbackUrl="", SmsMethod="POST")
    await running.set_number(VoiceUrl=f"{product.url}/twilio/voice", VoiceFallbackUrl="", VoiceMethod="POST")
    await running.set_number(StatusCallback=f"{product.url}/twilio/status")
    return running


@pytest.fixture
def product(started: tuple[RunningSimulator, Product], simulator: RunningSimulator) -> Product:
    return started[1]


@pytest.fixture
def callback(product: Product) -> dict[str, str]:
    """The form field that asks for callbacks, as the product would give it."""
    return {"StatusCallback": f"{product.url}/twilio/status?item=8f2c"}
