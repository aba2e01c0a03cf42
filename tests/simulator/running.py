"""The simulator as a process of its own, and the hands to use it with."""

from __future__ import annotations

import asyncio
import base64
import json
import signal
import socket
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import quote

import aiohttp

from tests.patience import PATIENCE_SECONDS

ACCOUNT = "AC" + "0a" * 16
TOKEN = "the token of the tests"
SENDER = "+12125550100"
ADA, BEN, CHIDI = "+12125550101", "+12125550102", "+12125550106"


async def until(holds: Callable[[], Any], seconds: float = PATIENCE_SECONDS) -> Any:
    """Wait for a condition of this process; fail after the deadline."""
    give_up = time.monotonic() + seconds
    while not (found := holds()):
        assert time.monotonic() < give_up, "it did not happen in time"
        await asyncio.sleep(0.01)
    return found


class RunningSimulator:
    """A simulator process, its folder, and one HTTP session to it."""

    def __init__(self, folder: Path, product_url: str, *extra: str, sender: str = SENDER) -> None:
        self.folder, self._product_url, self._extra, self._sender = folder, product_url, extra, sender
        self.port = _free_port()
        self.url = f"http://127.0.0.1:{self.port}"

    async def start(self) -> None:
        self.process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "service.simulator", "--port", str(self.port), "--journal", str(self.folder),
            "--account", ACCOUNT, "--tokens", f"{TOKEN},the next one", "--sender", self._sender,
            "--public-url", self._product_url, *self._extra,
        )  # fmt: skip
        self.http = aiohttp.ClientSession(self.url)
        give_up = time.monotonic() + PATIENCE_SECONDS
        while True:
            try:
                async with self.http.get("/simulator/clock"):
                    return
            except aiohttp.ClientConnectorError:
                assert self.process.returncode is None, "the simulator ended at once"
                assert time.monotonic() < give_up, "the simulator did not start in time"
                await asyncio.sleep(0.02)

    async def __aenter__(self) -> RunningSimulator:
        await self.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        if self.process.returncode is None:
            await self.stop()

    async def stop(self, with_signal: signal.Signals = signal.SIGTERM) -> None:
        await self.http.close()
        self.process.send_signal(with_signal)
        await self.process.wait()

    async def ask(self, method: str, path: str, **given: Any) -> tuple[int, Any]:
        """Status and JSON (or None) of one request."""
        async with self.http.request(method, path, **given) as response:
            raw = await response.read()
            return response.status, json.loads(raw) if raw else None

    async def texts(self, number: str, body: str, **more: Any) -> str:
        status, answer = await self.ask(
            "POST", f"/simulator/handsets/{quote(number)}/texts", json={"body": body, **more}
        )
        assert (status, list(answer)) == (201, ["sid"])
        return answer["sid"]

    async def phone(self, number: str) -> list[dict[str, Any]]:
        return (await self.ask("GET", f"/simulator/handsets/{quote(number)}/messages"))[1]

    async def send(self, **form: str) -> tuple[int, Any]:
        """POST Messages.json as the product; To, From and Body have defaults."""
        wanted = {"To": ADA, "From": SENDER, "Body": "Mendline: good evening.", **form}
        return await self.ask("POST", f"{ROOT}/Messages.json", data=wanted, headers=basic(ACCOUNT, TOKEN))

    async def calls_in(self, number: str = ADA, **given: Any) -> dict[str, Any]:
        """The person calls; the call as the phone then shows it."""
        status, call = await self.ask("POST", f"/simulator/handsets/{quote(number)}/calls", json=given)
        assert status == 201, call
        return call

    async def phone_calls(self, number: str = ADA) -> list[dict[str, Any]]:
        return (await self.ask("GET", f"/simulator/handsets/{quote(number)}/calls"))[1]

    async def act(self, call: dict[str, Any], what: str, number: str = ADA, **given: Any) -> dict[str, Any]:
        """What the person does on the line: digits, speech, silence, hangup, answer, reject, voicemail."""
        path = f"/simulator/handsets/{quote(number)}/calls/{call['sid']}/{what}"
        status, shown = await self.ask("POST", path, json=given)
        assert status == 200, shown
        return shown

    async def places(self, **form: Any) -> tuple[int, Any]:
        """POST Calls.json as the product; To, From and Url have defaults."""
        wanted = {"To": ADA, "From": SENDER, "Url": f"{self._product_url}/twilio/voice?call=1", **form}
        fields = [(k, v) for k, v in wanted.items() for v in (v if isinstance(v, list) else [v])]
        return await self.ask("POST", f"{ROOT}/Calls.json", data=fields, headers=basic(ACCOUNT, TOKEN))

    async def rings(self, number: str = ADA, **form: Any) -> dict[str, Any]:
        """The product places a call and the clock moves until it rings; as the phone shows it."""
        status, placed = await self.places(To=number, **form)
        assert status == 201, placed
        await self.forward("PT1S")
        shown = (await self.phone_calls(number))[-1]
        assert (shown["sid"], shown["state"]) == (placed["sid"], "ringing")
        return shown

    async def fetch_call(self, sid: str) -> dict[str, Any]:
        status, call = await self.ask("GET", f"{ROOT}/Calls/{sid}.json", headers=basic(ACCOUNT, TOKEN))
        assert status == 200
        return call

    async def fetch(self, sid: str) -> dict[str, Any]:
        status, text = await self.ask("GET", f"{ROOT}/Messages/{sid}.json", headers=basic(ACCOUNT, TOKEN))
        assert status == 200
        return text

    async def forward(self, duration: str) -> None:
        status, answer = await self.ask("POST", "/simulator/clock", json={"forward": duration})
        assert status == 200, answer

    async def faults(self, *rules: dict[str, Any], seed: int = 1) -> None:
        status, answer = await self.ask("POST", "/simulator/faults", json={"seed": seed, "rules": list(rules)})
        assert status == 200, answer

    async def log(self, kind: str | None = None) -> list[dict[str, Any]]:
        async with self.http.get("/simulator/log") as response:
            entries = [json.loads(line) for line in (await response.text()).splitlines()]
        return [each for each in entries if kind in (None, each["kind"])]

    async def set_number(self, **form: str) -> None:
        _, listed = await self.ask("GET", f"{ROOT}/IncomingPhoneNumbers.json", headers=basic(ACCOUNT, TOKEN))
        sid = listed["incoming_phone_numbers"][0]["sid"]
        path = f"{ROOT}/IncomingPhoneNumbers/{sid}.json"
        status, answer = await self.ask("POST", path, data=form, headers=basic(ACCOUNT, TOKEN))
        assert status == 200, answer


ROOT = f"/2010-04-01/Accounts/{ACCOUNT}"


def basic(name: str, password: str) -> dict[str, str]:
    return {"Authorization": "Basic " + base64.b64encode(f"{name}:{password}".encode()).decode()}


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def said(call: dict[str, Any], who: str = "us") -> list[str]:
    """What one side of a call said, in order."""
    return [each["text"] for each in call["transcript"] if each["who"] == who]


def twiml(verbs: str) -> tuple[int, str, str]:
    """An answer of the product: these verbs."""
    return 200, "text/xml", f"<Response>{verbs}</Response>"
