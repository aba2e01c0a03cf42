"""What a reader made of a reply."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from flows.folding import without

Scalar = str | int | float | bool | None
Json = Scalar | Sequence["Json"] | Mapping[str, "Json"]
Sureness = Literal["exact", "approximate"]
_ASKED_ABOUT = ("unclear", "ask")  # values that are no answer yet


@dataclass(frozen=True, slots=True)
class Reading:
    """`reading` is plain JSON, None when nothing was understood.

    `span` counts code points of the reply, end excluded. `reason` is a short code: why this reading, or why none.
    `rest` is the reply without the span, trimmed: the person's own words beside the answer. `is_approximate`: it was
    said with "about" or its like; a reader may also say so in the reading itself.
    """

    reading: dict[str, Json] | None
    span: tuple[int, int] | None
    reason: str
    rest: str
    is_approximate: bool = False

    @property
    def sureness(self) -> Sureness:
        """How sure the reading is; approximate also where it has to be asked about."""
        said = self.reading or {}
        doubtful = self.is_approximate or said.get("approximate") is True or said.get("value") in _ASKED_ABOUT
        return "approximate" if doubtful else "exact"


def language_of(locale: str) -> str:
    """`en` of `en-US`."""
    return locale.replace("_", "-").split("-")[0].lower()


def understood(reply: str, answer: dict[str, Json], span: tuple[int, int], *, reason: str) -> Reading:
    """An answer, with the words that carried it."""
    return Reading(answer, span, reason, without(reply, span))


def nothing(reply: str, reason: str) -> Reading:
    """No answer: the whole reply is the person's own words."""
    return Reading(None, None, reason, reply.strip())
