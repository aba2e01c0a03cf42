"""The first journey in Spanish, and in another zone than the operator's."""

from __future__ import annotations

from tests.stories.beginnings import is_asked
from tests.stories.keeping import notes_of, numbers_of
from tests.stories.people import Clock, Network, Phone
from tests.stories.words import CK_1, CK_2, ES_CK_1, ES_CK_2, ES_CK_3, ES_CK_5


async def test_carmen_texts_her_number_in_spanish(carmen: Phone, clock: Clock, network: Network):
    await is_asked(clock, carmen)
    assert await carmen.hears(ES_CK_1)

    await carmen.texts("siete, un poco cansada")
    assert await carmen.hears(ES_CK_2)
    await carmen.texts("tres")

    assert await carmen.hears(ES_CK_3)
    today = (await clock.today(carmen.zone)).isoformat()
    assert await numbers_of(carmen) == [(today, "body", "3"), (today, "mood", "7")]
    assert await notes_of(carmen) == ["un poco cansada"]
    assert await network.is_quiet()


async def test_elena_is_asked_at_the_hour_of_her_own_clock(elena: Phone, ada: Phone, clock: Clock, network: Network):
    await is_asked(clock, elena)
    assert await elena.hears(ES_CK_1)
    await clock.forward(minutes=61)
    assert await elena.hears(ES_CK_5)
    await elena.texts("4")
    assert await elena.hears(ES_CK_2)

    await clock.until("18:29", ada.zone)
    await ada.texts("SKIP")  # how to reach her
    await clock.until("18:30", ada.zone)
    await ada.all_heard(at_least=10)

    assert (await ada.received())[-1]["body"] == CK_1
    await ada.texts("4")
    assert await ada.hears(CK_2)
    assert await network.is_quiet()
