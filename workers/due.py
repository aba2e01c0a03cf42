"""Opens what is due, by row ids."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from service.claiming import claim, tried_before
from service.opening_together import open_claimed
from service.pacing import is_paced
from service.sending import owed_to_people_of
from workers.guarding import each_alone, together
from workers.hands import Hands
from workers.outbox import send_texts


async def open_due_rows(hands: Hands, ids: Sequence[int]) -> None:
    """Open these rows, and send what their people are owed now. May run twice and beside another worker: each claim is
    a compare-and-swap, and an opened row is done for good.
    """
    now = hands.house.clock.now()
    claimed = await claim(ids, now)
    if claimed:
        await together("due", claimed, partial(open_claimed, hands.house))
        if not is_paced(hands.house):  # otherwise what matters most leaves first, as the sweep finds it
            await send_texts(hands, await owed_to_people_of(claimed, hands.house.clock.now()))
    if len(claimed) < len(ids):
        await each_alone("due", await tried_before(ids, now), lambda due_id: _open_alone(hands, due_id))


async def _open_alone(hands: Hands, due_id: int) -> None:
    if claimed := await claim([due_id], hands.house.clock.now()):
        await open_claimed(hands.house, claimed)
