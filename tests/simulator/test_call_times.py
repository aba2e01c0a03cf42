"""A call has times of its own: when it rang, was answered and ended, on the network's clock."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from tests.simulator.product import Product
from tests.simulator.running import RunningSimulator, twiml

WAITS = '<Gather action="/twilio/voice/step?at=1" numDigits="1"><Say>For a break, press 2.</Say></Gather>'


def seconds(call: dict[str, Any], since: str, until: str) -> float:
    """From one time of a call to another."""
    return (datetime.fromisoformat(call[until]) - datetime.fromisoformat(call[since])).total_seconds()


async def test_a_call_that_was_held_has_all_three_in_their_order(simulator: RunningSimulator, product: Product):
    product.answers.append(twiml(WAITS))
    ringing = await simulator.rings()
    assert (ringing["started_at"] is not None, ringing["answered_at"], ringing["ended_at"]) == (True, None, None)

    await simulator.forward("PT6S")
    await simulator.act(ringing, "answer")
    await simulator.forward("PT90S")
    over = await simulator.act(ringing, "hangup")

    assert 6 <= seconds(over, "started_at", "answered_at") < 12
    assert 90 <= seconds(over, "answered_at", "ended_at") < 96


async def test_a_call_that_nobody_took_has_no_answer_but_an_end(simulator: RunningSimulator, product: Product):
    await simulator.rings(Timeout="20")

    await simulator.forward("PT25S")

    missed = (await simulator.phone_calls())[-1]
    assert (missed["answered_at"], round(seconds(missed, "started_at", "ended_at"))) == (None, 20)


async def test_a_call_that_came_in_began_when_it_was_dialled(simulator: RunningSimulator, product: Product):
    product.answers.append(twiml(WAITS))

    call = await simulator.calls_in()

    assert 0 <= seconds(call, "started_at", "answered_at") < 6
    assert call["ended_at"] is None


async def test_a_line_that_is_held_waits_out_its_pauses_and_asks_no_faster(
    simulator: RunningSimulator, product: Product
):
    held = twiml('<Say>One moment.</Say><Pause length="2"/><Redirect>/twilio/voice/step?at=1</Redirect>')
    product.answers += [held, held, held, twiml(WAITS)]

    call = await simulator.calls_in()
    assert len(product.voice()) == 2  # the first pause is no sign yet that the line is held

    await simulator.forward("PT3S")
    assert len(product.voice()) == 3
    await simulator.forward("PT3S")

    call = (await simulator.phone_calls())[-1]
    assert [each["text"] for each in call["transcript"]].count("One moment.") == 3
    assert call["waits_for"] is not None
