"""A key pressed on a live call, from Gather's result to TwiML, its whole turn committed, beside the least it can cost.

Each caller sets a break by key, up to its return time. The rings are not measured.
"""

from __future__ import annotations

import asyncio
import html
import re
import time
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import aiohttp

from tests.bench.crowd import Member, forget_what_was_said, people_of
from tests.bench.letters import FORM, Letter, letter
from tests.bench.reply import FEW, LANES, start_bare, start_ours
from tests.bench.row import Measured, Row, at_least
from tests.bench.servers import ACCOUNT, Servers
from tests.stories.running import SENDER

KEYS = ("2", "1", "8", "2")  # a break; safe; how worked up; half an hour
CALLERS_A_LANE = 5
ACTION = re.compile(r'<Gather[^>]* action="([^"]+)"')


@dataclass(slots=True)
class Caller:
    """Somebody on a call, and the address that the next key goes to."""

    fields: list[tuple[str, str]]
    next_url: str

    def presses(self, key: str) -> Letter:
        """The request that this key becomes."""
        pressed = [("CallStatus", "in-progress"), ("msg", "Gather End"), ("Digits", key), ("FinishedOnKey", "")]
        return letter(self.next_url, [*self.fields, *pressed])


def callers(url: str, members: Sequence[Member]) -> list[Caller]:
    """Each of these people, about to ring."""
    return [
        Caller([
            ("CallSid", "CA" + uuid.uuid4().hex), ("AccountSid", ACCOUNT), ("From", member.number), ("To", SENDER),
            ("Direction", "inbound"), ("ApiVersion", "2010-04-01"),
        ], f"{url}/twilio/voice")
        for member in members
    ]  # fmt: skip


async def keys_a_second(url: str, members: Sequence[Member]) -> float:
    """All ring; then each lane's callers press their keys one after the other, all lanes at once."""
    ringing = callers(url, members)
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as client:
        for caller in ringing:
            await _heard(client, caller, letter(caller.next_url, [*caller.fields, ("CallStatus", "ringing")]))
        began = time.perf_counter()
        await asyncio.gather(*(_press(client, ringing[lane::LANES]) for lane in range(LANES)))
        return len(ringing) * len(KEYS) / (time.perf_counter() - began)


async def _press(client: aiohttp.ClientSession, lane: Sequence[Caller]) -> None:
    for caller in lane:
        for key in KEYS:
            await _heard(client, caller, caller.presses(key))


async def _heard(client: aiohttp.ClientSession, caller: Caller, asked: Letter) -> None:
    headers = {"X-Twilio-Signature": asked.signature, "Content-Type": FORM}
    async with client.post(asked.url, data=asked.body, headers=headers) as answer:
        said = await answer.text()
        gather = ACTION.search(said)
        if answer.status != 200 or gather is None:
            raise RuntimeError(f"{asked.url}: {answer.status} {said}")
        caller.next_url = html.unescape(gather[1])


def _beside_bare() -> Iterator[Measured]:
    with Servers() as servers:
        members = people_of(servers, FEW)
        ours, limit = start_ours(servers), start_bare(servers, members[FEW // 2 :])
        _both(servers, ours, limit, members)  # PostgreSQL lays out a statement anew five times on each connection
        while True:
            yield _both(servers, ours, limit, members)


def _both(servers: Servers, ours: str, limit: str, members: Sequence[Member]) -> Measured:
    asyncio.run(forget_what_was_said(servers.database))
    return Measured(
        asyncio.run(keys_a_second(ours, members[: LANES * CALLERS_A_LANE])),
        asyncio.run(keys_a_second(limit, members[-LANES * CALLERS_A_LANE :])),
    )


ROWS = (Row("key press", "keys/s", "a bare route and one transaction by hand", at_least(0.5), _beside_bare, times=15),)
