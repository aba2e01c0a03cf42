"""A chart: boxes from top to bottom, and the arrows that lead from one to another."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Box:
    """One place to be in. `lines` say what is there; a box that nothing leads on from is an end."""

    name: str
    lines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Arrow:
    """One way from a box to another (both by name), and what takes it."""

    start: str
    to: str
    label: str


@dataclass(frozen=True, slots=True)
class Chart:
    """A whole picture. `boxes` stand in reading order, the first is where everything begins."""

    name: str
    title: str
    boxes: Sequence[Box]
    arrows: Sequence[Arrow]

    def from_box(self, name: str) -> tuple[Arrow, ...]:
        """The ways on from a box, in the author's order."""
        return tuple(arrow for arrow in self.arrows if arrow.start == name)

    def bundled(self) -> Iterator[tuple[str, str, tuple[str, ...]]]:
        """(start, to, labels): arrows between the same two boxes together, in their order."""
        labels: dict[tuple[str, str], list[str]] = {}
        for arrow in self.arrows:
            labels.setdefault((arrow.start, arrow.to), []).append(arrow.label)
        for (start, to), said in labels.items():
            yield start, to, tuple(dict.fromkeys(said))
