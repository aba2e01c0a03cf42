"""What came in while the database was away: sealed lines of one file, in order, destroyed once they were taken."""

from __future__ import annotations

import asyncio
import fcntl
import logging
import os
import re
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from service.vault import OTHER_KEY, SealBroken, Vault

# A text takes about 600 bytes: room for more than twenty thousand, an outage of days for five hundred couples.
LIMIT_BYTES = 16 * 1024 * 1024
LINES, TURN = "events", "turn"
PLACE = "spool.line"
WHOLE = re.compile(rb"v1\.[0-9a-f]{8}\.[A-Za-z0-9+/]+=*")  # the form of a seal; what a crash cut short may lack it
log = logging.getLogger(__name__)


class SpoolFull(Exception):
    """Nothing was kept: the spool has reached its limit, or its disk cannot be written."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the file: where it stands, and what it says sealed."""

    offset: int
    sealed: bytes


class Spool:
    """The folder of one installation. Every web process and worker of a machine may use it at once.

    One lock is held for each change of the file, another by whoever replays; both end with their process.
    """

    def __init__(self, folder: Path, vault: Vault, *, limit_bytes: int = LIMIT_BYTES) -> None:
        self._folder, self._vault, self._limit_bytes = folder, vault, limit_bytes
        self._lines_path = os.fspath(folder / LINES)  # looked at before each event

    def is_empty(self) -> bool:
        """Whether nothing waits. One look at the file's length: it is cut to nothing when all was taken."""
        return self.size() == 0

    def size(self) -> int:
        """Bytes of the file."""
        try:
            return os.stat(self._lines_path).st_size  # a third of what a Path takes
        except FileNotFoundError:
            return 0

    def depth(self) -> int:
        """How many events wait."""
        return 0 if self.is_empty() else len(self._lines())

    async def keep(self, event: str) -> None:
        """Seal `event` and write it behind all others; on the disk when this returns.

        Raises:
            SpoolFull: nothing was kept.
        """
        await asyncio.to_thread(self._append, self._vault.seal(event, PLACE).encode())

    async def replay(self, take: Callable[[str], Awaitable[bool]]) -> bool:
        """Have `take` take every event, oldest first, and destroy its line once it says True. False: another is at it.

        A line stays that `take` would not have yet, or that was sealed with a key not among ours. May be killed
        anywhere: a line that was taken and not destroyed is taken again, which changes nothing.

        Raises: what `take` raises; its line and those after it stay.
        """
        if self.is_empty():
            return True
        with self._turn() as is_ours:
            if is_ours:
                staying = 0
                while lines := (await asyncio.to_thread(self._lines))[staying:]:
                    for line in lines:
                        staying += not await self._take(line, take)
                await asyncio.to_thread(self._cut)
        return is_ours

    async def _take(self, line: Line, take: Callable[[str], Awaitable[bool]]) -> bool:
        """Whether the line is gone."""
        try:
            event = self._vault.open(line.sealed.decode("ascii", "replace"), PLACE)
        except SealBroken as broken:
            if WHOLE.fullmatch(line.sealed) and broken.reason == OTHER_KEY:
                return False
            # Cut off by a crash, so never acknowledged: the network brings it again, or it is found by listing.
            log.error("spool_line_broken offset=%d reason=%s", line.offset, broken.reason.replace(" ", "-"))
        else:
            if not await take(event):
                return False
        await asyncio.to_thread(self._destroy, line)
        return True

    def _append(self, sealed: bytes) -> None:
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            is_new = not (self._folder / LINES).exists()
            with self._opened() as file:
                before = os.fstat(file).st_size
                # What a crash cut off stays a line of its own.
                is_torn = before > 0 and os.pread(file, 1, before - 1) != b"\n"
                line = (b"\n" if is_torn else b"") + sealed + b"\n"
                if before + len(line) > self._limit_bytes:
                    raise SpoolFull
                self._write(file, line, before)
            if is_new:
                self._settle_name()
        except OSError as refused:
            log.error("spool_unwritable reason=%s", type(refused).__name__)
            raise SpoolFull from refused

    def _write(self, file: int, line: bytes, before: int) -> None:
        try:
            written = os.pwrite(file, line, before)
            if written < len(line):
                raise OSError("the disk took a part")
            os.fsync(file)
        except OSError:
            os.ftruncate(file, before)
            raise

    def _settle_name(self) -> None:
        """A file's name lies in its folder: without this a power cut may lose the file."""
        folder = os.open(self._folder, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)

    def _lines(self) -> list[Line]:
        """What waits, oldest first."""
        with self._opened() as file:
            content = os.pread(file, os.fstat(file).st_size, 0)
        lines, offset = [], 0
        for line in content.split(b"\n"):
            if line.strip():
                lines.append(Line(offset, line))
            offset += len(line) + 1
        return lines

    def _destroy(self, line: Line) -> None:
        with self._opened() as file:
            os.pwrite(file, b" " * len(line.sealed), line.offset)
            os.fsync(file)

    def _cut(self) -> None:
        """Cut the file to nothing, unless something was written since or stays."""
        with self._opened() as file:
            if not os.pread(file, os.fstat(file).st_size, 0).strip():
                os.ftruncate(file, 0)
                os.fsync(file)

    @contextmanager
    def _opened(self) -> Iterator[int]:
        """The file, locked against every other process and thread."""
        file = os.open(self._folder / LINES, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield file
        finally:
            os.close(file)

    @contextmanager
    def _turn(self) -> Iterator[bool]:
        """Whether it is our turn to replay: one process, and one task in it, at a time."""
        file = os.open(self._folder / TURN, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            is_ours = True
        except BlockingIOError:
            is_ours = False
        try:
            yield is_ours
        finally:
            os.close(file)
