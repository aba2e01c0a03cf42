"""What ends on one channel ends on both (invariant 7), and what ran out shares as little as what was withdrawn (18)."""

from __future__ import annotations

from service.database import execute
from tests.stories.beginnings import are_linked
from tests.stories.break_words import is_time_for_a_break, says
from tests.stories.keeping import open_jobs, person_of
from tests.stories.people import Clock, Network, Phone
from tests.stories.promises import are_partners, heard_since, promises, relayed, words
from tests.stories.ringing import rang_at, want_calls

EVERYTHING = ("C1", "R1", "C3", "R3", "C5", "R5", "PM-6")


async def test_invariant_7_stop_by_text_ends_calls(ada: Phone, clock: Clock, network: Network):
    await want_calls(clock, ada)
    await ada.texts("CALL")  # one is owed within a minute, and her check-in rings at half past six

    await ada.texts("STOP")
    await clock.until_day(3, "12:00", ada.zone)

    assert await rang_at(ada) == []
    assert await open_jobs(ada) == 0


async def test_invariant_7_key_3_on_a_call_ends_texts(ada: Phone, clock: Clock, network: Network):
    await want_calls(clock, ada)
    await clock.until("18:30", ada.zone)
    call = await ada.answers()
    await network.settled()
    await ada.all_heard()

    await call.presses("3")
    assert await call.hears("Okay. Goodbye.")
    assert await call.is_over()
    await clock.until_day(6, "12:00", ada.zone)

    assert await rang_at(ada) == ["18:30"]
    assert await open_jobs(ada) == 0
    assert await network.is_quiet()


async def test_invariant_18_private_withdraws_everything_in_one_transaction(
    ada: Phone, ben: Phone, clock: Clock, network: Network
):
    await are_linked(ada, ben, *EVERYTHING)

    await ada.texts("PRIVATE")

    hers = await ada.house.rows(
        "SELECT kind, xmin::text AS written_by, withdrawn_at FROM sharing_grant WHERE person_id = $1",
        (await person_of(ada)).id,
    )
    assert {each["kind"] for each in hers} == set(EVERYTHING)
    assert len({each["written_by"] for each in hers}) == 1
    assert None not in {each["withdrawn_at"] for each in hers}


async def ran_out(phone: Phone) -> None:
    """Every switch of this person's came to its end."""
    await execute(
        "UPDATE sharing_grant SET expires_at = given_at WHERE person_id = $1", (await person_of(phone)).id
    )


async def test_invariant_18_breaks_are_private_once_a_switch_ran_out(
    ada: Phone, ben: Phone, clock: Clock, network: Network
):
    await is_time_for_a_break(clock, ada, ben)
    await ran_out(ada)

    await ada.texts("BREAK")

    assert await ada.hears(says(ada, "TO-1S", "18:42"))
    await clock.until("18:45", ada.zone)
    assert await ada.hears(says(ada, "TO-3"), says(ada, "TO-4", "18:42"))
    assert await network.is_quiet()


async def test_invariant_18_a_promise_is_followed_by_nobody_once_a_switch_ran_out(
    ada: Phone, ben: Phone, clock: Clock, network: Network
):
    await are_partners(clock, ada, ben)
    made = await promises(ada, "call the bank, fri 4pm", "3")
    assert await relayed(clock, ben) != []
    await ran_out(ben)

    await clock.until_day(4, "16:01", ada.zone)
    await ada.texts("done")
    await clock.until_day(0, "12:00", ben.zone)

    assert words(ada, "PR-7") in [body for _, body in await heard_since(ada)]
    assert await heard_since(ben) == []
    assert made.level == 3
