"""What can be made to go wrong, and what the product then sees."""

from __future__ import annotations

import asyncio

import aiohttp
import pytest

from service.simulator.outgoing.webhooks import sign
from tests.simulator.product import Call, Product
from tests.simulator.running import ADA, BEN, TOKEN, RunningSimulator, until


async def _bodies_taken(simulator: RunningSimulator) -> list[str]:
    return [each["body"] for each in await simulator.log("text") if each["by"] == "product"]


async def test_an_answer_can_be_an_error_with_or_without_the_text_taken(simulator: RunningSimulator) -> None:
    cases = [
        ("429", 429, 20429, []), ("429-retry-after", 429, 20429, []), ("500-not-processed", 500, 20500, []),
        ("error:21614", 400, 21614, []), ("500-processed", 500, 20500, ["x"]), ("503-retry-after", 503, 20503, []),
        ("unauthorized", 401, 20003, []),
    ]  # fmt: skip

    for do, expected, code, taken in cases:
        await simulator.ask("POST", "/simulator/reset")
        await simulator.faults({"on": "messages.create", "nth": 1, "do": do})
        status, answer = await simulator.send(Body="x")
        assert (status, answer["code"]) == (expected, code), do
        assert await _bodies_taken(simulator) == taken, do
        assert (await simulator.send(Body="y"))[0] == 201


async def test_a_connection_can_be_reset_or_stay_silent_before_or_after(simulator: RunningSimulator) -> None:
    cases = [
        ("reset-not-processed", aiohttp.ClientError, []), ("reset-processed", aiohttp.ClientError, ["x"]),
        ("timeout-not-processed", TimeoutError, []), ("timeout-processed", TimeoutError, ["x"]),
        ("half-answer", aiohttp.ClientPayloadError, ["x"]),
    ]  # fmt: skip

    for do, seen, taken in cases:
        await simulator.ask("POST", "/simulator/reset")
        await simulator.faults({"on": "messages.create", "do": do})
        with pytest.raises(seen):
            async with asyncio.timeout(0.2):
                await simulator.send(Body="x")
        assert await _bodies_taken(simulator) == taken, do


async def test_a_callback_can_come_before_the_answer(
    simulator: RunningSimulator, product: Product, callback: dict[str, str]
) -> None:
    await simulator.faults({"on": "messages.create", "do": "callback-before-answer"})

    _, taken = await simulator.send(**callback)

    assert taken["status"] == "queued"
    assert [each["MessageStatus"] for each in product.callbacks()] == ["sent"]


async def test_callbacks_come_in_real_time_too_never_for_the_first_status(
    simulator: RunningSimulator, product: Product, callback: dict[str, str]
) -> None:
    _, taken = await simulator.send(**callback)

    await until(lambda: len(product.callbacks()) == 2)
    assert [each["MessageStatus"] for each in product.callbacks()] == ["sent", "delivered"]
    assert {each.query for each in product.callbacks()} == {"item=8f2c"}
    assert {each["MessageSid"] for each in product.callbacks()} == {taken["sid"]}


async def test_callbacks_can_be_lost_doubled_swapped_or_late(
    simulator: RunningSimulator, product: Product, callback: dict[str, str]
) -> None:
    cases = [
        ("drop", ["delivered"]), ("duplicate", ["sent", "sent", "delivered"]), ("swap", ["delivered", "sent"]),
        ("delay", ["delivered", "sent"]),
    ]  # fmt: skip

    for do, expected in cases:
        product.calls.clear()
        await simulator.faults({"on": "callback", "do": do})
        await simulator.send(**callback)
        await simulator.forward("PT2M")
        assert [each["MessageStatus"] for each in product.callbacks()] == expected, do


async def test_a_text_can_fail_as_its_code_says(
    simulator: RunningSimulator, product: Product, callback: dict[str, str]
) -> None:
    await simulator.faults(
        {"on": "callback", "do": "fail:30003", "number": ADA}, {"on": "callback", "do": "fail:30034", "number": BEN}
    )
    _, to_ada = await simulator.send(To=ADA, **callback)
    await simulator.send(To=BEN, **callback)

    await simulator.forward("PT5S")

    failed = [call for call in product.callbacks() if call.has("ErrorCode")]
    told = {call["To"]: (call["MessageStatus"], call["ErrorCode"]) for call in failed}
    assert told == {ADA: ("undelivered", "30003"), BEN: ("failed", "30034")}
    assert (await simulator.fetch(to_ada["sid"]))["error_code"] == 30003
    assert await simulator.phone(ADA) == await simulator.phone(BEN) == []


async def test_a_text_that_stays_queued_expires(
    simulator: RunningSimulator, product: Product, callback: dict[str, str]
) -> None:
    await simulator.faults({"on": "callback", "do": "never-sent"})
    await simulator.send(ValidityPeriod="600", **callback)

    await simulator.forward("PT9M")
    assert product.callbacks() == []
    await simulator.forward("PT2M")

    assert [(each["MessageStatus"], each["ErrorCode"]) for each in product.callbacks()] == [("failed", "30036")]


async def test_webhooks_can_be_lost_doubled_or_late(simulator: RunningSimulator, product: Product) -> None:
    for do, at_once, in_the_end in (("drop", 0, 0), ("duplicate", 2, 2), ("delay", 0, 1)):
        product.calls.clear()
        await simulator.faults({"on": "webhook", "do": do})
        sid = await simulator.texts(ADA, "7")
        assert len(product.webhooks()) == at_once, do
        await simulator.forward("PT2M")
        assert [each["MessageSid"] for each in product.webhooks()] == [sid] * in_the_end, do
        assert (await simulator.fetch(sid))["status"] == "received"


async def test_a_request_can_be_signed_with_a_token_that_is_not_ours(
    simulator: RunningSimulator, product: Product, callback: dict[str, str]
) -> None:
    await simulator.faults({"on": "webhook", "do": "forge"}, {"on": "callback", "do": "forge"})

    await simulator.texts(ADA, "7")
    await simulator.send(**callback)
    await simulator.texts(ADA, "8")
    await simulator.forward("PT5S")

    def is_ours(call: Call, path: str) -> bool:
        return call.headers["X-Twilio-Signature"] == sign(TOKEN, f"{product.url}{path}", call.fields)

    assert [is_ours(each, "/twilio/sms") for each in product.webhooks()] == [False, True]
    assert [is_ours(each, "/twilio/status?item=8f2c") for each in product.callbacks()] == [False, True]


async def test_rules_count_by_number_and_strike_as_often_as_told(simulator: RunningSimulator) -> None:
    await simulator.faults({"on": "messages.create", "do": "429", "nth": 2, "for": 2, "number": ADA})

    to_ben = (await simulator.send(To=BEN))[0]
    to_ada = [(await simulator.send(To=ADA))[0] for _ in range(4)]

    assert (to_ben, to_ada) == (201, [201, 429, 429, 201])


async def test_chance_is_the_same_for_the_same_seed(simulator: RunningSimulator) -> None:
    async def outcomes() -> list[int]:
        await simulator.faults({"on": "messages.create", "do": "429", "chance": 0.5, "for": 99}, seed=7)
        return [(await simulator.send())[0] for _ in range(20)]

    first, second = await outcomes(), await outcomes()

    assert first == second
    assert set(first) == {201, 429}


async def test_faults_can_be_taken_back(simulator: RunningSimulator) -> None:
    await simulator.faults({"on": "messages.create", "do": "429", "for": 9})

    status, _ = await simulator.ask("DELETE", "/simulator/faults")

    assert status == 204
    assert (await simulator.send())[0] == 201
