"""Ways of not answering: silence until the caller gives up, and a connection that is reset."""

from __future__ import annotations

import asyncio
import socket
import struct

from starlette.responses import Response
from starlette.types import Receive, Scope, Send
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

SILENCE_SECONDS = 120.0


class Line(HttpToolsProtocol):
    """uvicorn's own protocol, which also lets a request reach the connection that it came by."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Keep the transport where the request finds it."""
        self.app_state = {**self.app_state, "transport": transport}
        super().connection_made(transport)


class Silence(Response):
    """No answer at all: the connection stays open until the caller hangs up (120 s at most)."""

    async def __call__(self, scope: Scope, receive: Receive, _send: Send) -> None:
        """Wait for the caller to leave, then break the line."""
        try:
            async with asyncio.timeout(SILENCE_SECONDS):
                await _until_gone(receive)
        except TimeoutError:
            await _break(scope, receive)


class Half(Response):
    """Half of what would have been answered, then the end of the connection."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Promise the whole, send a half, hang up."""
        await send({"type": "http.response.start", "status": self.status_code, "headers": self.raw_headers})
        half = bytes(self.body)[: len(self.body) // 2]
        await send({"type": "http.response.body", "body": half, "more_body": True})
        transport: asyncio.Transport = scope["state"]["transport"]
        transport.close()
        await _until_gone(receive)


class Reset(Response):
    """The connection is reset (RST) instead of answered."""

    async def __call__(self, scope: Scope, receive: Receive, _send: Send) -> None:
        """Break the line."""
        await _break(scope, receive)


async def _break(scope: Scope, receive: Receive) -> None:
    transport: asyncio.Transport = scope["state"]["transport"]
    line = transport.get_extra_info("socket")
    line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))  # close with RST, not with FIN
    transport.abort()
    await _until_gone(receive)


async def _until_gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        continue
