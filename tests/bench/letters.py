"""Signed requests, made before they are timed, and a number of hands that post them."""

from __future__ import annotations

import asyncio
import time
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

import aiohttp

from service.simulator.outgoing.webhooks import sign
from tests.bench.servers import ACCOUNT, TOKEN
from tests.stories.running import SENDER

FORM = "application/x-www-form-urlencoded; charset=UTF-8"


@dataclass(frozen=True, slots=True)
class Letter:
    """One request, ready to go."""

    url: str
    body: bytes
    signature: str


def letter(url: str, fields: Sequence[tuple[str, str]]) -> Letter:
    """These fields, signed for `url`."""
    return Letter(url, urlencode(fields).encode(), sign(TOKEN, url, fields))


def text(url: str, number: str, body: str) -> Letter:
    """A text as the network hands it over."""
    sid = "SM" + uuid.uuid4().hex
    return letter(url, [
        ("MessageSid", sid), ("SmsSid", sid), ("AccountSid", ACCOUNT), ("From", number), ("To", SENDER),
        ("Body", body), ("NumMedia", "0"), ("NumSegments", "1"), ("ApiVersion", "2010-04-01"),
        ("FromCountry", "US"), ("FromState", "NY"), ("ToCountry", "US"), ("SmsStatus", "received"),
    ])  # fmt: skip


async def post_all(lanes: Sequence[Sequence[Letter]]) -> float:
    """Each lane posts its letters one after the other, all lanes at once; letters a second. Anything but 200 raises."""
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as client:
        began = time.perf_counter()
        await asyncio.gather(*(_post(client, lane) for lane in lanes))
        return sum(len(lane) for lane in lanes) / (time.perf_counter() - began)


async def _post(client: aiohttp.ClientSession, lane: Sequence[Letter]) -> None:
    for each in lane:
        headers = {"X-Twilio-Signature": each.signature, "Content-Type": FORM}
        async with client.post(each.url, data=each.body, headers=headers) as answer:
            if answer.status != 200:
                raise RuntimeError(f"{each.url}: {answer.status} {await answer.text()}")
            await answer.read()
