"""Cases of replies kept as JSON lines, each with the reason it is there."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

REPLIES = Path(__file__).parent / "replies"


def written(name: str) -> list[dict[str, Any]]:
    """The cases of one file."""
    lines = (REPLIES / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def cases(name: str) -> list[object]:
    """The same as parameters of a test, each named by its text."""
    return [pytest.param(case, id=case["text"]) for case in written(name)]


def grouped_cases(name: str) -> list[tuple[str, str]]:
    """Each text of a file of groups with what its group expects; every group says why it is there."""
    groups = YAML(typ="safe", pure=True).load((REPLIES / f"{name}.yaml").read_text(encoding="utf-8"))["groups"]
    assert all(group["why"] for group in groups)
    return [(text, group["expect"]) for group in groups for text in group["texts"].splitlines() if text]
