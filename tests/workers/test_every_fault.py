"""Every way in which the network can fail a request for a text or a call, once and twice in a row: each person is
texted or rung once at most, and every row comes to an end.
"""

from __future__ import annotations

import asyncio
import random

import pytest

from service.calling_out import owed_call_ids
from service.clock import real_now
from service.owed_calls import owe_call
from service.records import Call, OutboxItem, Trial
from service.sending import owed_ids
from service.settling import expire_leases
from service.simulator.faults import CREATE_FAULTS
from service.someone import make_someone
from service.trials import AGAIN_AFTER
from tests.stories.people import Network
from tests.workers.owing import number, owed
from workers.hands import Hands
from workers.outbox import place_calls, send_texts, settle_texts

REFUSALS = ("error:20003", "error:20404", "error:21211", "error:21610")
# These wait for ten seconds of nothing, or for the seconds that prove an absence.
PATIENT = frozenset({
    "timeout-processed", "timeout-not-processed", "slow", "500-not-processed", "reset-not-processed", "503-retry-after",
})  # fmt: skip
LONGEST_SECONDS = 100.0
ENDED = frozenset({"accepted", "sent", "delivered", "undelivered", "failed", "withheld", "expired"})
UNDER_WAY = frozenset({"owed", "posting", "unknown"})


def _cases() -> list[object]:
    every = [(what, fault, times) for what in ("text", "call") for fault in (*sorted(CREATE_FAULTS), *REFUSALS)
             for times in (1, 2)]  # fmt: skip
    quick = random.Random(20261126).sample([case for case in every if case[1] not in PATIENT], 3)
    return [
        pytest.param(*case, marks=() if case in quick else (pytest.mark.slow,), id="-".join(map(str, case)))
        for case in every
    ]


@pytest.mark.promise(7, 8)
@pytest.mark.parametrize(("what", "fault", "times"), _cases())
async def test_whatever_the_network_does_nobody_is_reached_twice(
    what: str, fault: str, times: int, hands: Hands, phones: Network
):
    on = "messages.create" if what == "text" else "calls.create"
    await phones.fails({"on": on, "do": fault, "for": times})

    state = await (_text(hands) if what == "text" else _call(hands))

    taken = [entry for entry in await phones.log() if entry["kind"] == what and entry.get("by", "product") == "product"]
    assert len(taken) <= 1
    is_refused = fault.startswith(("error:", "unauthorized"))
    # One lost answer costs nothing; a second in a row is an operator's matter, and nothing is posted a third time.
    assert len(taken) == 1 or is_refused or times == 2, state
    assert state != "failed" or is_refused or times == 2


async def _text(hands: Hands) -> str:
    """Send it as the sweeps would, until it came to an end."""
    item = await owed(hands)
    deadline = asyncio.get_running_loop().time() + LONGEST_SECONDS
    while (state := (await OutboxItem.get(id=item.id)).state) not in ENDED:
        assert asyncio.get_running_loop().time() < deadline, state
        await send_texts(hands, await owed_ids(hands.house.clock.now()))
        await settle_texts(hands, await expire_leases())
        await asyncio.sleep(0.05)
    return state


async def _call(hands: Hands) -> str:
    """The same of a call."""
    now = hands.house.clock.now()
    someone = await make_someone(hands.house.vault, number(1), locale="en", status="active", now=now)
    call = await owe_call(someone, "calling-back", now=now, minutes=0, purpose="reply", is_booked=False)
    deadline = asyncio.get_running_loop().time() + LONGEST_SECONDS
    while (state := (await Call.get(id=call.id)).state) in UNDER_WAY:
        assert asyncio.get_running_loop().time() < deadline, state
        await place_calls(hands, await owed_call_ids(hands.house.clock.now()))
        await Trial.all().update(tried_at=real_now() - AGAIN_AFTER)
        await asyncio.sleep(0.05)
    return state
