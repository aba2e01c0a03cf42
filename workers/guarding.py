"""One row that fails must not stop the rows after it. The only place that catches whatever comes."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Sequence
from typing import TypeVar

from service.conversation import take_text
from service.database import UNREACHABLE
from service.gateway.port import ArrivedText
from service.house import House

Done = TypeVar("Done")

log = logging.getLogger(__name__)


async def each_alone(kind: str, ids: Sequence[int], work: Callable[[int], Awaitable[None]]) -> None:
    """Work every row; one that fails is logged by its id and left to its lease.

    Raises:
        UNREACHABLE: the database is away, and the rows after this one would fail alike.
    """
    for row_id in ids:
        await _alone(kind, row_id, work(row_id))


async def take_alone(house: House, text: ArrivedText) -> bool:
    """Take a listed text; one that cannot be taken is logged and holds up nobody else's.

    Raises:
        UNREACHABLE: the database is away.
    """
    return bool(await _alone("text", house.vault.event_key(text.sid), take_text(house, text)))


async def _alone(kind: str, row_id: int | str, work: Awaitable[Done]) -> Done | None:
    try:
        return await work
    except UNREACHABLE:
        raise
    except Exception:  # the worker's loop outlives any row
        log.exception("row_failed kind=%s id=%s", kind, row_id)
        return None
