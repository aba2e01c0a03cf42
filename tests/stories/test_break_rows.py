"""Rows and edges of the time-out (PROGRAMME 6.2, 6.4 b2 to b6) that no other story plays, in the words of both."""

from __future__ import annotations

from tests.stories.break_words import is_time_for_a_break
from tests.stories.people import Clock, Network, Phone
from tests.stories.promises import minute_of, words

WORD = {"en": "BREAK", "es": "DESCANSO"}
SAFE = "You did a wise thing by stepping back."


async def takes_a_break(sam: Phone, lee: Phone, clock: Clock) -> None:
    """18:12: thirty minutes, told."""
    await is_time_for_a_break(clock, sam, lee)
    await sam.texts(WORD[sam.locale])
    for phone in (sam, lee):
        await phone.all_heard(at_least=phone.heard + 1)


async def is_back(sam: Phone, lee: Phone, clock: Clock) -> None:
    """18:42: both are asked."""
    await takes_a_break(sam, lee, clock)
    await clock.until("18:42", sam.zone)
    for phone in (sam, lee):
        await phone.all_heard()


async def test_ben_may_have_a_calming_call_of_his_own_and_nothing_of_it_reaches_ada(
    ada: Phone, ben: Phone, clock: Clock, network: Network
):
    await takes_a_break(ada, ben, clock)

    await ben.texts("CALL")
    assert await ben.hears(words(ben, "G-CALL", ph=ben.house.house.settings.voice_number))
    await clock.forward(seconds=62)
    call = await ben.answers()
    await call.presses("1")
    assert await call.hears(SAFE)
    await call.hangs_up()

    await clock.until("18:26", ada.zone)
    assert await network.is_quiet()


async def test_a_choice_that_is_none_gets_one_hint_and_counts_as_silence(
    ada: Phone, ben: Phone, clock: Clock, network: Network
):
    await is_back(ada, ben, clock)
    await ada.texts("2")
    assert await ada.hears(words(ada, "TO-5"))

    await ada.texts("maybe")
    assert await ada.hears(words(ada, "TO-5"))
    await ada.texts("who knows")
    await clock.until("18:57", ada.zone)

    not_yet = words(ada, "TO-8", t="7:12 PM")
    assert [each["body"] for each in (await ada.received())[ada.heard :]][-1] == not_yet
    assert (await ben.received())[-1]["body"] == not_yet


async def stays_high_and_chooses(sam: Phone, lee: Phone, clock: Clock) -> None:
    """TO-6, then too few minutes, then too many: a day from the beginning is the most."""
    await is_back(sam, lee, clock)
    at = {"en": ("7:12 PM", "7:02 PM", "6:12 PM"), "es": ("19:12", "19:02", "18:12")}[sam.locale]
    await sam.texts("8")
    assert await sam.hears(words(sam, "TO-6", t=at[0]))

    await sam.texts("5")
    assert await sam.hears(words(sam, "TO-11"), words(sam, "TO-1", t=at[1]))
    await sam.texts("3 days" if sam.locale == "en" else "3 dias")
    assert await sam.hears(words(sam, "TO-12", p=lee.name), words(sam, "TO-1", t=at[2]))


async def test_more_time_is_never_under_twenty_minutes_or_over_a_day(
    ada: Phone, ben: Phone, clock: Clock, network: Network
):
    await stays_high_and_chooses(ada, ben, clock)


async def test_more_time_in_spanish(carmen: Phone, bruno: Phone, clock: Clock, network: Network):
    await stays_high_and_chooses(carmen, bruno, clock)


async def test_whoever_answers_alone_reads_so_once_in_spanish(
    carmen: Phone, bruno: Phone, clock: Clock, network: Network
):
    await is_back(carmen, bruno, clock)
    heard = len(await bruno.received())
    await bruno.texts("3")
    await bruno.texts("1")
    await clock.until("19:12", bruno.zone)
    await bruno.texts("3")
    await bruno.texts("1")
    await clock.until("19:30", bruno.zone)

    said = [(minute_of(each["at"], bruno.zone)[-5:], each["body"]) for each in (await bruno.received())[heard:]]
    assert said == [
        ("18:42", words(bruno, "TO-5")), ("18:57", words(bruno, "TO-8", t="19:12")),
        ("19:12", words(bruno, "TO-15")), ("19:12", words(bruno, "TO-5")),
        ("19:27", words(bruno, "TO-9", t="19:42")),
    ]  # fmt: skip


async def test_what_is_said_during_a_break_is_held_in_spanish(
    carmen: Phone, bruno: Phone, clock: Clock, network: Network
):
    await takes_a_break(carmen, bruno, clock)

    await bruno.texts("que vuelva ya")
    assert await bruno.hears(words(bruno, "TO-13"))
    await carmen.texts("estoy caminando junto al rio")
    assert await carmen.hears(words(carmen, "TO-17", t="18:42"))
    assert await network.is_quiet()


async def test_at_night_the_caller_hears_so_in_spanish_and_no_notice_exists(
    carmen: Phone, bruno: Phone, clock: Clock, network: Network
):
    await is_time_for_a_break(clock, carmen, bruno, at="22:10")
    call = await carmen.calls()

    for key in ("2", "1", "8", "2"):
        await call.presses(key)

    assert await call.hears(words_spoken(carmen, "V-TO-3L", t="22:40"), words_spoken(carmen, "V-TO-4").split(" [")[0])
    await call.hangs_up()
    await clock.until("22:39", carmen.zone)
    assert [each["body"] for each in (await bruno.received())[bruno.heard :]] == []


async def test_key_8_is_private_in_spanish(carmen: Phone, bruno: Phone, clock: Clock, network: Network):
    await is_time_for_a_break(clock, carmen, bruno)
    call = await carmen.calls()
    for key in ("2", "8"):
        await call.presses(key)
    assert await call.hears("Gracias por decírmelo. Esto queda entre tú y esta línea.")
    await call.hangs_up()

    await carmen.texts("DESCANSO")

    assert await carmen.hears(words(carmen, "TO-1S", t="18:42"))
    await clock.until("18:26", carmen.zone)
    assert await network.is_quiet()


def words_spoken(phone: Phone, phrase: str, **arguments: str) -> str:
    """The phrase as a call says it."""
    return phone.house.house.catalogue.render(phrase, phone.locale, arguments, channel="voice")
