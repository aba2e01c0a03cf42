"""The page of promises is what the tests say, and no promise stands there alone."""

from __future__ import annotations

import ast

from tests.crashes.invariants import AT_ANY_MOMENT, AT_REST
from tests.promised import PAGE, _marks, held, page, read_rows


def test_the_page_of_promises_is_made_from_the_tests():
    assert PAGE.read_text(encoding="utf-8") == page(), "python -m tests.promised writes it anew"


def test_no_promise_is_without_a_test_and_no_test_names_one_that_is_not_there():
    promises = read_rows("promises.yaml")

    assert list(promises) == [str(number) for number in range(1, 31)]
    assert set(held()["promise"]) == set(promises)


def test_every_invariant_is_looked_at_and_no_test_names_one_that_is_not_there():
    invariants = read_rows("invariants.yaml")

    assert list(invariants) == [f"I{number}" for number in range(1, 13)]
    assert set(held()["invariant"]) <= set(invariants)
    alone = {number for number, row in invariants.items() if row["looked at"] == "by tests of its own"}
    assert alone <= set(held()["invariant"])
    checks = {each.__name__.partition("_")[0].upper() for each in (*AT_ANY_MOMENT, *AT_REST)}
    assert checks | alone | {"I10"} == set(invariants)  # RunningHouse.judge_answers is I10


def test_a_mark_is_read_with_all_its_numbers():
    marked = "@pytest.mark.promise(3, 8)\n@other\nasync def test_it(): ...\n"
    unmarked = "@pytest.mark.promise(1)\ndef no(): ..."
    tree = ast.parse(marked + unmarked)

    assert list(_marks(tree)) == [("promise", "3", "test_it"), ("promise", "8", "test_it")]
