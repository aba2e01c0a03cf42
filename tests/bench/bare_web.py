"""The bare routes of a text and of a call, served as the product's web process serves its own."""

from __future__ import annotations

import os

import uvicorn
from starlette.applications import Starlette
from starlette.routing import Route

from tests.bench import bare, bare_calls


def main() -> None:
    """Serve until told to end."""
    routes = [
        Route("/twilio/sms", bare.receive, methods=["POST"]),
        Route("/twilio/voice", bare_calls.begin, methods=["POST"]),
        Route("/twilio/voice/step", bare_calls.press, methods=["POST"]),
    ]
    app = Starlette(routes=routes, lifespan=bare.opened)
    uvicorn.run(app, port=int(os.environ["PORT"]), loop="uvloop", http="httptools", access_log=False, log_config=None)


if __name__ == "__main__":
    main()
