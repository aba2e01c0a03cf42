"""The list of deliberate faults is up to date, and each of them is noticed."""

from __future__ import annotations

import shlex

import pytest

from tests.mutants.playing import ROOT, Fate, Mutant, play, read_mutants

MUTANTS = read_mutants()
AT_LEAST = 60


def test_there_are_enough_and_each_changes_one_place():
    assert len(MUTANTS) >= AT_LEAST
    assert [each.name for each in MUTANTS if each.places() != 1 or each.was == each.becomes] == []


def test_whoever_is_to_notice_exists():
    named = [word for each in MUTANTS for word in shlex.split(each.killed_by) if word.startswith("tests/")]

    assert named != []
    assert [name for name in named if not (ROOT / name).is_file()] == []


@pytest.mark.slow
@pytest.mark.timeout(900)
@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda each: each.name.replace(" ", "-"))
def test_a_deliberate_fault_is_noticed(mutant: Mutant):
    fate, said = play(mutant)

    assert fate is Fate.KILLED, said
