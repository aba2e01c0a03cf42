"""Everything on this machine at once. What it starts imports for itself."""

from __future__ import annotations

from pathlib import Path

import click

from service.launcher import run_everything


@click.command(epilog="Example: mendline up --port 8000")
@click.option("--port", type=click.IntRange(1, 65535), default=8000, show_default=True, help="Port of the web page.")
@click.pass_context
def up(context: click.Context, port: int) -> None:
    """Run everything on this machine, with demo people and a simulated telephone network, until Ctrl-C."""
    context.exit(run_everything(Path.cwd(), port))
