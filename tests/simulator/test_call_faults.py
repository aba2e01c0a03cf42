"""Calls on a bad day: bad documents, loops, lost and doubled requests, a killed network."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import AsyncIterator
from pathlib import Path

import pytest_asyncio

from service.simulator.calls.executor import APPLICATION_ERROR
from tests.simulator.product import Product
from tests.simulator.running import ADA, RunningSimulator, said, twiml, until

MENU = '<Gather action="/twilio/voice/step" numDigits="1"><Say>Press 1.</Say></Gather>'


@pytest_asyncio.fixture(loop_scope="session")
async def alone() -> AsyncIterator[Product]:
    product = Product()
    await product.start()
    yield product
    await product.stop()


async def test_a_document_that_cannot_be_used_ends_the_call_with_an_apology(
    simulator: RunningSimulator, product: Product
) -> None:
    cases = [
        ((200, "text/xml", "<Response>"), 12100), ((200, "application/json", "{}"), 12300),
        (twiml(f"<Say>{'a' * 4097}</Say>"), 13521), (twiml("<Redirect>ftp://x/y</Redirect>"), 11100),
        (twiml("<Redirect>http://[x/</Redirect>"), 11100), (twiml("<Redirect>/ñ o</Redirect>"), 11100),
        ((404, "text/plain", ""), 11200), (twiml(f"<Play>{'a' * 65536}</Play>"), 11750),
    ]  # fmt: skip

    for answer, code in cases:
        await simulator.ask("POST", "/simulator/reset")
        product.answers = [answer]
        call = await simulator.calls_in()
        assert (said(call, "network"), call["state"]) == ([APPLICATION_ERROR], "completed"), code
        assert [each["code"] for each in await simulator.log("call-error")] == [code]


async def test_what_this_network_does_not_carry_out_says_so(simulator: RunningSimulator, product: Product) -> None:
    product.answers.append(twiml("<Dial>+12125550102</Dial>"))

    call = await simulator.calls_in()

    assert (said(call, "network"), call["state"]) == (["[Dial is not simulated]"], "completed")


async def test_a_redirect_is_followed_and_a_loop_of_them_is_cut(simulator: RunningSimulator, product: Product) -> None:
    product.answers += [twiml("<Redirect>voice/b?x=1&amp;y=2</Redirect>"), twiml("<Say>Here.</Say>")]
    call = await simulator.calls_in()
    assert (product.voice()[1].path, product.voice()[1].query, said(call)) == ("/twilio/voice/b", "x=1&y=2", ["Here."])

    product.answers = [twiml("<Redirect/>")] * 50
    looping = await simulator.calls_in()

    assert (looping["state"], len(product.answers) > 10) == ("completed", True)
    assert [each["code"] for each in await simulator.log("call-error")] == [14106]


async def test_an_answer_elsewhere_loses_the_keys(simulator: RunningSimulator, product: Product) -> None:
    product.answers += [twiml(MENU), twiml("<Say>Lost.</Say>")]
    product.redirects["/twilio/voice/step"] = "/twilio/voice/moved"
    call = await simulator.calls_in()

    await simulator.act(call, "digits", digits="1")

    step, moved = product.voice()[1:]
    assert (step["Digits"], moved.path, moved.has("Digits")) == ("1", "/twilio/voice/moved", False)


async def test_what_the_product_sets_as_a_cookie_comes_back_within_the_call_only(
    simulator: RunningSimulator, product: Product
) -> None:
    product.cookie = "step=4"
    product.answers += [twiml(MENU), twiml("")]
    await simulator.act(await simulator.calls_in(), "digits", digits="1")
    await simulator.calls_in()

    assert [each.headers.get("Cookie") for each in product.voice()] == [None, "step=4", None]


async def test_a_lost_request_is_a_failed_one(simulator: RunningSimulator, product: Product) -> None:
    await simulator.faults({"on": "webhook", "do": "drop"})

    call = await simulator.calls_in()

    assert (said(call, "network"), product.voice()) == ([APPLICATION_ERROR], [])


async def test_of_a_doubled_request_the_second_answer_counts(simulator: RunningSimulator, product: Product) -> None:
    await simulator.faults({"on": "webhook", "do": "duplicate", "nth": 2})
    product.answers += [twiml(MENU), twiml("<Say>First.</Say>"), twiml("<Say>Second.</Say>")]

    over = await simulator.act(await simulator.calls_in(), "digits", digits="1")

    steps = product.voice()[1:]
    assert [each["Digits"] for each in steps] == ["1", "1"]
    assert said(over) == ["Press 1.", "Second."]


async def test_a_late_request_waits_for_the_clock(simulator: RunningSimulator, product: Product) -> None:
    await simulator.faults({"on": "webhook", "do": "delay", "seconds": 30})
    product.answers.append(twiml(MENU))
    call = await simulator.calls_in()
    assert (call["state"], call["waits_for"], product.voice()) == ("ringing", None, [])

    await simulator.forward("PT31S")

    (shown,) = await simulator.phone_calls()
    assert (shown["state"], said(shown)) == ("in-progress", ["Press 1."])


async def test_callbacks_of_a_call_can_be_lost_doubled_swapped_or_late(
    simulator: RunningSimulator, product: Product, callback: dict[str, str]
) -> None:
    cases = [
        ("drop", ["completed"]), ("duplicate", ["in-progress", "in-progress", "completed"]),
        ("swap", ["completed", "in-progress"]), ("delay", ["completed", "in-progress"]),
    ]  # fmt: skip

    for do, expected in cases:
        await simulator.faults({"on": "callback", "do": do})
        call = await simulator.rings(StatusCallbackEvent=["answered", "completed"], **callback)
        product.calls.clear()
        product.answers = [twiml("<Say>Hello.</Say>")]
        await simulator.act(call, "answer")
        await simulator.forward("PT1M")
        assert [each["CallStatus"] for each in product.callbacks()] == expected, do


async def test_a_callback_can_come_before_the_answer(
    simulator: RunningSimulator, product: Product, callback: dict[str, str]
) -> None:
    await simulator.faults({"on": "calls.create", "do": "callback-before-answer"})

    _, placed = await simulator.places(**callback)

    assert placed["status"] == "queued"
    assert [(each["CallStatus"], each["CallSid"]) for each in product.callbacks()] == [("busy", placed["sid"])]


async def test_a_person_can_hang_up_while_the_product_thinks(simulator: RunningSimulator, product: Product) -> None:
    product.answers += [twiml(MENU), twiml("<Say>Too late.</Say>")]
    call = await simulator.calls_in()
    product.hold = asyncio.Event()
    pressing = asyncio.ensure_future(simulator.act(call, "digits", digits="1"))
    await until(lambda: len(product.voice()) == 2)

    hanging = asyncio.ensure_future(simulator.act(call, "hangup"))
    await until(lambda: any(each.path == "/twilio/status" for each in product.calls))
    product.hold.set()
    await asyncio.gather(pressing, hanging)

    (shown,) = await simulator.phone_calls()
    assert (shown["state"], said(shown)) == ("completed", ["Press 1."])


async def test_a_kill_ends_what_was_said_but_not_what_rings(alone: Product, tmp_path: Path) -> None:
    alone.answers.append(twiml(MENU))
    async with RunningSimulator(tmp_path, alone.url) as simulator:
        call = await simulator.calls_in()
        await simulator.rings("+12125550102", Timeout="600")

        await simulator.stop(signal.SIGKILL)
    async with RunningSimulator(tmp_path, alone.url) as again:
        (dropped,) = await again.phone_calls(ADA)
        (ringing,) = await again.phone_calls("+12125550102")
        assert (dropped["state"], dropped["transcript"]) == ("completed", call["transcript"])
        assert (await again.act(ringing, "answer", "+12125550102"))["state"] == "completed"
        await until(lambda: [each["CallSid"] for each in alone.callbacks()][:1] == [call["sid"]])
