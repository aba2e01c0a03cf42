"""Many couples live with it for two weeks, on a network on which something always goes wrong."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.calls.callers import assert_nothing_is_left
from tests.calls.one_process import OneProcess
from tests.crashes.invariants import Log
from tests.service.conftest import EVENING
from tests.soak.fortnight import Fortnight
from tests.soak.looking import broken, written_down
from tests.soak.partners import couples

ENDS = EVENING.replace(hour=9, minute=0)  # four or five in the morning in New York


async def lives_well(everything: OneProcess, *, seed: int, how_many: int, days: int) -> Log:
    """The network's log. Everything is looked at after each day."""
    fortnight = Fortnight(everything, couples(how_many, seed), seed)
    with written_down(everything.folder):
        await fortnight.begin()
        for day in range(1, days + 1):
            await fortnight.day(ENDS + timedelta(days=day))
            await fortnight.rests()
            await assert_nothing_is_left(everything)
            everything.answers.unlink(missing_ok=True)
            wrong = await broken(fortnight)
            assert wrong == [], f"seed {seed}, day {day}: {wrong}"
    return everything.log()


def texts_of(log: Log) -> int:
    return sum(entry["kind"] == "text" for entry in log)


@pytest.mark.invariant("I9")
async def test_three_couples_live_well_for_two_days(everything: OneProcess):
    log = await lives_well(everything, seed=0, how_many=3, days=2)

    assert texts_of(log) > 40


@pytest.mark.slow
@pytest.mark.timeout(1200)
@pytest.mark.invariant("I9")
@pytest.mark.parametrize("seed", range(1, 6))
async def test_a_dozen_couples_live_well_for_two_weeks(everything: OneProcess, seed: int):
    log = await lives_well(everything, seed=seed, how_many=12, days=14)

    assert texts_of(log) > 1_500
    assert len({entry["do"] for entry in log if entry["kind"] == "fault"}) > 10
    done = await everything.rows("SELECT DISTINCT kind FROM due WHERE state = 'done'")
    assert {row["kind"] for row in done} >= {"check-in", "digest", "notice", "break-return", "promise-due"}
