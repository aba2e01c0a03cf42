"""Promises made by saying them on a call: read back, kept only after key 1, and refused as kindly as by text."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.stories.keeping import person_of
from tests.stories.own_calls import agrees, calls_own_things, says, written_down
from tests.stories.people import Clock, HeldCall, Network, Phone
from tests.stories.promises import (
    are_partners,
    count_of,
    newest,
    promises,
    relayed,
    there,
    when,
    words,
)  # fmt: skip

BANK = "call the bank"
WHAT = "What will you do, and by when?"
WHO = "Who hears about it? Just me, press 1. Ben gets my update, press 2."


async def test_ada_makes_a_promise_by_saying_it(
    ada: Phone, ben: Phone, clock: Clock, network: Network, request: pytest.FixtureRequest
):
    await are_partners(clock, ada, ben)

    call = await calls_own_things(ada, "3", "1")
    await says(call, "I will call the bank Friday at five")
    assert await call.hears("I have: call the bank, Friday at 5:00 PM. If that's right, press 1.")
    assert await count_of(ada) == 0
    await call.presses("1")
    assert await call.hears(WHO)
    await call.presses("2")

    made = await newest(ada)
    assert await call.is_over()
    assert (there(ada, made.due_at), made.level) == ("Fri 17:00", 2)
    assert await relayed(clock, ben) == [words(ben, "PR-11", p="Ada", item=BANK, **when(ben, made.due_at))]
    assert agrees(await written_down(call, "Ada"), "promise.txt", request)


async def test_carmen_makes_a_promise_by_saying_it(
    carmen: Phone, bruno: Phone, clock: Clock, network: Network, request: pytest.FixtureRequest
):
    await are_partners(clock, carmen, bruno)

    call = await calls_own_things(carmen, "3", "1")
    await says(call, "voy a llamar al banco el viernes a las cinco de la tarde")
    await call.presses("1")
    await call.presses("3")

    made = await newest(carmen)
    assert (there(carmen, made.due_at), made.level) == ("Fri 17:00", 3)
    item = "llamar al banco"
    assert await relayed(clock, bruno) == [
        words(bruno, "PR-11", p="Carmen", item=item, **when(bruno, made.due_at)),
    ]
    assert agrees(await written_down(call, "Carmen"), "promise-es.txt", request)


async def test_ada_is_clumsy_with_a_promise_by_phone(
    ada: Phone, ben: Phone, clock: Clock, network: Network, request: pytest.FixtureRequest
):
    call = await is_clumsy(clock, ada, ben, "call the bank", "Friday at five", "no wait, Friday at six in the evening")

    assert there(ada, (await newest(ada)).due_at) == "Fri 18:00"
    assert agrees(await written_down(call, "Ada"), "promise-clumsy.txt", request)


async def test_carmen_is_clumsy_with_a_promise_by_phone(
    carmen: Phone, bruno: Phone, clock: Clock, network: Network, request: pytest.FixtureRequest
):
    call = await is_clumsy(
        clock, carmen, bruno, "llamar al banco", "el viernes a las cinco de la tarde",
        "no, el viernes a las seis de la tarde",
    )  # fmt: skip

    assert there(carmen, (await newest(carmen)).due_at) == "Fri 18:00"
    assert agrees(await written_down(call, "Carmen"), "promise-clumsy-es.txt", request)


async def is_clumsy(clock: Clock, sam: Phone, lee: Phone, what: str, at: str, corrected: str) -> HeldCall:
    """A wrong code, a silence, words without a time, a time alone, a key that is none, a correction."""
    await are_partners(clock, sam, lee)
    call = await calls_own_things(sam)
    await call.hangs_up()
    call = await sam.calls()
    for key in ("1", "111111", "246810"):
        await call.presses(key)
    await call.says_nothing()
    for key in ("3", "1"):
        await call.presses(key)
    await says(call, what)
    await says(call, at)
    await call.presses("5")
    await call.presses("2")
    await says(call, corrected)
    await call.presses("1")
    await call.presses("0")
    await call.presses("1")
    assert await call.is_over()
    return call


@pytest.mark.parametrize(
    ("switches", "key", "said"),
    [
        (("C5", "R5"), "2", "Sharing that kind of thing isn't switched on, so it's saved for you alone."),
        (("C3", "R3"), "3", "That choice isn't switched on yet, so it's set to just you."),
    ],
)
async def test_a_key_cannot_go_beyond_the_switches(
    switches: tuple[str, ...], key: str, said: str, ada: Phone, ben: Phone, clock: Clock, network: Network
):
    await are_partners(clock, ada, ben, *switches)

    call = await calls_own_things(ada, "3", "1")
    await says(call, "call the bank friday at five")
    for each in ("1", key):
        await call.presses(each)

    assert await call.hears(said, "Set: call the bank, Friday at 5:00 PM.")
    assert (await newest(ada)).level == 1
    assert await relayed(clock, ben) == []


async def test_a_third_notice_is_refused_by_phone_too(ada: Phone, ben: Phone, clock: Clock, network: Network):
    await are_partners(clock, ada, ben)
    for item in (BANK, "wash the car"):
        await promises(ada, f"{item} fri 5pm", "3")

    call = await calls_own_things(ada, "3", "4", "4", "1")
    await says(call, "mail the form friday at five")
    for key in ("1", "3"):
        await call.presses(key)
    assert await call.hears("Two open ones have choice 3, and that is the most.")
    await call.presses("2")

    assert (await newest(ada)).level == 2


@pytest.mark.parametrize("ends", ["*", "hangs up"])
async def test_who_leaves_after_key_1_has_a_private_promise_and_before_it_none(
    ends: str, ada: Phone, ben: Phone, clock: Clock, network: Network
):
    await are_partners(clock, ada, ben)
    for keys, made in (((), 0), (("1",), 1)):
        call = await calls_own_things(ada, "3", "1")
        await says(call, "call the bank friday at five")
        for key in keys:
            await call.presses(key)

        if ends == "*":
            await call.presses("*")
        else:
            await call.hangs_up()

        assert await count_of(ada) == made
    assert (await newest(ada)).level == 1
    assert await relayed(clock, ben) == []


@pytest.mark.parametrize(
    ("said", "hint"),
    [
        ("be better", "What would a person see if it was done?"),
        ("he must call by friday at five", "A promise here is something you will do"),
        ("check her phone friday at five", "I don't store agreements about location"),
        ("<Say>&\"'</Say> \U0001f642 \u0000 ñandú", "What would a person see if it was done?"),
        ("word " * 300, "What would a person see if it was done?"),
    ],
)
async def test_whatever_is_said_gets_one_kind_line_and_then_rests(
    said: str, hint: str, ada: Phone, clock: Clock, network: Network
):
    call = await calls_own_things(ada, "3", "1")
    assert await call.hears(WHAT)
    await says(call, said, confidence=None)
    assert await call.hears(hint)
    await call.says_nothing()
    await call.says_nothing()

    assert await call.hears("I'll let you go. Goodbye.")
    assert await call.is_over()
    assert await count_of(ada) == 0


async def test_to_stop_smoking_is_a_promise_and_stop_calling_me_an_end(ada: Phone, clock: Clock, network: Network):
    call = await calls_own_things(ada, "3", "1")
    await says(call, "stop smoking by friday")
    assert await call.hears("I have: stop smoking, Friday at 6:00 PM.")
    await call.presses("2")

    await says(call, "stop calling me")

    assert await call.hears("Okay. Goodbye.")
    assert await call.is_over()
    assert (await person_of(ada)).status == "opted_out"
    assert await count_of(ada) == 0


@pytest.mark.parametrize(
    ("said", "heard"),
    [("i want to end my life", "I'm automated and I want you safe."), ("he hit me", "Thank you for telling me.")],
)
async def test_words_of_danger_on_a_call_get_local_numbers_and_nothing_of_the_promise(
    said: str, heard: str, ada: Phone, ben: Phone, clock: Clock, network: Network
):
    await are_partners(clock, ada, ben)
    call = await calls_own_things(ada, "3", "1")

    await says(call, said)

    assert await call.hears(heard)
    await call.presses("0")
    assert await call.hears(heard)
    assert await call.is_over()
    held = (await person_of(ada)).held_until
    assert held is not None
    assert held > await clock.now() + timedelta(hours=23)
    assert await relayed(clock, ben) == []
