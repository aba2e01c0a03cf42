"""`var/run.json`: how the `mendline` command finds the servers that `make run` started."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, fields
from pathlib import Path

from service.embedded.places import write_private
from service.embedded.processes import command_line


@dataclass(frozen=True, slots=True)
class Run:
    """One running Mendline. `pid` is its launcher's, `mark` a part of the launcher's command line."""

    pid: int
    mark: str
    port: int
    url: str
    database_url: str
    redis_url: str
    simulator_url: str


def write_run(folder: Path, run: Run) -> None:
    """Tell of a run in `folder/run.json` (mode 0600: it holds passwords).

    Raises:
        OSError: the folder cannot be written.
    """
    write_private(folder / "run.json", json.dumps(asdict(run), indent=2) + "\n")


def read_run(folder: Path) -> Run | None:
    """The run told of in `folder/run.json` if its launcher still lives, else None (also for half a file)."""
    try:
        told = json.loads((folder / "run.json").read_text(encoding="utf-8"))
        run = Run(**{field.name: told[field.name] for field in fields(Run)})
    except (FileNotFoundError, ValueError, KeyError, TypeError):
        return None
    return run if run.mark in command_line(run.pid) else None


def forget_run(folder: Path) -> None:
    """The run has ended."""
    (folder / "run.json").unlink(missing_ok=True)
