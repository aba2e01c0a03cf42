"""Clocks that were set back, and what then stood still until they had caught up."""

from __future__ import annotations

from datetime import timedelta

import pytest

from service.clock import real_now
from service.database import execute, fetch
from service.reconciling import TEXTS
from service.records import Watermark
from tests.calls.one_process import OneProcess
from tests.faults.journey import G_WHO
from tests.service.conftest import ADA
from workers.rounds import Rounds
from workers.watchdog import Watchdog


@pytest.mark.promise(28)
async def test_after_a_step_back_the_networks_list_is_read_at_once(everything: OneProcess):
    """What had been read counted as read up to a minute that was yet to come."""
    await everything.begin()
    await everything.sweep()
    await everything.passes_and_sweeps(minutes=20)

    everything.steps(minutes=-10)
    await everything.sweep()

    assert (await Watermark.get(name=TEXTS)).read_until <= everything.house.clock.now()


@pytest.mark.promise(9)
async def test_what_was_leased_before_the_machine_was_set_back_is_not_leased_for_an_hour(everything: OneProcess):
    await everything.begin()
    await everything.exchange.take(ADA, "WHO")
    await execute("UPDATE outbox SET lease_until = $1 WHERE state = 'owed'", real_now() + timedelta(hours=1))
    rounds = Rounds(everything.hands, Watchdog())

    await rounds.sweep()

    left = await fetch("SELECT max(lease_until) AS until FROM outbox WHERE state = 'owed'")
    assert left[0]["until"] - real_now() < timedelta(seconds=30)
    await execute("UPDATE outbox SET lease_until = $1 WHERE state = 'owed'", real_now())
    await everything.sweep()
    assert everything.received(ADA) == [G_WHO]
