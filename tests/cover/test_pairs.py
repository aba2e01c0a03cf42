"""Whatever one person does in private, the other's phone is the same to the byte and the minute."""

from __future__ import annotations

import pytest

from service.house import House
from tests.cover.pairs import GROUPS, PRIVATELY, Baselines, told_apart

QUICK, ALL, A_PART = 12, 5_000, 250


async def _all_told_apart(house: House, seeds: range) -> list[str]:
    baselines = Baselines(house)
    return [told for seed in seeds if (told := await told_apart(house, baselines, seed))]


@pytest.mark.invariant("I7")
@pytest.mark.promise(15)
async def test_of_a_few_weekends_none_tells_the_other_what_was_private(house: House):
    baseline = await Baselines(house).of(1)
    assert {purpose for _, purpose, _, _ in baseline} >= {"digest", "notice"}, baseline

    assert await _all_told_apart(house, range(1, QUICK * GROUPS, GROUPS)) == []


@pytest.mark.promise(15)
async def test_no_private_act_alone_tells_the_other_anything(house: House):
    assert await _all_told_apart(house, range(-len(PRIVATELY), 0)) == []


@pytest.mark.slow
@pytest.mark.timeout(900)
@pytest.mark.invariant("I7")
@pytest.mark.parametrize("first", range(0, ALL, A_PART))
async def test_of_five_thousand_weekends_none_tells_the_other_what_was_private(house: House, first: int):
    assert await _all_told_apart(house, range(first, first + A_PART)) == []
