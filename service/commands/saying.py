"""How commands print: a table or lines for people, JSON for programs."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

import click

json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON.")
by_option = click.option("--by", default="operator", show_default=True, help="Who does this, for the audit trail.")


def say_rows(rows: Sequence[Mapping[str, Any]], *, as_json: bool, if_none: str) -> None:
    """Records of one shape: aligned columns under their names, or a JSON list."""
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False))
    elif not rows:
        click.echo(if_none)
    else:
        lines = [[name.replace("_", " ") for name in rows[0]], *([shown(row[name]) for name in row] for row in rows)]
        widths = [max(len(line[column]) for line in lines) for column in range(len(lines[0]))]
        for line in lines:
            click.echo("  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip())


def say_record(record: Mapping[str, Any], *, as_json: bool) -> None:
    """One record: a line for each of its parts, or a JSON object."""
    if as_json:
        click.echo(json.dumps(record, ensure_ascii=False))
        return
    for name, value in record.items():
        click.echo(f"{name.replace('_', ' ')}: {shown(value)}")


def shown(value: Any) -> str:
    """A value as a person reads it."""
    match value:
        case bool():
            return "yes" if value else "no"
        case list():
            return ", ".join(shown(each) for each in value) or "none"
        case dict():
            return ", ".join(f"{name} {shown(each)}" for name, each in value.items()) or "none"
        case _:
            return str(value)
