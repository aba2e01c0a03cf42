"""A worker that stands still ends itself, so that it can be started again; one that goes on is left alone."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.test_layering import ROOT
from workers.watchdog import STUCK

BEGINS = "import time\nfrom workers.watchdog import Watchdog\nwatchdog = Watchdog(1.0)\nwatchdog.watch()\n"


def _ends_with(program: str) -> int:
    return subprocess.run([sys.executable, "-c", BEGINS + program], cwd=ROOT, timeout=60, check=False).returncode


@pytest.mark.parametrize("stuck", ["time.sleep(50)", "import asyncio\nasyncio.run(asyncio.Event().wait())"])
def test_what_stands_still_is_ended(stuck: str):
    assert _ends_with(stuck) == STUCK


def test_what_goes_on_is_left_alone():
    assert _ends_with("for _ in range(12):\n    time.sleep(0.2)\n    watchdog.hear()") == 0
