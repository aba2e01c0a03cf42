"""How the simulator is started: by arguments, by the product's own settings, or not at all."""

from __future__ import annotations

import asyncio
import base64
import json
import os
import socket
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest_asyncio

from tests.simulator.product import Product
from tests.simulator.running import ACCOUNT, ADA, CHIDI, SENDER, TOKEN, RunningSimulator

SERVICE = "MG" + "0b" * 16
KEY = base64.b64encode(bytes(32)).decode()


@pytest_asyncio.fixture(loop_scope="session")
async def product() -> AsyncIterator[Product]:
    alone = Product()
    await alone.start()
    yield alone
    await alone.stop()


async def test_a_messaging_service_takes_first_and_chooses_the_number_later(product: Product, tmp_path: Path) -> None:
    async with RunningSimulator(tmp_path, product.url, "--voice-number", SENDER, sender=SERVICE) as simulator:
        form = {"From": "", "MessagingServiceSid": SERVICE, "StatusCallback": f"{product.url}/twilio/status"}

        await simulator.texts(CHIDI, "STOP")
        _, taken = await simulator.send(**form)
        status, blocked = await simulator.send(To=CHIDI, **form)
        await simulator.forward("PT5S")

        assert (taken["status"], taken["from"], taken["num_segments"]) == ("accepted", None, "0")
        assert (status, blocked["status"]) == (201, "accepted")
        told = [(each["To"], each["MessageStatus"]) for each in product.callbacks()]
        assert [state for to, state in told if to == ADA] == ["queued", "sent", "delivered"]
        assert [state for to, state in told if to == CHIDI] == ["queued", "failed"]
        assert (await simulator.fetch(blocked["sid"]))["error_code"] == 21610
        assert (await simulator.phone(ADA))[0]["from"] == SENDER
        assert product.webhooks()[0]["MessagingServiceSid"] == SERVICE


async def test_a_messaging_service_whose_queue_is_full_says_so_later(product: Product, tmp_path: Path) -> None:
    async with RunningSimulator(tmp_path, product.url, "--voice-number", SENDER, sender=SERVICE) as simulator:
        await simulator.ask("POST", "/simulator/carrier", json={"segments_per_second": 1 / 36_010})
        form = {"From": "", "MessagingServiceSid": SERVICE, "StatusCallback": f"{product.url}/twilio/status"}

        statuses = [(await simulator.send(**form))[0] for _ in range(2)]
        await simulator.forward("PT5S")

        assert statuses == [201, 201]
        failed = [each["ErrorCode"] for each in product.callbacks() if each.has("ErrorCode")]
        assert failed == ["30001"]


async def test_the_carriers_words_come_from_a_file(product: Product, tmp_path: Path) -> None:
    words = tmp_path / "words.json"
    words.write_text(json.dumps({"STOP": "Hasta luego.", "HELP": ""}))
    async with RunningSimulator(tmp_path / "journal", product.url, "--carrier-replies", str(words)) as simulator:
        for body in ("STOP", "START", "HELP"):
            await simulator.texts(CHIDI, body)

        heard = [each["body"] for each in await simulator.phone(CHIDI) if each["to"] == CHIDI]
        assert (heard[0], len(heard)) == ("Hasta luego.", 2)
        assert heard[1].startswith("You have successfully been re-subscribed")


async def test_the_products_own_settings_are_enough_and_missing_ones_are_named(tmp_path: Path) -> None:
    settings = {
        "PUBLIC_URL": "http://127.0.0.1:1", "TWILIO_ACCOUNT_SID": ACCOUNT, "TWILIO_AUTH_TOKEN": TOKEN,
        "TWILIO_SENDER": SENDER, "DATABASE_URL": "postgres://x/y", "SECRET_KEYS": KEY, "LOOKUP_KEY": KEY,
    }  # fmt: skip
    kept = {name: value for name, value in os.environ.items() if name not in settings}
    cases = (({**kept, **settings}, 3, b"in use"), (kept, 2, b"TWILIO_ACCOUNT_SID is missing"))

    for environment, code, said in cases:
        with socket.create_server(("127.0.0.1", 0)) as taken:  # the settings suffice, but the port is taken
            process = await asyncio.create_subprocess_exec(
                sys.executable, "-m", "service.simulator", "--port", str(taken.getsockname()[1]),
                "--journal", str(tmp_path), env=environment, stderr=asyncio.subprocess.PIPE,
            )  # fmt: skip
            _, printed = await process.communicate()
            assert process.returncode == code, printed
            assert said in printed
