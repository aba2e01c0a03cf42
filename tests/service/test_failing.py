"""A log says where something failed, and nothing of what it failed with."""

from __future__ import annotations

from datetime import datetime

from service.failing import where
from service.simulator.durations import read_duration


def test_the_place_is_said_and_the_words_are_not():
    try:
        datetime.fromisoformat("4 tired, argued")
    except ValueError as problem:
        said = where(problem)

    assert said.startswith("ValueError at tests/service/test_failing.py:")
    assert "tired" not in said


def test_the_last_lines_of_ours_are_told_outermost_first():
    try:
        read_duration("+12125550101")
    except ValueError as problem:
        said = where(problem)

    here, there = said.split()[2:]
    assert here.startswith("tests/service/test_failing.py:")
    assert there.startswith("service/simulator/durations.py:")
