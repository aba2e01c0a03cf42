"""The Procfile: one `name: command` a line, run without a shell."""

from __future__ import annotations

import re
import shlex
import sys
from pathlib import Path

from service.errors import ServerUnavailable

LINE = re.compile(r"(?P<name>[A-Za-z0-9_-]+)\s*:\s*(?P<command>.+)")


def read_procfile(path: Path) -> dict[str, list[str]]:
    """Each name with its command as arguments, in the file's order. Blank lines and `#` lines are passed over.

    A program that lies beside the running Python is meant when its bare name is given, so that no environment need be
    activated.

    Raises:
        ServerUnavailable: there is no such file, or a line is not `name: command`, or a name comes twice.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise ServerUnavailable(f"there is no {path}", "run it in Mendline's own folder") from None
    commands: dict[str, list[str]] = {}
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        found = LINE.fullmatch(line.strip())
        if found is None or found["name"] in commands:
            raise ServerUnavailable(f"{path} line {number}: {line.strip()!r}", "write `name: command`, each name once")
        commands[found["name"]] = _arguments(found["command"], f"{path} line {number}")
    return commands


def _arguments(command: str, place: str) -> list[str]:
    try:
        program, *rest = shlex.split(command)
    except ValueError as wrong:
        raise ServerUnavailable(f"{place}: {wrong}", "close the quotes") from wrong
    return [beside_python(program), *rest]


def beside_python(program: str) -> str:
    """The path of `program` in the folder of the running Python, or `program` itself where there is none."""
    beside = Path(sys.executable).parent / program
    return str(beside) if beside.is_file() else program
