"""Rows of the promise's table (PROGRAMME 6.4, p1 to p7) that no other story plays, and its paths in Spanish (6.3)."""

from __future__ import annotations

from service.records import Promise, PromiseEvent
from tests.stories.people import Clock, Network, Phone
from tests.stories.promises import are_partners, heard_since, newest, promises, relayed, rests_otherwise, when, words

BANK = {"en": "call the bank", "es": "llamar al banco"}
SAID = {"en": "call the bank, fri 4pm", "es": "llamar al banco, vie a las 16:00"}
SUNDAY = {"en": "sunday 6pm", "es": "el domingo a las 18:00"}


async def is_due(clock: Clock, sam: Phone, lee: Phone, who: str = "3") -> Promise:
    """Promised on Monday; it is Friday at four and its maker has just been asked."""
    await are_partners(clock, sam, lee)
    made = await promises(sam, SAID[sam.locale], who)
    await clock.until_day(4, "16:00", sam.zone)
    for phone in (sam, lee):
        await phone.all_heard()
    return made


async def kinds_of(made: Promise) -> list[str]:
    return [each.kind for each in await PromiseEvent.filter(promise_id=made.id).order_by("id")]


async def test_who_says_nothing_about_an_if_then_has_a_private_promise_without_one(
    ada: Phone, ben: Phone, clock: Clock, network: Network
):
    await are_partners(clock, ada, ben)
    await ada.texts("PROMISE call the bank fri 5pm")
    assert await ada.hears(words(ada, "PR-2"))

    await clock.forward(hours=13)

    made = await newest(ada)
    assert (made.level, made.plan_sealed) == (1, None)
    assert await network.is_quiet()


async def test_a_choice_of_who_hears_that_is_none_gets_one_hint_and_is_private(
    ada: Phone, ben: Phone, clock: Clock, network: Network
):
    await are_partners(clock, ada, ben)
    for said in ("PROMISE call the bank fri 5pm", "SKIP", "everybody", "hm"):
        await ada.texts(said)

    made = await newest(ada)
    ask = words(ada, "PR-3", p="Ben")
    set_ = words(ada, "PR-4", item=BANK["en"], code=made.code, **when(ada, made.due_at))
    assert await ada.hears(words(ada, "PR-2"), ask, ask, set_)
    assert made.level == 1
    assert await relayed(clock, ben) == []


async def test_before_it_is_due_a_word_that_is_no_choice_gets_one_hint_and_it_runs_on(
    ada: Phone, clock: Clock, network: Network
):
    await rests_otherwise(ada)
    made = await promises(ada, "call the bank fri 5pm")
    await clock.until_day(4, "15:00", ada.zone)
    ask = words(ada, "PR-5", item=BANK["en"], t="5:00 PM")
    assert await ada.hears(ask)

    await ada.texts("hm")
    assert await ada.hears(ask)
    await ada.texts("hm")
    assert await ada.hears(words(ada, "G-OK"))

    await clock.until_day(4, "17:00", ada.zone)
    assert await ada.hears(words(ada, "PR-6", item=BANK["en"]))
    assert await kinds_of(made) == ["made", "reminded"]


async def test_when_it_is_due_one_hint_then_the_later_questions_come_all_the_same(
    ada: Phone, ben: Phone, clock: Clock, network: Network
):
    await is_due(clock, ada, ben)

    for said, heard in (("hm", "PR-6"), ("hm", "G-OK")):
        await ada.texts(said)
        assert await ada.hears(words(ada, heard, item=BANK["en"]) if heard == "PR-6" else words(ada, heard))

    await clock.until_day(5, "19:31", ada.zone)
    assert [minute for minute, _ in await heard_since(ada)] == ["Fri 19:00", "Sat 10:00", "Sat 19:30"]
    assert await heard_since(ben) == [("Sat 19:30", words(ben, "PM-1", item=BANK["en"]))]


async def test_changed_is_a_new_time_that_may_be_told(ada: Phone, ben: Phone, clock: Clock, network: Network):
    made = await is_due(clock, ada, ben)

    await ada.texts("4")
    assert await ada.hears(words(ada, "PN-2"))
    await ada.texts("sunday 6pm")
    await made.refresh_from_db()
    later = when(ada, made.due_at)
    assert await ada.hears(words(ada, "PN-3", item=BANK["en"], **later), words(ada, "PN-4", p="Ben"))
    await ada.texts("1")

    assert await ada.hears(words(ada, "G-OK"))
    assert (await kinds_of(made))[-2:] == ["reported-changed", "moved"]
    assert await relayed(clock, ben) == [words(ben, "PN-6", p="Ada", item=BANK["en"], **later)]


async def test_a_reason_that_is_none_gets_one_hint_and_nothing_is_published(
    ada: Phone, ben: Phone, clock: Clock, network: Network
):
    await is_due(clock, ada, ben)

    for said, heard in (("3", "PN-1"), ("hm", "PN-1"), ("hm", "G-OK")):
        await ada.texts(said)
        assert await ada.hears(words(ada, heard))

    await clock.until_day(5, "19:31", ada.zone)
    assert await heard_since(ben) == [("Sat 19:30", words(ben, "PM-1", item=BANK["en"]))]


async def test_telling_takes_a_key_and_neither_words_nor_silence_tell(
    ada: Phone, ben: Phone, clock: Clock, network: Network
):
    await is_due(clock, ada, ben)
    for said in ("3", "2", "monday 6pm"):
        await ada.texts(said)
    await network.settled()
    await ada.all_heard()

    for said, heard in (("hm", "PN-4"), ("hm", "G-OK")):
        await ada.texts(said)
        assert await ada.hears(words(ada, heard, p="Ben") if heard == "PN-4" else words(ada, heard))

    await clock.until_day(5, "19:31", ada.zone)
    assert await heard_since(ben) == [("Sat 19:30", words(ben, "PM-1", item=BANK["en"]))]


async def test_not_yet_that_is_sent_reaches_bruno_in_his_words(
    carmen: Phone, bruno: Phone, clock: Clock, network: Network
):
    made = await is_due(clock, carmen, bruno)

    for said in ("3", "2", SUNDAY["es"], "1"):
        await carmen.texts(said)

    await made.refresh_from_db()
    later = when(bruno, made.due_at)
    forgot = words(bruno, "PN-5", p="Carmen", item=BANK["es"], w="olvido", **later)
    assert await relayed(clock, bruno) == [forgot]
    await clock.until_day(5, "20:00", bruno.zone)
    assert await heard_since(bruno) == []


async def test_an_early_change_reaches_bruno_as_one_and_keeps_faith(
    carmen: Phone, bruno: Phone, clock: Clock, network: Network
):
    await are_partners(clock, carmen, bruno)
    made = await promises(carmen, SAID["es"], "3")
    await relayed(clock, bruno)

    await carmen.texts(f"CAMBIAR {made.code}")
    assert await carmen.hears(words(carmen, "PR-18N", p="Bruno"))
    await carmen.texts("sábado a las 15:00")

    await made.refresh_from_db()
    later = when(carmen, made.due_at)
    assert await carmen.hears(words(carmen, "PR-4", item=BANK["es"], code=made.code, **later))
    assert await relayed(clock, bruno) == [words(bruno, "PR-13", p="Carmen", item=BANK["es"], **later)]
    assert (await kinds_of(made), made.moves) == (["made", "changed-early"], 0)


async def test_what_carmen_keeps_private_is_the_same_calm_line_for_bruno(
    carmen: Phone, bruno: Phone, clock: Clock, network: Network
):
    await is_due(clock, carmen, bruno)

    for said in ("3", "2", SUNDAY["es"], "3"):
        await carmen.texts(said)
    await clock.until_day(5, "19:31", bruno.zone)

    assert await heard_since(bruno) == [("Sat 19:30", words(bruno, "PM-1", item=BANK["es"]))]


async def test_done_reaches_bruno_and_nobody_asks_whether_it_is_true(
    carmen: Phone, bruno: Phone, clock: Clock, network: Network
):
    await is_due(clock, carmen, bruno)

    await carmen.texts("hecho")

    assert await carmen.hears(words(carmen, "PR-7"))
    assert await relayed(clock, bruno) == [words(bruno, "PR-12", p="Carmen", item=BANK["es"])]
    await clock.until_day(0, "12:00", bruno.zone)
    assert await heard_since(bruno) == []
