"""The product calls a person: ringing, answering, machines, and what the product is told of it."""

from __future__ import annotations

import pytest

from service.simulator.calls.switchboard import MACHINE_GREETING
from tests.simulator.product import Product
from tests.simulator.running import ADA, BEN, SENDER, RunningSimulator, said, twiml

ALL = ["initiated", "ringing", "answered", "completed"]
HELLO = "<Say>Hello. If now is a good time, press 1.</Say>"


@pytest.fixture
def told(callback: dict[str, str]) -> dict[str, object]:
    """Form fields that ask for every event."""
    return {**callback, "StatusCallbackEvent": ALL}


async def test_the_product_is_asked_only_after_the_answer(simulator: RunningSimulator, product: Product) -> None:
    product.answers.append(twiml(HELLO))
    call = await simulator.rings()
    assert product.voice() == []

    over = await simulator.act(call, "answer")

    (asked,) = product.voice()
    assert (asked.query, asked["CallStatus"], asked["Direction"]) == ("call=1", "in-progress", "outbound-api")
    assert (asked["From"], asked["To"], asked.has("AnsweredBy")) == (SENDER, ADA, False)
    assert (over["direction"], over["state"], len(said(over))) == ("outbound", "completed", 1)


async def test_every_step_is_told_in_order_with_its_number(
    simulator: RunningSimulator, product: Product, told: dict[str, object]
) -> None:
    product.answers.append(twiml(HELLO + "<Gather/>"))
    call = await simulator.rings(**told)
    await simulator.act(call, "answer")
    await simulator.forward("PT90S")
    await simulator.act(call, "hangup")

    steps = [(each["CallStatus"], each["SequenceNumber"]) for each in product.callbacks()]
    assert steps == [("initiated", "0"), ("ringing", "1"), ("in-progress", "2"), ("completed", "3")]
    last = product.callbacks()[-1]
    assert (last["CallbackSource"], last["SipResponseCode"], last["Duration"]) == ("call-progress-events", "200", "2")
    assert last["Timestamp"].endswith("+0000")
    assert {each.query for each in product.callbacks()} == {"item=8f2c"}
    assert (await simulator.fetch_call(call["sid"]))["duration"] == last["CallDuration"]


async def test_only_the_end_is_told_when_nothing_else_was_asked_for(
    simulator: RunningSimulator, product: Product, callback: dict[str, str]
) -> None:
    call = await simulator.rings(**callback)

    busy = await simulator.act(call, "reject")

    assert busy["state"] == "busy"
    (last,) = product.callbacks()
    assert (last["CallStatus"], last["SequenceNumber"], last["SipResponseCode"]) == ("busy", "0", "486")
    assert (last["CallDuration"], product.voice()) == ("0", [])


async def test_nobody_answers_within_the_time_to_ring(
    simulator: RunningSimulator, product: Product, callback: dict[str, str]
) -> None:
    call = await simulator.rings(Timeout="20", **callback)

    await simulator.forward("PT18S")
    assert (await simulator.phone_calls())[-1]["state"] == "ringing"
    await simulator.forward("PT3S")

    assert (await simulator.phone_calls())[-1]["state"] == "no-answer"
    assert [(each["CallStatus"], each["SipResponseCode"]) for each in product.callbacks()] == [("no-answer", "487")]
    assert (await simulator.fetch_call(call["sid"]))["start_time"] is None


async def test_a_machine_hears_what_we_say_and_presses_nothing(
    simulator: RunningSimulator, product: Product
) -> None:
    product.answers.append(twiml(f"<Gather>{HELLO}</Gather><Say>No need to call back.</Say>"))
    call = await simulator.rings(MachineDetection="DetectMessageEnd")

    over = await simulator.act(call, "voicemail")

    (asked,) = product.voice()
    assert (asked["AnsweredBy"], asked["MachineDetectionDuration"]) == ("machine_end_beep", "4000")
    assert (said(over, "network"), over["state"]) == ([MACHINE_GREETING], "completed")
    assert said(over)[-1] == "No need to call back."
    assert (await simulator.fetch_call(call["sid"]))["answered_by"] == "machine_end_beep"


async def test_a_machine_that_is_asked_for_ever_ends_the_call(simulator: RunningSimulator, product: Product) -> None:
    product.answers += [twiml('<Gather actionOnEmptyResult="true"/>')] * 40
    call = await simulator.rings()

    over = await simulator.act(call, "voicemail")

    assert over["state"] == "completed"
    assert len(product.voice()) < 30


async def test_detection_names_people_machines_and_doubt(simulator: RunningSimulator, product: Product) -> None:
    cases = [("Enable", "answer", {}, "human"), ("Enable", "voicemail", {}, "machine_start"),
             ("Enable", "answer", {"answered_by": "unknown"}, "unknown")]  # fmt: skip

    for mode, act, given, verdict in cases:
        await simulator.act(await simulator.rings(BEN, MachineDetection=mode), act, BEN, **given)
        assert product.voice()[-1]["AnsweredBy"] == verdict


async def test_detection_may_report_later(simulator: RunningSimulator, product: Product) -> None:
    call = await simulator.rings(
        MachineDetection="Enable", AsyncAmd="true", AsyncAmdStatusCallback=f"{product.url}/twilio/status?amd=1"
    )
    await simulator.act(call, "voicemail")

    assert not product.voice()[0].has("AnsweredBy")
    (found,) = [each for each in product.callbacks() if each.query == "amd=1"]
    assert (found["AnsweredBy"], found["CallSid"]) == ("machine_start", call["sid"])


async def test_keys_to_send_switch_detection_off(simulator: RunningSimulator, product: Product) -> None:
    await simulator.act(await simulator.rings(MachineDetection="Enable", SendDigits="ww1"), "answer")

    assert not product.voice()[0].has("AnsweredBy")


async def test_a_call_ends_at_its_limit(simulator: RunningSimulator, product: Product) -> None:
    product.answers.append(twiml("<Gather/>"))
    await simulator.act(await simulator.rings(TimeLimit="60"), "answer")

    await simulator.forward("PT61S")

    assert (await simulator.phone_calls())[-1]["state"] == "completed"


async def test_words_may_come_with_the_order(simulator: RunningSimulator, product: Product) -> None:
    inline = f'<Response><Gather action="{product.url}/twilio/voice/step">{HELLO}</Gather></Response>'
    call = await simulator.act(await simulator.rings(Url="", Twiml=inline), "answer")
    assert (len(said(call)), product.voice()) == (1, [])

    await simulator.act(call, "digits", digits="1#")

    assert product.voice()[0]["Digits"] == "1"


async def test_a_phone_does_not_show_a_call_that_never_rang_it(simulator: RunningSimulator, product: Product) -> None:
    await simulator.faults({"on": "calls.create", "do": "unreachable", "number": ADA})
    _, placed = await simulator.places(StatusCallback=f"{product.url}/twilio/status")

    await simulator.forward("PT1S")

    assert (await simulator.phone_calls(), (await simulator.fetch_call(placed["sid"]))["status"]) == ([], "failed")
    assert [(each["CallStatus"], each["SipResponseCode"]) for each in product.callbacks()] == [("failed", "404")]
