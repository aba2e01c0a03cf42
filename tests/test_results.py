"""The page of results has a row for each suite, whose tests exist; what it says was counted by a run."""

from __future__ import annotations

from tests.promised import read_rows
from tests.results import PAGE, ROOT, Result, page_of, results_on


def test_the_page_is_as_the_runs_wrote_it():
    page = PAGE.read_text(encoding="utf-8")

    assert page == page_of(results_on(page))


def test_every_case_that_was_tried_passed():
    told = results_on(PAGE.read_text(encoding="utf-8"))

    assert list(told) == list(read_rows("suites.yaml"))
    assert [name for name, result in told.items() if result.passed != result.cases] == []


def test_every_suite_names_tests_that_exist():
    for suite in read_rows("suites.yaml").values():
        assert [name for name in suite["tests"].split() if not (ROOT / name).exists()] == []


def test_a_row_is_read_back_as_it_was_written():
    some = {"orders": Result("8", "8", "2026-11-26"), "Redis": Result("4", "3", "2026-11-26")}

    read = results_on(page_of(some))

    assert {name: read[name] for name in some} == some
    assert read["zones"] == Result()
