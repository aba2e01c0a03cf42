"""Opens what is due, by row ids."""

from __future__ import annotations

from collections.abc import Sequence

from service.opening import open_due
from workers.guarding import each_alone
from workers.hands import Hands


async def open_due_rows(hands: Hands, ids: Sequence[int]) -> None:
    """Open these rows one after the other. May run twice and beside another worker: each claim is a
    compare-and-swap, and an opened row is done for good.
    """
    await each_alone("due", ids, lambda due_id: open_due(hands.house, due_id))
