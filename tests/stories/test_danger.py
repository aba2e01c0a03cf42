"""Words of danger (PROGRAMME 7.4): help within the minute at any hour, nothing else that day, and the words nowhere."""

from __future__ import annotations

from datetime import datetime, timedelta

from tests.stories.beginnings import is_asked
from tests.stories.keeping import notes_of, numbers_of
from tests.stories.people import Clock, Network, Phone, settle_in
from tests.stories.searching import everything_stored
from tests.stories.words import CK_1, CR_1B, CR_7, CR_10

WORDS = "0 i can't do this anymore"
A_MINUTE = timedelta(seconds=60)


async def test_invariant_32_help_comes_first_the_number_is_kept_and_the_day_is_left_in_peace(
    ada: Phone, clock: Clock, network: Network
):
    await settle_in(clock, ada)
    await clock.until("18:30", ada.zone)
    assert await ada.hears(CK_1)
    today = (await clock.today(ada.zone)).isoformat()

    await ada.texts(WORDS)
    assert await ada.hears(CR_1B)
    await ada.texts("1")
    assert await ada.hears(CR_10)

    assert await numbers_of(ada) == [(today, "mood", "0")]
    assert await notes_of(ada) == []
    await clock.until("16:29", ada.zone)
    assert await network.is_quiet()
    await clock.until("16:30", ada.zone)
    assert await ada.hears(CR_7)
    await clock.until("18:31", ada.zone)
    assert await network.is_quiet()


async def test_invariant_32_help_leaves_within_a_minute_also_at_three_in_the_morning(
    ada: Phone, clock: Clock, network: Network
):
    await clock.until("03:00", ada.zone)
    asked_at = await clock.now()

    await ada.texts("i took an overdose, i want to die")
    await network.settled()
    await clock.forward(minutes=1)

    came = (await ada.received())[ada.heard :]
    assert came[0]["body"].startswith("This may be a medical emergency. Please call 911 now")
    assert came[1]["body"].startswith("I'm automated and I want you safe. Please reach out now: 988 (call or text)")
    assert all(datetime.fromisoformat(each["at"]) - asked_at < A_MINUTE for each in came)
    assert len(came) == 2


async def test_invariant_33_words_of_danger_are_stored_nowhere(ada: Phone, clock: Clock, network: Network):
    await is_asked(clock, ada)
    assert await ada.hears(CK_1)

    await ada.texts("1 walking on eggshells, he choked me in the garage")
    await clock.forward(minutes=5)
    await ada.texts("7 we had pancakes")
    await network.settled()

    stored = await everything_stored(ada.house)
    assert "pancakes" in stored  # what may be kept is found, so the search sees what is sealed
    for word in ("choked", "eggshells", "garage"):
        assert word not in stored
        assert word not in ada.house.last_words()


async def test_invariant_33_the_inbound_row_holds_no_body(ada: Phone, clock: Clock, network: Network):
    sid = await ada.texts("7 rhubarb")
    await network.settled()

    rows = await everything_stored(ada.house, only="inbound_event")

    assert rows != ""
    assert "rhubarb" not in rows
    assert sid not in rows
