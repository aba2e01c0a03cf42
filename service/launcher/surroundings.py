"""The settings that `make run` makes up for a fresh machine. What the environment or `.env` gives is never replaced."""

from __future__ import annotations

import base64
import secrets
import socket
from collections.abc import Mapping
from pathlib import Path

from service.embedded.places import write_private
from service.embedded.running import read_run
from service.errors import ServerUnavailable

KEY_BYTES = 32
KEY_NAMES = ("SECRET_KEYS", "LOOKUP_KEY")
# A number that North America keeps for fiction (555-0100 to 555-0199).
SIMULATED_SENDER = "+12025550100"


def given_settings(root: Path, environment: Mapping[str, str]) -> dict[str, str]:
    """`environment` over what `root/.env` says.

    Raises:
        ServerUnavailable: a line of `.env` is not NAME=value.
    """
    return {**read_lines(root / ".env"), **environment}


def read_lines(path: Path) -> dict[str, str]:
    """The `NAME=value` lines of a file; none if there is no file. Quotes around a value are taken off.

    Raises:
        ServerUnavailable: a line is something else.
    """
    if not path.exists():
        return {}
    found: dict[str, str] = {}
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        name, equals, value = line.removeprefix("export ").partition("=")
        if not line.strip() or line.startswith("#"):
            continue
        if not equals:
            raise ServerUnavailable(f"{path} line {number} is not NAME=value", "correct the line")
        value = value.strip()
        is_quoted = len(value) > 1 and value[0] == value[-1] and value[0] in "'\""
        found[name.strip()] = value[1:-1] if is_quoted else value
    return found


def kept_secrets(root: Path, given: Mapping[str, str]) -> dict[str, str]:
    """Keys and the simulated account, made on the first start and kept in `var/keys` and `var/settings.env` (0600).

    Raises:
        ServerUnavailable: a database is there but not the keys it was sealed with.
    """
    var = root / "var"
    keys, account = var / "keys", var / "settings.env"
    needs_keys = any(name not in given for name in KEY_NAMES)
    if needs_keys and not keys.exists():
        if (var / "postgres").exists() and "DATABASE_URL" not in given:
            raise ServerUnavailable(
                f"{keys} is missing, and what {var / 'postgres'} holds was sealed with it",
                f"put the keys back from your backup; to begin anew: rm -r {var}",
            )
        write_private(keys, _as_lines({name: _new_key() for name in KEY_NAMES}))
    if not account.exists():
        made = {
            "TWILIO_ACCOUNT_SID": "AC" + secrets.token_hex(16),
            "TWILIO_AUTH_TOKEN": secrets.token_hex(16),
            "TWILIO_SENDER": SIMULATED_SENDER,
        }
        write_private(account, _as_lines(made))
    return {**read_lines(keys), **read_lines(account)}


def development_settings(root: Path, *, port: int, simulator_url: str) -> dict[str, str]:
    """What binds web, worker and simulator together while nothing real is dialled."""
    return {
        "PUBLIC_URL": f"http://127.0.0.1:{port}",
        "TWILIO_API_URL": simulator_url,
        "SIMULATION_CLOCK": str(root / "var" / "simulator" / "clock"),
        "SENDER_SEGMENTS_PER_SECOND": "0",
        "SENDER_CALLS_PER_SECOND": "0",
    }


def running_environment(root: Path, environment: Mapping[str, str]) -> dict[str, str]:
    """`environment`, `.env`, and below them the settings of the Mendline that `make run` keeps running in `root`.

    For the `mendline` command: without a running one the result is `environment` over `.env`.

    Raises:
        ServerUnavailable: a line of `.env` or of a kept file is not NAME=value.
    """
    given = given_settings(root, environment)
    run = read_run(root / "var")
    if run is None:
        return given
    kept = {**read_lines(root / "var" / "keys"), **read_lines(root / "var" / "settings.env")}
    servers = {"DATABASE_URL": run.database_url, "REDIS_URL": run.redis_url, "PUBLIC_URL": run.url}
    if run.simulator_url:
        servers |= development_settings(root, port=run.port, simulator_url=run.simulator_url)
    return {**kept, **servers, **given, "PORT": str(run.port)}


def free_port() -> int:
    """A loopback port that nobody listens on right now."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        found: int = listener.getsockname()[1]
        return found


def is_port_free(port: int) -> bool:
    """Whether a server may listen on the loopback port."""
    with socket.socket() as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def _new_key() -> str:
    return base64.b64encode(secrets.token_bytes(KEY_BYTES)).decode()


def _as_lines(settings: Mapping[str, str]) -> str:
    return "".join(f"{name}={value}\n" for name, value in settings.items())
