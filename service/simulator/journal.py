"""What happened, one JSON line each, flushed before anyone is told: a killed simulator comes back from it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

Entry = dict[str, Any]
JOURNAL_FILE = "journal.jsonl"


class Journal:
    """An append-only file of entries. Reading it from `visible_from` on is the log that people see."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._path = folder / JOURNAL_FILE
        self._visible_from = 0
        _drop_half_line(self._path)
        self._file = self._path.open("ab")

    def entries(self) -> Iterator[Entry]:
        """Every entry since the beginning, oldest first; each "reset" on the way starts the log anew."""
        with self._path.open("rb") as file:
            for line in iter(file.readline, b""):
                entry: Entry = json.loads(line)
                if entry["kind"] == "reset":
                    self._visible_from = file.tell()
                yield entry

    def append(self, entry: Entry) -> None:
        """Write one line and hand it to the system, so that it outlives this process."""
        self._file.write(json.dumps(entry, ensure_ascii=False, separators=(",", ":")).encode() + b"\n")
        self._file.flush()
        if entry["kind"] == "reset":
            self._visible_from = self._file.tell()

    def lines_since_reset(self) -> Iterator[bytes]:
        """The log as JSON lines, in order, as it is now."""
        return self._lines(self._visible_from, self._file.tell())

    def _lines(self, start: int, end: int) -> Iterator[bytes]:
        with self._path.open("rb") as file:
            file.seek(start)
            while start < end and (line := file.readline()):
                start += len(line)
                yield line

    def close(self) -> None:
        """Close the file; nothing is written afterwards."""
        self._file.close()


def _drop_half_line(path: Path) -> None:
    """A process killed while writing leaves the start of a line, which nobody was told about."""
    if not path.exists():
        return
    with path.open("rb+") as file:
        end = size = file.seek(0, 2)
        while end:
            start = max(0, end - 65536)
            file.seek(start)
            cut = file.read(end - start).rfind(b"\n")
            if cut >= 0:
                end = start + cut + 1
                break
            end = start
        if end != size:
            file.truncate(end)
