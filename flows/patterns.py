"""Regular expressions that are compiled when they are first used, so that importing the readers stays light."""

from __future__ import annotations

import re
from typing import Any, cast

_USED = ("search", "match", "fullmatch", "finditer", "findall", "split", "sub", "subn")


class _Late:
    """Stands in for a compiled pattern and becomes as quick as one when it is first asked for anything."""

    def __init__(self, source: str, flags: int) -> None:
        self._source, self._flags = source, flags

    def __getattr__(self, name: str) -> Any:
        compiled = re.compile(self._source, self._flags)
        for used in _USED:
            setattr(self, used, getattr(compiled, used))
        return getattr(compiled, name)


def alternatives(lines: str) -> str:
    """One group of alternatives from lines of them: "a | b" newline "c"."""
    parts = [part.strip() for line in lines.strip().splitlines() for part in line.split(" | ")]
    return f"(?:{'|'.join(part for part in parts if part)})"


def late(source: str, flags: int = 0) -> re.Pattern[str]:
    """`re.compile`, later. A pattern that is no pattern raises re.error at its first use: tests use every one."""
    return cast("re.Pattern[str]", _Late(source, flags))
