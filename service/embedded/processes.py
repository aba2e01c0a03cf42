"""Processes of ours: told from strangers that got the same number, ended politely, one server per folder."""

from __future__ import annotations

import contextlib
import fcntl
import os
import signal
import subprocess
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import IO

from service.errors import ServerUnavailable

POLL_SECONDS = 0.02
# A server that was asked to stop writes its state first; after this it is killed and recovers at the next start.
STOP_SECONDS = 10.0
LAST_LINES = 12


def hold(folder: Path, what: str, *, pid_file: Path | None = None) -> IO[str]:
    """Take `folder` for this process until the returned file is closed or the process ends.

    Raises:
        ServerUnavailable: another living process has it; the pid in `pid_file`, or else that process's, is named.
        OSError: the folder is not ours to write.
    """
    lock = (folder / "lock").open("a+", encoding="ascii")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        lock.seek(0)
        holder = lock.read().strip()
        lock.close()
        pid = (recorded_pid(pid_file) if pid_file else None) or holder
        raise ServerUnavailable(
            f"{what} already runs in {folder} (pid {pid})", f"stop the Mendline that started it (pid {holder}) first"
        ) from None
    lock.seek(0)
    lock.truncate()
    lock.write(str(os.getpid()))
    lock.flush()
    return lock


def recorded_pid(pid_file: Path) -> int | None:
    """The number in the first line of a pid file, or None."""
    try:
        first = pid_file.read_text(encoding="utf-8").partition("\n")[0].strip()
    except FileNotFoundError:
        return None
    return int(first) if first.isdigit() and int(first) > 1 else None


def command_line(pid: int) -> str:
    """The command line of a living process, or nothing."""
    if Path("/proc/self/cmdline").exists():
        try:
            return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
        except (FileNotFoundError, ProcessLookupError):
            return ""
    asked = ["/bin/ps", "-ww", "-o", "command=", "-p", str(pid)]
    return subprocess.run(asked, check=False, capture_output=True, text=True).stdout.strip()  # noqa: S603


def finish_leftover(pid_file: Path, mark: str, *, gently: signal.Signals) -> None:
    """End the server that a killed launcher left behind, only if its command line holds `mark` (a path of ours).

    A pid file whose number now belongs to a stranger is removed; one of a dead process is left for the server to judge.

    Raises:
        ServerUnavailable: it is ours but another account's, or does not end.
    """
    pid = recorded_pid(pid_file)
    if pid is None or not (line := command_line(pid)):
        return
    if mark not in line:
        pid_file.unlink(missing_ok=True)
        return
    for number in (gently, signal.SIGKILL):
        try:
            os.kill(pid, number)
        except ProcessLookupError:
            return
        except PermissionError:
            raise ServerUnavailable(f"pid {pid} runs it for another account", f"stop it: sudo kill {pid}") from None
        if wait_until(lambda: mark not in command_line(pid), STOP_SECONDS):
            return
    raise ServerUnavailable(f"pid {pid} does not end", "restart the machine")


def wait_until(claim: Callable[[], bool], seconds: float) -> bool:
    """Whether `claim` came true within `seconds` of real time."""
    deadline = time.monotonic() + seconds
    while not claim():
        if time.monotonic() > deadline:
            return False
        time.sleep(POLL_SECONDS)
    return True


def end(process: subprocess.Popen[bytes], *signals: signal.Signals) -> None:
    """Send each signal in turn until the process has ended; at last SIGKILL. It is waited for."""
    for number in (*signals, signal.SIGKILL):
        with contextlib.suppress(ProcessLookupError):
            process.send_signal(number)
        try:
            process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            continue
        return


def fresh_log(path: Path) -> IO[bytes]:
    """An empty log; the one of the last start is kept beside it as `.1`."""
    if path.exists():
        path.replace(path.with_name(f"{path.name}.1"))
    return path.open("ab")


def last_lines(*logs: Path) -> str:
    """What the logs end with, for a refusal's problem."""
    texts: Sequence[str] = [log.read_text(encoding="utf-8", errors="replace") for log in logs if log.exists()]
    return "\n".join("\n".join(texts).splitlines()[-LAST_LINES:])
