"""A small product for the handset page's own tests: it answers texts and calls, and keeps an agenda by hand."""

from __future__ import annotations

import asyncio
import socket
import sys
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import parse_qs, parse_qsl, quote

import aiohttp
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from yarl import URL

from service.clock import Clock
from service.launcher.power_cut import cut_power, is_launched
from service.simulator.app import CLOCK_FILE
from service.web.forwarding import forward_routes
from service.web.handset import Agenda, HandsetSources, handset_routes
from service.web.stories.cast import Player
from service.web.stories.theatre import StageHands
from tests.patience import PATIENCE_SECONDS

ACCOUNT = "AC" + "0" * 32
TOKEN = "f" * 32
NUMBER = "+12025550100"
GREETING = "For a calming break, press 2. For your own things, press 1."
MENU = f'<Gather numDigits="1" timeout="6"><Say>{GREETING}</Say><Pause length="2"/></Gather>'
EMPTY_TWIML = '<?xml version="1.0" encoding="UTF-8"?><Response/>'


@dataclass
class SmallProduct:
    """The running page at `url`, over a real simulator process at `simulator_url`."""

    url: str
    simulator_url: str
    client: aiohttp.ClientSession
    clock: Clock
    simulator: asyncio.subprocess.Process
    rung: int = 0
    answers: str = "Mendline: Saved."
    says: list[str] = field(default_factory=list)
    hears: list[dict[str, str]] = field(default_factory=list)
    invited: list[list[str]] = field(default_factory=list)
    left: list[str] = field(default_factory=list)
    planned: Agenda = field(default_factory=lambda: Agenda(datetime.now(UTC), None))

    async def starts_afresh(self) -> None:
        """Empty phones, nothing planned."""
        async with self.client.post(f"{self.simulator_url}/simulator/reset") as answer:
            assert answer.status == 204, answer.status
        self.rung, self.answers, self.planned = 0, "Mendline: Saved.", Agenda(self.clock.now(), None)
        self.says, self.hears, self.invited = [], [], []

    async def agenda(self) -> Agenda:
        """What was planned, looked at now: what has come is no longer next."""
        now = self.clock.now()
        coming = tuple(matter for matter in self.planned.coming if matter.at > now)
        return replace(self.planned, now=now, coming=coming, next=coming[0].at if coming else None)

    async def invites(self, players: Sequence[Player], leaving: Sequence[str]) -> None:
        """Whoever plays in a story is nobody here; who they are is noted."""
        self.invited.append([each.number for each in players])
        self.left = list(leaving)

    async def ring(self) -> None:
        """Count the rings."""
        self.rung += 1

    async def sends(self, number: str, body: str) -> None:
        """A text from us, through the network's REST API."""
        fields = {"To": number, "From": NUMBER, "Body": body}
        url = f"{self.simulator_url}/2010-04-01/Accounts/{ACCOUNT}/Messages.json"
        async with self.client.post(url, data=fields, auth=aiohttp.BasicAuth(ACCOUNT, TOKEN)) as answer:
            assert answer.status == 201, answer.status

    async def calls(self, number: str) -> None:
        """A call from us, through the network's REST API; back when the phone rings."""
        fields = {"To": number, "From": NUMBER, "Url": f"{self.url}/twilio/voice"}
        url = f"{self.simulator_url}/2010-04-01/Accounts/{ACCOUNT}/Calls.json"
        async with self.client.post(url, data=fields, auth=aiohttp.BasicAuth(ACCOUNT, TOKEN)) as answer:
            assert answer.status == 201, answer.status
            sid = (await answer.json())["sid"]
        async with asyncio.timeout(PATIENCE_SECONDS):
            while True:
                if sid in [each["sid"] for each in await self.calls_of(number)]:
                    return
                await asyncio.sleep(0.02)

    async def calls_of(self, number: str) -> list[dict[str, str]]:
        """What the network knows of one phone's calls."""
        async with self.client.get(URL(self._calls_url(number), encoded=True)) as answer:
            told: list[dict[str, str]] = await answer.json()
            return told

    async def acts(self, number: str, sid: str, act: str) -> None:
        """The person does something in a call, not on the page."""
        async with self.client.post(URL(f"{self._calls_url(number)}/{sid}/{act}", encoded=True), json={}) as answer:
            assert answer.status == 200, answer.status

    def _calls_url(self, number: str) -> str:
        return f"{self.simulator_url}/simulator/handsets/{quote(number, safe='')}/calls"

    async def speaks(self, request: Request) -> Response:
        """The webhook of a call: the next of what it `says` (TwiML verbs), else goodbye."""
        self.hears.append(dict(parse_qsl((await request.body()).decode())))
        verbs = self.says.pop(0) if self.says else "<Say>Goodbye.</Say><Hangup/>"
        return Response(f"<Response>{verbs}</Response>", media_type="text/xml")

    async def is_told(self, request: Request) -> Response:
        """The callback of a call's progress."""
        await request.body()
        return Response()

    async def receives(self, request: Request) -> Response:
        """The webhook of a text."""
        given = parse_qs((await request.body()).decode())
        if self.answers:
            await self.sends(given["From"][0], self.answers)
        return Response(EMPTY_TWIML, media_type="text/xml")


class _Server(uvicorn.Server):
    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Signals stay with pytest."""
        yield


@asynccontextmanager
async def served(app: Starlette, port: int) -> AsyncIterator[None]:
    """`app` on loopback at `port`, for as long as the block runs."""
    config = uvicorn.Config(
        app, host="127.0.0.1", port=port, access_log=False, log_level="warning", timeout_graceful_shutdown=1
    )
    server = _Server(config)
    serving = asyncio.create_task(server.serve())
    try:
        await _answers(f"http://127.0.0.1:{port}/")
        yield
    finally:
        server.should_exit = True
        await serving


@asynccontextmanager
async def small_product(folder: Path, *, patience_seconds: float = 1.0) -> AsyncIterator[SmallProduct]:
    """The page and its simulator, on free ports; the simulator gives up a move after `patience_seconds`."""
    port, simulator_port = free_port(), free_port()
    url, simulator_url = f"http://127.0.0.1:{port}", f"http://127.0.0.1:{simulator_port}"
    simulator = await start_simulator(simulator_port, folder, url, patience_seconds=patience_seconds)
    async with aiohttp.ClientSession() as client:
        product = SmallProduct(url, simulator_url, client, Clock(folder / CLOCK_FILE), simulator)
        var = folder / "var"
        stage = StageHands(product.invites, lambda: is_launched(var, url), lambda: cut_power(var, url))
        sources = HandsetSources(
            simulator_url, client, product.agenda, product.ring, "Mendline", NUMBER,
            answered=lambda: frozenset({"BREAK", "PROMISE"}), stage=stage,
        )  # fmt: skip
        app = Starlette(routes=[*handset_routes(sources), *forward_routes(simulator_url)])
        app.state.client = client
        app.add_route("/twilio/sms", product.receives, methods=["POST"])
        app.add_route("/twilio/voice", product.speaks, methods=["POST"])
        app.add_route("/twilio/status", product.is_told, methods=["POST"])
        try:
            await _answers(f"{simulator_url}/simulator/clock")
            async with served(app, port):
                yield product
        finally:
            if simulator.returncode is None:
                simulator.terminate()
            await simulator.wait()


async def start_simulator(
    port: int, folder: Path, public_url: str, *, patience_seconds: float
) -> asyncio.subprocess.Process:
    """The real simulator process."""
    return await asyncio.create_subprocess_exec(
        sys.executable, "-m", "service.simulator", "--port", str(port), "--journal", str(folder), "--account", ACCOUNT,
        "--tokens", TOKEN, "--sender", NUMBER, "--public-url", public_url, "--patience", str(patience_seconds),
    )  # fmt: skip


def free_port() -> int:
    """A port on loopback that nobody listens at."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        return int(listening.getsockname()[1])


async def _answers(url: str) -> None:
    """Until `url` answers anything at all."""
    async with asyncio.timeout(PATIENCE_SECONDS), aiohttp.ClientSession() as client:
        while True:
            try:
                async with client.get(url):
                    return
            except aiohttp.ClientConnectionError:
                await asyncio.sleep(0.02)
