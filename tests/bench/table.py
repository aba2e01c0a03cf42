"""All rows, in the order they are measured and printed. A module of rows adds one line here."""

from __future__ import annotations

from tests.bench import (
    cost,
    drain,
    due_to_post,
    engine,
    imports,
    memory,
    pressing,
    punctual,
    readings,
    reply,
    start,
    waiting,
)
from tests.bench.row import Row

ROWS: tuple[Row, ...] = (
    *readings.ROWS,
    *imports.ROWS,
    *engine.ROWS,
    *reply.ROWS,
    *pressing.ROWS,
    *waiting.ROWS,
    *drain.ROWS,
    *punctual.ROWS,
    *due_to_post.ROWS,
    *memory.ROWS,
    *start.ROWS,
    *cost.ROWS,
)
