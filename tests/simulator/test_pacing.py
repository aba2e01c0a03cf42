"""How fast the network sends, what waits, and what no longer fits into its queue."""

from __future__ import annotations

from datetime import datetime

from tests.simulator.product import XML, Product
from tests.simulator.running import ADA, BEN, RunningSimulator, said


async def has_rates(simulator: RunningSimulator, **rates: float) -> None:
    status, answer = await simulator.ask("POST", "/simulator/carrier", json=rates)
    assert status == 200, answer


async def seconds_until_sent(simulator: RunningSimulator, sid: str) -> float:
    entries = await simulator.log()
    taken = next(each for each in entries if each["kind"] == "text" and each["sid"] == sid)
    sent = next(each for each in entries if each["kind"] == "status" and each["sid"] == sid)
    return (datetime.fromisoformat(sent["at"]) - datetime.fromisoformat(taken["at"])).total_seconds()


async def test_texts_leave_at_the_senders_rate_and_longer_ones_take_longer(simulator: RunningSimulator) -> None:
    await has_rates(simulator, segments_per_second=1)

    given = ((ADA, "x" * 400), (BEN, "y"), (ADA, "z"))
    sids = [(await simulator.send(To=to, Body=body))[1]["sid"] for to, body in given]
    await simulator.forward("PT30S")

    waited = [await seconds_until_sent(simulator, sid) for sid in sids]
    assert [round(each) for each in waited] == [0, 3, 4]


async def test_a_full_queue_takes_nothing_more(simulator: RunningSimulator) -> None:
    await has_rates(simulator, segments_per_second=1 / 36_010)
    assert (await simulator.send())[0] == 201  # ten hours of the sender's rate, and a moment

    status, answer = await simulator.send()

    assert (status, answer["code"]) == (400, 21611)


async def test_a_text_whose_turn_would_come_too_late_expires(
    simulator: RunningSimulator, product: Product, callback: dict[str, str]
) -> None:
    await has_rates(simulator, segments_per_second=1 / 600)
    await simulator.send()

    await simulator.send(To=BEN, ValidityPeriod="300", **callback)
    await simulator.forward("PT6M")

    assert [(each["MessageStatus"], each["ErrorCode"]) for each in product.callbacks()] == [("failed", "30036")]


async def test_calls_begin_at_the_accounts_rate(simulator: RunningSimulator) -> None:
    await has_rates(simulator, calls_per_second=0.1)
    for number in (ADA, BEN):
        await simulator.places(To=number)

    await simulator.forward("PT1S")
    assert [each["state"] for each in await simulator.phone_calls(ADA)] == ["ringing"]
    assert await simulator.phone_calls(BEN) == []
    await simulator.forward("PT10S")

    assert [each["state"] for each in await simulator.phone_calls(BEN)] == ["ringing"]
    assert said((await simulator.phone_calls(BEN))[0]) == []


async def test_a_pair_of_numbers_gets_thirty_replies_within_thirty_seconds(
    simulator: RunningSimulator, product: Product
) -> None:
    replies = "<Message>again</Message>" * 16
    product.answers += [(200, XML, f"<Response>{replies}</Response>")] * 2

    await simulator.texts(ADA, "hello")
    await simulator.texts(ADA, "hello")

    assert [each["code"] for each in await simulator.log("refused")] == [14107, 14107]


async def test_rates_are_numbers_and_none_is_below_nothing(simulator: RunningSimulator) -> None:
    for wrong in ({"segments_per_second": "fast"}, {"calls_per_second": -1}, {"calls_per_second": True}):
        status, answer = await simulator.ask("POST", "/simulator/carrier", json=wrong)
        assert (status, set(answer)) == (400, {"error", "remedy"}), wrong
