"""Where one person is in one script: plain data that survives a trip through JSON between any two inputs."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Literal, NamedTuple

Scalar = str | int | float | bool
NOTHING_ANSWERED: Mapping[str, Scalar] = MappingProxyType({})


class SessionState(NamedTuple):
    """A conversation under way, pinned to the script it began with by `script_hash`.

    A named tuple because each turn changes a few of many fields, which a dataclass takes ten times as long for.
    """

    script: str
    script_hash: str
    channel: Literal["text", "voice"]
    step: str
    opened_at: str  # ISO, UTC
    local_date: str  # the day this conversation is about, in the person's zone
    answers: Mapping[str, Scalar] = NOTHING_ANSWERED
    asked_at: str = ""  # ISO, UTC: when the open question was put
    unreadable: int = 0  # replies to the open question that could not be read
    turns: int = 0
    previous: str = ""  # the question before this one, for BACK
    is_veiled: bool = False  # the opener was the bland line; the first question waits for OK
    was_postponed: bool = False  # LATER works once
    was_reminded: bool = False
    callers: tuple[tuple[str, str], ...] = ()  # (script, step) to go on with when this sub-script ends
    silences: int = 0  # on a call: times the open question was met with nothing
    typed: str = ""  # on a call: a 1 that may still become a 10

    def with_answers(self, answers: Mapping[str, Scalar]) -> SessionState:
        """The same place with more answers."""
        return self._replace(answers={**self.answers, **answers})

    def as_json(self) -> dict[str, Any]:
        """Plain JSON data."""
        return self._asdict() | {
            "answers": dict(self.answers),
            "callers": [list(caller) for caller in self.callers],
        }

    @classmethod
    def from_json(cls, plain: Mapping[str, Any]) -> SessionState:
        """What `as_json` wrote, also by an older version: fields that are gone are left out, new ones take defaults."""
        known = {name: plain[name] for name in cls._fields if name in plain}
        known["callers"] = tuple((script, step) for script, step in plain.get("callers", []))
        return cls(**known)
