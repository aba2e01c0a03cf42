"""The least a telephone network can be: it takes every text at once, lists nothing, and says when it took the last."""

from __future__ import annotations

import json
import os
import time
import uuid
from typing import Any
from urllib.parse import parse_qs

import uvicorn

Scope = dict[str, Any]
NOTHING = {"messages": [], "calls": [], "page": 0, "page_size": 50, "next_page_uri": None}
TAKEN = "/taken"  # GET: how many texts so far, and when the last came, seconds since the epoch
LETTERS = "/letters"  # GET: when each text came, by the number it went to


class StandIn:
    """An ASGI application; a text's answer holds what the official client reads of it."""

    def __init__(self) -> None:
        self._taken: list[tuple[float, bytes]] = []

    async def __call__(self, scope: Scope, receive: Any, send: Any) -> None:
        if scope["type"] != "http":
            return
        form, more = b"", True
        while more:
            part = await receive()
            form, more = form + part.get("body", b""), part.get("more_body", False)
        status, answer = self._answer(scope["method"], scope["path"], form)
        body = json.dumps(answer).encode()
        headers = [(b"content-type", b"application/json"), (b"content-length", str(len(body)).encode())]
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": body})

    def _answer(self, method: str, path: str, form: bytes) -> tuple[int, dict[str, Any]]:
        if method == "POST":
            self._taken.append((time.time(), form))
            return 201, {"sid": "SM" + uuid.uuid4().hex, "status": "queued"}
        if path == TAKEN:
            return 200, {"count": len(self._taken), "last": self._taken[-1][0] if self._taken else 0.0}
        if path == LETTERS:
            return 200, {parse_qs(form.decode())["To"][0]: at for at, form in self._taken}
        kind = "calls" if path.endswith("Calls.json") else "messages"
        return 200, {name: value for name, value in NOTHING.items() if name == kind or not isinstance(value, list)}


def main() -> None:
    """Serve until told to end."""
    uvicorn.run(
        StandIn(), port=int(os.environ["PORT"]), loop="uvloop", http="httptools", lifespan="off", access_log=False,
        log_config=None,
    )  # fmt: skip


if __name__ == "__main__":
    main()
