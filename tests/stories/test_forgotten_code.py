"""A forgotten private code (PROGRAMME 4.1, A23): three days, a new private set-up, and nothing old to be read."""

from __future__ import annotations

from service.records import Note, Promise, Rating, Session
from tests.stories.keeping import person_of
from tests.stories.own_calls import CODE, calls_own_things
from tests.stories.people import Clock, HeldCall, Network, Phone
from tests.stories.private_part import ALONE, FINISH, NO_TO_ALL, NOTICE, presses_all
from tests.stories.promises import are_partners, heard_since, newest, promises
from tests.stories.test_sharing_called import grants_of

NEW = "975310"
FORGOTTEN = "0*"
ASK = "1"
PIN_ASKED = {"en": "Please enter your PIN. Take your time.", "es": "Por favor"}
CALLED_OFF = {"en": "A new code was asked for on this line.", "es": "En esta línea se pidió un código nuevo."}
INSIDE = {"en": "You're in.", "es": "Ya puedes seguir."}


async def says_that_it_is_forgotten(phone: Phone) -> HeldCall:
    """A call of their own as far as the answer."""
    call = await phone.calls()
    await presses_all(call, "1", FORGOTTEN, ASK)
    return call


async def test_who_forgot_the_code_sets_a_new_one_three_days_later_and_begins_anew(
    ada: Phone, ben: Phone, clock: Clock, network: Network
):
    await are_partners(clock, ada, ben, "C1", "C3", "R3", "PM-6")
    call = await calls_own_things(ada, "1", "6", "1", "4", "1")
    await promises(ada, "call the bank, Fri 5pm", "3")
    call = await says_that_it_is_forgotten(ada)
    assert await call.hears("You can choose a new code in three days.", "From Thursday at ")
    assert await call.is_over()

    await clock.forward(hours=71)
    early = await ada.calls()
    await early.presses("1")
    assert await early.hears(PIN_ASKED["en"])
    await early.hangs_up()
    await clock.forward(hours=1)
    call = await ada.calls()
    await call.presses("1")
    assert await call.hears("Let's set up your private code.")
    await network.settled()
    back = await ada.answers()
    await presses_all(back, "1", NEW, NEW)

    assert await back.hears("Your private code is set. Only you know it.", "Next is the private part")
    await presses_all(back, *NOTICE, ALONE, *NO_TO_ALL, FINISH)
    assert await back.is_over()
    assert (await Rating.all().count(), await Note.all().count(), await Promise.all().count()) == (0, 0, 0)
    assert await grants_of(ada) == set()
    again = await ada.calls()
    await presses_all(again, "1", CODE)
    assert await again.hears("That isn't the code.")
    await again.presses(NEW)
    assert await again.hears(INSIDE["en"])
    assert len(await heard_since(ben)) == 1  # that there is a promise to follow; nothing since
    assert await network.is_quiet()


async def test_what_ben_follows_is_his_and_comes_as_it_would_have_come(
    ada: Phone, ben: Phone, clock: Clock, network: Network
):
    await are_partners(clock, ada, ben)
    await calls_own_things(ada)
    promise = await promises(ada, "call the bank, Fri 5pm", "3")
    await heard_since(ben)
    call = await says_that_it_is_forgotten(ada)
    assert await call.is_over()
    await clock.forward(hours=72)
    await (await ada.calls()).presses("1")
    await network.settled()
    await presses_all(await ada.answers(), "1", NEW, NEW, "*")
    await heard_since(ben)

    assert promise.notice_at is not None
    await clock.to(promise.notice_at)

    said = await heard_since(ben)
    assert [body for _, body in said] == [
        "Mendline: No update on: call the bank. That isn't a yes or a no. You can wait, or ask calmly."
    ]


async def test_the_old_code_calls_it_off_and_its_holder_is_told(carmen: Phone, clock: Clock, network: Network):
    await calls_own_things(carmen)
    await says_that_it_is_forgotten(carmen)
    await clock.forward(hours=30)

    call = await calls_own_things(carmen)

    assert await call.hears(CALLED_OFF["es"], INSIDE["es"])
    await call.hangs_up()
    await clock.forward(hours=60)
    later = await calls_own_things(carmen)
    assert await later.hears(INSIDE["es"])


async def test_asking_again_moves_nothing_and_after_a_week_it_lapses(carmen: Phone, clock: Clock, network: Network):
    await calls_own_things(carmen)
    first = await says_that_it_is_forgotten(carmen)
    assert await first.hears("Desde el jueves a las ")
    await clock.forward(hours=30)

    again = await carmen.calls()
    await presses_all(again, "1", FORGOTTEN)

    assert await again.hears("Desde el jueves a las ")
    assert await again.is_over()
    await clock.forward(days=9)
    late = await carmen.calls()
    await presses_all(late, "1", CODE)
    assert await late.hears(INSIDE["es"])


async def test_no_text_ever_tells_of_it_and_a_conversation_by_text_that_was_open_is_over(
    ada: Phone, clock: Clock, network: Network
):
    await calls_own_things(ada)
    await says_that_it_is_forgotten(ada)
    assert await network.is_quiet()
    await clock.forward(hours=72)
    await ada.texts("PROMISE")
    await network.settled()
    before = len(await ada.received())
    await (await ada.calls()).presses("1")
    await network.settled()
    await presses_all(await ada.answers(), "1", NEW, NEW, "*")
    await network.settled()

    assert len(await ada.received()) == before
    assert await Session.filter(person_id=(await person_of(ada)).id, is_open=True).count() == 0
    await promises(ada, "call the bank, Fri 5pm")
    assert (await newest(ada)).state == "open"
