"""The official client, unmodified, places and follows calls."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest
import pytest_asyncio
from twilio.base.exceptions import TwilioRestException
from twilio.rest import Client

from tests.simulator.product import Product
from tests.simulator.running import ACCOUNT, ADA, BEN, SENDER, TOKEN, RunningSimulator, said, twiml
from tests.simulator.test_rest_api import ToTheSimulator


@pytest_asyncio.fixture(loop_scope="session", params=["", "/simulator"])
async def client(simulator: RunningSimulator, request: pytest.FixtureRequest) -> AsyncIterator[Client]:
    transport = ToTheSimulator(simulator.url + request.param)
    yield Client(ACCOUNT, TOKEN, http_client=transport)
    await transport.close()


async def test_a_call_is_placed_shown_and_cancelled(
    client: Client, simulator: RunningSimulator, product: Product
) -> None:
    placed = await client.calls.create_async(
        to=ADA, from_=SENDER, url=f"{product.url}/twilio/voice", status_callback=f"{product.url}/twilio/status",
        status_callback_event=["initiated", "answered", "completed"], timeout=25, machine_detection="Enable",
    )  # fmt: skip
    assert (placed.status, placed.direction, placed.to, placed.queue_time) == ("queued", "outbound-api", ADA, "0")

    await simulator.forward("PT1S")
    assert (await client.calls(placed.sid).fetch_async()).status == "ringing"
    ended = await client.calls(placed.sid).update_async(status="canceled")
    await simulator.forward("PT1S")

    assert (ended.status, ended.start_time) == ("canceled", None)
    assert [each["CallStatus"] for each in product.callbacks()] == ["initiated", "canceled"]
    with pytest.raises(TwilioRestException) as late:
        await client.calls(placed.sid).update_async(status="completed")
    assert (late.value.code, late.value.status) == (21220, 400)


async def test_cancelling_what_is_still_queued_is_told_to_nobody(
    client: Client, simulator: RunningSimulator, product: Product
) -> None:
    placed = await client.calls.create_async(
        to=ADA, from_=SENDER, url=f"{product.url}/twilio/voice", status_callback=f"{product.url}/twilio/status"
    )
    cancelled = await client.calls(placed.sid).update_async(status="canceled")
    await simulator.forward("PT2M")

    assert (cancelled.status, product.callbacks(), await simulator.phone_calls()) == ("canceled", [], [])


async def test_a_call_in_progress_is_sent_elsewhere_and_ended(
    client: Client, simulator: RunningSimulator, product: Product
) -> None:
    product.answers += [twiml("<Gather/>"), twiml("<Say>Another thing.</Say><Gather/>")]
    call = await simulator.act(await simulator.rings(), "answer")

    await client.calls(call["sid"]).update_async(url=f"{product.url}/twilio/voice/other", method="GET")
    await simulator.forward("PT1S")
    (shown,) = await simulator.phone_calls()
    ended = await client.calls(call["sid"]).update_async(status="completed")

    assert product.voice()[-1].path == "/twilio/voice/other"
    assert (said(shown), ended.status) == (["Another thing."], "completed")


async def test_a_list_is_filtered_and_followed_over_its_pages(
    client: Client, simulator: RunningSimulator, product: Product
) -> None:
    before = datetime.fromisoformat((await simulator.ask("GET", "/simulator/clock"))[1]["now"])
    placed = [await simulator.places() for _ in range(5)]
    await simulator.places(To=BEN)
    came = await simulator.calls_in(BEN)

    to_ada = await client.calls.list_async(to=ADA, start_time_after=before.astimezone(UTC), page_size=2)
    from_ben = await client.calls.list_async(from_=BEN, status="completed")
    later = await client.calls.list_async(start_time_after=before + timedelta(days=1))
    today = await client.calls.list_async(start_time=before.astimezone(UTC).date(), limit=3)

    assert [each.sid for each in to_ada] == [answer["sid"] for _, answer in reversed(placed)]
    assert [(each.sid, each.direction) for each in from_ben] == [(came["sid"], "inbound")]
    assert (later, len(today)) == ([], 3)


async def test_what_twilio_refuses_is_refused_with_its_code(simulator: RunningSimulator) -> None:
    cases = [
        ({"To": ""}, 21201), ({"From": ""}, 21213), ({"To": "555"}, 21211), ({"To": "+1212555"}, 21217),
        ({"To": "+15005550002"}, 21214), ({"To": "+15005550003"}, 21215), ({"To": "+15005550004"}, 21216),
        ({"From": "555"}, 21212), ({"From": BEN}, 21210), ({"Url": ""}, 21205), ({"Url": "/voice"}, 21205),
        ({"Url": "", "Twiml": "x" * 4001}, 20001), ({"ApplicationSid": "AP1"}, 21218), ({"Timeout": "601"}, 20001),
        ({"StatusCallback": "http://under_score/x"}, 21609), ({"StatusCallbackEvent": "answer"}, 21626),
        ({"MachineDetection": "Yes"}, 20001), ({"MachineDetectionTimeout": "2"}, 20001), ({"Method": "PUT"}, 20001),
        ({"SendDigits": "x"}, 20001), ({"FallbackUrl": "nowhere"}, 21205),
    ]  # fmt: skip

    for form, code in cases:
        status, answer = await simulator.places(**form)
        assert (status, answer["code"], answer["status"]) == (400, code, 400), form

    assert await simulator.log("call") == []


async def test_creating_a_call_goes_wrong_as_told(simulator: RunningSimulator) -> None:
    cases = [
        ("429", 429, 20429, 0), ("500-not-processed", 500, 20500, 0), ("500-processed", 500, 20500, 1),
        ("error:21214", 400, 21214, 0),
    ]  # fmt: skip

    for do, expected, code, taken in cases:
        await simulator.ask("POST", "/simulator/reset")
        await simulator.faults({"on": "calls.create", "do": do})
        status, answer = await simulator.places()
        assert (status, answer["code"], len(await simulator.log("call"))) == (expected, code, taken), do
        assert (await simulator.places())[0] == 201
