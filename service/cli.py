"""The `mendline` command: its groups, each imported when it is called, and refusals as one line."""

from __future__ import annotations

import importlib
import logging
from typing import Any

import click

# Command -> where it is. Importing only what runs keeps a stream of `understand` lines from waiting for a database.
COMMANDS = {
    "up": "launching", "migrate": "migrating", "web": "serving", "doctor": "examining", "join": "joining",
    "people": "people", "pairs": "pairs", "outbox": "outbox", "scripts": "scripts", "understand": "understanding",
    "twilio": "twilio", "backup": "keeping", "restore": "keeping", "keys": "keeping", "demo": "demo",
    "completion": "completing",
}  # fmt: skip


class Lazily(click.Group):
    """Imports a command when it is asked for, and turns refusals into lines."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """In the order of COMMANDS: what a host needs first comes first."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:  # noqa: ARG002
        """The command of this name, or None."""
        if name not in COMMANDS:
            return None
        command: click.Command = getattr(importlib.import_module(f"service.commands.{COMMANDS[name]}"), name)
        return command

    def invoke(self, ctx: click.Context) -> Any:
        """As click does, with every known refusal as one line and exit code 1."""
        from service.commands.refusals import REFUSALS, refusal_for

        try:
            return super().invoke(ctx)
        except REFUSALS as refused:
            raise refusal_for(refused) from refused


@click.group(cls=Lazily, context_settings={"help_option_names": ["-h", "--help"]})
def mendline() -> None:
    """Texts and calls for two people who are rebuilding trust.

    Settings come from the environment, from .env, and from a running `make run` of this folder.
    """
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s %(message)s")


def main() -> None:
    """The console command. Ends the process: 0 done, 1 refused or something to mend, 2 wrongly called."""
    mendline.main(prog_name="mendline")
