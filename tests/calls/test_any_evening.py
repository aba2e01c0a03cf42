"""Whatever people do on an evening, in any order, on any network: what must always hold does."""

from __future__ import annotations

import asyncio

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.calls.any_evening import Evening
from tests.calls.one_process import OneProcess

SETTINGS = settings(
    phases=(Phase.explicit, Phase.reuse, Phase.generate), suppress_health_check=list(HealthCheck)
)
FEW = settings(SETTINGS, max_examples=5, stateful_step_count=18, derandomize=True)
MANY = settings(SETTINGS, max_examples=200, stateful_step_count=60)


async def live_through(everything: OneProcess, how_many: settings) -> None:
    """Hypothesis steps in a thread of its own; everything runs on this loop."""
    loop = asyncio.get_running_loop()
    here = type("Here", (Evening,), {"everything": everything, "loop": loop})
    await asyncio.to_thread(run_state_machine_as_test, here, settings=how_many)


async def test_whatever_a_few_do_on_an_evening_all_holds(everything: OneProcess):
    await live_through(everything, FEW)


@pytest.mark.slow
@pytest.mark.timeout(3600)
async def test_whatever_many_do_on_many_evenings_all_holds(everything: OneProcess):
    await live_through(everything, MANY)
