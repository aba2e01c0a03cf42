"""What a row of the house runs on: PostgreSQL and Redis from the wheels, and processes that are ended again."""

from __future__ import annotations

import base64
import os
import secrets
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping
from pathlib import Path

from service.embedded import EmbeddedPostgres, EmbeddedRedis
from tests.stories.running import ROOT, SENDER, free_port

READY_SECONDS = 30.0
TOKEN = "bench-" + "0" * 26
ACCOUNT = "AC" + "5e" * 16


class Servers:
    """The servers of one row, durable as in production, in a folder of their own. Use as a context manager."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="mendline-bench-"))
        self.postgres = EmbeddedPostgres.start(self.folder / "postgres", durable=True)
        self.redis = EmbeddedRedis.start(self.folder / "redis")
        self.database = self.postgres.create_database("bench")
        self._processes: list[subprocess.Popen[bytes]] = []
        self.port = free_port()

    def __enter__(self) -> Servers:
        return self

    def __exit__(self, *_why: object) -> None:
        for process in self._processes:
            process.terminate()
        for process in self._processes:
            process.wait(timeout=20)
        self.postgres.stop()
        self.redis.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    def settings(self, **more: str) -> dict[str, str]:
        """The environment of a process of the product."""
        return {
            **os.environ,
            "PORT": str(self.port),
            "PUBLIC_URL": f"http://127.0.0.1:{self.port}",
            "TWILIO_API_URL": "http://127.0.0.1:9",
            "TWILIO_ACCOUNT_SID": ACCOUNT,
            "TWILIO_AUTH_TOKEN": TOKEN,
            "TWILIO_SENDER": SENDER,
            "DATABASE_URL": self.database,
            "REDIS_URL": self.redis.url,
            "SENDER_SEGMENTS_PER_SECOND": "0",
            "SENDER_CALLS_PER_SECOND": "0",
            "SECRET_KEYS": _KEY,
            "LOOKUP_KEY": _KEY,
            **more,
        }

    def pid(self, place: int) -> int:
        """Of the process that was started at this place; -1 is the last."""
        return self._processes[place].pid

    def start(self, *arguments: str, environment: Mapping[str, str]) -> subprocess.Popen[bytes]:
        """A Python process from the project's root; it ends with the row. Its log lies in the folder."""
        with (self.folder / f"{len(self._processes)}.log").open("ab") as log:
            process = subprocess.Popen(
                [sys.executable, *arguments], env=dict(environment), stdout=log, stderr=log, cwd=ROOT,
                stdin=subprocess.DEVNULL,
            )  # fmt: skip
        self._processes.append(process)
        return process


_KEY = base64.b64encode(secrets.token_bytes(32)).decode()


def until(claim: Callable[[], bool], *, seconds: float = READY_SECONDS) -> None:
    """Wait until it is so.

    Raises:
        TimeoutError: it is not.
    """
    deadline = time.monotonic() + seconds
    while not claim():
        if time.monotonic() > deadline:
            raise TimeoutError(claim)
        time.sleep(0.05)


def answers(url: str) -> bool:
    """Whether a GET of `url` is answered with 2xx."""
    try:
        with urllib.request.urlopen(url, timeout=5):
            return True
    except (urllib.error.URLError, OSError):
        return False
