"""STOP in any words, at any point: one text on the phone, nothing waits, and nothing is said until START or HELP."""

from __future__ import annotations

import pytest

from tests.faults.journey import comes_true
from tests.stories.beginnings import are_linked, is_asked
from tests.stories.keeping import kept, open_jobs, person_of
from tests.stories.people import Clock, Network, Phone, settle_in
from tests.stories.words import CK_1, CK_2, CK_7

CARRIERS_ANSWER = (
    "You have successfully been unsubscribed. You will not receive any more messages from this number."
    " Reply START to resubscribe."
)
G_STOP = (
    "Mendline: You're opted out. No more texts or calls. In danger call 911. Crisis: 988 (call or text)."
    " Reply START to come back."
)
G_WRONG = "Mendline: Sorry about that. This number has been taken off and won't be contacted again."
G_ASK = (
    "Mendline: Do you want all texts and calls to end? Reply STOP to end them or OK to keep them."
    " No answer by tomorrow means they end."
)
ANSWERS = [
    ("STOP", CARRIERS_ANSWER),
    ("unsubscribe", CARRIERS_ANSWER),
    ("stop pls", G_STOP),
    ("STOP!!!", G_STOP),
    ("leave me alone", G_STOP),
    ("no me escriban más", G_STOP),
    ("arrêtez de m'écrire", G_STOP),
    ("Sorry, wrong number", G_WRONG),
]


@pytest.mark.promise(13, 29)
@pytest.mark.parametrize(("text", "answer"), ANSWERS)
async def test_invariant_6_one_text_and_then_silence(
    text: str, answer: str, ada: Phone, clock: Clock, network: Network
):
    await is_asked(clock, ada)
    assert await ada.hears(CK_1)

    await ada.texts(text)
    assert await ada.hears(answer)

    await network.settled()
    assert await open_jobs(ada) == 0
    for later in ("7", "MENU", "stop", "hello?", "i want to die"):
        await ada.texts(later)
    await ada.all_heard_but(CARRIERS_ANSWER)
    assert await open_jobs(ada) == 0
    await clock.forward(days=8)
    assert await network.is_quiet()


async def test_invariant_9_a_doubtful_wish_is_asked_about_once_and_a_day_of_silence_ends_everything(
    ada: Phone, clock: Clock, network: Network
):
    await is_asked(clock, ada)
    assert await ada.hears(CK_1)

    await ada.texts("I want it to stop")
    assert await ada.hears(G_ASK)
    await clock.forward(hours=25)

    assert (await person_of(ada)).status == "opted_out"
    assert await open_jobs(ada) == 0
    await clock.forward(days=8)
    assert await network.is_quiet()


async def test_invariant_10_start_brings_the_prompts_back_and_no_sharing(
    ada: Phone, ben: Phone, clock: Clock, network: Network
):
    await are_linked(ada, ben, "C1", "R1")
    await clock.forward(minutes=1)
    await ada.texts("STOP")
    await clock.forward(days=5)
    await ada.all_heard()

    await ada.texts("START")
    await clock.until("18:30", ada.zone)
    await ada.all_heard()
    await ada.texts("7")
    assert await ada.hears(CK_2)

    sharing = (await kept(ada))["sharing"]
    assert sharing != []
    assert all(each["taken_back_on"] for each in sharing)
    await clock.until_day(2, "19:45", ben.zone)
    lines = [each["body"] for each in await ben.received() if "hared today" in each["body"]]
    assert set(lines) == {CK_7}


@pytest.mark.promise(13)
@pytest.mark.parametrize(("on", "do"), [("messages.create", "error:21610"), ("callback", "fail:21610")])
async def test_invariant_8_a_refusal_because_of_an_opt_out_is_an_opt_out(
    on: str, do: str, ada: Phone, clock: Clock, network: Network
):
    await settle_in(clock, ada)
    await network.fails({"on": on, "do": do, "number": ada.number})
    await clock.until("18:30", ada.zone)
    await clock.forward(minutes=10)

    async def has_left() -> bool:  # the person's rows follow the refused item by a moment
        return (await person_of(ada)).status == "opted_out"

    await comes_true(has_left)
    assert await open_jobs(ada) == 0
    await ada.all_heard()
    await ada.texts("7")
    await clock.forward(days=3)
    assert await network.is_quiet()


async def test_a_doubtful_wish_of_a_stranger_is_nobodys_opt_out(stranger: Phone, network: Network):
    await stranger.texts("stop this")

    assert await stranger.hears("Mendline: an automated reminder service set up for this number.…")
    assert await network.is_quiet()
