"""Runs rows and takes medians; a row that fails or takes too long is named as such and stops no other."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass

from tests.bench.row import Measured, Row

ROW_SECONDS = 60.0  # a row that takes longer is measured too slowly to be run often
NO_NEW_RUN_AFTER = 40.0


@dataclass(frozen=True, slots=True)
class Result:
    """Medians of `times` runs, the ratio too: how fast a shared machine is changes from one second to the next, and
    both sides of one run had the same. `trouble` says why there are no figures, or why they do not count.
    """

    row: Row
    ours: float = 0.0
    limit: float = 0.0
    ratio: float = 0.0
    times: int = 0
    trouble: str = ""

    @property
    def holds(self) -> bool:
        return not self.trouble and self.row.demand.holds(self.ratio)

    def as_json(self) -> dict[str, float | str]:
        return {"ours": self.ours, "limit": self.limit, "ratio": round(self.ratio, 4), "unit": self.row.unit}


def measure(row: Row, say: Callable[[str], None], *, clock: Callable[[], float] = time.perf_counter) -> Result:
    """Up to `row.times` runs, none begun after 40 s. Whatever a row raises becomes its trouble."""
    began = clock()
    done: list[Measured] = []
    try:
        with closing(row.runs()) as runs:
            for measured in runs:
                done.append(measured)
                say(f"{row.name}: run {len(done)} of {row.times}, {measured.ours:.4g} beside {measured.limit:.4g}")
                if len(done) == row.times or clock() - began > NO_NEW_RUN_AFTER:
                    break
    except Exception as broken:  # noqa: BLE001 - the other rows are still to be measured
        return Result(row, trouble=f"failed: {type(broken).__name__}: {broken}")
    if not done:
        return Result(row, trouble="measured nothing")
    seconds = clock() - began
    is_slow = seconds > ROW_SECONDS and not row.is_long
    slow = f"took {seconds:.0f} s, at most {ROW_SECONDS:.0f}" if is_slow else ""
    ours, limit, ratio = (_median(done, each) for each in ("ours", "limit", "ratio"))
    return Result(row, ours, limit, ratio, len(done), slow)


def _median(done: Sequence[Measured], name: str) -> float:
    return statistics.median(getattr(each, name) for each in done)
