"""A real PostgreSQL from a wheel, over a private socket with a password. The wheel's own launcher is never used: as
root it opens every folder above it to everybody."""

from __future__ import annotations

import re
import shutil
import signal
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from service.embedded.account import Account, database_account
from service.embedded.cluster import PARTS, PROGRAMS, USER, check_cluster, launch, make_cluster, site_folder
from service.embedded.places import lasting_place, password_in, reachable_copy, socket_folder
from service.embedded.processes import end, finish_leftover, hold
from service.errors import ServerUnavailable

DATABASE = "mendline"
DATABASE_NAME = re.compile(r"[a-z_][a-z0-9_]{0,62}")


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
        programs = reachable_copy(site_folder(), PARTS, f"{PROGRAMS}/postgres", account) / PROGRAMS
        cluster = place / "cluster"
        finish_leftover(cluster / "postmaster.pid", str(cluster), gently=signal.SIGINT)
        if not cluster.exists():
            make_cluster(cluster, programs, account, durable=durable)
        check_cluster(cluster)
        sockets = socket_folder(folder / "sockets", account)
        process = launch(folder, cluster, programs, account=account, sockets=sockets, durable=durable)
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
        self._process = launch(
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


def _plain(name: str) -> str:
    if not DATABASE_NAME.fullmatch(name):
        raise ValueError(f"{name!r}: a database name has small letters, digits and _ only")
    return name


def _unusable(folder: Path, refused: OSError) -> ServerUnavailable:
    return ServerUnavailable(
        f"PostgreSQL cannot use {folder}: {refused}", "is it another account's, or is the disk full?"
    )
