"""Deliberate faults: a copy of the product has one, and the tests named beside it must turn red."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from ruamel.yaml import YAML

ROOT = Path(__file__).parent.parent.parent
LIST = Path(__file__).with_name("mutants.yaml")
# What the tests of a copy need; papers are compared with the code.
COPIED = ("flows", "service", "workers", "tests", "papers", "pyproject.toml", "Procfile", "README.md", "CHANGELOG.md",
          "CONTRIBUTING.md", "Makefile", ".env.example", ".ci", "requirements")  # fmt: skip
# Some faults never let a test end: then the whole run is ended, for Hypothesis would look for a shorter way to it.
ENDING = ("--timeout=100", "--timeout-method=thread")
PYTEST = (sys.executable, "-m", "pytest", "-q", "-x", *ENDING, "-p", "no:cacheprovider")
SOME_RED, ALL_GREEN = 1, 0  # pytest's exit codes; any other says that it could not test
MOST_SECONDS = 600


class Fate(Enum):
    """What became of a mutant. BROKEN: its tests could not be run, which proves nothing."""

    KILLED = "killed"
    ALIVE = "alive"
    BROKEN = "broken"


@dataclass(frozen=True, slots=True)
class Mutant:
    """`was` stands exactly once in `file`; `killed_by` are pytest's arguments."""

    name: str
    file: str
    was: str
    becomes: str
    killed_by: str

    def places(self) -> int:
        """How often `was` stands in its file now: once, or the list is out of date."""
        return (ROOT / self.file).read_text(encoding="utf-8").count(self.was)


def read_mutants() -> list[Mutant]:
    """All of them, in the order of the list."""
    rows = YAML(typ="safe").load(LIST.read_text(encoding="utf-8"))
    return [Mutant(name, **row) for name, row in rows.items()]


def play(mutant: Mutant) -> tuple[Fate, str]:
    """Its fate, and what pytest said last."""
    if mutant.places() != 1:
        return Fate.BROKEN, "its line is not there, or more than once"
    with tempfile.TemporaryDirectory(prefix="mendline-mutant-") as folder:
        copy = Path(folder)
        for name in COPIED:
            _copy(ROOT / name, copy / name)
        changed = copy / mutant.file
        changed.write_text(changed.read_text(encoding="utf-8").replace(mutant.was, mutant.becomes), encoding="utf-8")
        # Also the processes that a story starts, wherever they stand, are of the copy.
        environment = os.environ | {"PYTHONPATH": str(copy), "PYTHONDONTWRITEBYTECODE": "1"}
        ran = subprocess.run(
            [*PYTEST, *shlex.split(mutant.killed_by)], cwd=copy, env=environment, capture_output=True, text=True,
            timeout=MOST_SECONDS, check=False,
        )  # fmt: skip
    fates = {SOME_RED: Fate.KILLED, ALL_GREEN: Fate.ALIVE}
    return fates.get(ran.returncode, Fate.BROKEN), "\n".join((ran.stdout + ran.stderr).splitlines()[-12:])


def _copy(source: Path, target: Path) -> None:
    if source.is_dir():
        shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__"), symlinks=True)
    else:
        shutil.copy(source, target)
