"""The table of error codes, tested as a table."""

from __future__ import annotations

import csv
from importlib.resources import files

import pytest

from service.gateway.error_codes import Action, Shows, action_for, error_codes


def test_every_code_is_there_once_and_in_order():
    lines = files("service.gateway").joinpath("error_codes.csv").read_text(encoding="utf-8").splitlines()
    codes = [int(row["code"]) for row in csv.DictReader(lines)]

    assert codes == sorted(set(codes))
    assert len(codes) == len(error_codes())


@pytest.mark.parametrize("row", error_codes().values(), ids=lambda row: str(row.code))
def test_every_row_says_what_it_means_and_the_operator_is_told_what_to_do(row):
    assert 10000 <= row.code <= 99999
    assert row.meaning
    assert row.operator_remedy or row.action is not Action.OPERATOR
    assert row.operator_remedy == "" or row.operator_remedy.endswith((".", "then."))


def test_every_action_is_taken_by_some_code():
    assert {row.action for row in error_codes().values()} == set(Action)
    assert {row.shows for row in error_codes().values()} == set(Shows)


def test_only_what_was_not_taken_may_go_out_again_after_an_answer_to_our_post():
    refused = [row for row in error_codes().values() if row.shows in {Shows.SYNC, Shows.BOTH}]

    assert {row.action for row in refused}.isdisjoint({Action.RETRY_ONCE, Action.RETRY_TWICE})
    assert [row.code for row in refused if row.action is Action.ASK] == [20500, 20503]


def test_what_only_the_log_shows_asks_nothing_of_a_text():
    logged = {row.action for row in error_codes().values() if row.shows is Shows.LOG}

    assert logged == {Action.OPERATOR, Action.WRONG_NUMBER, Action.NEVER}


@pytest.mark.parametrize(
    ("code", "action"),
    [
        (21610, Action.OPTED_OUT), (30003, Action.RETRY_TWICE), (30005, Action.WRONG_NUMBER), (30006, Action.NO_TEXTS),
        (21635, Action.NO_TEXTS), (30007, Action.OPERATOR), (30008, Action.RETRY_ONCE), (20429, Action.LATER),
        (30036, Action.EXPIRED), (30610, Action.NEXT_WINDOW), (30039, Action.STAY_SILENT), (20003, Action.OPERATOR),
    ],
)  # fmt: skip
def test_the_codes_that_matter_most_lead_where_they_must(code, action):
    assert action_for(code) is action


@pytest.mark.parametrize(
    ("code", "action"),
    [(500, Action.ASK), (503, Action.ASK), (429, Action.LATER), (400, Action.OPERATOR), (99999, Action.OPERATOR)],
)
def test_an_unknown_code_is_never_a_reason_to_send_again(code, action):
    assert action_for(code) is action
