"""Calls that once took a key for another, or ended without a word."""

from __future__ import annotations

import pytest

from service.records import Rating
from service.someone import VALUE, find_someone
from tests.calls.callers import Act, Caller, assert_goes_on_or_ends_well, lines
from tests.calls.one_process import OneProcess
from tests.service.conftest import ADA

CODE = "246810"
# For a break, and safe; then the number.
TO_THE_NUMBER = ("2", "1")


async def plays(everything: OneProcess, *acts: Act) -> list[str]:
    """Ada calls in and does this; what we said."""
    await everything.begin()
    ada = Caller(everything, ADA, CODE)
    call = await ada.calls()
    await ada.does(call, acts)
    if not call.is_over:
        await ada.lets_go(call)
    return lines(call, "us")


@pytest.mark.parametrize(
    "typed", [[Act("keys", "1"), Act("keys", "0")], [Act("early", "10"), Act("keys", "0")]], ids=["slowly", "too-soon"]
)
async def test_the_nought_of_a_ten_is_not_lost(everything: OneProcess, typed: list[Act]):
    """The line listened for one key, and a ten was a one."""
    await plays(everything, *(Act("keys", key) for key in TO_THE_NUMBER), *typed)

    ada = await find_someone(everything.house.vault, everything.house.vault.number_key(ADA))
    assert ada is not None
    kept = [ada.key.open(each.value_sealed, VALUE) for each in await Rating.filter(person_id=ada.id, item="break")]
    assert kept == ["10"]


async def test_a_script_without_a_last_word_still_ends_with_a_goodbye(everything: OneProcess):
    """Found by callers who press any key: the numbers once more, and then the line was dead."""
    await everything.begin()
    ada = Caller(everything, ADA, CODE)
    call = await ada.calls()

    await ada.does(call, [Act("keys", key) for key in ("2", "8", "0")])

    assert call.is_over
    assert_goes_on_or_ends_well(call)
