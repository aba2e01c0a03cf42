"""A row of the bench: what is measured, beside what, and which ratio of the two is demanded."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Measured:
    """One run: ours and its limit, in the unit of the row, measured directly after each other."""

    ours: float
    limit: float

    @property
    def ratio(self) -> float:
        return self.ours / self.limit if self.limit else 0.0


@dataclass(frozen=True, slots=True)
class Demand:
    """What ours, divided by the limit, has to be."""

    side: Literal["at least", "at most"]
    ratio: float

    def holds(self, ratio: float) -> bool:
        return ratio >= self.ratio if self.side == "at least" else ratio <= self.ratio

    def __str__(self) -> str:
        return f"{self.side} {self.ratio:g}"


@dataclass(frozen=True, slots=True)
class Row:
    """`runs` is a generator: it prepares, yields one Measured each time it is asked, and clears up in a `finally`.

    `times` is how many runs the medians are taken of; fewer when they take too long. `beside` names the limit.
    `is_long`: it takes minutes, and is measured only when it is asked for by name.
    """

    name: str
    unit: str
    beside: str
    demand: Demand
    runs: Callable[[], Iterator[Measured]]
    times: int = 5
    is_long: bool = False


def at_least(ratio: float) -> Demand:
    """More is better: readings a second."""
    return Demand("at least", ratio)


def at_most(ratio: float) -> Demand:
    """Less is better: milliseconds, megabytes. With a fixed limit, `at_most(1)`."""
    return Demand("at most", ratio)
