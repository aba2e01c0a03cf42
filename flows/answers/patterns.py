"""Long regular expressions kept readable, and compiled when a reply first needs them: an import stays light."""

from __future__ import annotations

import re
from functools import cache


@cache
def compiled(pattern: str) -> re.Pattern[str]:
    """The pattern, compiled once."""
    return re.compile(pattern)


def alternatives(lines: str) -> str:
    """One group of alternatives from lines of them, each line a part of the list: "a | b" newline "c"."""
    parts = [part.strip() for line in lines.strip().splitlines() for part in line.split(" | ")]
    return f"(?:{'|'.join(part for part in parts if part)})"
