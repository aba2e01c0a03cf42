"""The first journey (PROGRAMME 6.1): a person texts a mood score. Over real HTTP, to the minute and to the letter."""

from __future__ import annotations

from tests.stories.people import Clock, Network, Phone, settle_in

CK_1 = "Mendline: Check-in time. How is today so far, 0 (rough) to 10 (good)? Add a few words if you like. SKIP is fine."
CK_2 = "And how settled is your body right now, 0 (calm) to 10 (very worked up)?"
CK_3 = "Thanks. Saved for you alone."
CK_4 = "That is a lot for a body to hold. BREAK starts a timed break, CALL is a guided call, OK just logs it."
CK_5 = "Mendline: Still open if you want it: today, 0-10? A miss needs no reason."
CK_10 = "One number from 0 to 10 is easiest, like 6. Words are welcome after it. Or SKIP."
CK_11 = "No problem, we'll leave it for today."


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
