"""Who may import whom, and who may read the clock, the environment and chance: the table of the three houses.

flows <- service <- workers. Change the table in its own commit, with the reason.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
HOUSES = {"flows": {"flows"}, "service": {"flows", "service"}, "workers": {"flows", "service", "workers"}}
# What a pure house may lean on: nothing here waits, listens, remembers between calls or draws lots.
PURE = frozenset({
    "__future__", "bisect", "calendar", "collections", "dataclasses", "datetime", "decimal", "enum", "fractions",
    "functools", "graphlib", "hashlib", "importlib", "itertools", "json", "math", "operator", "pathlib", "re", "string",
    "textwrap", "types", "typing", "unicodedata", "zoneinfo", "pydantic", "ruamel", "phonenumbers", "dateutil",
})  # fmt: skip
# An imported name -> the only folders and files that may import it.
ONLY = {
    "twilio": ("service/gateway/",),
    "arq": ("workers/",),
    # Chance is drawn once for each turn, stored with it, and handed to the pure house.
    "random": ("service/conversation.py", "service/opening.py", "service/calls.py", "service/simulator/faults.py"),
}
# A call or a name of the machine -> the only files that may use it.
ONLY_SAID = {
    "os.environ": ("service/settings.py",),
    "os.getenv": ("service/settings.py",),
    "os.putenv": (),
    "datetime.now": ("service/clock.py",),
    "datetime.utcnow": (),
    "datetime.today": (),
    "date.today": (),
    "time.time": (),
    "time.time_ns": (),
    "time.localtime": (),
    "time.gmtime": (),
}
# The witness is blind to the product: what it shares is how a process learns its settings and the time.
WITNESS = "service/simulator/"
WITNESS_KNOWS = ("service.simulator", "service.settings", "service.clock", "service.errors")
FORBIDDEN_WORDS = frozenset({
    "util", "utils", "helper", "helpers", "common", "misc", "base", "core", "manager", "handler", "processor", "data",
    "info",
})  # fmt: skip
DOCSTRING_LINES = 3


@dataclass(frozen=True, slots=True)
class Module:
    """A file of the project: its path from the root with slashes, and its parsed text."""

    where: str
    tree: ast.Module

    @property
    def house(self) -> str:
        return self.where.split("/")[0]


@cache
def modules_of(root: Path, *houses: str) -> tuple[Module, ...]:
    """Every module of these houses under `root`, parsed once for all rules."""
    files = [path for house in houses for path in sorted((root / house).rglob("*.py"))]
    return tuple(Module(path.relative_to(root).as_posix(), ast.parse(path.read_text("utf-8"))) for path in files)


def imports(module: Module) -> Iterator[tuple[int, str]]:
    """Line and full name of everything a module imports, also inside functions; relative imports made full."""
    package = module.where.split("/")[:-1]
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package[: len(package) - node.level + 1] if node.level else []
            start = ".".join([*above, *([node.module] if node.module else [])])
            yield from ((node.lineno, f"{start}.{alias.name}") for alias in node.names)
        elif isinstance(node, ast.Call) and node.args and _called(node) in {"import_module", "__import__"}:
            named = node.args[0]
            if isinstance(named, ast.Constant) and isinstance(named.value, str):
                yield node.lineno, named.value


def _called(call: ast.Call) -> str:
    """The last part of the name of what is called."""
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


def wrong_way(module: Module) -> Iterator[str]:
    """Imports of a house to the right."""
    for line, name in imports(module):
        first = name.split(".")[0]
        if first in {*HOUSES, "tests"} and first not in HOUSES[module.house]:
            yield f"{module.where}:{line} imports {name}: {module.house} knows only {sorted(HOUSES[module.house])}"


def impure(module: Module) -> Iterator[str]:
    """What a module of flows imports besides flows and pure libraries."""
    if module.house != "flows":
        return
    for line, name in imports(module):
        if name.split(".")[0] not in PURE | {"flows"}:
            yield f"{module.where}:{line} imports {name}: flows is pure"


def out_of_place(module: Module) -> Iterator[str]:
    """Libraries imported outside the rooms that own them."""
    for line, name in imports(module):
        allowed = ONLY.get(name.split(".")[0])
        if allowed is not None and not module.where.startswith(allowed):
            yield f"{module.where}:{line} imports {name}: only {', '.join(allowed)} may"


def machine_read(module: Module) -> Iterator[str]:
    """Reads of the clock and of the environment outside the files that own them, by whatever name they are imported."""
    named = dict(_local_names(module))
    for node in ast.walk(module.tree):
        if not isinstance(node, ast.Attribute | ast.Name) or not isinstance(node.ctx, ast.Load):
            continue
        if isinstance(node, ast.Attribute) and not isinstance(node.value, ast.Attribute | ast.Name):
            continue  # a part of what a call gave, and not of a module
        first, dot, rest = ast.unparse(node).partition(".")
        said = ".".join((named.get(first, first) + dot + rest).split(".")[-2:])
        allowed = ONLY_SAID.get(said)
        if allowed is not None and module.where not in allowed:
            yield f"{module.where}:{node.lineno} reads {said}: only {', '.join(allowed) or 'nobody'} may"


def _local_names(module: Module) -> Iterator[tuple[str, str]]:
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Import):
            yield from ((alias.asname, alias.name) for alias in node.names if alias.asname)
        elif isinstance(node, ast.ImportFrom) and node.module in {"os", "time", "datetime"}:
            yield from ((alias.asname or alias.name, f"{node.module}.{alias.name}") for alias in node.names)


def told(module: Module) -> Iterator[str]:
    """What the witness imports of the product it watches."""
    if not module.where.startswith(WITNESS):
        return
    for line, name in imports(module):
        known = any(name == each or name.startswith(f"{each}.") for each in WITNESS_KNOWS)
        if name.split(".")[0] in HOUSES and not known:
            yield f"{module.where}:{line} imports {name}: the simulator is blind to the product"


def unexplained(module: Module) -> Iterator[str]:
    """Modules without a docstring of one to three lines; an `__init__.py` with nothing in it needs none."""
    if not module.tree.body and module.where.endswith("__init__.py"):
        return
    docstring = ast.get_docstring(module.tree)
    if not docstring or len(docstring.splitlines()) > DOCSTRING_LINES:
        yield f"{module.where}:1 opens with a docstring of one to {DOCSTRING_LINES} lines, saying what it is for"


def misnamed(module: Module) -> Iterator[str]:
    """Modules, classes and functions named by a word that says nothing. A test's name is a sentence, and is left."""
    for part in (*Path(module.where).parent.parts, Path(module.where).stem):
        if FORBIDDEN_WORDS & words_in(part):
            yield f"{module.where}:1 is named {part}"
    for node in ast.walk(module.tree):
        if not isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        if not node.name.startswith("test_") and FORBIDDEN_WORDS & words_in(node.name):
            yield f"{module.where}:{node.lineno} names {node.name}"


def words_in(name: str) -> set[str]:
    """The words of a snake_case or CamelCase name, in lower case."""
    return {word.lower() for word in re.findall(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+", name)}


RULES: dict[str, tuple[Callable[[Module], Iterator[str]], tuple[str, ...]]] = {
    "each house imports only houses to its left": (wrong_way, tuple(HOUSES)),
    "flows is pure": (impure, tuple(HOUSES)),
    "libraries stay in their rooms": (out_of_place, tuple(HOUSES)),
    "clock and environment have one reader": (machine_read, tuple(HOUSES)),
    "the simulator is blind to the product": (told, tuple(HOUSES)),
    "a module says what it is for": (unexplained, (*HOUSES, "tests")),
    "names are the words of the field": (misnamed, (*HOUSES, "tests")),
}


@pytest.mark.parametrize("rule", RULES)
def test_the_houses_keep_this_rule(rule: str):
    broken_by, houses = RULES[rule]
    modules = modules_of(ROOT, *houses)

    found = [line for module in modules for line in broken_by(module)]

    assert len(modules) > 100
    assert not found, "\n".join(found)


PLANTED = [
    (wrong_way, "flows/timing.py", "from service.clock import Clock", "flows/timing.py:1 imports service.clock.Clock"),
    (wrong_way, "service/app.py", "def f():\n    import workers.due", "service/app.py:2 imports workers.due"),
    (wrong_way, "service/web/page.py", "from ...workers import due", "service/web/page.py:1 imports workers.due"),
    (wrong_way, "workers/due.py", "import tests.stories", "workers/due.py:1 imports tests.stories"),
    (impure, "flows/timing.py", "import time", "flows/timing.py:1 imports time"),
    (impure, "flows/a/b.py", "from logging import getLogger", "flows/a/b.py:1 imports logging.getLogger"),
    (impure, "flows/a.py", "import importlib\nimportlib.import_module('socket')", "flows/a.py:2 imports socket"),
    (impure, "flows/a.py", "from importlib import import_module\nimport_module('socket')", "flows/a.py:2 imports"),
    (out_of_place, "service/sending.py", "from twilio.rest import Client", "service/sending.py:1 imports twilio.rest"),
    (out_of_place, "service/doorbell.py", "import arq", "service/doorbell.py:1 imports arq"),
    (out_of_place, "service/sending.py", "import random", "service/sending.py:1 imports random"),
    (machine_read, "service/app.py", "import os\nos.environ['A']", "service/app.py:2 reads os.environ"),
    (machine_read, "service/app.py", "from os import environ as e\ne['A']", "service/app.py:2 reads os.environ"),
    (machine_read, "workers/due.py", "import datetime as d\nd.datetime.now()", "workers/due.py:2 reads datetime.now"),
    (machine_read, "workers/due.py", "from datetime import datetime as d\nd.now()", "workers/due.py:2 reads date"),
    (machine_read, "service/a.py", "import time\nx = time.time", "service/a.py:2 reads time.time"),
    (machine_read, "service/a.py", "from time import time\ntime()", "service/a.py:2 reads time.time"),
    (machine_read, "service/clock.py", "from datetime import datetime\ndatetime.utcnow()", "service/clock.py:2 reads"),
    (told, "service/simulator/app.py", "import service.records.people", "service/simulator/app.py:1 imports service."),
    (told, "service/simulator/app.py", "from flows import segments", "service/simulator/app.py:1 imports flows.seg"),
    (unexplained, "flows/timing.py", "import re", "flows/timing.py:1 opens"),
    (unexplained, "flows/timing.py", '"""a\n\nb\nc"""', "flows/timing.py:1 opens"),
    (misnamed, "service/mail_utils.py", "", "service/mail_utils.py:1 is named mail_utils"),
    (misnamed, "service/core/post.py", "", "service/core/post.py:1 is named core"),
    (misnamed, "service/post.py", "class HTTPHandler: ...", "service/post.py:1 names HTTPHandler"),
    (misnamed, "tests/post.py", "def load_data(): ...", "tests/post.py:1 names load_data"),
]


@pytest.mark.parametrize(("broken_by", "where", "text", "line"), PLANTED)
def test_a_planted_offence_is_found_and_said_with_its_line(tmp_path: Path, broken_by, where: str, text: str, line: str):
    (tmp_path / where).parent.mkdir(parents=True)
    (tmp_path / where).write_text(text)

    [module] = modules_of(tmp_path, where.split("/")[0])
    found = list(broken_by(module))

    assert len(found) == 1
    assert found[0].startswith(line)


INNOCENT = [
    (wrong_way, "workers/due.py", "from service.house import House\nfrom flows import timing"),
    (impure, "flows/timing.py", "from datetime import datetime\nfrom flows.errors import Problem"),
    (out_of_place, "service/gateway/wire.py", "import twilio\nimport arqueology"),
    (machine_read, "service/app.py", "from service.clock import Clock\nclock.now()\nos_environ = 1"),
    (machine_read, "service/clock.py", "from datetime import datetime\ndatetime.now()"),
    (told, "service/simulator/app.py", "from service.clock import real_now\nimport service.settings"),
    (unexplained, "flows/__init__.py", ""),
    (misnamed, "service/database.py", "class Database: ...\ndef information(): ...\ndef accordance(): ..."),
    (misnamed, "tests/test_post.py", "def test_data_is_found_again(): ..."),
]


@pytest.mark.parametrize(("broken_by", "where", "text"), INNOCENT)
def test_what_only_looks_like_an_offence_passes(tmp_path: Path, broken_by, where: str, text: str):
    (tmp_path / where).parent.mkdir(parents=True)
    (tmp_path / where).write_text(text)

    [module] = modules_of(tmp_path, where.split("/")[0])

    assert list(broken_by(module)) == []
