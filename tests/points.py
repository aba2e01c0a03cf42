"""Every point of the product, read from its source: what may be killed where, and what would be missing one."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from tests.test_layering import ROOT, Module, modules_of

# What one name stands for, and which moments of it are points.
MOMENTS = {
    "in_transaction": ("begun", "before-commit", "committed"),
    "spoken_to": ("before", "after"),
}
NETWORK_ROOM = "service/gateway/"


def points_of(*houses: str) -> tuple[str, ...]:
    """Every point, sorted: `text-taken.before-commit`, `send-text.before`, …"""
    return tuple(
        sorted(
            f"{name}.{moment}"
            for module in modules_of(ROOT, *(houses or ("service", "workers")))
            for opener, _, name in _named(module)
            if name
            for moment in MOMENTS[opener]
        )
    )


def unnamed(module: Module) -> Iterator[str]:
    """A commit without a name of its own, which no test could kill at."""
    for _, line, name in _named(module):
        if name is None:
            yield f"{module.where}:{line} opens a transaction or speaks to a network without a literal name"


def unmarked(module: Module) -> Iterator[str]:
    """A request of the official client that is no point."""
    if not module.where.startswith(NETWORK_ROOM):
        return
    marked = {
        id(inside)
        for node in ast.walk(module.tree)
        if isinstance(node, ast.AsyncWith) and any(_opener(item.context_expr) == "spoken_to" for item in node.items)
        for inside in ast.walk(node)
    }
    for node in ast.walk(module.tree):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute) or id(node) in marked:
            continue
        if node.func.attr.endswith("_async"):
            yield f"{module.where}:{node.lineno} speaks to the network outside `async with spoken_to(…)`"


def watching(module: Module) -> Iterator[str]:
    """A product that would watch itself."""
    for node in ast.walk(module.tree):
        if not isinstance(node, ast.ImportFrom) or node.module != "service.points":
            continue
        if any(alias.name not in {"reach", "spoken_to"} for alias in node.names):
            yield f"{module.where}:{node.lineno} may only reach points, never watch them"


def _named(module: Module) -> Iterator[tuple[str, int, str | None]]:
    for node in ast.walk(module.tree):
        opener = _opener(node)
        if opener is None or not isinstance(node, ast.Call):
            continue
        given = node.args[0] if len(node.args) == 1 else None
        is_literal = isinstance(given, ast.Constant) and isinstance(given.value, str) and given.value
        yield opener, node.lineno, str(given.value) if is_literal and isinstance(given, ast.Constant) else None


def _opener(node: ast.AST) -> str | None:
    if not isinstance(node, ast.Call):
        return None
    name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
    return name if name in MOMENTS else None
