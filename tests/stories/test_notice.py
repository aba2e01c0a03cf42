"""The third journey (PROGRAMME 6.3): a promise that somebody follows, and the no-update notice. To the minute."""

from __future__ import annotations

from service.records import PromiseEvent
from tests.stories.people import Clock, Network, Phone
from tests.stories.promises import are_partners, days_after, heard_since, newest, when, words

# What each language texts: the promise, the if-then, the report on Monday, and how the two call each other.
LANGUAGES = {
    "en": ("PROMISE", "call the bank, Fri 4pm", "if lunch is over, then I call", "2 forgot", "tomorrow 9am alarm"),
    "es": ("PROMESA", "llamar al banco, vie a las 16:00", "si como, entonces llamo", "2", "mañana a las 9:00"),
}
ITEMS = {"en": "call the bank", "es": "llamar al banco"}


async def test_a_promise_without_an_update_ends_in_a_notice_and_a_late_report(
    ada: Phone, ben: Phone, clock: Clock, network: Network
):
    await goes_the_whole_way(ada, ben, clock, network)


async def test_the_same_in_spanish(carmen: Phone, bruno: Phone, clock: Clock, network: Network):
    await goes_the_whole_way(carmen, bruno, clock, network)


async def goes_the_whole_way(sam: Phone, lee: Phone, clock: Clock, network: Network) -> None:
    """The table of PROGRAMME 6.3, line by line."""
    keyword, promised, if_then, reason, plan = LANGUAGES[sam.locale]
    item, names = ITEMS[sam.locale], {"ours": sam.name, "theirs": lee.name}
    await are_partners(clock, sam, lee)

    await sam.texts(keyword)
    assert await sam.hears(words(sam, "PR-1"))
    await sam.texts(promised)
    assert await sam.hears(words(sam, "PR-2"))
    await sam.texts(if_then)
    assert await sam.hears(words(sam, "PR-3", p=names["theirs"]))
    await sam.texts("3")
    made = await newest(sam)
    due = when(sam, made.due_at)
    assert due["t"] in {"4:00 PM", "16:00"}
    assert await sam.hears(words(sam, "PR-4", item=item, code=made.code, **due))
    await clock.forward(minutes=8)
    assert await lee.hears(words(lee, "PR-11", p=names["ours"], item=item, **due))

    await clock.until_day(4, "14:00", sam.zone)
    assert await heard_since(sam) == [("Fri 14:00", words(sam, "PR-5", item=item, t=due["t"]))]
    await sam.texts("1")
    assert await sam.hears(words(sam, "G-OK"))

    notice = when(sam, days_after(sam, made.due_at, 1, "19:30"))
    still = words(sam, "PM-0", item=item, p=names["theirs"], **notice)
    await clock.until_day(5, "19:31", sam.zone)
    assert await heard_since(sam) == [
        ("Fri 16:00", words(sam, "PR-6", item=item)),
        ("Fri 19:00", still),
        ("Sat 10:00", still),
        ("Sat 19:30", words(sam, "PM-2", item=item)),
    ]
    assert await heard_since(lee) == [("Sat 19:30", words(lee, "PM-1", item=item))]

    await clock.until_day(0, "08:30", sam.zone)
    await sam.texts("3")
    assert await sam.hears(words(sam, "G-WHICH", n="3", item=item))
    await sam.texts("2")
    assert await sam.hears(words(sam, "PN-1"))
    await sam.texts(reason)
    assert await sam.hears(words(sam, "PN-2"))
    await sam.texts(plan)
    later = when(sam, (await newest(sam)).due_at)
    assert later["t"] in {"9:00 AM", "9:00", "09:00"}
    assert await sam.hears(words(sam, "PN-3", item=item, **later), words(sam, "PN-4", p=names["theirs"]))
    await sam.texts("1")
    assert await sam.hears(words(sam, "G-OK"))
    assert await heard_since(lee) == []

    await clock.until("10:00", lee.zone)
    assert await heard_since(lee) == [("Mon 10:00", words(lee, "PM-4", item=item, **later))]
    assert await network.is_quiet()
    kinds = await PromiseEvent.filter(promise_id=made.id).order_by("id").values_list("kind", flat=True)
    assert list(kinds) == ["made", "reminded", "reminded", "reminded", "reported-not-yet", "moved"]
