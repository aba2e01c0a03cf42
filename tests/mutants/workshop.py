"""A copy of the whole project in which one line at a time is made worse: what then fails, watches that line."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.test_layering import ROOT

COPIED = ("flows", "service", "workers", "tests")
BESIDE = ("pyproject.toml", "Procfile", "README.md", "CONTRIBUTING.md", "CHANGELOG.md", ".env.example", "Makefile")


@dataclass(frozen=True, slots=True)
class Mutant:
    """`old` stands in `file` exactly once, and becomes `new`."""

    name: str
    file: str
    old: str
    new: str

    def fits(self, project: Path) -> bool:
        """Whether the line is there, once."""
        return (project / self.file).read_text(encoding="utf-8").count(self.old) == 1


class Workshop:
    """The copy."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        for house in COPIED:
            shutil.copytree(ROOT / house, folder / house, ignore=shutil.ignore_patterns("__pycache__"))
        for name in BESIDE:
            shutil.copy2(ROOT / name, folder / name)

    @contextmanager
    def worse_by(self, mutant: Mutant) -> Iterator[None]:
        """The copy is worse inside the block. AssertionError: the line is not there, or twice."""
        assert mutant.fits(self.folder), f"{mutant.name}: {mutant.file} has another line by now"
        path = self.folder / mutant.file
        text = path.read_text(encoding="utf-8")
        path.write_text(text.replace(mutant.old, mutant.new), encoding="utf-8")
        try:
            yield
        finally:
            path.write_text(text, encoding="utf-8")

    def run(self, *arguments: str, seconds: float, **environment: str) -> subprocess.CompletedProcess[str]:
        """Python in the copy. A run that takes too long is ended, and ends with 124."""
        given = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1", "PYTHONPATH": str(self.folder), **environment}
        command = [sys.executable, *arguments]
        try:
            return subprocess.run(
                command, cwd=self.folder, env=given, timeout=seconds, text=True, capture_output=True, check=False
            )
        except subprocess.TimeoutExpired:
            return subprocess.CompletedProcess(command, 124, "", "it took too long")
