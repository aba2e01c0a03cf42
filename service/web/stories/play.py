"""A play: scenes in order, each a few acts of people, phones and the clock. Values only; the theatre performs them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

# What stands on the stage: the two phones of the first couple, or the phones of all who receive.
View = Literal["two", "five"]


@dataclass(frozen=True, slots=True)
class Texts:
    """These people (by role) text these lines of the play's words, at once; then all that follows from it happens."""

    lines: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class MovesTo:
    """The clock moves to a wall-clock time (HH:MM) of a day of the play, counted from 0."""

    day: int
    at: str


@dataclass(frozen=True, slots=True)
class MovesOn:
    """The clock moves on."""

    minutes: int


@dataclass(frozen=True, slots=True)
class Calls:
    """Somebody calls in."""

    role: str


@dataclass(frozen=True, slots=True)
class Presses:
    """Somebody presses a key in their call."""

    role: str
    key: str


@dataclass(frozen=True, slots=True)
class SwitchesOff:
    """A phone is off: nothing reaches it until the play is over."""

    role: str


@dataclass(frozen=True, slots=True)
class Marks:
    """From here on the referee's log counts."""


@dataclass(frozen=True, slots=True)
class Compares:
    """What these people received since the mark, out of the referee's log."""

    roles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Closes:
    """Phones that were off are on again."""


Act = Texts | MovesTo | MovesOn | Calls | Presses | SwitchesOff | Marks | Compares | Closes


@dataclass(frozen=True, slots=True)
class Scene:
    """What happens, and how long it stays to be read (`seconds`, at the usual pace). `name` finds its words.

    `may_cut`: while it stays, the worker may be killed. `in_call`: the first phone shows its call.
    """

    name: str
    acts: tuple[Act, ...] = ()
    seconds: float = 4
    view: View = "two"
    may_cut: bool = False
    in_call: bool = False


@dataclass(frozen=True, slots=True)
class Play:
    """A whole story. `parts` names the scene that each part begins with; it begins at `starts_at` (HH:MM) of day 0.

    `causes`: for each couple, by number, the word for why its receiver hears nothing. `not_on`: weekdays (Monday is
    0) on which day 0 would bring other hours.
    """

    name: str
    couples: int
    starts_at: str
    parts: tuple[str, ...]
    scenes: tuple[Scene, ...]
    causes: Mapping[str, str]
    not_on: frozenset[int] = frozenset()

    def part_of(self, place: int) -> int:
        """Which part a scene belongs to, from 0."""
        names = [scene.name for scene in self.scenes[: place + 1]]
        return max(sum(part in names for part in self.parts) - 1, 0)
