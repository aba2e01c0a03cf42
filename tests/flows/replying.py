"""Cases of replies kept as JSON lines, each with the reason it is there."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

REPLIES = Path(__file__).parent / "replies"


def written(name: str) -> list[dict[str, Any]]:
    """The cases of one file."""
    lines = (REPLIES / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def cases(name: str) -> list[object]:
    """The same as parameters of a test, each named by its text."""
    return [pytest.param(case, id=case["text"]) for case in written(name)]
