"""Product time: it moves forward only, and nothing that falls due on the way is jumped over."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta

from tests.patience import PATIENCE_SECONDS
from tests.simulator.product import Product
from tests.simulator.running import ADA, RunningSimulator


async def now(simulator: RunningSimulator) -> datetime:
    return datetime.fromisoformat((await simulator.ask("GET", "/simulator/clock"))[1]["now"])


async def test_forward_and_to_arrive_where_they_say(simulator: RunningSimulator) -> None:
    before = await now(simulator)
    await simulator.forward("P1DT2H30M")
    target = await now(simulator) + timedelta(hours=1)
    status, answer = await simulator.ask("POST", "/simulator/clock", json={"to": target.isoformat()})

    assert status == 200
    assert timedelta() <= datetime.fromisoformat(answer["now"]) - target < timedelta(seconds=5)
    assert timedelta() <= await now(simulator) - before - timedelta(hours=27, minutes=30) < timedelta(seconds=5)


async def test_the_time_that_was_just_read_is_not_backwards(simulator: RunningSimulator) -> None:
    status, _ = await simulator.ask("POST", "/simulator/clock", json={"to": (await now(simulator)).isoformat()})

    assert status == 200


async def test_backwards_is_refused_and_nonsense_too(simulator: RunningSimulator) -> None:
    earlier = (await now(simulator) - timedelta(seconds=30)).isoformat()
    cases = [
        ({"to": earlier}, 409), ({"to": "2026-03-08T02:30:00"}, 400), ({"to": "soon"}, 400), ({"forward": "4h"}, 400),
        ({"forward": "P"}, 400), ({"forward": "PT"}, 400), ({"forward": "P1Y"}, 400), ({"forward": "-PT1H"}, 400),
        ({"forward": "P99999999999D"}, 400), ({"forward": 4}, 400), ({"forward": "PT1H", "to": earlier}, 400),
        ({"to": "9999-12-31T23:59:59-23:59"}, 400),
    ]  # fmt: skip

    for given, expected in cases:
        status, answer = await simulator.ask("POST", "/simulator/clock", json=given)
        assert (status, set(answer)) == (expected, {"error", "remedy"}), given


async def test_each_instant_of_the_agenda_is_visited_in_order(simulator: RunningSimulator, product: Product) -> None:
    start = await now(simulator)
    wanted = [start + timedelta(hours=hours) for hours in (30, 2, 5)]
    product.has_agenda, product.due = True, list(wanted)

    await simulator.forward("P1D")

    assert [at for at, _ in product.done] == sorted(wanted)[:2]
    assert all(timedelta() <= opened - at < timedelta(seconds=2) for at, opened in product.done)


async def test_a_text_sent_on_the_way_is_delivered_and_called_back_at_its_own_time(
    simulator: RunningSimulator, product: Product, callback: dict[str, str]
) -> None:
    async def send(at: datetime) -> None:
        await simulator.send(Body=at.isoformat(), **callback)

    product.has_agenda, product.on_due = True, send
    product.due = [await now(simulator) + timedelta(hours=1)]

    await simulator.forward("PT3H")

    (text,) = await simulator.phone(ADA)
    steps = [(each["status"], each["at"]) for each in await simulator.log("callback")]
    assert [status for status, _ in steps] == ["sent", "delivered"]
    delays = [datetime.fromisoformat(at) - datetime.fromisoformat(text["at"]) for _, at in steps]
    assert timedelta(seconds=0.2) <= delays[0] < timedelta(seconds=1) <= delays[1] < timedelta(seconds=3)


async def test_a_move_that_gets_nowhere_says_what_is_in_the_way(simulator: RunningSimulator, product: Product) -> None:
    product.has_agenda, product.works = True, False
    product.due = [await now(simulator) + timedelta(hours=1)]

    status, answer = await simulator.ask("POST", "/simulator/clock", json={"forward": "PT3H"})

    assert status == 504
    assert "a check-in" in answer["error"]
    assert await now(simulator) < product.due[0] + timedelta(minutes=1)


async def test_a_product_that_comes_back_in_time_holds_the_clock_up_only_so_long(
    simulator: RunningSimulator, product: Product
) -> None:
    product.has_agenda, product.away_for = True, 8
    product.due = [await now(simulator) + timedelta(hours=1)]

    await simulator.forward("PT3H")

    assert len(product.done) == 1


async def test_a_product_that_stays_away_is_named(simulator: RunningSimulator, product: Product) -> None:
    product.has_agenda, product.away_for = True, 10**6

    status, answer = await simulator.ask("POST", "/simulator/clock", json={"forward": "PT3H"})

    assert (status, answer["open"]) == (504, ["the product does not answer"])


async def test_a_quiet_month_is_not_waited_for(
    simulator: RunningSimulator, product: Product, callback: dict[str, str]
) -> None:
    async def send(_: datetime) -> None:
        await simulator.send(**callback)

    start = (await now(simulator)).astimezone(UTC)
    product.has_agenda, product.on_due = True, send
    product.due = [start + timedelta(hours=6 * n) for n in range(1, 121)]

    began = time.monotonic()
    await simulator.forward("P31D")

    assert time.monotonic() - began < PATIENCE_SECONDS
    assert len(product.done) == 120
    assert len(product.callbacks()) == 240
