"""Sends what is owed and asks about what nobody answered, by row ids."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from service.calling_out import place
from service.quarantine import set_call_aside, set_text_aside
from service.sending import send
from service.settling import settle_unknown
from service.trials import Unfinished, tried
from workers.guarding import together
from workers.hands import Hands


async def send_texts(hands: Hands, ids: Sequence[int]) -> None:
    """Send these items. May run twice and beside another worker: an item is claimed once, and the claim is committed
    before the POST; an item that was posted is never posted again from here.
    """
    await together("outbox", ids, lambda some: send(hands.house, hands.gateway, some))


async def place_calls(hands: Hands, ids: Sequence[int]) -> None:
    """Place these calls, or ask about those whose answer was lost. May run twice: a call is claimed once, and the
    claim is committed before the POST. One that fails three times is set aside.
    """
    house = hands.house
    for call_id in ids:
        placed = await tried("call", str(call_id), partial(place, house, hands.gateway, call_id))
        if placed is Unfinished.ASIDE:
            await set_call_aside(call_id, house.clock.now())


async def settle_texts(hands: Hands, ids: Sequence[int]) -> None:
    """Ask the network about these. May run twice: asking changes nothing, and a SID is bound under the item's lock.
    One that fails three times is set aside.
    """
    house = hands.house
    for item_id in ids:
        settled = await tried("settle", str(item_id), partial(settle_unknown, house, hands.gateway, item_id))
        if settled is Unfinished.ASIDE:
            await set_text_aside(item_id, house.clock.now())
