"""What one input costs the engine alone: a reply to a check-in, decided and put into effects.

What reading the reply costs is measured by itself (readings) and taken off here.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime

from flows.conversation.engine import advance
from flows.conversation.library import load_library
from flows.conversation.reading import read_answer
from flows.conversation.turn import Moment, Replied, Started
from flows.everyday import EVERYDAY_FACTS
from tests.bench.row import Measured, Row, at_most

MOST_MICROSECONDS = 30.0
CALLS = 2_000
AT = datetime(2026, 11, 24, 23, 30, tzinfo=UTC)


def microseconds(work: Callable[[], object]) -> float:
    """The mean over many calls, less what an empty function call costs: the time of this process alone."""
    return (_seconds(work) - _seconds(_nothing)) / CALLS * 1e6


def _seconds(work: Callable[[], object]) -> float:
    began = time.process_time()
    for _ in range(CALLS):
        work()
    return time.process_time() - began


def _nothing() -> None:
    """The least a call can cost."""


def _advance() -> Iterator[Measured]:
    bundle = load_library().bundle("check-in")
    moment = Moment(AT, "America/New_York", "en", EVERYDAY_FACTS)
    state = advance(bundle, None, Started(moment, {})).state
    if state is None or (wait := bundle.step(state).wait) is None:
        raise RuntimeError("the check-in asks nothing")
    reply = Replied(moment, "4 tired, argued")
    while True:
        whole = microseconds(lambda: advance(bundle, state, reply))
        read = microseconds(lambda: read_answer(wait, reply.text, moment, state.answers))
        yield Measured(whole - read, MOST_MICROSECONDS)


ROWS = (Row("engine", "µs", "what a turn may cost without its words and their reading", at_most(1), _advance, times=9),)
