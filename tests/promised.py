"""`python -m tests.promised` writes papers/promises.md: each promise with the tests that hold it, by their marks."""

from __future__ import annotations

import ast
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path

from ruamel.yaml import YAML

TESTS = Path(__file__).parent
PAGE = TESTS.parent / "papers" / "promises.md"
MARKS = ("promise", "invariant")
HEAD = """# What must survive which fault

Made from the tests by `python -m tests.promised`; a test refuses a page that is not what they say, and a promise that
has no test. Each test runs alone: `make test ARGS="tests/faults/test_doors.py -k picture"`.

| # | fault | promise | held by |
|---|---|---|---|
"""
INVARIANTS = """
## What holds after every case

`tests/crashes/invariants.py` reads the whole database and the network's own log, and says which of these is broken: at
any moment after every story, at rest after every case of the suites of faults.

| | what holds | looked at | held besides by |
|---|---|---|---|
"""

Held = Mapping[str, list[str]]


def read_rows(name: str) -> dict[str, dict[str, str]]:
    """The rows of a file beside this one."""
    rows = YAML(typ="safe").load((TESTS / name).read_text(encoding="utf-8"))
    return {str(number): row for number, row in rows.items()}


def held() -> dict[str, Held]:
    """For each kind of mark: number to `tests/folder/test_x.py::test_name`."""
    found: dict[str, dict[str, list[str]]] = {mark: defaultdict(list) for mark in MARKS}
    for path in sorted(TESTS.rglob("test_*.py")):
        for mark, number, name in _marks(ast.parse(path.read_text(encoding="utf-8"))):
            found[mark][number].append(f"{path.relative_to(TESTS.parent).as_posix()}::{name}")
    return {mark: dict(numbers) for mark, numbers in found.items()}


def page() -> str:
    """The whole page."""
    marked = held()
    lines = [HEAD]
    for number, row in read_rows("promises.yaml").items():
        lines.append(f"| {number} | {row['fault']} | {row['promise']} | {_cell(marked['promise'].get(number, []))} |\n")
    lines.append(INVARIANTS)
    for number, row in read_rows("invariants.yaml").items():
        tests = _cell(marked["invariant"].get(number, []))
        lines.append(f"| {number} | {row['holds']} | {row['looked at']} | {tests} |\n")
    return "".join(lines)


def _marks(tree: ast.Module) -> Iterator[tuple[str, str, str]]:
    for node in tree.body:
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) or not node.name.startswith("test_"):
            continue
        for mark in node.decorator_list:
            if isinstance(mark, ast.Call) and isinstance(mark.func, ast.Attribute) and mark.func.attr in MARKS:
                for number in mark.args:
                    assert isinstance(number, ast.Constant), f"{node.name}: a mark names plain numbers"
                    yield mark.func.attr, str(number.value), node.name


def _cell(tests: list[str]) -> str:
    """Tests by file: the folder and file once, then the claims."""
    by_file: dict[str, list[str]] = defaultdict(list)
    for each in tests:
        file, _, name = each.partition("::")
        by_file[file].append(name.removeprefix("test_").replace("_", " "))
    return "<br>".join(f"[{Path(file).stem}](../{file}): {'; '.join(names)}" for file, names in by_file.items())


def main() -> int:
    """0; the page is written."""
    PAGE.write_text(page(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
