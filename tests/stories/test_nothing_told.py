"""Everything that a whole story wrote anywhere but on the phones: no secret, no number, no word, no name is in it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

from redis.asyncio import Redis

from service import records
from service.database import execute, fetch
from tests.faults.letters import deliver, text_from
from tests.stories.beginnings import is_asked
from tests.stories.own_calls import CODE, calls_own_things, says
from tests.stories.people import Clock, Network, Phone
from tests.stories.running import RunningHouse

# Written by the network about phones, by the servers about themselves, and what the network was answered.
NOT_OURS = ("simulator", "postgres", "redis", "answers")
SAID = (
    "marmalade", "quarrelled", "lighthouse", "cartography", "zeppelin", "quiero morirme", "pelican", "trombone",
)  # fmt: skip


async def test_nothing_that_a_whole_story_wrote_tells_of_anybody(
    ada: Phone, ben: Phone, stranger: Phone, clock: Clock, network: Network, house: RunningHouse
):
    await _lives(ada, ben, stranger, clock, house)
    await network.settled()

    told = [*SAID, CODE, "333999", *(phone.number[1:] for phone in (ada, ben, stranger)), *_secrets(house)]
    found, written = [], b""
    async for where, text in _written(house):
        written += text
        found += [f"{where}: {each}" for each in told if each.encode() in text]
    assert found == []
    # It was looked where things are: turns, refusals and failures were written, by id, reason and place.
    for there in (b"turn_taken", b"webhook_refused", b"SealBroken", b"mendline_texts_day"):
        assert there in written, there


async def _lives(ada: Phone, ben: Phone, stranger: Phone, clock: Clock, house: RunningHouse) -> None:
    """Answers, promises, calls, danger, a stranger, forged and broken requests, and a row that fails."""
    await is_asked(clock, ada)
    await ada.texts("4 quarrelled over marmalade")
    await ada.texts("8 a lighthouse in my chest")
    call = await calls_own_things(ada, "3", "1")
    await says(call, "buy a zeppelin on friday at five")
    await call.hangs_up()
    await ada.texts("PROMISE finish the cartography course, sunday 6pm")
    await ada.texts("SKIP")
    wrong = await ada.calls()
    for keys in ("1", "333999"):
        await wrong.presses(keys)
    await wrong.hangs_up()
    await ben.texts("quiero morirme")
    await stranger.texts("who owns the pelican")
    assert await deliver(house, "/twilio/sms", text_from(ada, "forged trombone"), token="none-of-ours") == 403
    assert await deliver(house, "/twilio/sms", [*text_from(ada, "trombone"), ("Body", "twice")]) == 403
    # Ben's key does not open any more: whatever is worked for him raises, in the web process and in the worker.
    await execute(
        "UPDATE person_key k SET wrapped = 'damaged' FROM person p WHERE p.id = k.person_id AND p.number_key = $1",
        house.house.vault.number_key(ben.number),
    )  # fmt: skip
    async with house.client.post(f"{ben.house.url}{ben.path}/texts", json={"body": "6 a trombone"}) as answer:
        assert answer.status in {201, 500, 502}
    await clock.forward(minutes=1)


def _secrets(house: RunningHouse) -> Iterator[str]:
    for name in ("TWILIO_AUTH_TOKEN", "SECRET_KEYS", "LOOKUP_KEY"):
        yield house.environment[name]


async def _written(house: RunningHouse) -> AsyncIterator[tuple[str, bytes]]:
    """Every place: files, what Prometheus and the health checks are told, addresses, Redis, every row as it lies."""
    for path in _files(house.folder):
        yield path.name, path.read_bytes()
    for page in ("/metrics", "/health/ready", "/health/live"):
        async with house.client.get(house.url + page) as answer:
            yield page, await answer.read()
    for entry in await house.network_log():
        for field in ("url", "callback"):
            yield f"an address, {field}", str(entry.get(field, "")).encode()
    if house.redis is not None:
        async with Redis.from_url(house.environment["REDIS_URL"]) as redis:
            async for key in redis.scan_iter():
                yield "a key in Redis", key + b" " + (await redis.dump(key) or b"")
    for name in records.__all__:
        table = getattr(records, name)._meta.db_table
        for row in await fetch(f"SELECT * FROM {table}"):
            yield f"table {table}", repr(dict(row)).encode()


def _files(folder: Path) -> Iterator[Path]:
    yield from (path for path in folder.rglob("*") if path.is_file()
                and path.relative_to(folder).parts[0].partition(".")[0] not in NOT_OURS)  # fmt: skip
