"""The doorbell: a ring over Redis that there may be work. It may be lost or absent; the rows may not."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator

from redis.asyncio import Redis
from redis.exceptions import RedisError

from service.points import spoken_to

CHANNEL = "mendline:doorbell"
# A turn is already committed when we ring: nobody waits for a server that is away.
RING_SECONDS = 0.5

log = logging.getLogger(__name__)


class Doorbell:
    """Rings and hears rings. Without an address it is mute, and the worker's sweep finds everything all the same."""

    def __init__(self, url: str) -> None:
        self._redis: Redis | None = None
        if url:
            self._redis = Redis.from_url(url, socket_timeout=RING_SECONDS, socket_connect_timeout=RING_SECONDS)

    async def ring(self) -> None:
        """Tell the worker to look now. Never raises: the sweep of the next second does the same."""
        if self._redis is None:
            return
        try:
            async with spoken_to("doorbell"):
                await self._redis.publish(CHANNEL, b"1")
        except (TimeoutError, RedisError, OSError) as gone:
            log.info("doorbell_mute reason=%s", type(gone).__name__)

    async def is_there(self) -> bool:
        """Whether the server answers."""
        if self._redis is None:
            return False
        try:
            return bool(await self._redis.ping())
        except (TimeoutError, RedisError, OSError):
            return False

    async def rings(self) -> AsyncIterator[None]:
        """Each ring from now on. Ends when the server goes away; call again later.

        Raises:
            RedisError, OSError: the server is not there.
        """
        if self._redis is None:
            return
        pubsub = self._redis.pubsub(ignore_subscribe_messages=True)
        try:
            await pubsub.subscribe(CHANNEL)
            yield  # whatever was rung before we listened is looked at once
            while True:
                if await pubsub.get_message(timeout=5.0) is not None:
                    yield
        finally:
            await pubsub.aclose()  # type: ignore[no-untyped-call]

    async def aclose(self) -> None:
        """Close the connections."""
        if self._redis is not None:
            await self._redis.aclose()
