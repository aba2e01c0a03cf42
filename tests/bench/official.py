"""The official client as it comes: one client, its own pool of connections, one text after the other."""

from __future__ import annotations

import time
import warnings
from collections.abc import Sequence
from typing import Any

from twilio.http.async_http_client import AsyncTwilioHttpClient  # type: ignore[import-untyped]
from twilio.http.response import Response  # type: ignore[import-untyped]
from twilio.rest import Client  # type: ignore[import-untyped]

from service.gateway.port import OutgoingText
from service.gateway.transport import swap_host
from tests.bench.servers import ACCOUNT, TOKEN
from tests.stories.running import SENDER


class _Redirected(AsyncTwilioHttpClient):  # type: ignore[misc]
    """The client's own HTTP, to another host."""

    def __init__(self, api_url: str) -> None:
        super().__init__()
        self._api_url = api_url

    async def request(self, method: str, url: str, *others: Any, **named: Any) -> Response:
        return await super().request(method, swap_host(url, self._api_url), *others, **named)


async def posted_a_second(api_url: str, texts: Sequence[OutgoingText]) -> float:
    """How many of these texts the loop hands over in a second."""
    http = _Redirected(api_url)
    client = Client(ACCOUNT, TOKEN, http_client=http)
    began = time.perf_counter()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # of its own use of aiohttp
        for text in texts:
            await client.messages.create_async(
                to=text.to, from_=SENDER, body=text.body, status_callback=text.callback_url,
                validity_period=text.validity_seconds,
            )  # fmt: skip
    seconds = time.perf_counter() - began
    await http.close()
    return len(texts) / seconds
