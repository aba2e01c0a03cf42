"""Where the product may die: a new commit or a new word with a network without a point of its own fails here."""

from __future__ import annotations

import ast
from collections import Counter

import pytest

from service import points
from tests.points import points_of, unmarked, unnamed, watching
from tests.test_layering import ROOT, Module, modules_of

PRODUCT = ("flows", "service", "workers")


@pytest.mark.parametrize("broken_by", [unnamed, unmarked, watching])
def test_every_commit_and_every_word_with_a_network_is_a_point_and_nobody_watches(broken_by):
    found = [line for module in modules_of(ROOT, *PRODUCT) for line in broken_by(module)]

    assert not found, "\n".join(found)


def test_no_two_points_have_one_name():
    assert [point for point, count in Counter(points_of()).items() if count > 1] == []
    assert len(points_of()) > 86


@pytest.mark.parametrize(
    ("broken_by", "where", "text"),
    [
        (unnamed, "service/sending.py", "async def f():\n    async with in_transaction(): ..."),
        (unnamed, "service/sending.py", "async def f(name):\n    async with in_transaction(name): ..."),
        (unnamed, "workers/queue.py", "async def f():\n    async with spoken_to(''): ..."),
        (unmarked, "service/gateway/a.py", "async def f(c):\n    await c.messages.create_async(to='')"),
        (watching, "service/app.py", "from service.points import watch"),
    ],
)
def test_a_planted_offence_is_found(broken_by, where: str, text: str):
    assert [*broken_by(Module(where, ast.parse(text)))]


def test_the_driver_of_the_fault_tests_is_no_part_of_the_product():
    assert not points.is_watched()
    imported = {
        name
        for module in modules_of(ROOT, *PRODUCT)
        for node in ast.walk(module.tree)
        if isinstance(node, ast.ImportFrom)
        for name in [node.module or ""]
    }
    assert not [name for name in imported if name.split(".")[0] == "tests"]
