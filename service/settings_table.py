"""What a host may set, as the README shows it. Made from `Settings`, so that the table can be held to the code."""

from __future__ import annotations

from dataclasses import fields

from service.settings import Settings

HEAD = ("| setting | what it says | default |", "|---|---|---|")
NEEDED, EMPTY = "*needed*", "none"


def settings_table() -> str:
    """The README's table in Markdown, a line a setting in the order of `Settings`, without a line end at the end.

    To renew it: `python -c 'from service.settings_table import settings_table; print(settings_table())'`.
    """
    return "\n".join((*HEAD, *(_line(**each.metadata) for each in fields(Settings))))


def _line(*, name: str, meaning: str, default: str | None, **_: object) -> str:
    shown = NEEDED if default is None else f"`{default}`" if default else EMPTY
    return f"| `{name}` | {meaning} | {shown} |"
