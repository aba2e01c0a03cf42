"""A call has times of its own: when it rang, was answered and ended, on the network's clock."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from tests.simulator.product import Product
from tests.simulator.running import RunningSimulator, twiml

WAITS = '<Gather action="/twilio/voice/step?at=1" numDigits="1"><Say>For a break, press 2.</Say></Gather>'


def times(call: dict[str, Any]) -> list[datetime | None]:
    """Start, answer and end."""
    return [datetime.fromisoformat(at) if (at := call[key]) else None for key in TIMES]


TIMES = ("started_at", "answered_at", "ended_at")


async def test_a_call_that_was_held_has_all_three_in_their_order(simulator: RunningSimulator, product: Product):
    product.answers.append(twiml(WAITS))
    ringing = await simulator.rings()
    assert (ringing["started_at"] is not None, ringing["answered_at"], ringing["ended_at"]) == (True, None, None)

    await simulator.forward("PT6S")
    await simulator.act(ringing, "answer")
    await simulator.forward("PT90S")
    over = await simulator.act(ringing, "hangup")

    started, answered, ended = times(over)
    assert started is not None and answered is not None and ended is not None
    assert timedelta(seconds=6) <= answered - started < timedelta(seconds=12)
    assert timedelta(seconds=90) <= ended - answered < timedelta(seconds=96)


async def test_a_call_that_nobody_took_has_no_answer_but_an_end(simulator: RunningSimulator, product: Product):
    await simulator.rings(Timeout="20")

    await simulator.forward("PT25S")

    started, answered, ended = times((await simulator.phone_calls())[-1])
    assert started is not None and ended is not None
    assert (answered, round((ended - started).total_seconds())) == (None, 20)


async def test_a_call_that_came_in_began_when_it_was_dialled(simulator: RunningSimulator, product: Product):
    product.answers.append(twiml(WAITS))

    call = await simulator.calls_in()

    started, answered, ended = times(call)
    assert started is not None and answered is not None
    assert (started <= answered, ended) == (True, None)
