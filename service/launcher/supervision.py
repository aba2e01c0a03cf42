"""Children that are started again when they die, later each time, and ended in order."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from service.embedded.processes import finish_leftover, last_lines, wait_until
from service.errors import ServerUnavailable

FIRST_PAUSE_SECONDS = 0.5
LONGEST_PAUSE_SECONDS = 10.0
# A child that lived this long had started well: its next death is news, not the same trouble.
SETTLED_SECONDS = 30.0
# A worker may be in the middle of a request to the telephone network, whose deadline is shorter than this.
GRACE_SECONDS = 25.0


@dataclass(slots=True)
class Child:
    """One command kept running, in a session of its own, so that Ctrl-C reaches only the launcher.

    `folder` gets `log/<name>.log` and `pids/<name>`.
    """

    name: str
    command: Sequence[str]
    environment: Mapping[str, str]
    folder: Path
    root: Path
    deaths: int = 0
    _process: subprocess.Popen[bytes] | None = None
    _started_at: float = 0.0
    _pause: float = FIRST_PAUSE_SECONDS
    _again_at: float | None = None

    @property
    def log(self) -> Path:
        """What it prints."""
        return self.folder / "log" / f"{self.name}.log"

    @property
    def pid(self) -> int | None:
        """Its process, or None between two lives."""
        return self._process.pid if self._process else None

    def start(self) -> None:
        """Start it. Its pid is kept, so that the next launcher can end it if this one is killed.

        Raises:
            ServerUnavailable: the program cannot be run.
        """
        with open_log(self.log) as log:
            self._process = popen(self.command, environment=self.environment, root=self.root, log=log)
        self._started_at, self._again_at = time.monotonic(), None
        self._pid_file.parent.mkdir(exist_ok=True)
        self._pid_file.write_text(f"{self._process.pid}\n", encoding="ascii")

    def look(self, say: Callable[[str], None]) -> None:
        """Notice a death, and start it again when the pause is over; both are called from one loop.

        Raises:
            ServerUnavailable: the program cannot be run any more.
        """
        now = time.monotonic()
        if self._process and (code := self._process.poll()) is not None:
            self._process, self.deaths = None, self.deaths + 1
            if now - self._started_at > SETTLED_SECONDS:
                self._pause = FIRST_PAUSE_SECONDS
            self._again_at, pause = now + self._pause, self._pause
            self._pause = min(2 * self._pause, LONGEST_PAUSE_SECONDS)
            say(f"{self.name} ended ({_how(code)}); again in {pause:g} s. Its log: {self.log}")
        elif self._again_at is not None and now >= self._again_at:
            self.start()

    def ask_to_end(self) -> None:
        """SIGTERM to it and to what it started."""
        self._again_at = None
        self._signal(signal.SIGTERM)

    def kill(self) -> None:
        """As a power cut would; `look` finds it dead and starts it again."""
        self._signal(signal.SIGKILL)

    def end(self) -> None:
        """Wait for its end; after the grace it is killed."""
        self.ask_to_end()
        if self._process:
            try:
                self._process.wait(GRACE_SECONDS)
            except subprocess.TimeoutExpired:
                self._signal(signal.SIGKILL)
                self._process.wait()
        self._process = None
        self._pid_file.unlink(missing_ok=True)

    def finish_leftover(self) -> None:
        """End the one that a killed launcher left behind.

        Raises:
            ServerUnavailable: it is another account's, or does not end.
        """
        finish_leftover(self._pid_file, " ".join(self.command), gently=signal.SIGTERM)

    @property
    def _pid_file(self) -> Path:
        return self.folder / "pids" / self.name

    def _signal(self, number: signal.Signals) -> None:
        if self._process and self._process.poll() is None:
            os.killpg(self._process.pid, number)


@dataclass(slots=True)
class Children:
    """All of them, in the order they start in; they end in the opposite order, those of one rank together."""

    say: Callable[[str], None]
    ranks: list[list[Child]] = field(default_factory=list)

    def start(self, *rank: Child) -> None:
        """Start children that end together.

        Raises:
            ServerUnavailable: a program cannot be run.
        """
        self.ranks.append(list(rank))
        for child in rank:
            child.start()

    def look(self) -> None:
        """One round over all.

        Raises:
            ServerUnavailable: a program cannot be run any more.
        """
        for rank in self.ranks:
            for child in rank:
                child.look(self.say)

    def kill(self, name: str) -> None:
        """The child of this name, as a power cut would."""
        for rank in self.ranks:
            for child in rank:
                if child.name == name:
                    child.kill()

    def end(self) -> None:
        """Those started last end first, each waited for."""
        for rank in reversed(self.ranks):
            for child in rank:
                child.ask_to_end()
            for child in rank:
                child.end()


def run_once(
    name: str, command: Sequence[str], *, environment: Mapping[str, str], folder: Path, root: Path,
    keep_on: Callable[[], bool],
) -> None:  # fmt: skip
    """Run a command to its end, which must be a good one. It is ended early once `keep_on` says no.

    Raises:
        ServerUnavailable: it failed; with the last lines it printed.
    """
    path = folder / "log" / f"{name}.log"
    with open_log(path) as log:
        process = popen(command, environment=environment, root=root, log=log)
    wait_until(lambda: process.poll() is not None or not keep_on(), float("inf"))
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGTERM)
    if process.wait() != 0 and keep_on():
        shown = " ".join([Path(command[0]).name, *command[1:]])
        raise ServerUnavailable(f"`{shown}` failed:\n{last_lines(path)}", f"the whole story: {path}")


def popen(
    command: Sequence[str], *, environment: Mapping[str, str], root: Path, log: IO[bytes]
) -> subprocess.Popen[bytes]:
    """Start a command in `root`, in a session of its own.

    Raises:
        ServerUnavailable: there is no such program, or it may not be run.
    """
    try:
        return subprocess.Popen(  # noqa: S603
            list(command), env=dict(environment), cwd=root,
            stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True,
        )  # fmt: skip
    except OSError as refused:
        raise ServerUnavailable(f"cannot run {command[0]}: {refused.strerror}", "make install, then again") from refused


def open_log(path: Path) -> IO[bytes]:
    """Append to a log, made with its folder if missing."""
    path.parent.mkdir(exist_ok=True)
    return path.open("ab")


def rotate_logs(folder: Path) -> None:
    """Keep the logs of the last start beside the new ones, as `.1`."""
    for log in (folder / "log").glob("*.log"):
        log.replace(log.with_name(f"{log.name}.1"))


def _how(code: int) -> str:
    return f"exit {code}" if code >= 0 else signal.Signals(-code).name
