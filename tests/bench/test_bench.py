"""The bench itself: medians beside their limit, a missed demand is told, one broken row stops no other."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.bench.__main__ import main
from tests.bench.measuring import measure
from tests.bench.row import Measured, Row, at_least, at_most
from tests.bench.table import ROWS


def _thrice() -> Iterator[Measured]:
    yield from (Measured(1, 10), Measured(30, 10), Measured(20, 10))


def _broken() -> Iterator[Measured]:
    yield Measured(1, 1)
    raise ConnectionError("the database is away")


FAST = Row("fast", "a second", "a loop", at_least(2), _thrice, times=3)
SLOW = Row("slow", "ms", "a loop", at_most(1.5), _thrice, times=3)
BROKEN = Row("broken", "ms", "a loop", at_most(1), _broken)


def test_a_row_is_the_median_of_its_runs_beside_the_median_of_its_limit():
    result = measure(FAST, print)

    assert (result.ours, result.limit, result.ratio, result.holds) == (20, 10, 2, True)


def test_a_ratio_is_that_of_both_sides_in_the_same_seconds():
    def runs() -> Iterator[Measured]:
        yield from (Measured(6, 10), Measured(10, 18), Measured(5, 11))  # the machine was twice as fast for a while

    result = measure(Row("swaying", "a second", "a loop", at_least(0.5), runs, times=3), print)

    assert (result.ours, result.limit, round(result.ratio, 2)) == (6, 11, 0.56)


def test_what_a_row_started_is_cleared_up_when_it_has_run_often_enough():
    cleared = []

    def runs() -> Iterator[Measured]:
        try:
            while True:
                yield Measured(1, 1)
        finally:
            cleared.append("servers")

    measure(Row("endless", "ms", "itself", at_most(1), runs, times=4), print)

    assert cleared == ["servers"]


def test_no_new_run_begins_late_and_a_row_past_its_minute_does_not_count():
    minutes = iter([0.0, 41.0, 61.0])

    result = measure(FAST, print, clock=lambda: next(minutes))

    assert (result.times, result.holds, result.trouble) == (1, False, "took 61 s, at most 60")


def test_a_missed_demand_ends_with_one_and_is_kept_in_the_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    written = tmp_path / "var" / "bench.json"

    assert main([], (FAST, SLOW), written) == 1

    assert json.loads(written.read_text()) == {
        "fast": {"ours": 20, "limit": 10, "ratio": 2, "unit": "a second"},
        "slow": {"ours": 20, "limit": 10, "ratio": 2, "unit": "ms"},
    }
    told = capsys.readouterr()
    assert "MISSED" in told.out
    assert "slow: run 3 of 3" in told.err


def test_a_broken_row_is_named_and_the_others_are_measured(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    assert main([], (BROKEN, FAST), tmp_path / "bench.json") == 1

    assert "failed: ConnectionError: the database is away" in capsys.readouterr().out
    assert list(json.loads((tmp_path / "bench.json").read_text())) == ["fast"]


def test_only_one_row_may_be_asked_for_and_the_rest_of_the_file_stays(tmp_path: Path):
    written = tmp_path / "bench.json"
    written.write_text('{"slow": {"ours": 1}}')

    assert main(["--only", "fast"], (FAST, SLOW), written) == 0

    assert list(json.loads(written.read_text())) == ["slow", "fast"]


def test_a_row_that_does_not_exist_is_refused_with_those_that_do(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    assert main(["--only", "horoscope"], (FAST, SLOW), tmp_path / "bench.json") == 2

    assert capsys.readouterr().err == "no row begins so; there are: fast, slow\n"


def test_every_row_has_a_name_of_its_own():
    assert len({row.name for row in ROWS}) == len(ROWS) > 0
