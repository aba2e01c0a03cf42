"""Where a failure came from, in words that may stand in a log: an exception's own text may hold a number or a reply."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from types import TracebackType

ROOT = Path(__file__).resolve().parents[1]
FRAMES = 4  # enough to find the line


def where(problem: BaseException) -> str:
    """`ValueError at workers/due.py:14 service/opening.py:73`: the type and our last few lines, outermost first."""
    return f"{type(problem).__name__} at {' '.join(list(_our_lines(problem.__traceback__))[-FRAMES:])}"


def _our_lines(trace: TracebackType | None) -> Iterator[str]:
    while trace is not None:
        path = Path(trace.tb_frame.f_code.co_filename)
        if path.is_relative_to(ROOT) and "site-packages" not in path.parts:
            yield f"{path.relative_to(ROOT).as_posix()}:{trace.tb_lineno}"
        trace = trace.tb_next
