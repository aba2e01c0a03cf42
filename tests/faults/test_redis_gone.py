"""Redis is a doorbell: flushed, restarted, dead or never there, nothing is lost and nothing comes twice."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from redis.asyncio import Redis

from tests.faults.journey import CK_1, CK_2, CK_4, G_WHO, is_about_to_be_asked
from tests.stories.people import Clock, Network, Phone
from tests.stories.running import RunningHouse


async def _walks_the_journey(ada: Phone, clock: Clock, network: Network) -> None:
    await clock.until("18:30", ada.zone)
    assert await ada.hears(CK_1)
    await ada.texts("4 tired, argued")
    assert await ada.hears(CK_2)
    await ada.texts("8")
    assert await ada.hears(CK_4)
    assert await network.is_quiet()


@pytest.mark.promise(5)
async def test_the_journey_goes_on_with_redis_killed(ada: Phone, clock: Clock, network: Network, house: RunningHouse):
    await is_about_to_be_asked(clock, ada)
    house.kill_redis()

    await _walks_the_journey(ada, clock, network)
    ready = await house.get("/health/ready")
    assert ready == {"database": "ok", "redis": "down", "worker": "ok", "spool": "empty"}


@pytest.mark.promise(5)
@pytest.mark.invariant("I9")
async def test_the_journey_goes_on_where_redis_was_never_there(
    ada: Phone, clock: Clock, network: Network, house: RunningHouse
):
    await is_about_to_be_asked(clock, ada)
    for name in ("web", "worker"):
        house.kill(name)
        house.start(name, REDIS_URL="")
    await house.until_ready()

    await _walks_the_journey(ada, clock, network)
    for name in ("web", "worker"):  # the stories after this one have it again
        house.kill(name)


@pytest.mark.promise(5)
async def test_the_journey_goes_on_while_redis_forgets_everything_again_and_again(
    ada: Phone, clock: Clock, network: Network, house: RunningHouse
):
    await is_about_to_be_asked(clock, ada)
    over = asyncio.Event()

    async def forget() -> None:
        while not over.is_set():
            await house.flush_redis()

    forgetting = asyncio.create_task(forget())
    try:
        await _walks_the_journey(ada, clock, network)
    finally:
        over.set()
        await forgetting


@pytest.mark.promise(5)
async def test_the_journey_goes_on_over_restarts_of_redis(
    ada: Phone, clock: Clock, network: Network, house: RunningHouse
):
    await is_about_to_be_asked(clock, ada)
    await house.restart_redis()
    await clock.until("18:30", ada.zone)
    assert await ada.hears(CK_1)
    await ada.texts("4 tired, argued")
    await house.restart_redis()
    assert await ada.hears(CK_2)
    await house.restart_redis()
    await ada.texts("8")
    assert await ada.hears(CK_4)

    assert await network.is_quiet()


WAYS = ("read-only", "full", "slow", "half open")


@pytest.mark.promise(5)
@pytest.mark.parametrize(
    "way", [pytest.param(way, marks=() if way == "read-only" else (pytest.mark.slow,)) for way in WAYS]
)
async def test_the_journey_goes_on_with_a_redis_that_is_there_and_of_no_use(
    way: str, ada: Phone, clock: Clock, network: Network, house: RunningHouse
):
    await is_about_to_be_asked(clock, ada)

    async with _spoilt(house, way):
        await _walks_the_journey(ada, clock, network)

    await ada.texts("WHO")
    assert await ada.hears(G_WHO)
    assert await network.is_quiet()


@asynccontextmanager
async def _spoilt(house: RunningHouse, way: str) -> AsyncIterator[None]:
    """Redis answers no write, keeps nothing more, takes two seconds for each answer, or never answers."""
    assert house.redis is not None
    async with Redis.from_url(house.environment["REDIS_URL"]) as redis:
        match way:
            case "read-only":
                await redis.execute_command("REPLICAOF", "127.0.0.1", "1")
                yield
                await redis.execute_command("REPLICAOF", "NO", "ONE")
            case "full":
                await redis.config_set("maxmemory", 1)
                yield
                await redis.config_set("maxmemory", 0)
            case "slow":
                pausing = asyncio.create_task(_pause_again_and_again(house.redis.pid))
                yield
                pausing.cancel()
                await asyncio.gather(pausing, return_exceptions=True)
                os.kill(house.redis.pid, signal.SIGCONT)
            case _:
                os.kill(house.redis.pid, signal.SIGSTOP)
                yield
                os.kill(house.redis.pid, signal.SIGCONT)


async def _pause_again_and_again(pid: int) -> None:
    while True:
        os.kill(pid, signal.SIGSTOP)
        await asyncio.sleep(2)
        os.kill(pid, signal.SIGCONT)
        await asyncio.sleep(0.1)
