"""Ten is two keys where every other number is one: neither a slow caller nor a quick one loses it (PROGRAMME 3.9)."""

from __future__ import annotations

import pytest

from tests.stories.keeping import numbers_of
from tests.stories.people import Network, Phone

ONE_OR_TEN = "One. For ten, press 0."
LENGTH = "Let's set when you'll be back."


@pytest.mark.parametrize(
    ("keys", "number"),
    [
        (("1", "0"), "10"),  # within the two seconds
        (("10", "0"), "10"),  # the 0 came before the line listened again and was lost: the line says so
        (("1", ""), "1"),  # nothing more comes
        (("1", "1"), "1"),  # and who is in a hurry says so
        (("10", ""), "1"),
    ],
)
async def test_a_one_is_read_back_while_the_line_waits_for_its_nought(
    keys: tuple[str, str], number: str, ada: Phone, network: Network
):
    call = await ada.calls()
    for key in ("2", "1", keys[0]):
        await call.presses(key)
    assert await call.hears(ONE_OR_TEN)

    if keys[1]:
        await call.presses(keys[1])
    else:
        await call.says_nothing()

    assert await call.hears(LENGTH)
    assert [(item, value) for _, item, value in await numbers_of(ada)] == [("break", number)]


async def test_a_star_after_a_one_still_ends_the_call(ada: Phone, network: Network):
    call = await ada.calls()
    for key in ("2", "1", "1", "*"):
        await call.presses(key)

    assert await call.hears("Okay. Goodbye.")
    assert await call.is_over()
    assert await numbers_of(ada) == []
