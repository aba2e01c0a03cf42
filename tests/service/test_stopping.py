"""A STOP of which no turn came blocks its number, unless its holder said something else since."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from service.gateway.port import ArrivedText
from service.records import Suppression
from service.stopping import stop_without_turn
from tests.service.conftest import ADA, EVENING, Installation

EARLIER, LATER = EVENING - timedelta(hours=1), EVENING + timedelta(hours=1)


@pytest.mark.parametrize(
    ("body", "opted_out_at", "lifted_at", "is_blocked"),
    [
        ("no more texts please", None, None, True),
        ("no more texts please", EARLIER - timedelta(days=1), EARLIER, True),
        ("no more texts please", EARLIER, LATER, False),
        ("no more texts please", EVENING, LATER, False),
        ("I'd like him to stop", None, None, False),
        ("4 tired", None, None, False),
    ],
    ids=["a-stop", "start-before-it", "start-after-it", "blocked-by-it-and-start", "doubtful", "no-stop"],
)
async def test_a_stop_without_a_turn_blocks_unless_start_came_after_it(
    town: Installation, body: str, opted_out_at: datetime | None, lifted_at: datetime | None, is_blocked: bool
):
    async with town.opened() as house:
        key = house.vault.number_key(ADA)
        if opted_out_at is not None:
            await Suppression.create(number_key=key, opted_out_at=opted_out_at, lifted_at=lifted_at, reason="word")

        for _ in range(2):  # it is met again in each listing
            await stop_without_turn(house, ArrivedText("SM" + "1" * 32, ADA, "+12025550100", body, EVENING))

        assert await Suppression.filter(number_key=key, lifted_at=None).exists() == is_blocked
