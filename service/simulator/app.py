"""The simulator put together: Twilio's API, the phones and the clock in one web application for this machine only."""

from __future__ import annotations

import asyncio
import ipaddress
import logging
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Mount, Route
from starlette.types import ASGIApp, Receive, Scope, Send

from service.clock import Clock
from service.simulator.api.calls import CallApi
from service.simulator.api.rest import RestApi
from service.simulator.clockwork import PATIENCE_SECONDS, Clockwork
from service.simulator.exchange import Exchange
from service.simulator.network import Account, Network
from service.simulator.outgoing.webhooks import Postman
from service.simulator.phones.calls import HandsetCalls
from service.simulator.phones.handsets import Handsets, refusal

LOG = logging.getLogger(__name__)
CLOCK_FILE = "clock"


def build_app(
    account: Account, folder: Path, *, replies: dict[str, str] | None = None,
    patience_seconds: float = PATIENCE_SECONDS, answers: Path | None = None,
) -> ASGIApp:  # fmt: skip
    """The application. `folder` holds journal and clock; `replies` are the carrier's words for stop, start and help.

    `answers` is a file that keeps what the product answered, whole.
    """
    app = Starlette(exception_handlers={HTTPException: _refuse})

    @asynccontextmanager
    async def running(app: Starlette) -> AsyncIterator[None]:
        network = Network(account, Clock(folder / CLOCK_FILE), folder, replies or {})
        postman = Postman(account.tokens[0], answers=answers)
        exchange = Exchange(network, postman)
        clockwork = Clockwork(exchange, folder / CLOCK_FILE, patience_seconds=patience_seconds)
        app.router.routes.extend(_routes(exchange, clockwork))
        exchange.calls.cut_off()
        work = asyncio.create_task(exchange.run())
        work.add_done_callback(_stop_if_broken)
        try:
            yield
        finally:
            work.cancel()
            await asyncio.gather(work, return_exceptions=True)
            await clockwork.aclose()
            await postman.aclose()
            network.journal.close()

    app.router.lifespan_context = running
    return LoopbackOnly(app)


def _routes(exchange: Exchange, clockwork: Clockwork) -> list[Route | Mount]:
    api = [*RestApi(exchange).routes(), *CallApi(exchange).routes()]
    missing = Route("/2010-04-01/{rest:path}", _not_found, methods=["GET", "POST", "PUT", "DELETE"])
    people = [*Handsets(exchange).routes(), *HandsetCalls(exchange).routes(), *clockwork.routes()]
    return [*api, Mount("/simulator", routes=[*people, *api, missing]), missing]


def _stop_if_broken(work: asyncio.Task[None]) -> None:
    """A network that stands still helps nobody: end the process, so that whoever started it starts it again."""
    if not work.cancelled() and (broken := work.exception()):
        LOG.error("exchange_stopped", exc_info=broken)
        signal.raise_signal(signal.SIGTERM)


async def _refuse(_request: Request, refused: Exception) -> Response:
    status = refused.status_code if isinstance(refused, HTTPException) else 400
    return refusal("There is nothing here to be asked that.", "See the list of paths in the design.", status)


async def _not_found(request: Request) -> Response:
    return JSONResponse({
        "code": 20404, "message": f"The requested resource {request.url.path} was not found",
        "more_info": "https://www.twilio.com/docs/errors/20404", "status": 404,
    }, 404)  # fmt: skip


class LoopbackOnly:
    """Nobody but this machine may play telephone network."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer 403 to every caller from elsewhere."""
        client = scope.get("client")
        if scope["type"] == "http" and not (client and ipaddress.ip_address(client[0]).is_loopback):
            stranger = refusal("Only this machine may use the simulator.", "Call it by 127.0.0.1.", 403)
            await stranger(scope, receive, send)
            return
        await self._app(scope, receive, send)
