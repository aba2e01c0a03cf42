"""PostgreSQL is gone: whoever texts or calls is answered, what they said lies sealed on the disk, and is taken once."""

from __future__ import annotations

import asyncio
import os
import signal
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import aiohttp
import pytest

from service.spool import LIMIT_BYTES, LINES
from tests.faults.journey import CK_2, CK_4, bond_held, comes_true, is_asked, state_of_last_text
from tests.faults.letters import deliver, status_of, text_from
from tests.stories.people import Clock, HeldCall, Network, Phone
from tests.stories.running import RunningHouse, free_port

ANSWERED_WITHIN = 8.0
CK_2_ES = "¿Y como esta tu cuerpo ahora, de 0 (en calma) a 10 (muy alterado)?"
GREETING = "For a calming break, press 2. For your own things, press 1."
SAFE = "You did a wise thing by stepping back. Are you safe right now? For yes, press 1."
MOMENT = "One moment, please."


@asynccontextmanager
async def without_postgres(house: RunningHouse) -> AsyncIterator[None]:
    """PostgreSQL is gone inside the block, and comes back at its end."""
    house.kill_postgres()
    try:
        yield
    finally:
        await house.bring_back_postgres()


async def answered(house: RunningHouse, path: str, fields: list[tuple[str, str]], **more: str) -> int:
    """The HTTP status of a webhook, which came in time."""
    begun = time.monotonic()
    status = await deliver(house, path, fields, **more)
    assert time.monotonic() - begun < ANSWERED_WITHIN
    return status


def on_disk(house: RunningHouse) -> bytes:
    return (house.folder / "spool" / LINES).read_bytes()


async def all_taken(house: RunningHouse) -> None:
    async def is_empty() -> bool:
        return on_disk(house) == b""

    await comes_true(is_empty)


@pytest.mark.promise(6)
@pytest.mark.invariant("I10")
async def test_a_text_that_meets_no_database_is_answered_and_its_reply_comes_once(
    ada: Phone, clock: Clock, network: Network, house: RunningHouse
):
    await is_asked(clock, ada)
    await comes_true(lambda: _is(house, ada, "delivered"))  # no callback comes meanwhile
    fields = text_from(ada, "4 tired, argued")

    async with without_postgres(house):
        assert await answered(house, "/twilio/sms", fields) == 200
        for private in (b"tired", ada.number.encode(), ada.number[1:].encode()):
            assert private not in on_disk(house)
        assert len(on_disk(house).splitlines()) == 1

    assert await ada.hears(CK_2)
    await all_taken(house)
    assert await deliver(house, "/twilio/sms", fields) == 200  # Twilio's repeat of it
    await ada.texts("8")
    assert await ada.hears(CK_4)
    assert await network.is_quiet()


@pytest.mark.promise(6)
async def test_texts_of_two_people_at_two_web_processes_are_taken_in_their_order_once(
    ada: Phone, carmen: Phone, clock: Clock, network: Network, house: RunningHouse
):
    await is_asked(clock, ada, carmen)
    port = free_port()
    other = f"http://127.0.0.1:{port}"
    house.start("web", known_as="other-web", PORT=str(port), PUBLIC_URL=other)
    await comes_true(lambda: _is_up(house, other))

    async with without_postgres(house):
        for phone, body, to in (
            (ada, "4 tired, argued", house.url), (carmen, "6", other), (ada, "8", other), (ada, "OK", house.url),
        ):  # fmt: skip
            assert await answered(house, "/twilio/sms", text_from(phone, body), to=to) == 200

    assert await ada.hears(CK_2, CK_4)
    assert await carmen.hears(CK_2_ES)
    await all_taken(house)
    assert await network.is_quiet()


async def test_a_web_process_killed_meanwhile_takes_what_it_kept_when_it_is_back(
    ada: Phone, clock: Clock, network: Network, house: RunningHouse
):
    await is_asked(clock, ada)
    house.kill("worker")

    async with without_postgres(house):
        assert await answered(house, "/twilio/sms", text_from(ada, "4 tired, argued")) == 200
        house.kill("web")
    house.start("web")
    await house.until_ready()
    await all_taken(house)
    house.start("worker")

    assert await ada.hears(CK_2)
    assert await network.is_quiet()


async def test_a_worker_takes_what_a_dead_web_process_kept(
    ada: Phone, clock: Clock, network: Network, house: RunningHouse
):
    await is_asked(clock, ada)

    async with without_postgres(house):
        assert await answered(house, "/twilio/sms", text_from(ada, "4 tired, argued")) == 200
        house.kill("web")
    await all_taken(house)
    house.start("web")
    await house.until_ready()

    assert await ada.hears(CK_2)
    assert await network.is_quiet()


@pytest.mark.promise(2)
async def test_a_key_pressed_while_the_database_is_away_counts_and_the_call_goes_on(ada: Phone, house: RunningHouse):
    call = await ada.calls()
    assert await call.hears(GREETING)

    house.kill_postgres()
    pressing = asyncio.create_task(call.presses("2"))
    await comes_true(lambda: _is_kept(house))
    await house.bring_back_postgres()
    await pressing

    await comes_true(lambda: _was_said(house, call, SAFE))  # a held line waits out its pauses
    assert await call.hears(MOMENT, SAFE)


async def test_a_call_that_begins_without_a_database_is_greeted_when_it_is_back(ada: Phone, house: RunningHouse):
    house.kill_postgres()
    calling = asyncio.create_task(ada.calls())
    await comes_true(lambda: _is_kept(house))
    await house.bring_back_postgres()
    call = await calling

    await comes_true(lambda: _was_said(house, call, GREETING))
    assert await call.hears(MOMENT, GREETING)


async def test_a_callback_that_meets_no_database_counts_once_it_is_back(
    ada: Phone, clock: Clock, network: Network, house: RunningHouse
):
    await is_asked(clock, ada)
    await network.fails({"on": "callback", "do": "drop", "number": ada.number, "for": 2})
    await ada.texts("4 tired, argued")
    assert await ada.hears(CK_2)
    await network.settled()
    (item,) = await house.rows("SELECT token, sid FROM outbox ORDER BY id DESC LIMIT 1")

    async with without_postgres(house):
        path = f"/twilio/status?item={item['token']}"
        assert await answered(house, path, status_of(item["sid"], "delivered")) == 204

    await comes_true(lambda: _is(house, ada, "delivered"))
    await all_taken(house)


@pytest.mark.promise(2)
async def test_a_database_that_hangs_is_not_waited_for(ada: Phone, clock: Clock, network: Network, house: RunningHouse):
    await is_asked(clock, ada)
    await comes_true(lambda: _is(house, ada, "delivered"))
    fields = text_from(ada, "4 tired, argued")

    async with bond_held(house, ada):  # a turn that another one holds up, for longer than Twilio waits
        assert await answered(house, "/twilio/sms", fields) == 200
        assert len(on_disk(house).splitlines()) == 1

    assert await ada.hears(CK_2)
    await all_taken(house)
    assert await network.is_quiet()


async def test_a_key_that_meets_a_held_lock_hears_one_moment_and_the_call_goes_on(ada: Phone, house: RunningHouse):
    call = await ada.calls()
    assert await call.hears(GREETING)

    async with bond_held(house, ada):
        pressing = asyncio.create_task(call.presses("2"))
        await comes_true(lambda: _is_kept(house))
    await pressing

    await comes_true(lambda: _was_said(house, call, SAFE))  # a held line waits out its pauses
    assert await call.hears(MOMENT, SAFE)


@pytest.mark.promise(2)
async def test_a_server_that_stands_still_is_not_waited_for(
    ada: Phone, clock: Clock, network: Network, house: RunningHouse
):
    await is_asked(clock, ada)

    os.kill(house.postgres.pid, signal.SIGSTOP)
    try:
        house.kill("web")
        house.start("web")  # its first connection is never answered
        await comes_true(lambda: _is_up(house, house.url))
        assert await answered(house, "/twilio/sms", text_from(ada, "4 tired, argued")) == 200
    finally:
        os.kill(house.postgres.pid, signal.SIGCONT)

    assert await ada.hears(CK_2)
    await all_taken(house)


@pytest.mark.promise(6)
async def test_a_full_spool_leaves_the_text_to_twilio_and_it_is_found_by_listing(
    ada: Phone, clock: Clock, network: Network, house: RunningHouse
):
    await is_asked(clock, ada)
    spool = house.folder / "spool"
    spool.mkdir(exist_ok=True)

    async with without_postgres(house):
        (spool / LINES).write_bytes(b"v1.00000000.".ljust(LIMIT_BYTES, b"A"))  # it waits for a key that is not there
        status, _ = await house.post(f"{ada.path}/texts", {"body": "4 tired, argued"})
        assert status == 201
        webhook = [each for each in await network.log() if each["kind"] == "webhook"][-1]
        assert webhook["answered"] == 503
        (spool / LINES).write_bytes(b"")

    await clock.forward(minutes=6)
    assert await ada.hears(CK_2)
    assert await network.is_quiet()


async def _is_up(house: RunningHouse, url: str) -> bool:
    try:
        async with house.client.get(f"{url}/health/live") as answer:
            return answer.status == 200
    except aiohttp.ClientError:
        return False


async def _was_said(house: RunningHouse, call: HeldCall, words: str) -> bool:
    return any(each["text"].startswith(words) for each in (await house.get(call.path))["transcript"])


async def _is_kept(house: RunningHouse) -> bool:
    return (house.folder / "spool" / LINES).exists() and on_disk(house) != b""


async def _is(house: RunningHouse, phone: Phone, state: str) -> bool:
    return await state_of_last_text(house, phone) == state

