"""Callbacks of one text in every order, doubled, before the answer to the POST, and without our token: its state is
the highest that was told, at each moment.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from itertools import permutations

import pytest

from flows.conversation.turn import Prompt
from service.database import in_transaction
from service.delivery import owe
from service.gateway.port import TextStatus
from service.house import House
from service.records import DeliveryEvent, OutboxItem
from service.sending import claim
from service.settling import RANKS, STATES, settle_accepted, take_status
from service.someone import find_someone
from tests.service.conftest import ADA

ROADS = {
    "delivered": ("queued", "sending", "sent", "delivered"),
    "undelivered": ("queued", "sending", "sent", "undelivered"),
}
WAYS = ("plain", "doubled", "before-the-answer", "without-token")
ACCEPTED = "201"


def _cases() -> Iterator[tuple[str, str, tuple[str, ...]]]:
    for end, told in ROADS.items():
        for way in WAYS:
            for order in permutations(told):
                yield end, way, order


@pytest.mark.promise(3)
@pytest.mark.parametrize(("end", "way"), [(end, way) for end in ROADS for way in WAYS])
async def test_the_state_is_the_highest_that_was_told(house: House, end: str, way: str):
    orders = [order for its_end, its_way, order in _cases() if (its_end, its_way) == (end, way)]
    assert len(orders) == 24

    for order in orders:
        item, sid = await _posted(house), "SM" + uuid.uuid4().hex
        told: list[str] = []
        for event in _events(order, way):
            await _happens(house, item, sid, event, has_token=way != "without-token")
            told.append("accepted" if event == ACCEPTED else STATES[event])

            now = await OutboxItem.get(id=item.id)
            assert RANKS[now.state] == max(RANKS[each] for each in told), (order, told, now.state)
        assert (now.state, now.sid) == (end, sid)
        events = await DeliveryEvent.filter(token=item.token).count()
        assert events == len(order)


def _events(order: tuple[str, ...], way: str) -> list[str]:
    match way:
        case "doubled":
            return [ACCEPTED, *(event for event in order for _ in range(2))]
        case "before-the-answer":
            return [*order[:2], ACCEPTED, *order[2:]]
        case _:
            return [ACCEPTED, *order]


async def _posted(house: House) -> OutboxItem:
    """A text whose POST is under way."""
    now = house.clock.now()
    async with in_transaction("test"):
        ada = await find_someone(house.vault, house.vault.number_key(ADA))
        assert ada is not None
        (item,) = owe(house, ada, [Prompt("G-WHO")], purpose="reply", now=now, country="US")
    (claimed,) = await claim(house, [(await OutboxItem.get(token=item.token)).id], now)
    return claimed.item


async def _happens(house: House, item: OutboxItem, sid: str, event: str, *, has_token: bool) -> None:
    now = house.clock.now()
    if event == ACCEPTED:
        async with in_transaction("test"):
            settle_accepted(await OutboxItem.filter(id=item.id).select_for_update().get(), sid, now)
        return
    error = 30003 if event == "undelivered" else None
    await take_status(house, TextStatus(sid, event, error, str(item.token) if has_token else None), now)
