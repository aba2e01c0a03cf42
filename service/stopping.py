"""STOP holds also where no turn comes of it."""

from __future__ import annotations

import logging

from tortoise.expressions import Q

from flows.opting_out import Wish, read_opt_out
from service.gateway.port import ArrivedText
from service.house import House
from service.recording import suppress
from service.records import Suppression

log = logging.getLogger(__name__)


async def stop_without_turn(house: House, text: ArrivedText) -> None:
    """A text was set aside after its third failure. If it wished for no more texts, its number is blocked, once:
    whoever said START since is left alone. A doubtful wish would have been asked about, and is the operator's.

    Raises:
        UNREACHABLE: the database is away; to be called again.
    """
    wish = read_opt_out(text.body)
    if wish is None or wish.wish is Wish.DOUBTFUL:
        return
    key = house.vault.number_key(text.sender)
    said_since = Q(opted_out_at__gte=text.at) | Q(lifted_at__gte=text.at)
    if not await Suppression.filter(said_since, number_key=key).exists():
        await suppress(key, wish.wish.value, text.at)
        log.error("stopped_without_turn reason=%s", wish.wish.value)
