"""The launcher keeps small real programs running, over real servers, and is itself killed now and then."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import asyncpg
import pytest
import redis.asyncio

from service.embedded import read_run
from service.embedded.processes import command_line, recorded_pid, wait_until
from service.errors import ServerUnavailable
from service.launcher import running_environment
from service.launcher.power_cut import cut_power, is_launched
from service.launcher.procfile import read_procfile
from service.launcher.surroundings import free_port, given_settings, kept_secrets
from service.settings import read_settings
from tests.patience import PATIENCE_SECONDS

HERE = Path(__file__).parents[2]
LAUNCH = """
import sys
from pathlib import Path
from service.launcher.everything import Plan, run_plan
from service.settings import process_environment
demo, simulator = [[sys.executable, name] for name in ("demo.py", "simulator.py")]
sys.exit(run_plan(Plan(Path(sys.argv[1]), int(sys.argv[2]), demo, simulator), process_environment()))
"""
LISTENS = """
import http.server, json, os, signal, sys
def leave(*_):
    open("ended", "a").write(NAME + " ")
    sys.exit(0)
signal.signal(signal.SIGTERM, leave)
class Page(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200 if self.path == "/health/ready" else 404)
        self.end_headers()
json.dump(dict(os.environ), open(NAME + ".env", "w"))
http.server.HTTPServer(("127.0.0.1", PORT), Page).serve_forever()
"""
WORKS = """
import signal, sys, time
signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
print("working", flush=True)
while True:
    signal.pause()
"""
OUTSIDE = {"DATABASE_URL": "postgres://outside/name", "REDIS_URL": "redis://outside", "TWILIO_API_URL": "http://127.0.0.1:9"}


@pytest.fixture
def project(tmp_path) -> Iterator[Path]:
    (tmp_path / "web.py").write_text("NAME = 'web'; import os; PORT = int(os.environ['PORT'])\n" + LISTENS)
    (tmp_path / "simulator.py").write_text("NAME = 'simulator'; import sys; PORT = int(sys.argv[2])\n" + LISTENS)
    (tmp_path / "worker.py").write_text(WORKS)
    (tmp_path / "release.py").write_text("open('order', 'a').write('release ')\n")
    (tmp_path / "demo.py").write_text("open('order', 'a').write('demo ')\n")
    (tmp_path / "Procfile").write_text("release: python release.py\nweb: python web.py\nworker: python worker.py\n")
    yield tmp_path
    if (elsewhere := tmp_path / "var" / "postgres" / "elsewhere").exists():
        shutil.rmtree(elsewhere.read_text())


class Launcher:
    """One `make run`, as a process."""

    def __init__(self, root: Path, port: int, given: dict[str, str]) -> None:
        inherited = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
        self.port = port
        self.process = subprocess.Popen(
            [sys.executable, "-c", LAUNCH, str(root), str(port)],
            cwd=HERE, env={**inherited, **given}, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )  # fmt: skip

    def says(self) -> str:
        return self.process.stdout.readline().strip()

    def stops(self) -> int:
        self.process.send_signal(signal.SIGINT)
        self.process.communicate(timeout=PATIENCE_SECONDS)
        return self.process.returncode

    def gives_up(self) -> tuple[int, str]:
        told = self.process.communicate(timeout=PATIENCE_SECONDS)[1]
        return self.process.returncode, told


@pytest.fixture
def launch(project) -> Iterator:
    started: list[Launcher] = []

    def start(port: int | None = None, **given: str) -> Launcher:
        started.append(Launcher(project, port or free_port(), given))
        return started[-1]

    yield start
    for launcher in started:
        if launcher.process.poll() is None:
            launcher.stops()
        launcher.process.communicate()


def worker_of(project: Path) -> int | None:
    pid = recorded_pid(project / "var" / "pids" / "worker")
    return pid if pid and "worker.py" in command_line(pid) else None


async def servers_answer(database_url: str, redis_url: str) -> bool:
    connection = await asyncpg.connect(database_url)
    await connection.close()
    bell = redis.asyncio.from_url(redis_url)
    answer = await bell.ping()
    await bell.aclose()
    return answer is True


async def test_one_command_brings_everything_up_and_ctrl_c_takes_it_down(project, launch):
    launcher = launch()
    assert launcher.says() == f"http://127.0.0.1:{launcher.port}/handset"
    assert "Ctrl-C" in launcher.says()

    environment = json.loads((project / "web.env").read_text())
    settings = read_settings(environment)
    assert settings.is_simulation
    assert settings.public_url == f"http://127.0.0.1:{launcher.port}"
    assert await servers_answer(settings.database_url, settings.redis_url)
    assert (project / "order").read_text() == "release demo "
    assert running_environment(project, {})["LOOKUP_KEY"] == environment["LOOKUP_KEY"]

    code, told = launch(port=launcher.port).gives_up()
    assert (code, str(launcher.process.pid) in told) == (2, True)

    assert launcher.stops() == 0
    assert (project / "ended").read_text() == "web simulator "
    assert read_run(project / "var") is None
    with pytest.raises(OSError):
        await asyncpg.connect(settings.database_url)


def test_the_demo_people_of_a_database_join_once(project, launch):
    for _ in range(2):
        launcher = launch()
        launcher.says(), launcher.says()
        launcher.stops()
    shutil.rmtree(project / "var" / "postgres")
    launch().says()

    assert (project / "order").read_text() == "release demo release release demo "


def test_servers_of_the_outside_are_used_and_nothing_is_simulated(project, launch):
    launcher = launch(**OUTSIDE)
    assert launcher.says() == f"http://127.0.0.1:{launcher.port}"

    environment = json.loads((project / "web.env").read_text())
    assert {name: environment[name] for name in OUTSIDE} == OUTSIDE
    assert "SIMULATION_CLOCK" not in environment
    assert not (project / "var" / "postgres").exists()
    assert (project / "order").read_text() == "release "


def test_a_worker_that_dies_is_started_again(project, launch):
    launcher = launch(**OUTSIDE)
    launcher.says(), launcher.says()
    first = worker_of(project)

    os.kill(first, signal.SIGKILL)

    assert "worker ended (SIGKILL)" in launcher.says()
    assert wait_until(lambda: worker_of(project) not in {None, first}, PATIENCE_SECONDS)


async def test_in_simulation_the_worker_is_killed_on_request_and_started_again(project, launch):
    launcher = launch()
    url = launcher.says().removesuffix("/handset")
    launcher.says()
    first, witness = worker_of(project), recorded_pid(project / "var" / "pids" / "simulator")
    assert is_launched(project / "var", url)

    cut = await cut_power(project / "var", url)

    assert cut.before == first
    assert "worker ended (SIGKILL)" in launcher.says()
    assert cut.after == worker_of(project) != first
    assert recorded_pid(project / "var" / "pids" / "simulator") == witness
    with pytest.raises(ServerUnavailable, match="make run"):
        await cut_power(project / "var", "http://127.0.0.1:9")


async def test_nothing_is_killed_on_request_where_nothing_is_simulated(project, launch):
    launcher = launch(**OUTSIDE)
    url = launcher.says()
    launcher.says()
    first = worker_of(project)

    with pytest.raises(ServerUnavailable, match="make run"):
        await cut_power(project / "var", url)
    (project / "var" / "asked").mkdir()
    (project / "var" / "asked" / "power-cut").touch()

    assert not wait_until(lambda: worker_of(project) != first, 1)
    with pytest.raises(ServerUnavailable):
        await cut_power(project, url)


def test_what_a_killed_launcher_left_is_ended_by_the_next(project, launch):
    killed = launch(**OUTSIDE)
    killed.says()
    left = worker_of(project)
    killed.process.kill()
    killed.process.communicate()
    assert worker_of(project) == left

    second = launch(port=killed.port, **OUTSIDE)

    assert second.says() == f"http://127.0.0.1:{killed.port}"
    assert "worker.py" not in command_line(left)


def test_a_taken_port_is_told_in_one_line_with_another(launch):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        code, told = launch(port=port, **OUTSIDE).gives_up()

    assert code == 1
    assert f"port {port} is taken" in told
    assert f"make run PORT={port + 1}" in told


@pytest.mark.parametrize("name", ["release", "web"])
def test_a_failed_start_shows_the_last_lines_and_leaves_nothing_running(project, launch, name):
    (project / f"{name}.py").write_text("raise SystemExit('the river is closed')\n")

    code, told = launch(**OUTSIDE).gives_up()

    assert code == 1
    assert "the river is closed" in told
    assert worker_of(project) is None


def test_a_procfile_names_commands_and_finds_our_own_programs(tmp_path):
    (tmp_path / "Procfile").write_text("# people\n\nweb: python -m 'a b'\nother-one:  nothing-of-ours --x=1\n")

    commands = read_procfile(tmp_path / "Procfile")

    assert commands["web"] == [str(Path(sys.executable).parent / "python"), "-m", "a b"]
    assert commands["other-one"] == ["nothing-of-ours", "--x=1"]


@pytest.mark.parametrize("text", ["web python", "web: a\nweb: b", "web: 'open", ": x"])
def test_a_procfile_that_cannot_be_read_names_the_line(tmp_path, text):
    (tmp_path / "Procfile").write_text(text)

    with pytest.raises(ServerUnavailable, match=r"line \d"):
        read_procfile(tmp_path / "Procfile")


def test_the_environment_wins_over_the_file_and_quotes_are_taken_off(tmp_path):
    (tmp_path / ".env").write_text("# ours\nBRAND='River'\nexport COUNTRY=ES\nLOOKUP_KEY=abc=\n\n")

    assert given_settings(tmp_path, {"COUNTRY": "US"}) == {"BRAND": "River", "COUNTRY": "US", "LOOKUP_KEY": "abc="}


def test_keys_are_made_once_and_never_again_over_sealed_rows(tmp_path):
    (tmp_path / "var").mkdir()
    first = kept_secrets(tmp_path, {})
    assert kept_secrets(tmp_path, {}) == first
    assert (tmp_path / "var" / "keys").stat().st_mode & 0o777 == 0o600

    (tmp_path / "var" / "postgres").mkdir()
    (tmp_path / "var" / "keys").unlink()

    with pytest.raises(ServerUnavailable, match="sealed with it") as refused:
        kept_secrets(tmp_path, {})
    assert "rm -r" in refused.value.remedy
