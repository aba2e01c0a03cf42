"""Every answer of the web process passes here: strict headers on it, and the time that a webhook took."""

from __future__ import annotations

import time
from bisect import bisect_left

from starlette.types import ASGIApp, Receive, Scope, Send

from service.web.guarding import strictly

WEBHOOKS = "/twilio/"
BOUNDS = (0.1, 0.25, 0.5, 1.0, 2.0, 4.0, 8.0, 15.0)  # seconds; Twilio waits fifteen


class Stopwatch:
    """How long webhooks took in this process, as a Prometheus histogram."""

    def __init__(self) -> None:
        self._counts, self._sum = [0] * (len(BOUNDS) + 1), 0.0

    def took(self, seconds: float) -> None:
        """One more."""
        self._counts[bisect_left(BOUNDS, seconds)] += 1
        self._sum += seconds

    def exposed(self, name: str, meaning: str) -> str:
        """In Prometheus's text format."""
        lines, below = [f"# HELP {name} {meaning}", f"# TYPE {name} histogram"], 0
        for bound, count in zip((*map(str, BOUNDS), "+Inf"), self._counts, strict=True):
            below += count
            lines.append(f'{name}_bucket{{le="{bound}"}} {below}')
        lines += [f"{name}_sum {self._sum:.6f}", f"{name}_count {below}"]
        return "".join(f"{line}\n" for line in lines)


class Doorway:
    """ASGI middleware around everything."""

    def __init__(self, app: ASGIApp, stopwatch: Stopwatch) -> None:
        self._app, self._stopwatch = app, stopwatch

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request; what is not HTTP passes untouched."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        begun = time.monotonic()
        try:
            await self._app(scope, receive, strictly(send))
        finally:
            if scope["path"].startswith(WEBHOOKS):
                self._stopwatch.took(time.monotonic() - begun)
