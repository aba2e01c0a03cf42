"""The one reader of the clock. In simulation an offset, kept in a file that every process reads, is added to it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path


class Clock:
    """Product time. Without a file it is the machine's time; with one, that plus the offset in seconds it holds.

    The simulator writes the file by rename, so a reader sees the old offset or the new one, never half of it.
    """

    def __init__(self, offset_file: Path | None) -> None:
        self._file = offset_file

    def now(self) -> datetime:
        """Aware UTC. Read it once per request or job and pass it down."""
        return real_now() + self._offset()

    def _offset(self) -> timedelta:
        if self._file is None:
            return timedelta()
        try:
            return timedelta(seconds=float(self._file.read_text(encoding="ascii")))
        except FileNotFoundError:  # the simulator has not moved the clock yet
            return timedelta()


def real_now() -> datetime:
    """The machine's time, aware UTC: for leases, back-off and network deadlines only."""
    return datetime.now(UTC)
