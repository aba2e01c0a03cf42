"""A file of code stays under 400 lines, a function under 60: whoever opens one can read it in one sitting."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
HOUSES = ("flows", "service", "workers", "tests")
LINES_A_FILE, LINES_A_FUNCTION = 400, 60
# A migration is written once, in the order of its tables, and never grows.
EXCEPT = "service/records/migrations/"


def code_files() -> list[Path]:
    """The Python and JavaScript of all houses, without migrations."""
    found = [path for house in HOUSES for path in sorted((ROOT / house).rglob("*")) if path.suffix in {".py", ".js"}]
    return [path for path in found if not path.relative_to(ROOT).as_posix().startswith(EXCEPT)]


def too_long(path: Path) -> Iterator[str]:
    """One line for the file if it is too long, and one for each function of it that is."""
    text = path.read_text(encoding="utf-8")
    lines = len(text.splitlines())
    if lines > LINES_A_FILE:
        yield f"{path}: {lines} lines"
    if path.suffix != ".py":
        return
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            if length > LINES_A_FUNCTION:
                yield f"{path}:{node.lineno}: {node.name} has {length} lines"


def test_every_file_and_function_can_be_read_in_one_sitting():
    files = code_files()

    found = [line for path in files for line in too_long(path)]

    assert len(files) > 100
    assert not found, "\n".join(found)


def test_a_file_that_is_too_long_is_found(tmp_path: Path):
    planted = tmp_path / "long.js"
    planted.write_text("1;\n" * (LINES_A_FILE + 1))

    assert list(too_long(planted)) == [f"{planted}: 401 lines"]


def test_a_function_that_is_too_long_is_found_wherever_it_hides(tmp_path: Path):
    planted = tmp_path / "long.py"
    planted.write_text("class Ada:\n    async def speaks(self):\n" + "        x = 1\n" * LINES_A_FUNCTION)

    assert list(too_long(planted)) == [f"{planted}:2: speaks has 61 lines"]


def test_a_file_and_a_function_of_just_the_length_pass(tmp_path: Path):
    planted = tmp_path / "just.py"
    body = "    x = 1\n" * (LINES_A_FUNCTION - 1)
    planted.write_text("def speaks():\n" + body + "\n" * (LINES_A_FILE - LINES_A_FUNCTION))

    assert list(too_long(planted)) == []
