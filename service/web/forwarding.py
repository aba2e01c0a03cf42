"""Everything under /simulator/ goes to the simulator process as it came, and only for callers on this machine."""

from __future__ import annotations

import ipaddress
from collections.abc import AsyncIterator

import aiohttp
from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route
from yarl import URL

from service.settings import LOOPBACK_HOSTS
from service.web.guarding import bounded_body, is_same_site

BODY_LIMIT = 64 * 1024  # bytes; a text is at most 6.4 kB of UTF-8, a list of faults a few kB
# Moving the clock may take 60 s without progress before the simulator gives up by itself.
ANSWER_WITHIN = aiohttp.ClientTimeout(total=None, sock_connect=3, sock_read=65)
METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"]
# RFC 9110 7.6.1, and what aiohttp sets itself. Bodies pass unpacked, so their length and coding are not kept.
NOT_FORWARDED = frozenset({
    "connection", "keep-alive", "proxy-authenticate", "proxy-authorization", "te", "trailer", "transfer-encoding",
    "upgrade", "host", "content-length", "accept-encoding", "expect",
})  # fmt: skip
NOT_RETURNED = NOT_FORWARDED - {"content-length"} | {"date", "server"}


def forward_routes(simulator_url: str) -> list[Route]:
    """The route for /simulator/…; `simulator_url` is where the simulator process listens (only its origin is used).

    Uses the aiohttp session at `app.state.client`. Answers 403 to callers elsewhere or from another site's page, 413
    over 64 kB, 502 when the simulator is away.
    """
    origin = str(URL(simulator_url).origin())

    async def forward(request: Request) -> Response:
        if not _is_from_here(request):
            return _refusal(403, "The simulator is for this machine only.", "Call it as 127.0.0.1 or localhost.")
        body = await bounded_body(request, BODY_LIMIT)
        if body is None:
            return _refusal(413, "The body is longer than 64 kB.", "Send less at a time.")
        try:
            answer = await _ask(origin, request, body)
        except (aiohttp.ClientError, TimeoutError):
            return _refusal(502, "The simulator does not answer.", "See whether its process still runs.")
        kept = {name: value for name, value in answer.headers.items() if name.lower() not in NOT_RETURNED}
        return StreamingResponse(_pieces(answer), answer.status, kept)

    return [Route("/simulator/{path:path}", forward, methods=METHODS)]


async def _ask(origin: str, request: Request, body: bytes) -> aiohttp.ClientResponse:
    client: aiohttp.ClientSession = request.app.state.client
    raw_path: bytes = request.scope.get("raw_path") or request.url.path.encode()
    address = origin + raw_path.decode("ascii")
    if request.url.query:
        address += "?" + request.url.query
    return await client.request(
        request.method,
        URL(address, encoded=True),  # a number's %2B must arrive as %2B
        data=body or None,
        headers=_forwarded(request.headers),
        timeout=ANSWER_WITHIN,
        allow_redirects=False,
    )


def _forwarded(headers: Headers) -> dict[str, str]:
    kept = {name: value for name, value in headers.items() if name not in NOT_FORWARDED}
    return kept | {"accept-encoding": "identity"}


async def _pieces(answer: aiohttp.ClientResponse) -> AsyncIterator[bytes]:
    try:
        async for piece in answer.content.iter_any():
            yield piece
    finally:
        answer.release()


def _is_from_here(request: Request) -> bool:
    """A proxy in front makes every caller look local, so the name that was asked for must be this machine's too."""
    try:
        is_local = request.client is not None and ipaddress.ip_address(request.client.host).is_loopback
    except ValueError:
        return False
    return is_local and request.url.hostname in LOOPBACK_HOSTS and is_same_site(request.headers)


def _refusal(status: int, error: str, remedy: str) -> Response:
    return JSONResponse({"error": error, "remedy": remedy}, status)
