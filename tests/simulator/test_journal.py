"""A killed simulator comes back as it was, and finishes what it had begun."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import AsyncIterator
from pathlib import Path

import pytest_asyncio

from tests.simulator.product import Product
from tests.simulator.running import ADA, CHIDI, RunningSimulator, until


@pytest_asyncio.fixture(loop_scope="session")
async def alone() -> AsyncIterator[Product]:
    product = Product()
    await product.start()
    yield product
    await product.stop()


async def test_a_kill_loses_no_text_no_block_and_nothing_pending(alone: Product, tmp_path: Path) -> None:
    async with RunningSimulator(tmp_path, alone.url) as simulator:
        await simulator.forward("P3D")
        await simulator.texts(CHIDI, "STOP")
        await simulator.faults({"on": "messages.create", "do": "429"})
        assert (await simulator.send())[0] == 429
        _, taken = await simulator.send(StatusCallback=f"{alone.url}/twilio/status")
        _, before = await simulator.ask("GET", "/simulator/clock")

        await simulator.stop(signal.SIGKILL)
    with (tmp_path / "journal.jsonl").open("ab") as journal:
        journal.write(b'{"kind":"text","half a li')
    alone.calls.clear()
    async with RunningSimulator(tmp_path, alone.url) as again:
        await until(lambda: [each["MessageStatus"] for each in alone.callbacks()][-1:] == ["delivered"])
        assert [each["sid"] for each in await again.phone(ADA)] == [taken["sid"]]
        assert (await again.send(To=CHIDI))[1]["code"] == 21610
        assert (await again.ask("GET", "/simulator/clock"))[1]["now"] > before["now"]
        assert (await again.send())[0] == 201


async def test_a_webhook_under_way_at_the_kill_is_sent_again(alone: Product, tmp_path: Path) -> None:
    async with RunningSimulator(tmp_path, alone.url) as simulator:
        alone.hold = asyncio.Event()
        sending = asyncio.ensure_future(simulator.texts(ADA, "7"))
        await until(alone.webhooks)

        await simulator.stop(signal.SIGKILL)
    await asyncio.gather(sending, return_exceptions=True)
    alone.hold.set()
    async with RunningSimulator(tmp_path, alone.url):
        await until(lambda: len(alone.webhooks()) == 2)
        assert len({each["MessageSid"] for each in alone.webhooks()}) == 1


async def test_a_reset_empties_the_log_and_the_phones_but_not_the_clock(simulator: RunningSimulator) -> None:
    await simulator.texts(CHIDI, "STOP")
    await simulator.faults({"on": "messages.create", "do": "429"})
    _, before = await simulator.ask("GET", "/simulator/clock")

    status, _ = await simulator.ask("POST", "/simulator/reset")

    assert status == 204
    assert (await simulator.log(), await simulator.phone(CHIDI)) == ([], [])
    assert (await simulator.send(To=CHIDI))[0] == 201
    assert (await simulator.ask("GET", "/simulator/clock"))[1]["now"] > before["now"]
