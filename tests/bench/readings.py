"""How fast replies are read, kind by kind: readings a second beside the nearest library, and how long one may take."""

from __future__ import annotations

import json
import statistics
import time
import warnings
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from flows.answers.reading import Reading
from service.understand import READ, Line
from tests.bench.row import Measured, Row, at_least, at_most

MEDIAN_MS, NEARLY_ALL_MS = 0.5, 3.0
TIMES_DATEPARSER, TIMES_ITS_PARSE = 10, 4
_A_SECOND = "readings a second"
AT = datetime(2026, 11, 23, 15, tzinfo=UTC)
ZONE = ZoneInfo("America/New_York")
OWN_CASES = Path(__file__).resolve().parents[1] / "flows" / "replies"


def texts(kind: str) -> list[Line]:
    """The texts of our own cases of that kind; of all kinds where it has none of its own."""
    files = sorted(OWN_CASES.glob(f"{kind}_*.jsonl")) or sorted(OWN_CASES.glob("*.jsonl"))
    return [
        Line(json.loads(line)["text"], "es-US" if path.stem.endswith("_es") else "en-US", ZONE, AT)
        for path in files
        for line in path.read_text(encoding="utf-8").splitlines()
    ]


def seconds_each(read: Callable[[Line], Reading | object], lines: Sequence[Line]) -> list[float]:
    """What each line cost, once: seconds of this thread, so that whatever else the machine does counts for nobody."""
    taken = []
    for line in lines:
        began = time.thread_time()
        read(line)
        taken.append(time.thread_time() - began)
    return taken


def a_second(read: Callable[[Line], Reading | object], lines: Sequence[Line]) -> float:
    return len(lines) / sum(seconds_each(read, lines))


def _beside_dateparser(function: str) -> Callable[[], Iterator[Measured]]:
    """The same English texts; dateparser is told the language, the moment and to prefer the future, as we are."""

    def runs() -> Iterator[Measured]:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            import dateparser.search  # slow to import, and only this row needs it

            settings = {"PREFER_DATES_FROM": "future", "RELATIVE_BASE": AT.astimezone(ZONE).replace(tzinfo=None)}
            theirs = {"search": dateparser.search.search_dates, "parse": dateparser.parse}[function]

            def read(line: Line) -> object:
                return theirs(line.text, languages=["en"], settings=settings)

            lines = [line for line in texts("when") if line.locale == "en-US"]
            seconds_each(read, lines[:10])
            seconds_each(READ["when"], lines)
            while True:
                yield Measured(a_second(READ["when"], lines), a_second(read, lines))

    return runs


def _spread(kind: str, place: int, limit: float) -> Callable[[], Iterator[Measured]]:
    """Milliseconds of one reading: the percentile `place` of all texts of the kind."""

    def runs() -> Iterator[Measured]:
        lines = texts(kind)
        seconds_each(READ[kind], lines)
        while True:
            taken = seconds_each(READ[kind], lines)
            yield Measured(statistics.quantiles(taken, n=100)[place - 1] * 1000, limit)

    return runs


def _rows_of(kind: str) -> Iterator[Row]:
    unit, beside = "ms a reading", "what a reply may cost"
    yield Row(f"{kind}, median", unit, beside, at_most(1), _spread(kind, 50, MEDIAN_MS))
    yield Row(f"{kind}, 99 in 100", unit, beside, at_most(1), _spread(kind, 99, NEARLY_ALL_MS))


# `search_dates` finds a time inside a reply, which is our work; `parse` gives up at the first word that is no time.
ROWS = (
    Row("when beside dateparser", _A_SECOND, "search_dates", at_least(TIMES_DATEPARSER), _beside_dateparser("search")),
    Row("when beside dateparser's parse", _A_SECOND, "parse", at_least(TIMES_ITS_PARSE), _beside_dateparser("parse")),
    *(row for kind in READ for row in _rows_of(kind)),
)
