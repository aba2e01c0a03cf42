"""Ends a process whose rounds stand still, and whoever started it starts it again. A thread: no loop can watch itself.

Who watches the watchdog: the launcher, which restarts what ends, and MendlineWorkerLate in papers/alerts.yaml.
"""

from __future__ import annotations

import logging
import os
import threading
import time

# A herd without Redis takes a round a minute; nothing that goes on takes three.
STUCK_SECONDS = 180.0
STUCK = 70  # the exit code; sysexits' "internal software error"
log = logging.getLogger(__name__)


class Watchdog:
    """Wants to hear of each round."""

    def __init__(self, stuck_seconds: float = STUCK_SECONDS) -> None:
        self._stuck_seconds = stuck_seconds
        self._heard_at = time.monotonic()

    def hear(self) -> None:
        """A round came to its end, well or badly."""
        self._heard_at = time.monotonic()

    def watch(self) -> None:
        """From now on, for the life of the process."""
        threading.Thread(target=self._look, name="watchdog", daemon=True).start()

    def _look(self) -> None:
        while (quiet := time.monotonic() - self._heard_at) < self._stuck_seconds:
            time.sleep(min(1.0, self._stuck_seconds - quiet))
        log.critical("worker_stuck seconds=%.0f", quiet)
        # Nothing is tidied up: what stands still would not let go. All of a round may be cut off anywhere.
        os._exit(STUCK)
