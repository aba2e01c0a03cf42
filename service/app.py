"""The web process: webhooks, health, and in simulation the handset page. Refusals become HTTP here and only here."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

import aiohttp
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from service.database import UNREACHABLE, is_current
from service.errors import MalformedWebhook, SignatureRejected
from service.house import House, lay_out_words, open_house
from service.invited_players import invite_players
from service.launcher.power_cut import cut_power, is_launched
from service.looking_ahead import Lookout
from service.measures import LATE_SECONDS, MEANINGS, exposed, measure, worker_age
from service.measures import MEDIA_TYPE as METRICS
from service.receiving import Reception
from service.recordings import AUDIO_PATH
from service.settings import Settings, read_settings
from service.simulator.cast import Person
from service.speaking import STEP_PATH
from service.spool import SpoolFull
from service.web.agenda import Agenda
from service.web.doorway import Doorway, Stopwatch
from service.web.forwarding import forward_routes
from service.web.handset import HandsetSources, handset_routes
from service.web.stories.cast import ZONE, Player
from service.web.stories.theatre import StageHands
from service.webhooks.audio import send_recording
from service.webhooks.sms import receive_text
from service.webhooks.status import receive_status
from service.webhooks.voice import receive_call, receive_step

# The handset page waits for a move of the clock: a quiet month takes seconds, sixty without progress are the end.
CLOCK_SECONDS = 90
PROBE_SECONDS = 2.0
log = logging.getLogger(__name__)


def build_app(settings: Settings | None = None) -> Starlette:
    """The ASGI application. Without settings it reads them from the environment.

    Raises:
        SettingsInvalid: all problems together, before anything listens.
    """
    chosen = settings if settings is not None else read_settings()

    @asynccontextmanager
    async def opened(app: Starlette) -> AsyncIterator[None]:
        app.state.house = await open_house(chosen)
        lay_out_words()
        app.state.lookout = Lookout(app.state.house)
        app.state.reception = reception = Reception(app.state.house)
        stopping = asyncio.Event()
        replaying = asyncio.create_task(reception.replay_until(stopping))
        async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=CLOCK_SECONDS)) as client:
            app.state.client = client
            yield
        stopping.set()
        await replaying
        await reception.aclose()
        await app.state.house.aclose()

    routes: list[BaseRoute] = [
        Route("/twilio/sms", receive_text, methods=["POST"]),
        Route("/twilio/voice", receive_call, methods=["POST"]),
        Route(STEP_PATH, receive_step, methods=["POST"]),
        Route(f"{AUDIO_PATH}/{{name}}", send_recording, methods=["GET"]),
        Route("/twilio/status", receive_status, methods=["POST"]),
        Route("/health/live", _live),
        Route("/health/ready", _ready),
        Route("/metrics", _metrics),
    ]
    stopwatch = Stopwatch()
    app = Starlette(routes=routes, lifespan=opened, middleware=[Middleware(Doorway, stopwatch=stopwatch)])
    app.state.stopwatch = stopwatch
    for refusal in (SignatureRejected, MalformedWebhook):
        app.add_exception_handler(refusal, _refused)
    for gone in (SpoolFull, *UNREACHABLE):
        app.add_exception_handler(gone, _away)  # type: ignore[arg-type]  # all of them are Exceptions
    if chosen.is_simulation:
        app.router.routes.extend(_development_routes(app, chosen))
    return app


def _development_routes(app: Starlette, settings: Settings) -> list[BaseRoute]:
    async def agenda() -> Agenda:
        lookout: Lookout = app.state.lookout
        return await lookout.agenda()

    async def ring() -> None:
        house: House = app.state.house
        await house.doorbell.ring()

    async def invite(players: Sequence[Player], leaving: Sequence[str]) -> None:
        people = [Person(each.number, each.name, ZONE, each.locale, pair=each.couple) for each in players]
        await invite_players(app.state.house, people, leaving=leaving)

    var = Path.cwd() / "var"  # where `make run` keeps what it runs, and starts this process
    stage = StageHands(
        invite, lambda: is_launched(var, settings.public_url), lambda: cut_power(var, settings.public_url)
    )
    sources = HandsetSources(
        simulator_url=settings.twilio_api_url, client=None, agenda=agenda, ring=ring, brand=settings.brand,
        number=settings.voice_number, join_word=settings.join_word,
        answered=lambda: frozenset(app.state.house.library.keywords), stage=stage,
    )  # fmt: skip
    return [*handset_routes(sources), *forward_routes(settings.twilio_api_url)]


async def _live(_request: Request) -> Response:
    return JSONResponse({"process": "ok"})


async def _ready(request: Request) -> Response:
    """200 while texts can be taken: the database decides; the other parts are told."""
    house: House = request.app.state.house
    worker = "unknown"
    try:
        async with asyncio.timeout(PROBE_SECONDS):
            database = "ok" if await is_current(house.database) else "not migrated"
            if database == "ok":
                age = await worker_age()
                worker = "never" if age is None else "ok" if age < LATE_SECONDS else "late"
    except UNREACHABLE:  # a time-out is one of them
        database = "down"
    redis = "ok" if await house.doorbell.is_there() else "down"
    spool = "empty" if house.spool.is_empty() else "waiting"
    parts = {"database": database, "redis": redis, "worker": worker, "spool": spool}
    return JSONResponse(parts, status_code=200 if database == "ok" else 503)


async def _metrics(request: Request) -> Response:
    """For Prometheus. What matters is read from the database, and so the same at every process."""
    house: House = request.app.state.house
    stopwatch: Stopwatch = request.app.state.stopwatch
    watched = stopwatch.exposed("mendline_webhook_seconds", MEANINGS["webhook_seconds"])
    return Response(exposed(await measure(house)) + watched, media_type=METRICS)


async def _refused(request: Request, refusal: Exception) -> Response:
    """Nobody who is not Twilio learns more than that; the log says which door and why."""
    reason, status = "signature", 403
    if isinstance(refusal, MalformedWebhook):
        reason, status = refusal.reason, refusal.status
    log.warning("webhook_refused path=%s reason=%s", request.url.path, reason)
    return PlainTextResponse("", status_code=status)


async def _away(request: Request, gone: Exception) -> Response:
    """Nothing was kept: a text will come again or be found by listing."""
    log.error("database_away path=%s reason=%s", request.url.path, type(gone).__name__)
    return PlainTextResponse("", status_code=503)
