"""The tables."""

from __future__ import annotations

import asyncio

import click

from service.commands.here import environment_here
from service.commands.refusals import database_away
from service.database import NO_ANSWER
from service.database import migrate as migrate_database
from service.settings import read_settings


@click.command(epilog="Example: mendline migrate")
def migrate() -> None:
    """Bring the tables up to date. Run it before the web and worker processes of a new version start."""
    settings = read_settings(environment_here())
    try:
        applied = asyncio.run(migrate_database(settings.database_url))
    except NO_ANSWER as away:
        raise database_away(away) from away
    click.echo(f"applied {', '.join(applied)}" if applied else "up to date")
