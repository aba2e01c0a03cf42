"""The telephone network's side: where it brings texts and calls, and whether it can."""

from __future__ import annotations

import asyncio
from dataclasses import asdict

import click

from service.commands.here import settings_here
from service.commands.saying import json_option, say_rows


@click.group()
def twilio() -> None:
    """Point the account's numbers here; check that requests arrive."""


@twilio.command(epilog="Example: mendline twilio connect")
@json_option
def connect(as_json: bool) -> None:
    """Let Twilio bring texts and calls to PUBLIC_URL. Running it again changes nothing."""
    from service.gateway.connecting import point_numbers_here  # the client takes a second to import

    changes = asyncio.run(point_numbers_here(settings_here()))
    say_rows([asdict(change) for change in changes], as_json=as_json, if_none="all was right already")


@twilio.command(epilog="Example: mendline twilio check")
@json_option
@click.pass_context
def check(context: click.Context, as_json: bool) -> None:
    """Send ourselves a signed and an unsigned request as Twilio would; exit code 1 when one goes wrong."""
    from service.gateway.checking import check_public_address

    findings = asyncio.run(check_public_address(settings_here()))
    say_rows([asdict(finding) for finding in findings], as_json=as_json, if_none="nothing was checked")
    context.exit(int(not all(finding.ok for finding in findings)))
