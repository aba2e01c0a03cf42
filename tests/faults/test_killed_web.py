"""kill -9 of the web process while it answers the network: before the turn is kept, and after it."""

from __future__ import annotations

import asyncio
import os
import signal

from tests.faults.journey import CK_2, CK_4, bond_held, comes_true, is_asked, somebody_waits
from tests.faults.letters import deliver, text_from
from tests.stories.people import Clock, Network, Phone
from tests.stories.running import RunningHouse


async def _texts_past_web(phone: Phone, body: str) -> str:
    """Text straight into the network; back when the webhook was answered or given up."""
    status, answer = await phone.house.post(f"{phone.path}/texts", {"body": body})
    assert status == 201, answer
    return str(answer["sid"])


async def test_a_text_cut_off_inside_its_turn_is_found_and_answered_once(
    ada: Phone, clock: Clock, network: Network, house: RunningHouse
):
    await is_asked(clock, ada)

    async with bond_held(house, ada):
        texting = asyncio.create_task(_texts_past_web(ada, "4 tired, argued"))
        await comes_true(lambda: somebody_waits(house))
        house.kill("web")
    await texting
    house.start("web")
    await house.until_ready()
    assert not await _knows(house, await texting)

    await clock.forward(minutes=6)
    assert await ada.hears(CK_2)
    assert await network.is_quiet()


async def test_a_text_kept_but_not_acknowledged_is_answered_once_though_it_comes_again(
    ada: Phone, clock: Clock, network: Network, house: RunningHouse
):
    await is_asked(clock, ada)
    fields = text_from(ada, "4 tired, argued")
    assert house.redis is not None

    os.kill(house.redis.pid, signal.SIGSTOP)  # the ring after the commit gets no answer
    answering = asyncio.create_task(deliver(house, "/twilio/sms", fields))
    await comes_true(lambda: _knows(house, fields[0][1]))
    house.kill("web")
    os.kill(house.redis.pid, signal.SIGCONT)
    assert isinstance(*await asyncio.gather(answering, return_exceptions=True), Exception)
    house.start("web")
    await house.until_ready()

    assert await deliver(house, "/twilio/sms", fields) == 200
    assert await ada.hears(CK_2)
    assert await network.is_quiet()


async def test_the_journey_goes_on_over_a_web_process_killed_between_any_two_texts(
    ada: Phone, clock: Clock, network: Network, house: RunningHouse
):
    await is_asked(clock, ada)
    for body, answer in (("4 tired, argued", CK_2), ("8", CK_4)):
        house.kill("web")
        house.start("web")
        await house.until_ready()
        await ada.texts(body)
        assert await ada.hears(answer)

    assert await network.is_quiet()


async def _knows(house: RunningHouse, sid: str) -> bool:
    return bool(await house.rows("SELECT 1 FROM inbound_event WHERE sid_key = $1", house.house.vault.event_key(sid)))
