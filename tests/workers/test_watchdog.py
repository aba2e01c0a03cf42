"""A worker that stands still ends itself, so that it can be started again; one that goes on is left alone."""

from __future__ import annotations

import asyncio
import subprocess
import sys
import time

import pytest

from tests.patience import PATIENCE_SECONDS
from tests.test_layering import ROOT
from workers.beside import Beside
from workers.watchdog import STUCK

BEGINS = "import time\nfrom workers.watchdog import Watchdog\nwatchdog = Watchdog(1.0)\nwatchdog.watch()\n"


def _ends_with(program: str) -> int:
    command = [sys.executable, "-c", BEGINS + program]
    return subprocess.run(command, cwd=ROOT, timeout=PATIENCE_SECONDS, check=False).returncode


@pytest.mark.parametrize("stuck", ["time.sleep(50)", "import asyncio\nasyncio.run(asyncio.Event().wait())"])
def test_what_stands_still_is_ended(stuck: str):
    assert _ends_with(stuck) == STUCK


def test_what_goes_on_is_left_alone():
    assert _ends_with("for _ in range(12):\n    time.sleep(0.2)\n    watchdog.hear()") == 0


async def test_a_look_that_hangs_for_ever_is_given_up_and_begun_anew():
    beside, begun = Beside(longest_seconds=0.5), []

    async def hangs() -> None:
        begun.append(time.monotonic())
        await asyncio.Event().wait()

    for _ in range(2):
        await beside.go(hangs)
    await beside.aclose()

    assert len(begun) == 2
