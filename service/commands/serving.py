"""The web process."""

from __future__ import annotations

import logging
from urllib.parse import urlsplit

import click

from service.commands.here import environment_here
from service.commands.refusals import Refused
from service.settings import LOOPBACK_HOSTS, Settings, read_settings

LOG_LINE = "%(asctime)s %(levelname)s %(name)s %(message)s"
# A request that is being answered is finished; the launcher and hosts wait longer than this.
GRACE_SECONDS = 10


@click.command(epilog="Example: PORT=8000 mendline web")
@click.option("--host", help="Address to listen on; by default loopback, and all when PUBLIC_URL is not loopback.")
@click.option("--port", type=click.IntRange(1, 65535), help="Port to listen on; by default PORT, else 8000.")
def web(host: str | None, port: int | None) -> None:
    """Answer the telephone network and the web pages."""
    import uvicorn

    from service.app import build_app

    environment = environment_here()
    settings = read_settings(environment)
    logging.basicConfig(level=logging.INFO, format=LOG_LINE, force=True)
    uvicorn.run(
        build_app(settings),
        host=host or environment.get("HOST") or _host(settings),
        port=port or _port(environment.get("PORT", "8000")),
        loop="uvloop",
        http="httptools",
        access_log=False,  # its lines would hold query strings, and with them tokens
        log_config=None,
        proxy_headers=False,  # signatures are checked against PUBLIC_URL, never against what a proxy says
        server_header=False,
        timeout_graceful_shutdown=GRACE_SECONDS,
    )


def _host(settings: Settings) -> str:
    is_own = urlsplit(settings.public_url).hostname in LOOPBACK_HOSTS
    return "127.0.0.1" if is_own else "0.0.0.0"  # noqa: S104  the host put it on the internet


def _port(raw: str) -> int:
    if not raw.isdecimal() or not 1 <= int(raw) <= 65535:
        raise Refused(f"PORT is {raw!r}", "set it to a number from 1 to 65535")
    return int(raw)
