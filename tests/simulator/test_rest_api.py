"""The official client, unmodified, at work on the simulator."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import pytest_asyncio
from twilio.base.exceptions import TwilioRestException
from twilio.http.async_http_client import AsyncTwilioHttpClient
from twilio.rest import Client

from tests.simulator.product import Product
from tests.simulator.running import ACCOUNT, ADA, BEN, ROOT, SENDER, TOKEN, RunningSimulator, basic


class ToTheSimulator(AsyncTwilioHttpClient):
    """The official transport, with Twilio's host exchanged for ours."""

    def __init__(self, url: str) -> None:
        super().__init__()
        self._url = url

    async def request(self, method: str, url: str, *args: Any, **more: Any) -> Any:
        return await super().request(method, url.replace("https://api.twilio.com", self._url), *args, **more)


@pytest_asyncio.fixture(loop_scope="session", params=["", "/simulator"])
async def client(simulator: RunningSimulator, request: pytest.FixtureRequest) -> AsyncIterator[Client]:
    transport = ToTheSimulator(simulator.url + request.param)
    yield Client(ACCOUNT, TOKEN, http_client=transport)
    await transport.close()


async def test_a_text_is_taken_shown_listed_emptied_and_removed(client: Client, simulator: RunningSimulator) -> None:
    taken = await client.messages.create_async(to=ADA, from_=SENDER, body="Mendline: 0-10?", validity_period=3600)
    assert (taken.status, taken.direction, taken.num_segments) == ("queued", "outbound-api", "1")

    await simulator.forward("PT5S")

    fetched = await client.messages(taken.sid).fetch_async()
    assert (fetched.status, fetched.body, fetched.error_code) == ("delivered", "Mendline: 0-10?", None)
    assert fetched.date_sent - fetched.date_created < timedelta(seconds=2)
    emptied = await client.messages(taken.sid).update_async(body="")
    assert emptied.body == ""
    assert [each["body"] for each in await simulator.phone(ADA)] == ["Mendline: 0-10?"]
    assert await client.messages(taken.sid).delete_async() is True
    with pytest.raises(TwilioRestException) as gone:
        await client.messages(taken.sid).fetch_async()
    assert (gone.value.code, gone.value.status) == (20404, 404)


async def test_a_list_is_filtered_and_followed_over_its_pages(client: Client, simulator: RunningSimulator) -> None:
    before = datetime.fromisoformat((await simulator.ask("GET", "/simulator/clock"))[1]["now"])
    for n in range(7):
        await client.messages.create_async(to=ADA, from_=SENDER, body=f"n{n}")
    await client.messages.create_async(to=BEN, from_=SENDER, body="to Ben")
    await simulator.texts(ADA, "7")

    to_ada = await client.messages.list_async(to=ADA, date_sent_after=before, page_size=3)
    arrived = await client.messages.list_async(to=SENDER, date_sent_after=before - timedelta(minutes=30))
    later = await client.messages.list_async(date_sent_after=before + timedelta(days=1))
    earlier = await client.messages.list_async(date_sent_before=before - timedelta(days=1))
    today = await client.messages.list_async(date_sent=before.astimezone(UTC).date(), limit=2)

    assert [each.body for each in to_ada] == [f"n{n}" for n in range(6, -1, -1)]
    assert [(each.body, each.direction, each.from_) for each in arrived] == [("7", "inbound", ADA)]
    assert (later, earlier) == ([], [])
    assert len(today) == 2


async def test_the_account_and_its_number_are_known_and_can_be_pointed_elsewhere(
    client: Client, product: Product
) -> None:
    account = await client.api.v2010.accounts(ACCOUNT).fetch_async()
    numbers = await client.incoming_phone_numbers.list_async(phone_number=SENDER)
    moved = await client.incoming_phone_numbers(numbers[0].sid).update_async(sms_url=f"{product.url}/elsewhere")

    assert account.status == "active"
    assert [each.phone_number for each in numbers] == [SENDER]
    assert moved.sms_url == f"{product.url}/elsewhere"


async def test_what_twilio_refuses_is_refused_with_its_code(simulator: RunningSimulator) -> None:
    cases = [
        ({"To": ""}, 21604), ({"From": ""}, 21603), ({"Body": ""}, 21602), ({"To": "555"}, 21211),
        ({"From": "555"}, 21212), ({"From": BEN}, 21606), ({"To": SENDER}, 21266), ({"Body": "a" * 1601}, 21617),
        ({"ValidityPeriod": "0"}, 21624), ({"ValidityPeriod": "36001"}, 21624),
        ({"StatusCallback": "http://under_score/x"}, 21609), ({"From": "", "MessagingServiceSid": "MG1"}, 21701),
    ]  # fmt: skip

    for form, code in cases:
        status, answer = await simulator.send(**form)
        assert (status, answer["code"], answer["status"]) == (400, code, 400), form
        assert answer["more_info"].endswith(f"/{code}")

    assert await simulator.phone(ADA) == []


async def test_nobody_without_the_token_gets_in(simulator: RunningSimulator) -> None:
    for headers in ({}, basic(ACCOUNT, "wrong"), basic("AC" + "b" * 32, TOKEN), {"Authorization": "Basic \xff"}):
        status, answer = await simulator.ask("GET", f"{ROOT}/Messages.json", headers=headers)
        assert (status, answer["code"]) == (401, 20003)

    status, _ = await simulator.ask("GET", f"{ROOT}/Messages.json", headers=basic(ACCOUNT, "the next one"))
    assert status == 200


async def test_a_text_under_way_can_be_neither_emptied_nor_removed(simulator: RunningSimulator) -> None:
    await simulator.faults({"on": "callback", "do": "never-sent"})
    _, taken = await simulator.send()

    for method, more in (("POST", {"data": {"Body": ""}}), ("DELETE", {})):
        path = f"{ROOT}/Messages/{taken['sid']}.json"
        status, answer = await simulator.ask(method, path, headers=basic(ACCOUNT, TOKEN), **more)
        assert (status, answer["code"]) == (409, 20009)


async def test_an_unknown_path_says_so(simulator: RunningSimulator) -> None:
    missing, refusal = await simulator.ask("GET", f"{ROOT}/Nothing.json", headers=basic(ACCOUNT, TOKEN))

    assert (missing, refusal["code"]) == (404, 20404)
