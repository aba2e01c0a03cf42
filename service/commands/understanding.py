"""`mendline understand`: replies in, readings out, one line for each, at once."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import click

from service.commands.moments import Moment, Zone, in_zone
from service.commands.refusals import Refused
from service.understand import READ, explanations
from service.understand import understand as read_lines


@click.command(epilog="Example: echo 'about 6 or 7' | mendline understand rating")
@click.argument("kind", type=click.Choice(sorted(READ)))
@click.option("--locale", default="en-US", show_default=True, help="Language and country of the lines.")
@click.option("--zone", type=Zone(), default="America/New_York", show_default=True, help="Where the writer is.")
@click.option("--at", type=Moment(), help="When it was written; by default now.")
@click.option("--explain", is_flag=True, help="In words instead of JSON, in the language of --locale.")
def understand(kind: str, locale: str, zone: ZoneInfo, at: datetime | None, explain: bool) -> None:
    """Read lines, or JSON lines {"text", "at"?, "zone"?, "locale"?}, from standard input; print what each came to."""
    there = in_zone(at, zone)
    try:
        if explain:
            for told in explanations(kind, _lines(), locale=locale, zone=zone, at=there):
                click.echo("\n".join(told.lines()))
            return
        for found in read_lines(kind, _lines(), locale=locale, zone=zone, at=there):
            click.echo(json.dumps(found, ensure_ascii=False))
    except (ValueError, ZoneInfoNotFoundError) as wrong:
        remedy = 'write "at" as an ISO time and "zone" as an IANA name'
        raise Refused(f"a line cannot be read: {wrong}", remedy) from wrong


def _lines() -> Iterator[str]:
    """Each line as it comes: whoever writes one may wait for its answer. Bytes that are no UTF-8 become �."""
    if isinstance(sys.stdin, io.TextIOWrapper):
        sys.stdin.reconfigure(encoding="utf-8", errors="replace", newline="\n")
    if isinstance(sys.stdout, io.TextIOWrapper):  # half a character from a JSON line is written as its escape
        sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace")
    yield from iter(sys.stdin.readline, "")
