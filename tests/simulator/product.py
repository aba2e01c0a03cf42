"""A small real web service in the product's place: it keeps what it is sent and answers as a test wishes."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from datetime import datetime

from aiohttp import web

from service.clock import Clock, real_now

XML = "text/xml"


@dataclass
class Call:
    """One request that arrived. `fields` keeps the order in which they were sent."""

    path: str
    query: str
    fields: list[tuple[str, str]]
    headers: dict[str, str]

    def __getitem__(self, name: str) -> str:
        return dict(self.fields)[name]

    def has(self, name: str) -> bool:
        return name in dict(self.fields)


@dataclass
class Product:
    """`answers` are used up in order, then an empty response follows; `due` are the instants of its agenda."""

    calls: list[Call] = field(default_factory=list)
    answers: list[tuple[int, str, str]] = field(default_factory=list)
    due: list[datetime] = field(default_factory=list)
    done: list[tuple[datetime, datetime]] = field(default_factory=list)
    clock: Clock | None = None
    redirects: dict[str, str] = field(default_factory=dict)
    has_agenda: bool = False
    works: bool = True
    away_for: int = 0
    cookie: str = ""
    hold: asyncio.Event | None = None
    on_due: object = None
    url: str = ""

    def webhooks(self) -> list[Call]:
        return [each for each in self.calls if each.path == "/twilio/sms"]

    def voice(self) -> list[Call]:
        return [each for each in self.calls if each.path.startswith("/twilio/voice")]

    def callbacks(self) -> list[Call]:
        return [each for each in self.calls if each.path == "/twilio/status"]

    async def start(self) -> None:
        app = web.Application()
        app.router.add_get("/handset/agenda", self._agenda)
        app.router.add_post("/handset/ring", self._ring)
        app.router.add_route("*", "/{path:.*}", self._receive)
        self._runner = web.AppRunner(app, access_log=None)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}"

    async def stop(self) -> None:
        await self._runner.cleanup()

    async def _receive(self, request: web.Request) -> web.Response:
        form = await request.post()
        fields = [(name, str(value)) for name, value in form.items()]
        self.calls.append(Call(request.path, request.raw_path.partition("?")[2], fields, dict(request.headers)))
        if self.hold is not None:
            await self.hold.wait()
        if request.path in self.redirects:
            return web.Response(status=307, headers={"Location": self.redirects[request.path]})
        if request.path == "/twilio/status":
            return web.Response(text="")
        status, kind, body = self.answers.pop(0) if self.answers else (200, XML, "<Response/>")
        headers = {"Set-Cookie": self.cookie} if self.cookie else {}
        return web.Response(status=status, text=body, content_type=kind, headers=headers)

    async def _agenda(self, _request: web.Request) -> web.Response:
        if not self.has_agenda or self.clock is None:
            return web.Response(status=404)
        if self.away_for:
            self.away_for -= 1
            return web.Response(status=503)
        now = self.clock.now()
        later = [each for each in self.due if each > now]
        is_open = [
            {"kind": "due", "id": n, "what": "a check-in", "at": at.isoformat()}
            for n, at in enumerate(self.due)
            if at <= now
        ]
        following = min(later).isoformat() if later else None
        return web.json_response({"now": now.isoformat(), "next": following, "open": is_open})

    async def _ring(self, _request: web.Request) -> web.Response:
        now = self.clock.now() if self.clock else real_now()
        for at in [each for each in self.due if each <= now and self.works]:
            self.done.append((at, now))
            if self.on_due is not None:
                await self.on_due(at)
            self.due.remove(at)
        return web.Response(status=204)
