"""What is forgotten, and when (PROGRAMME 8.7): the clock moves on, and rows go on their day."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from service.records import OutboxItem, Person, PublishedItem
from service.someone import ITEM, make_someone
from service.tidying import forget_what_is_over
from tests.faults.journey import comes_true, is_asked
from tests.stories.people import Clock, Network, Phone
from tests.stories.running import RunningHouse
from tests.workers.owing import number, owed
from workers.hands import Hands

KINDS = {
    "notes": "SELECT count(*) AS n FROM note WHERE kind <> 'danger'",
    "danger": "SELECT count(*) AS n FROM note WHERE kind = 'danger'",
    "ratings": "SELECT count(*) AS n FROM rating",
    "events": "SELECT count(*) AS n FROM inbound_event",
    "outbox": "SELECT count(*) AS n FROM outbox",
    "ledger": "SELECT count(*) AS n FROM consent_entry",
    "opt-outs": "SELECT count(*) AS n FROM suppression",
}


async def _kept(house: RunningHouse) -> set[str]:
    return {kind for kind, sql in KINDS.items() if (await house.rows(sql))[0]["n"]}


async def _forgotten(house: RunningHouse, *kinds: str) -> None:
    async def gone() -> bool:
        return not (await _kept(house)) & set(kinds)

    await comes_true(gone)


@pytest.mark.promise(19)
async def test_each_kind_of_row_goes_on_its_day_and_proof_stays(
    ada: Phone, clock: Clock, network: Network, house: RunningHouse
):
    await is_asked(clock, ada)
    await ada.texts("4 tired, argued")
    await ada.texts("3")
    await clock.forward(minutes=5)
    await ada.texts("I want to die")
    await ada.texts("STOP")
    await network.settled()
    assert await _kept(house) == set(KINDS)

    expected = set(KINDS)
    for days, going in ((31, {"danger", "outbox"}), (60, {"notes"}), (275, {"ratings"}), (36, {"events"})):
        await clock.forward(days=days - 2)
        assert await _kept(house) == expected
        await clock.forward(days=2)
        await _forgotten(house, *going)
        expected -= going
    assert await _kept(house) == {"ledger", "opt-outs"}


async def test_somebody_who_never_said_yes_is_forgotten_after_two_weeks(
    stranger: Phone, clock: Clock, house: RunningHouse
):
    await stranger.texts("JOIN")
    await clock.forward(days=13)
    assert (await house.rows("SELECT count(*) AS n FROM person"))[0]["n"] == 1

    await clock.forward(days=2)

    async def nobody() -> bool:
        rows = await house.rows("SELECT (SELECT count(*) FROM person) + (SELECT count(*) FROM person_key) AS n")
        return rows[0]["n"] == 0

    await comes_true(nobody)


async def test_the_network_forgets_a_body_after_a_day_and_the_phone_keeps_it(
    ada: Phone, clock: Clock, network: Network, house: RunningHouse
):
    before = [each["body"] for each in await ada.received()]
    await network.settled()
    await clock.forward(hours=26)

    async def all_redacted() -> bool:
        log = await network.log()
        sent = {each["sid"] for each in log if each["kind"] == "text" and each["by"] == "product"}
        redacted = {each["sid"] for each in log if each["kind"] == "redacted"}
        return len(sent & redacted) >= len(before)

    await comes_true(all_redacted)
    assert [each["body"] for each in await ada.received()][: len(before)] == before


async def test_a_published_copy_lasts_thirty_days(hands: Hands):
    now = hands.house.clock.now()
    someone = await make_someone(hands.house.vault, number(1), locale="en", status="active", now=now)
    for days in (0, 1):
        day: Any = now.date() - timedelta(days=30 + days)
        await PublishedItem.create(
            receiver_id=someone.id, publisher_id=someone.id, kind="mood", item_sealed=someone.key.seal("7", ITEM),
            local_date=day, expires_on=day + timedelta(days=30),
        )  # fmt: skip

    await forget_what_is_over(now)
    await forget_what_is_over(now)

    assert [each.expires_on for each in await PublishedItem.all()] == [now.date()]
    assert await Person.all().count() == 1


async def test_words_nobody_confirmed_are_dropped_a_day_after_their_window(hands: Hands):
    fresh, old = await owed(hands, 1, lasts=timedelta(hours=-23)), await owed(hands, 2, lasts=timedelta(hours=-25))
    await OutboxItem.all().update(state="sent")

    await forget_what_is_over(hands.house.clock.now())

    kept = {item.id: item.arguments_sealed is not None for item in await OutboxItem.all()}
    assert kept == {fresh.id: True, old.id: False}
