"""The life of a promise and of a break, drawn from the transition tables that decide about them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

from flows.drawing.chart import Arrow, Box, Chart
from flows.programme import breaks, promises

State = TypeVar("State", bound=str)
Happening = TypeVar("Happening", bound=str)
PROMISE, BREAK = "life-of-a-promise", "life-of-a-break"


def life_charts() -> dict[str, Chart]:
    """Both lives by name."""
    charts = (
        life_chart(PROMISE, "The life of a promise", promises.LIFE),
        life_chart(BREAK, "The life of a break", breaks.LIFE),
    )
    return {chart.name: chart for chart in charts}


def life_chart(name: str, title: str, life: Mapping[tuple[State, Happening], State]) -> Chart:
    """A table of (state, happening) -> state as a chart: an arrow for each row, states in the table's own order.

    The state of the first row is where a life begins.
    """
    begun = dict.fromkeys(state for state, _ in life)
    states = [*begun, *(state for state in dict.fromkeys(life.values()) if state not in begun)]
    arrows = [Arrow(state, to, happening) for (state, happening), to in life.items()]
    return Chart(name, title, [Box(state) for state in states], arrows)
