"""Texts owed to strangers in the workshop, and what the network saw of them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from flows.conversation.turn import Prompt
from service.database import in_transaction
from service.delivery import owe_stranger
from service.records import OutboxItem
from tests.stories.people import Network
from workers.hands import Hands


def number(n: int) -> str:
    """A number of nobody's."""
    return f"+12125559{n:03d}"


async def owed(
    hands: Hands, n: int = 1, *, purpose: str = "reply", lasts: timedelta = timedelta(hours=4)
) -> OutboxItem:
    """One text owed to the n-th number, until `lasts` from now."""
    now = hands.house.clock.now()
    async with in_transaction("test"):
        owe_stranger(
            hands.house, number(n), [Prompt("G-WHO")], locale="en", purpose=purpose, now=now, country="US"
        )
    item = await OutboxItem.all().order_by("-id").first()
    assert item is not None
    item.expires_at = now + lasts
    await item.save()
    return item


async def state_of(item: OutboxItem) -> str:
    """Its state now."""
    return (await OutboxItem.get(id=item.id)).state


async def posts(network: Network) -> list[dict[str, Any]]:
    """The form of each text that was handed to the network, in order."""
    log = await network.log()
    return [
        dict(each["form"])
        for each in log
        if each["kind"] == "rest" and each["method"] == "POST" and each["path"].endswith("/Messages.json")
    ]
