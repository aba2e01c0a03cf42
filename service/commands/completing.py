"""`mendline completion`: what a shell needs to complete our commands."""

from __future__ import annotations

import click
from click.shell_completion import get_completion_class


@click.command(epilog='Example: eval "$(mendline completion bash)"')
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@click.pass_context
def completion(context: click.Context, shell: str) -> None:
    """Print the script that teaches a shell to complete mendline's commands."""
    found = get_completion_class(shell)
    if found is not None:
        click.echo(found(context.find_root().command, {}, "mendline", "_MENDLINE_COMPLETE").source())
