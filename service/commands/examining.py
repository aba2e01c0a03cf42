"""`mendline doctor`: is everything in order?"""

from __future__ import annotations

import asyncio
import base64
import json
import secrets
from dataclasses import asdict

import click

from service.commands.here import settings_here
from service.commands.saying import json_option
from service.doctor import Finding, examine
from service.errors import SettingsInvalid
from service.settings import KEY_BYTES


@click.command(epilog="Example: mendline doctor")
@click.option("--new-key", is_flag=True, help="Print a fresh key for SECRET_KEYS or LOOKUP_KEY, and do nothing else.")
@json_option
@click.pass_context
def doctor(context: click.Context, new_key: bool, as_json: bool) -> None:
    """Look at settings, database, scripts, words and addresses; exit code 1 when something is to be mended."""
    if new_key:
        click.echo(base64.b64encode(secrets.token_bytes(KEY_BYTES)).decode())
        return
    findings = _findings()
    if as_json:
        click.echo(json.dumps([asdict(finding) for finding in findings], ensure_ascii=False))
    else:
        for finding in findings:
            click.echo(f"{finding.level:8}{finding.said}" + (f"\n     ->  {finding.remedy}" if finding.remedy else ""))
    context.exit(int(any(finding.level == "problem" for finding in findings)))


def _findings() -> list[Finding]:
    try:
        settings = settings_here()
    except SettingsInvalid as wrong:
        return [Finding("problem", problem, "set it in the environment or in .env") for problem in wrong.problems]
    return asyncio.run(examine(settings))
