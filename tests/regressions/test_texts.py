"""Texts that once did not arrive, or were taken for something they were not."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from flows.conversation.effects import SealScreen
from flows.conversation.turn import Prompt
from flows.programme.screening import NO
from service.database import execute, in_transaction
from service.delivery import owe
from service.gateway.port import TextStatus
from service.recording import suppress
from service.records import Due, OutboxItem, Promise
from service.screening import keep_screen
from service.settling import take_status
from service.someone import Someone, find_someone
from tests.calls.one_process import OneProcess
from tests.faults.journey import G_WHO
from tests.patience import PATIENCE_SECONDS
from tests.service.conftest import ADA, STRANGER
from tests.stories.beginnings import NEW_YORK

OPTED_OUT = 21610


async def ada_of(everything: OneProcess) -> Someone:
    found = await find_someone(everything.house.vault, everything.house.vault.number_key(ADA))
    assert found is not None
    return found


async def owed_to_ada(everything: OneProcess) -> OutboxItem:
    async with in_transaction("test"):
        ada, now = await ada_of(everything), everything.house.clock.now()
        (item,) = owe(everything.house, ada, [Prompt("G-WHO")], purpose="reply", now=now, country="US")
    return await OutboxItem.get(token=item.token)


async def test_a_text_whose_seal_is_broken_does_not_hold_up_the_one_behind_it(everything: OneProcess):
    await everything.begin()
    broken, whole = await owed_to_ada(everything), await owed_to_ada(everything)
    await OutboxItem.filter(id=broken.id).update(arguments_sealed=str(broken.arguments_sealed)[:-4] + "AAAA")

    await everything.sweep()

    assert everything.received(ADA) == [G_WHO]
    assert (await OutboxItem.get(id=broken.id)).state == "withheld"
    assert (await OutboxItem.get(id=whole.id)).sid is not None


async def test_a_failure_told_after_the_delivery_changes_nothing_of_it(everything: OneProcess):
    """Read as it came, it would have been a STOP that she never said."""
    await everything.begin()
    item = await owed_to_ada(everything)
    await everything.sweep()
    sid, now = str((await OutboxItem.get(id=item.id)).sid), everything.house.clock.now()

    for status, code in (("delivered", None), ("undelivered", OPTED_OUT)):
        await take_status(everything.house, TextStatus(sid, status, code, str(item.token)), now)

    kept = await OutboxItem.get(id=item.id)
    assert (kept.state, kept.error_code) == ("delivered", None)
    assert (await ada_of(everything)).person.status == "active"


@pytest.mark.promise(4, 13)
@pytest.mark.parametrize("comes_back_first", [True, False])
async def test_a_stop_of_the_network_is_followed_though_whoever_was_to_do_it_died(
    everything: OneProcess, comes_back_first: bool
):
    """Her number was blocked and she was not: a START lifted nothing, and nobody ever wrote to her again."""
    await everything.begin()
    async with in_transaction("test"):
        await suppress((await ada_of(everything)).person.number_key or "", "network", everything.house.clock.now())

    if not comes_back_first:
        await everything.sweep()
        assert (await ada_of(everything)).person.status == "opted_out"
    await everything.exchange.take(ADA, "START")
    await everything.exchange.take(ADA, "WHO")
    await everything.sweep()

    assert (await ada_of(everything)).person.status == "active"
    assert everything.received(ADA)[-1] == G_WHO


async def test_a_screen_answered_twice_within_one_second_is_planned_each_time(everything: OneProcess):
    """The second planned nothing, as its rows seemed to be there: those of the first, which it had just dropped."""
    await everything.begin()
    now, answers = everything.house.clock.now().replace(microsecond=100_000), SealScreen(NO, NO, NO, NO, NO)

    for at in (now, now + timedelta(milliseconds=300)):
        async with in_transaction("test"):
            ada = await ada_of(everything)
            await keep_screen(everything.house, ada, answers, at)

    waiting = await Due.filter(person_id=ada.id, state="waiting", kind__startswith="screen")
    assert sorted(each.kind for each in waiting) == ["screen", "screen-counts"]


async def test_a_stop_is_taken_while_two_days_of_what_repeats_are_followed(everything: OneProcess):
    """It failed each time it was tried: with their rule gone, both days had the letters that only one may have."""
    await everything.begin()
    for body in ("PROMISE walk every day at 5:50pm", "SKIP", "2"):
        await everything.exchange.take(ADA, body)
    for hours in (1, 24):
        await everything.passes_and_sweeps(hours=hours)
    ada = await ada_of(everything)
    assert await Promise.filter(person_id=ada.id, state__in=["open", "asked", "behind"]).count() > 1

    await everything.exchange.take(ADA, "STOP")

    assert (await ada_of(everything)).person.status == "opted_out"
    assert set(await Promise.filter(person_id=ada.id).values_list("state", flat=True)) == {"closed"}


FAILS = {"seed": 1, "rules": [{"on": "callback", "do": "fail:30003", "number": ADA, "chance": 1.0, "for": 99}]}
STEPS = 12  # an hour, in steps of five minutes


async def times_of(everything: OneProcess, phrase: str) -> list[str]:
    """When her texts of this phrase were posted, on the clock of New York; - where one waits or was withheld."""
    items = await OutboxItem.filter(phrase_id=phrase).order_by("id")
    return [f"{each.posted_at.astimezone(NEW_YORK):%H:%M}" if each.posted_at else "-" for each in items]


async def is_asked_in_vain(everything: OneProcess) -> None:
    """Ada's phone is off when she is asked how it went, at seven."""
    await everything.begin()
    await execute("UPDATE due SET state = 'dropped' WHERE state = 'waiting'")
    for body in ("PROMISE walk today at 7pm", "SKIP", "1"):
        await everything.exchange.take(ADA, body)
        await everything.sweep()
    await everything.passes_and_sweeps(minutes=89)
    everything.exchange.faults.set(FAILS)
    for _ in range(2):
        await everything.passes_and_sweeps(minutes=1)
    everything.exchange.faults.clear()
    assert await times_of(everything, "PR-6") == ["19:00", "-"]


async def test_a_second_try_waits_for_its_minute_and_holds_up_nothing(everything: OneProcess):
    """It went with the next reply, or else kept back for forty minutes all that was owed after it."""
    await is_asked_in_vain(everything)

    await everything.exchange.take(ADA, "WHO")
    await everything.sweep()
    for _ in range(STEPS):
        await everything.passes_and_sweeps(minutes=5)

    assert await times_of(everything, "G-WHO") == ["19:01"]
    assert await times_of(everything, "PR-6") == ["19:00", "19:41"]


async def test_whoever_said_how_it_went_is_not_asked_by_a_second_try(everything: OneProcess):
    await is_asked_in_vain(everything)

    await everything.exchange.take(ADA, "1")
    for _ in range(STEPS):
        await everything.passes_and_sweeps(minutes=5)

    assert len(await times_of(everything, "PR-7")) == 1
    assert await times_of(everything, "PR-6") == ["19:00", "-"]


async def test_what_a_break_says_at_its_minutes_is_not_said_again_later(everything: OneProcess):
    """It told of half time when the break was over, and of a return with the minute of the one before it."""
    await everything.begin()
    await everything.exchange.take(ADA, "BREAK 20")
    await everything.sweep()
    everything.exchange.faults.set(FAILS)
    for _ in range(2 * STEPS):
        await everything.passes_and_sweeps(minutes=5)

    said = await OutboxItem.filter(phrase_id__in=["TO-3", "TO-4"])
    assert {each.phrase_id for each in said} == {"TO-3", "TO-4"}
    assert {(each.state, each.arguments_sealed) for each in said} == {("undelivered", None)}
    assert len({each.intent for each in said}) == len(said)


async def test_a_network_that_forgets_everything_in_any_moment_of_a_text_goes_on(everything: OneProcess):
    """Between its turn and its beginning a request found its text gone, and the simulated network ended with it."""
    await everything.begin()

    for moments in range(12):
        sending = asyncio.create_task(everything.exchange.take(ADA, "WHO"))
        for _ in range(moments):
            await asyncio.sleep(0)
        everything.exchange.reset()
        await sending

    async with asyncio.timeout(PATIENCE_SECONDS):
        await everything.exchange.take(ADA, "WHO")
    await everything.sweep()
    assert everything.received(ADA)[-1] == G_WHO


async def test_a_newcomer_who_is_not_followed_still_comes_to_the_first_score(everything: OneProcess):
    """The sixth text of an hour that nobody could read, which went on to the check-in, was answered with a failure."""
    await everything.begin()

    for text in ("JOIN", "YES", *["mmmm hmmm"] * 10):
        await everything.exchange.take(STRANGER, text)
        await everything.sweep()

    assert any("How is today so far" in said for said in everything.received(STRANGER))
