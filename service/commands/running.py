"""Starting things: the tables, the web process, everything at once."""

from __future__ import annotations

import asyncio
import logging
from pathlib import Path
from urllib.parse import urlsplit

import click

from service.commands.place import database_away, environment_here
from service.commands.refusals import Refused
from service.database import migrate as migrate_database
from service.doctor import NO_ANSWER
from service.launcher import run_everything
from service.settings import LOOPBACK_HOSTS, Settings, read_settings

LOG_LINE = "%(asctime)s %(levelname)s %(name)s %(message)s"
# A request that is being answered is finished; the launcher and hosts wait longer than this.
GRACE_SECONDS = 10


@click.command(epilog="Example: mendline migrate")
def migrate() -> None:
    """Bring the tables up to date. Run it before the web and worker processes of a new version start."""
    settings = read_settings(environment_here())
    try:
        applied = asyncio.run(migrate_database(settings.database_url))
    except NO_ANSWER as away:
        raise database_away(away) from away
    click.echo(f"applied {', '.join(applied)}" if applied else "up to date")


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


@click.command(epilog="Example: mendline up --port 8000")
@click.option("--port", type=click.IntRange(1, 65535), default=8000, show_default=True, help="Port of the web page.")
@click.pass_context
def up(context: click.Context, port: int) -> None:
    """Run everything on this machine, with demo people and a simulated telephone network, until Ctrl-C."""
    context.exit(run_everything(Path.cwd(), port))


def _host(settings: Settings) -> str:
    is_own = urlsplit(settings.public_url).hostname in LOOPBACK_HOSTS
    return "127.0.0.1" if is_own else "0.0.0.0"  # noqa: S104  the host put it on the internet


def _port(raw: str) -> int:
    if not raw.isdecimal() or not 1 <= int(raw) <= 65535:
        raise Refused(f"PORT is {raw!r}", "set it to a number from 1 to 65535")
    return int(raw)
