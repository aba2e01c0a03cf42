"""A process of the product that is killed, fails, is cancelled or hangs at the point an order names.

`python -m tests.crashes.watched web` or `… worker`. `POINTS_FOLDER` is where orders lie.
"""

from __future__ import annotations

import asyncio
import json
import os
import runpy
import signal
import sys
from pathlib import Path

from service.points import watch

ORDER, STRUCK, HANGS = "order.json", "struck.json", "hangs"


class Struck(Exception):
    """The failure that an order plants."""


class Watcher:
    """Carries out the order of a folder, once: whoever takes the file first."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    async def __call__(self, point: str) -> None:
        """Strike if it is the one."""
        order = self._order()
        if order.get("point") != point or not self._take():
            return
        match order["do"]:
            case "kill":
                os.kill(os.getpid(), signal.SIGKILL)
            case "raise":
                raise Struck(point)
            case "cancel":
                task = asyncio.current_task()
                assert task is not None
                task.cancel()
                await asyncio.sleep(0)
            case "hang":
                (self._folder / HANGS).write_text(str(os.getpid()), encoding="ascii")
                await asyncio.Event().wait()

    def _order(self) -> dict[str, str]:
        try:
            order: dict[str, str] = json.loads((self._folder / ORDER).read_text())
        except FileNotFoundError:
            return {}
        return order

    def _take(self) -> bool:
        try:
            (self._folder / ORDER).rename(self._folder / STRUCK)
        except FileNotFoundError:
            return False
        return True


def main() -> None:
    """Run what the first argument names, watched."""
    watch(Watcher(Path(os.environ["POINTS_FOLDER"])))
    name = sys.argv[1]
    if name == "worker":
        sys.argv = ["workers", *sys.argv[2:]]
        runpy.run_module("workers", run_name="__main__")
    else:
        runpy.run_module("service.cli", run_name="service.cli", alter_sys=True)["main"]()


if __name__ == "__main__":
    main()
