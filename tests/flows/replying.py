"""Cases of replies kept as JSON lines, each with the reason it is there."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

REPLIES = Path(__file__).parent / "replies"


def cases(name: str) -> list[object]:
    """The lines of one file, each named by its text."""
    lines = (REPLIES / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    return [pytest.param(json.loads(line), id=json.loads(line)["text"]) for line in lines]
