"""Calls whose beginning or end never reached us are found by listing; late news of one call leaves another alone."""

from __future__ import annotations

import pytest

from tests.faults.journey import comes_true
from tests.faults.letters import deliver
from tests.stories.people import Clock, HeldCall, Network, Phone
from tests.stories.running import SENDER, RunningHouse

GREETING = "For a calming break, press 2. For your own things, press 1."
SAFE = "You did a wise thing by stepping back. Are you safe right now? For yes, press 1."
BODY = "How worked up is your body? Press 0 for calm up to 10 for as high as it goes."


@pytest.mark.promise(28)
async def test_a_call_whose_webhook_was_lost_is_found_and_disturbs_nobody(
    ada: Phone, clock: Clock, network: Network, house: RunningHouse
):
    await network.fails({"on": "webhook", "do": "drop", "number": ada.number})
    lost = await ada.calls()
    assert await lost.is_over()
    assert not await _knows(house, lost, "start")

    again = await ada.calls()
    assert await again.hears(GREETING)
    await clock.forward(minutes=6)
    await comes_true(lambda: _knows(house, lost, "start"))

    await again.presses("2")
    assert await again.hears(SAFE)
    assert await network.is_quiet()


async def test_a_call_of_a_stranger_that_was_lost_leaves_no_person(
    stranger: Phone, clock: Clock, network: Network, house: RunningHouse
):
    await network.fails({"on": "webhook", "do": "drop", "number": stranger.number})
    lost = await stranger.calls()
    await clock.forward(minutes=6)

    await comes_true(lambda: _knows(house, lost, "completed"))
    assert (await house.rows("SELECT count(*) AS n FROM person"))[0]["n"] == 0
    assert await network.is_quiet()


async def test_a_conversation_ends_with_its_call_though_nobody_told_us(
    ada: Phone, clock: Clock, network: Network, house: RunningHouse
):
    call = await ada.calls()
    await call.presses("2")
    await network.fails({"on": "callback", "do": "drop", "number": ada.number, "for": 5})
    await call.hangs_up()
    assert await _open_calls(house) == 1

    await clock.forward(minutes=6)

    await comes_true(lambda: _is_ended(house))


async def test_the_late_end_of_one_call_does_not_end_the_next(ada: Phone, network: Network, house: RunningHouse):
    first = await ada.calls()
    await network.fails({"on": "callback", "do": "drop", "number": ada.number, "for": 5})
    await first.hangs_up()
    second = await ada.calls()
    await second.presses("2")
    assert await second.hears(SAFE)

    fields = [
        ("CallSid", _sid(first)), ("CallStatus", "completed"), ("SequenceNumber", "3"), ("Direction", "inbound"),
        ("From", ada.number), ("To", SENDER),
    ]  # fmt: skip
    assert await deliver(house, "/twilio/status", fields) == 204

    await second.presses("1")
    assert await second.hears(BODY)


async def test_a_call_of_ours_that_nobody_took_is_tried_again_though_its_end_was_lost(
    ada: Phone, clock: Clock, network: Network, house: RunningHouse
):
    await ada.texts("CALL")
    await clock.forward(minutes=1)
    await network.fails({"on": "callback", "do": "drop", "number": ada.number, "for": 5})
    await comes_true(lambda: _rings(ada))
    await clock.forward(minutes=6)  # it rings twenty seconds
    await comes_true(lambda: _became(house, "no-answer", "owed"))

    await clock.forward(minutes=40)

    await comes_true(lambda: _became(house, "no-answer", "no-answer"))


def _sid(call: HeldCall) -> str:
    return call.path.rsplit("/", 1)[1]


async def _knows(house: RunningHouse, call: HeldCall, what: str) -> bool:
    key = house.house.vault.event_key(f"{_sid(call)}:{what}")
    return bool(await house.rows("SELECT 1 FROM inbound_event WHERE sid_key = $1", key))


async def _open_calls(house: RunningHouse) -> int:
    return len(await house.rows("SELECT 1 FROM session WHERE channel = 'voice' AND is_open"))


async def _became(house: RunningHouse, *states: str) -> bool:
    """The calls we owed her."""
    return [each["state"] for each in await house.rows("SELECT state FROM call ORDER BY id")] == list(states)


async def _is_ended(house: RunningHouse) -> bool:
    return await _open_calls(house) == 0


async def _rings(phone: Phone) -> bool:
    return any(each["state"] == "ringing" for each in await phone.house.get(f"{phone.path}/calls"))
