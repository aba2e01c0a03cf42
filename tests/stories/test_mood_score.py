"""The first journey (PROGRAMME 6.1): a person texts a mood score. Over real HTTP, to the minute and to the letter."""

from __future__ import annotations

from tests.stories.people import Clock, Network, Phone, settle_in
from tests.stories.words import CK_1, CK_2

CK_4 = "That is a lot for a body to hold. BREAK starts a timed break, CALL is a guided call, OK just logs it."


async def test_ada_texts_her_mood_score(ada: Phone, clock: Clock, network: Network):
    await settle_in(clock, ada)
    await clock.until("18:29", ada.zone)
    assert await network.is_quiet()

    await clock.until("18:30", ada.zone)
    assert await ada.hears(CK_1)

    await clock.forward(minutes=11)
    await ada.texts("4 tired, argued")
    assert await ada.hears(CK_2)

    await clock.forward(minutes=2)
    await ada.texts("8")
    assert await ada.hears(CK_4)

    await ada.texts("OK")
    await clock.until("18:29", ada.zone)
    assert await network.is_quiet()

    await clock.until("18:30", ada.zone)
    assert await ada.hears(CK_1)
