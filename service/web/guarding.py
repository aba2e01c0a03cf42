"""The door of every page here: strict headers on the answer, no POST from another site, no endless body."""

from __future__ import annotations

from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store",
}
READING = frozenset({"GET", "HEAD", "OPTIONS"})


class Guarded:
    """ASGI middleware: sets HEADERS and answers 403 to a POST that a browser sent from another site."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request; everything that is not HTTP passes untouched."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        app = self._app if scope["method"] in READING or is_same_site(Headers(scope=scope)) else _refused
        await app(scope, receive, strictly(send))


def strictly(send: Send) -> Send:
    """`send`, with HEADERS on the answer; one that the page set itself stays."""

    async def send_with_headers(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in HEADERS.items():
                headers.setdefault(name, value)
        await send(message)

    return send_with_headers


def is_same_site(headers: Headers) -> bool:
    """Whether the sender is a page of ours, or no browser at all (then there is no cookie or login to abuse).

    Browsers name the relation in Sec-Fetch-Site; those that do not, send Origin with every cross-site POST.
    """
    relation = headers.get("sec-fetch-site")
    if relation:
        return relation in {"same-origin", "none"}
    origin = headers.get("origin")
    return origin is None or urlsplit(origin).netloc == headers.get("host")


async def bounded_body(request: Request, limit: int) -> bytes | None:
    """The whole body, or None when it is longer than `limit` bytes or broke off."""
    body = bytearray()
    try:
        async for piece in request.stream():
            body += piece
            if len(body) > limit:
                return None
    except ClientDisconnect:
        return None
    return bytes(body)


async def _refused(scope: Scope, receive: Receive, send: Send) -> None:
    answer = JSONResponse(
        {"error": "This was sent from another site.", "remedy": "Open the page here and send it again."}, 403
    )
    await answer(scope, receive, send)
