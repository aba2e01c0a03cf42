"""What one input costs the engine alone: a reply to a check-in, read, decided and put into effects."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime

from flows.conversation.engine import advance
from flows.conversation.library import load_library
from flows.conversation.turn import Moment, Replied, Started
from flows.everyday import EVERYDAY_FACTS
from tests.bench.row import Measured, Row, at_most

MOST_MICROSECONDS = 30.0
CALLS = 2_000
AT = datetime(2026, 11, 24, 23, 30, tzinfo=UTC)


def microseconds(work: Callable[[], object]) -> float:
    """The mean over many calls, less what an empty function call costs."""
    return (_seconds(work) - _seconds(_nothing)) / CALLS * 1e6


def _seconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    for _ in range(CALLS):
        work()
    return time.perf_counter() - began


def _nothing() -> None:
    """The least a call can cost."""


def _advance() -> Iterator[Measured]:
    bundle = load_library().bundle("check-in")
    moment = Moment(AT, "America/New_York", "en", EVERYDAY_FACTS)
    state = advance(bundle, None, Started(moment, {})).state
    reply = Replied(moment, "4 tired, argued")
    while True:
        yield Measured(microseconds(lambda: advance(bundle, state, reply)), MOST_MICROSECONDS)


ROWS = (Row("engine", "µs", "what a turn may cost without its words", at_most(1), _advance, times=9),)
