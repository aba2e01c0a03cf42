"""The week of promises, for their maker alone (P16): what was said of them, no share, and never to the other."""

from __future__ import annotations

from service.database import execute
from tests.stories.keeping import person_of
from tests.stories.people import Clock, Network, Phone
from tests.stories.promises import are_partners, heard_since, promises, words


async def wants_reviews(phone: Phone, pace: str) -> None:
    """Their own pace; no check-in is planned by it here."""
    await execute(
        "UPDATE person SET settings = jsonb_set(settings, '{pace}', to_jsonb($2::text)) WHERE id = $1",
        (await person_of(phone)).id, pace,
    )  # fmt: skip


async def has_a_week(clock: Clock, ada: Phone, ben: Phone) -> None:
    """One done, one of which nothing is said, one changed early: it is Saturday."""
    await are_partners(clock, ada, ben)
    await wants_reviews(ada, "weekly")
    await promises(ada, "call the bank tue 5pm", "2")
    await promises(ada, "wash the car thu 5pm", "3")
    later = await promises(ada, "mail the form wed 5pm", "2")
    await ada.texts(f"CHANGE {later.code} next wed 5pm")
    await clock.until_day(1, "17:01", ada.zone)
    await ada.texts("done")
    await clock.until_day(5, "12:00", ada.zone)
    await ada.all_heard()
    await ben.all_heard()


async def test_on_sunday_ada_alone_hears_what_she_said_of_her_promises(
    ada: Phone, ben: Phone, clock: Clock, network: Network
):
    await has_a_week(clock, ada, ben)

    await clock.until_day(6, "19:00", ada.zone)

    week = words(ada, "PR-21", n="3", x="1 reported done, 1 changed early")
    assert ("Sun 16:30", week) in await heard_since(ada)
    assert "%" not in week
    assert [body for _, body in await heard_since(ben) if "week" in body] == []


async def test_nothing_said_is_no_summary_and_a_quiet_hold_has_none(
    ada: Phone, ben: Phone, clock: Clock, network: Network
):
    await has_a_week(clock, ada, ben)
    await wants_reviews(ada, "off")
    await clock.until_day(6, "19:00", ada.zone)
    await wants_reviews(ada, "weekly")
    await clock.until_day(1, "19:00", ada.zone)

    await clock.until_day(6, "19:00", ada.zone)  # nothing was said in these seven days

    assert [body for _, body in await heard_since(ada) if "week" in body] == []


async def test_one_promise_is_said_as_one_in_spanish_too(carmen: Phone, bruno: Phone, clock: Clock, network: Network):
    await are_partners(clock, carmen, bruno)
    await wants_reviews(carmen, "weekly")
    await promises(carmen, "llamar al banco, mar a las 17:00", "2")
    await clock.until_day(1, "17:01", carmen.zone)
    await carmen.texts("1")

    await clock.until_day(6, "19:00", carmen.zone)

    assert ("Sun 16:30", words(carmen, "PR-21A", x="hechas: 1")) in await heard_since(carmen)
