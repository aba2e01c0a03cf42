"""The whole house, running for real: PostgreSQL, Redis, simulator, web, worker, each a process that can be killed."""

from __future__ import annotations

import asyncio
import base64
import json
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp
from redis.asyncio import Redis

from service.database import Database, migrate, open_database
from service.embedded import EmbeddedPostgres, EmbeddedRedis
from service.house import House, open_house
from service.settings import read_settings
from tests.patience import PATIENCE_SECONDS
from tests.twiml.judging import judge_line

ROOT = Path(__file__).parent.parent.parent
SENDER = "+12025550100"
# Set, the stories are told in a house where nobody ever started Redis: only the worker's own rounds move anything.
WITHOUT_REDIS = "STORIES_WITHOUT_REDIS"
COMMANDS = {
    "simulator": ("-m", "service.simulator"),
    "web": ("-c", "from service.cli import main; main()", "web"),
    "worker": ("-m", "workers"),
}


def free_port() -> int:
    """A port that nobody listens on just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class RunningHouse:
    """Started once for all stories; each begins with empty tables and phones, later on the clock than the last."""

    commands = COMMANDS

    def __init__(self, folder: Path, **settings: str) -> None:
        self.folder = folder
        self.postgres = EmbeddedPostgres.start(folder / "postgres", durable=False)
        self.redis = None if WITHOUT_REDIS in os.environ else EmbeddedRedis.start(folder / "redis")
        self.port, self.simulator_port = free_port(), free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.environment = {
            **os.environ,
            "PORT": str(self.port),
            "PUBLIC_URL": self.url,
            "TWILIO_API_URL": f"http://127.0.0.1:{self.simulator_port}",
            "TWILIO_ACCOUNT_SID": "AC" + "5e" * 16,
            "TWILIO_AUTH_TOKEN": secrets.token_hex(16),
            "TWILIO_SENDER": SENDER,
            "DATABASE_URL": self.postgres.create_database("stories"),
            "REDIS_URL": self.redis.url if self.redis is not None else f"redis://127.0.0.1:{free_port()}/0",
            "SPOOL_DIR": str(folder / "spool"),
            "SIMULATION_CLOCK": str(folder / "simulator" / "clock"),
            "SENDER_SEGMENTS_PER_SECOND": "0",
            "SENDER_CALLS_PER_SECOND": "0",
            "SECRET_KEYS": _key(),
            "LOOKUP_KEY": _key(),
            **settings,
        }
        self.processes: dict[str, subprocess.Popen[bytes]] = {}
        # Without a doorbell each instant that the clock visits waits for the worker's next look, a second at most.
        self.patience_seconds = 90 if self.redis is not None else 900
        self.judged = 0  # answers to the network that were held against Twilio's schemas
        self.client: aiohttp.ClientSession
        self.house: House

    async def open(self) -> None:
        """Migrate and start everything, and wait until texts can be taken."""
        (self.folder / "simulator").mkdir()
        await migrate(self.environment["DATABASE_URL"])
        self.client = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=self.patience_seconds))
        self.house = await open_house(read_settings(self.environment))
        for name in COMMANDS:
            self.start(name)
        await self.until_ready()

    def start(self, name: str, *, known_as: str = "", folder: Path = ROOT, **settings: str) -> None:
        """Start one of the three processes, in `folder`; `known_as` and other settings make it one more of its kind."""
        arguments, alias = [sys.executable, *self.commands[name]], known_as or name
        if name == "simulator":
            arguments += ["--port", str(self.simulator_port), "--journal", str(self.folder / "simulator")]
            arguments += ["--answers", str(self.folder / "answers")]
        with (self.folder / f"{alias}.log").open("ab") as log:
            self.processes[alias] = subprocess.Popen(
                arguments, env={**self.environment, **settings}, stdout=log, stderr=log, stdin=subprocess.DEVNULL,
                cwd=folder,
            )  # fmt: skip

    def kill(self, name: str) -> None:
        """End a process as a power cut would."""
        self.processes[name].kill()
        self.processes[name].wait()

    def end(self, name: str) -> None:
        """End a process as a deploy does."""
        self.processes[name].terminate()
        self.processes[name].wait(timeout=PATIENCE_SECONDS)

    def kill_redis(self) -> None:
        """End Redis as a power cut would. `make_whole` brings it back at the same address."""
        assert self.redis is not None
        os.kill(self.redis.pid, signal.SIGKILL)

    async def restart_redis(self) -> None:
        """Redis, killed and back."""
        assert self.redis is not None
        self.kill_redis()
        await asyncio.to_thread(self.redis.restart)

    async def flush_redis(self) -> None:
        """Everything Redis held is gone."""
        async with Redis.from_url(self.environment["REDIS_URL"]) as redis:
            await redis.flushall()

    async def restart_postgres(self) -> None:
        """PostgreSQL ends at once (what was not committed never was), and comes back."""
        self.kill_postgres()
        await self.bring_back_postgres()

    def kill_postgres(self) -> None:
        """End PostgreSQL at once. `make_whole` brings it back."""
        os.kill(self.postgres.pid, signal.SIGQUIT)

    async def bring_back_postgres(self) -> None:
        """PostgreSQL with all that was committed, at the same address."""
        await asyncio.to_thread(self.postgres.restart)

    async def make_whole(self) -> None:
        """Bring back whatever was killed, end what was started besides, and wait until texts are taken."""
        for name in [name for name in self.processes if name not in COMMANDS]:
            if self.processes[name].poll() is None:
                self.end(name)
            del self.processes[name]
        if not self.postgres.is_running:
            await self.bring_back_postgres()
        if self.redis is not None and not self.redis.is_running:
            await asyncio.to_thread(self.redis.restart)
        for name in COMMANDS:
            if self.processes[name].poll() is not None:
                self.start(name)
        await self.until_ready()

    async def until_ready(self) -> None:
        """Wait until the web process takes texts and the simulator answers."""
        deadline = asyncio.get_running_loop().time() + PATIENCE_SECONDS
        while True:
            try:
                async with self.client.get(f"{self.url}/health/ready") as answer:
                    is_ready = answer.status == 200
                async with self.client.get(f"{self.url}/simulator/handsets") as answer:
                    if is_ready and answer.status == 200:
                        return
            except aiohttp.ClientError:
                pass
            if asyncio.get_running_loop().time() > deadline:
                raise TimeoutError(f"not ready; the logs lie in {self.folder}:\n{self.last_words()}")
            await asyncio.sleep(0.05)

    def last_words(self) -> str:
        """The end of each process's log."""
        return "\n".join(
            f"== {name}\n{(self.folder / f'{name}.log').read_text()[-2000:]}" for name in self.processes
        )

    def answered(self) -> list[dict[str, Any]]:
        """What the product answered the network, oldest first: url, status, and the document."""
        kept = self.folder / "answers"
        answers = [json.loads(line) for line in (kept.read_text().splitlines() if kept.exists() else [])]
        return [{**each, "document": base64.b64decode(each["body"]).decode()} for each in answers]

    def judge_answers(self) -> None:
        """Whatever the product answered the network since the last look is as Twilio takes it."""
        kept = self.folder / "answers"
        lines = kept.read_text().splitlines() if kept.exists() else []
        wrong = [each for line in lines[self.judged :] for each in judge_line(line)]
        self.judged = len(lines)
        assert wrong == [], "\n".join(wrong)

    async def rows(self, sql: str, *values: Any) -> list[dict[str, Any]]:
        """What the product's database holds."""
        return await self.database.client.execute_query_dict(sql, list(values))

    async def get(self, path: str) -> Any:
        """JSON from the web process, or from the network."""
        async with self.client.get(self.address(path)) as answer:
            return await answer.json()

    async def post(self, path: str, body: Any = None) -> tuple[int, Any]:
        """(status, JSON or text) of a POST to the web process, or to the network."""
        async with self.client.post(self.address(path), json=body) as answer:
            is_json = answer.content_type == "application/json"
            return answer.status, await answer.json() if is_json else await answer.text()

    def address(self, path: str) -> str:
        """Where it is asked for: phones are asked at the simulator itself, as the web process may be down."""
        is_of_network = path.startswith("/simulator/")
        return (f"http://127.0.0.1:{self.simulator_port}" if is_of_network else self.url) + path

    async def network_log(self) -> list[dict[str, Any]]:
        """Everything that happened on the network since it was emptied, from the simulator itself."""
        async with self.client.get(self.address("/simulator/log")) as answer:
            return [json.loads(line) for line in (await answer.text()).splitlines() if line]

    async def close(self) -> None:
        """Stop everything, the servers last."""
        for name in ("web", *self.processes):
            if name in self.processes and self.processes[name].poll() is None:
                self.end(name)
        await self.client.close()
        await self.house.aclose()
        self.postgres.stop()
        if self.redis is not None:
            self.redis.stop()

    @property
    def database(self) -> Database:
        return self.house.database


class _Lodgings:
    """Who lives in the one house of this run: fixtures of several folders."""

    house: RunningHouse | None = None
    lodgers = 0


@asynccontextmanager
async def shared_house() -> AsyncIterator[RunningHouse]:
    """The one house of this run: the first who asks starts it, the last who leaves stops it."""
    _Lodgings.lodgers += 1
    try:
        if _Lodgings.house is None:
            _Lodgings.house = RunningHouse(scratch())
            await _Lodgings.house.open()
        yield _Lodgings.house
    finally:
        _Lodgings.lodgers -= 1
        if _Lodgings.lodgers == 0 and _Lodgings.house is not None:
            leaving, _Lodgings.house = _Lodgings.house, None
            await leaving.close()
            shutil.rmtree(leaving.folder, ignore_errors=True)


async def open_other_database(house: RunningHouse) -> Database:
    """A second connection to the stories' database."""
    return await open_database(house.environment["DATABASE_URL"], pool=2)


def scratch() -> Path:
    """A folder of its own."""
    return Path(tempfile.mkdtemp(prefix="mendline-stories-"))


def _key() -> str:
    return base64.b64encode(secrets.token_bytes(32)).decode()
