"""A power cut on request: in simulation another process of ours may ask the launcher to kill the worker, nothing else.

The request is a file; the launcher owns the processes, so it kills and it starts again.
"""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass
from pathlib import Path

from service.embedded.processes import recorded_pid
from service.embedded.running import read_run
from service.errors import ServerUnavailable

WORKER = "worker"
POLL_SECONDS = 0.05
# The launcher looks every fifth of a second; a child that dies often is started again after ten seconds at the most.
PATIENCE_SECONDS = 20.0


@dataclass(frozen=True, slots=True)
class PowerCut:
    """The worker's process before and after."""

    before: int
    after: int


def is_launched(folder: Path, public_url: str) -> bool:
    """Whether `make run` keeps this very Mendline running, over a simulated network. `folder` is its `var`."""
    run = read_run(folder)
    return run is not None and run.url == public_url and run.simulator_url != ""


async def cut_power(folder: Path, public_url: str) -> PowerCut:
    """Have the worker killed (SIGKILL) and wait until the launcher has started another.

    Raises:
        ServerUnavailable: `make run` does not run this Mendline, or no other worker came.
    """
    if not is_launched(folder, public_url):
        raise ServerUnavailable("this Mendline was not started by `make run`", "start it so, and try again")
    before = await _worker_but(0, folder)
    _wish(folder).parent.mkdir(exist_ok=True)
    _wish(folder).touch()
    return PowerCut(before, await _worker_but(before, folder))


def wants_power_cut(folder: Path) -> bool:
    """Whether somebody asked since this was last called: for the launcher."""
    try:
        _wish(folder).unlink()
    except FileNotFoundError:
        return False
    return True


async def _worker_but(other: int, folder: Path) -> int:
    """The worker's process, once it is another than `other`."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while (pid := recorded_pid(folder / "pids" / WORKER)) is None or pid == other:
        if time.monotonic() > deadline:
            raise ServerUnavailable("no other worker was started", f"see {folder / 'log' / 'worker.log'}")
        await asyncio.sleep(POLL_SECONDS)
    return pid


def _wish(folder: Path) -> Path:
    return folder / "asked" / "power-cut"
