"""How long a caller waits on a machine at rest: from the ring to the first word, and from a key to the next one.

The slowest of a run counts: each caller waits once. Speech is the network's, and begins when our answer is there.
"""

from __future__ import annotations

import asyncio
import time
import uuid
from collections.abc import AsyncIterator, Iterator, Sequence
from datetime import UTC, datetime
from itertools import count
from xml.etree import ElementTree as ET

import aiohttp

from service.database import migrate
from service.settings import read_settings
from service.vault import Vault
from tests.bench.crowd import settle
from tests.bench.letters import FORM, Letter, letter
from tests.bench.row import Measured, Row, at_most
from tests.bench.servers import Servers, answers, until
from tests.stories.running import SENDER

MOST_MILLISECONDS = 1000.0
CALLERS = 12  # a run; each takes a break by key, to its last word
KEYS = ("2", "1", "8", "2", "1")
WEB = ("-c", "from service.cli import main; main()", "web")


def _measured(of: int) -> Iterator[Measured]:
    """`of`: 0 is the ring, 1 the keys. Every run has callers who never called before."""
    with Servers() as servers:
        settings = read_settings(servers.settings())
        vault = Vault(settings.secret_keys, settings.lookup_key)
        asyncio.run(migrate(servers.database))
        servers.start(*WEB, environment=servers.settings())
        until(lambda: answers(f"{settings.public_url}/health/ready"))
        for first in count(step=CALLERS):
            callers = settle(servers.database, vault, CALLERS, now=datetime.now(UTC), first=first)
            numbers = [each.number for each in asyncio.run(callers)]
            waits = asyncio.run(_all_call(f"{settings.public_url}/twilio/voice", numbers))
            yield Measured(max(waits[of]) * 1000, MOST_MILLISECONDS)


async def _all_call(url: str, numbers: Sequence[str]) -> tuple[list[float], list[float]]:
    """Seconds from each ring, and from each key, to the words; one caller after the other."""
    rings, keys = [], []
    async with aiohttp.ClientSession() as client:
        for number in numbers:
            waits = [each async for each in _calls(client, url, number)]
            rings.append(waits[0])
            keys += waits[1:]
    return rings, keys


async def _calls(client: aiohttp.ClientSession, url: str, number: str) -> AsyncIterator[float]:
    """Seconds until the words of each step of one call."""
    fields = [
        ("CallSid", "CA" + uuid.uuid4().hex), ("AccountSid", "AC" + "5e" * 16), ("From", number), ("To", SENDER),
        ("Direction", "inbound"), ("ApiVersion", "2010-04-01"),
    ]  # fmt: skip
    asked = letter(url, [*fields, ("CallStatus", "ringing")])
    documents: list[ET.Element] = []
    yield await _heard(client, asked, documents)
    for key in KEYS:
        gather = documents[-1].find("Gather")
        if gather is None:
            raise RuntimeError(f"nothing to press before key {key}")
        pressed = [("CallStatus", "in-progress"), ("msg", "Gather End"), ("Digits", key), ("FinishedOnKey", "")]
        yield await _heard(client, letter(gather.attrib["action"], [*fields, *pressed]), documents)


async def _heard(client: aiohttp.ClientSession, asked: Letter, documents: list[ET.Element]) -> float:
    """Seconds until the document is there, which is added to the others."""
    headers = {"X-Twilio-Signature": asked.signature, "Content-Type": FORM}
    began = time.perf_counter()
    async with client.post(asked.url, data=asked.body, headers=headers) as answer:
        body = await answer.read()
        seconds = time.perf_counter() - began
        if answer.status != 200:
            raise RuntimeError(f"{asked.url}: {answer.status}")
    documents.append(ET.fromstring(body))
    return seconds


ROWS = (
    Row("a ring to the first word", "ms", "a second", at_most(1), lambda: _measured(0), times=5),
    Row("a key to the next word", "ms", "a second", at_most(1), lambda: _measured(1), times=5),
)
