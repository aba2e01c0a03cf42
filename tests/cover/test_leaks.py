"""Leaks that somebody planted are all found: the pairs would see what they are there to see."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from tests.cover.conftest import LINKED
from tests.cover.leaks import LEAKS
from tests.cover.seek import TELLS
from tests.mutants.workshop import Mutant, Workshop
from tests.service.conftest import Installation
from tests.test_layering import ROOT

SEEDS, SECONDS = 200, 170.0
QUICK = random.Random(20261126).sample(LEAKS, 1)


@pytest.fixture(scope="session")
def workshop(tmp_path_factory: pytest.TempPathFactory) -> Workshop:
    return Workshop(tmp_path_factory.mktemp("leaks") / "copy")


def test_there_are_twenty_of_them_and_each_still_has_its_line():
    assert len({leak.name for leak in LEAKS}) == 20
    assert [leak.name for leak in LEAKS if not leak.fits(ROOT)] == []


@pytest.mark.invariant("I7")
@pytest.mark.parametrize(
    "leak", [pytest.param(leak, marks=() if leak in QUICK else (pytest.mark.slow,), id=leak.name) for leak in LEAKS]
)
def test_a_planted_leak_is_found(leak: Mutant, workshop: Workshop, linked_town: Installation, tmp_path: Path):
    town = linked_town.with_database(f"leak_{LEAKS.index(leak)}", template=LINKED)
    (tmp_path / "clock").write_text(Path(town.environment["SIMULATION_CLOCK"]).read_text())
    settings = {**town.environment, "SIMULATION_CLOCK": str(tmp_path / "clock")}

    with workshop.worse_by(leak):
        sought = workshop.run("-m", "tests.cover.seek", "0", str(SEEDS), seconds=SECONDS, **settings)

    assert sought.returncode == TELLS, sought.stdout + sought.stderr
