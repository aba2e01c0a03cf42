"""`make run`: servers, telephone network, migrations, web and worker, demo people, in this order; and back."""

from __future__ import annotations

import http.client
import os
import signal
import socket
import sys
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from service.embedded import EmbeddedPostgres, EmbeddedRedis, Run, forget_run, write_run
from service.embedded.processes import command_line, hold, last_lines
from service.errors import ServerUnavailable
from service.launcher.power_cut import WORKER, wants_power_cut
from service.launcher.procfile import beside_python, read_procfile
from service.launcher.supervision import Child, Children, rotate_logs, run_once
from service.launcher.surroundings import (
    development_settings,
    free_port,
    given_settings,
    is_port_free,
    kept_secrets,
)
from service.settings import process_environment

FAILED, ALREADY_RUNNING = 1, 2
DEMO_NOTE = "demo-people-joined"
LOOK_SECONDS, READY_LOOK_SECONDS = 0.2, 0.05
READY_SECONDS = 60.0
# Something that dies this often before all is ready will not come up by trying again.
DEATHS_BEFORE_READY = 3


@dataclass(frozen=True, slots=True)
class Plan:
    """What to run. `demo` and `simulator` are commands; the simulator's gets `--port` and `--journal`."""

    root: Path
    port: int
    demo: Sequence[str]
    simulator: Sequence[str]


def run_everything(root: Path, port: int, environment: Mapping[str, str] | None = None) -> int:
    """Run Mendline in `root` until Ctrl-C or SIGTERM; the exit code: 0 stopped, 1 failed, 2 runs already.

    `environment` is by default the process's own; what it or `root/.env` sets is not replaced: with DATABASE_URL or
    REDIS_URL no such server is started, with TWILIO_API_URL no telephone network is simulated and no demo people are
    loaded. Must be called in the main thread. It prints one line for a refusal, with its remedy.
    """
    plan = Plan(
        root=root.resolve(), port=port,
        demo=[beside_python("mendline"), "demo", "load"], simulator=[sys.executable, "-m", "service.simulator"],
    )  # fmt: skip
    return run_plan(plan, process_environment() if environment is None else environment)


def run_plan(plan: Plan, environment: Mapping[str, str]) -> int:
    """`run_everything` for a plan."""
    var = plan.root / "var"
    try:
        var.mkdir(exist_ok=True)
        lock = hold(var, "Mendline")
    except ServerUnavailable as refused:
        return _refuse(refused, ALREADY_RUNNING)
    except OSError as refused:
        return _refuse(ServerUnavailable(f"cannot write {var}: {refused}", "is it another account's?"), FAILED)
    with lock, _stop_signal() as stop:
        try:
            House(plan, stop).run(given_settings(plan.root, environment))
        except ServerUnavailable as refused:
            return _refuse(refused, FAILED)
        except OSError as refused:
            return _refuse(ServerUnavailable(str(refused), "is the disk full?"), FAILED)
    return 0


class House:
    """Everything that runs, from the first server to the last."""

    def __init__(self, plan: Plan, stop: threading.Event) -> None:
        self.plan = plan
        self.var = plan.root / "var"
        self.stop = stop
        self.servers: list[EmbeddedPostgres | EmbeddedRedis] = []
        self.children = Children(_say)

    def run(self, given: Mapping[str, str]) -> None:
        """Up, until the stop signal, and down; also down when something on the way up fails.

        Raises:
            ServerUnavailable: it cannot run; with the remedy.
        """
        commands = read_procfile(self.plan.root / "Procfile")
        release = commands.pop("release", None)
        simulated = "TWILIO_API_URL" not in given
        simulator_port = free_port()
        simulator_url = f"http://127.0.0.1:{simulator_port}" if simulated else ""
        self._clear_the_ground(commands)
        with ExitStack() as down:
            environment = self._surroundings(given, simulator_url)
            down.callback(forget_run, self.var)
            environment |= self._start_servers(given, down)
            down.callback(self.children.end)
            if simulated:  # it needs no tables: it comes up while they are made
                self._start_simulator(simulator_port, environment)
            if release:
                self._once("release", release, environment)
            self._start(*(self._child(name, command, environment) for name, command in commands.items()))
            if simulated:
                self._bring_demo_people(given, environment)
                self._wait_for("simulator", lambda: _answers(simulator_port))
            self._wait_for("web", self._is_ready)
            self._tell(environment, simulator_url)
            self._keep_running(may_be_cut=simulated)

    def _clear_the_ground(self, commands: Mapping[str, Sequence[str]]) -> None:
        rotate_logs(self.var)
        wants_power_cut(self.var)  # a wish of the last run is none of this one
        for name, command in {**commands, "simulator": self.plan.simulator}.items():
            self._child(name, command, {}).finish_leftover()
        if not is_port_free(self.plan.port):
            raise ServerUnavailable(f"port {self.plan.port} is taken", f"make run PORT={self.plan.port + 1}")

    def _surroundings(self, given: Mapping[str, str], simulator_url: str) -> dict[str, str]:
        port = self.plan.port
        made = kept_secrets(self.plan.root, given)
        if simulator_url:
            made |= development_settings(self.plan.root, port=port, simulator_url=simulator_url)
        return {**made, "PUBLIC_URL": f"http://127.0.0.1:{port}", "PYTHONUNBUFFERED": "1", **given, "PORT": str(port)}

    def _start_servers(self, given: Mapping[str, str], down: ExitStack) -> dict[str, str]:
        """Redis first and so stopped last: what PostgreSQL's clients do while they stop may still ring it."""
        addresses = {}
        if "REDIS_URL" not in given:
            bell = EmbeddedRedis.start(self.var / "redis")
            down.callback(bell.stop)
            self.servers.append(bell)
            addresses["REDIS_URL"] = bell.url
        if "DATABASE_URL" not in given:
            postgres = EmbeddedPostgres.start(self.var / "postgres", durable=True)
            down.callback(postgres.stop)
            self.servers.append(postgres)
            addresses["DATABASE_URL"] = postgres.url
        return addresses

    def _start(self, *rank: Child) -> None:
        if not self.stop.is_set():
            self.children.start(*rank)

    def _once(self, name: str, command: Sequence[str], environment: Mapping[str, str]) -> None:
        if self.stop.is_set():
            return
        run_once(
            name, command, environment=environment, folder=self.var, root=self.plan.root,
            keep_on=lambda: not self.stop.is_set(),
        )  # fmt: skip

    def _bring_demo_people(self, given: Mapping[str, str], environment: Mapping[str, str]) -> None:
        """Once for a database of ours: a note beside it spares every later start the process that finds them there."""
        note = self.var / "postgres" / DEMO_NOTE
        if "DATABASE_URL" in given:
            self._once("demo", self.plan.demo, environment)
        elif not note.exists():
            self._once("demo", self.plan.demo, environment)
            if not self.stop.is_set():
                note.touch()

    def _start_simulator(self, port: int, environment: Mapping[str, str]) -> None:
        journal = self.var / "simulator"
        journal.mkdir(exist_ok=True)
        command = [*self.plan.simulator, "--port", str(port), "--journal", str(journal)]
        self._start(self._child("simulator", command, environment))

    def _child(self, name: str, command: Sequence[str], environment: Mapping[str, str]) -> Child:
        return Child(name, command, environment, self.var, self.plan.root)

    def _wait_for(self, name: str, is_up: Callable[[], bool]) -> None:
        for _ in range(int(READY_SECONDS / READY_LOOK_SECONDS)):
            if self.stop.is_set() or is_up():
                return
            self.children.look()
            for child in (child for rank in self.children.ranks for child in rank):
                if child.deaths >= DEATHS_BEFORE_READY:
                    story = last_lines(child.log)
                    raise ServerUnavailable(f"{child.name} does not start:\n{story}", f"see {child.log}")
            self.stop.wait(READY_LOOK_SECONDS)
        log = self.var / "log" / f"{name}.log"
        raise ServerUnavailable(f"{name} is not ready after {READY_SECONDS:g} s:\n{last_lines(log)}", f"see {log}")

    def _is_ready(self) -> bool:
        connection = http.client.HTTPConnection("127.0.0.1", self.plan.port, timeout=2)
        try:
            connection.request("GET", "/health/ready")
            return connection.getresponse().status == http.client.OK
        except (OSError, http.client.HTTPException):
            return False
        finally:
            connection.close()

    def _tell(self, environment: Mapping[str, str], simulator_url: str) -> None:
        if self.stop.is_set():
            return
        url = f"http://127.0.0.1:{self.plan.port}"
        run = Run(
            pid=os.getpid(), mark=command_line(os.getpid()), port=self.plan.port, url=environment["PUBLIC_URL"],
            database_url=environment["DATABASE_URL"], redis_url=environment["REDIS_URL"], simulator_url=simulator_url,
        )  # fmt: skip
        write_run(self.var, run)
        _say(f"{url}/handset" if simulator_url else url)
        _say("Ctrl-C stops it.")

    def _keep_running(self, *, may_be_cut: bool) -> None:
        while not self.stop.wait(LOOK_SECONDS):
            if may_be_cut and wants_power_cut(self.var):
                self.children.kill(WORKER)
            for server in self.servers:
                if not server.is_running:
                    _say(f"{type(server).__name__} ended; starting it again.")
                    server.restart()
            self.children.look()


def _answers(port: int) -> bool:
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=1):
            return True
    except OSError:
        return False


@contextmanager
def _stop_signal() -> Iterator[threading.Event]:
    """An event that Ctrl-C, SIGTERM or the end of the terminal sets. A second one waits like the first."""
    stop = threading.Event()
    numbers = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    before = [signal.signal(number, lambda *_: stop.set()) for number in numbers]
    try:
        yield stop
    finally:
        for number, old in zip(numbers, before, strict=True):
            signal.signal(number, old)


def _say(line: str) -> None:
    print(line, flush=True)


def _refuse(refused: ServerUnavailable, code: int) -> int:
    print(f"Mendline: {refused.problem}\n  -> {refused.remedy}", file=sys.stderr, flush=True)
    return code
