"""The second code (PROGRAMME 3.9, invariant 39): an account that looks empty; what is entered there is kept apart."""

from __future__ import annotations

import pytest

from service.records import Due, Note, Pin, SharingAsk
from tests.stories.keeping import numbers_of, person_of
from tests.stories.own_calls import CODE, calls_own_things, has_code, says
from tests.stories.people import Clock, HeldCall, Network, Phone
from tests.stories.private_part import calls_with_code, presses_all, sets_code
from tests.stories.promises import are_partners, count_of, promises
from tests.stories.test_private_part import ours

SECOND, OTHER = "975310", "111213"
TO_SECOND_CODE = ("4", "4", "3", "1")  # settings, past sharing, more, a second code
SET = {"en": "Your second code is set.", "es": "Tu segundo código está listo."}
INSIDE = {"en": "You're in.", "es": "Ya puedes seguir."}
CHECK_IN = ("1", "6", "1", "4", "1")
PATHS = (
    ("4", "4", "3", "2"),
    CHECK_IN,
    ("2", "1", "5", "*"),
    ("3", "2"),
    ("3", "1", "*"),
    ("4", "1", "1", "1", "1", "*"),
    ("4", "2", "1", "1", "3", "*"),
    ("4", "4", "4"),
    ("4", "4", "3", "1", "3"),
    ("0", "8", "9", "*"),
)  # fmt: skip


async def has_second_code(phone: Phone) -> None:
    """They chose one, behind their own."""
    call = await calls_own_things(phone, *TO_SECOND_CODE, "1", SECOND, SECOND)
    assert await call.hears(SET[phone.locale])
    assert await call.is_over()


async def heard_on(phone: Phone, code: str, *keys: str) -> list[str]:
    """All that we say on a call with this code, by these keys."""
    call = await calls_with_code(phone, code)
    await presses_all(call, *keys)
    said = await ours(call)
    if not await call.is_over():
        await call.hangs_up()
    return said


async def test_invariant_39_the_second_code_opens_an_account_that_is_empty_byte_for_byte(
    ada: Phone, ben: Phone, carmen: Phone, clock: Clock, network: Network
):
    await are_partners(clock, ada, carmen, "C1", "C3", "R3", "C5", "R5", "PM-6")
    await has_second_code(ada)
    await calls_own_things(ada, *CHECK_IN)
    await promises(ada, "call the bank, Fri 4pm", "3")
    await ada.texts("PROMISE call the dentist every sunday at 6pm")
    await has_code(ben)  # and nothing else

    covered = [await heard_on(ada, SECOND, *path) for path in PATHS]
    empty = [await heard_on(ben, CODE, *path) for path in PATHS]

    assert covered == empty
    assert all(INSIDE["en"] in " ".join(said) for said in covered)


async def test_what_is_entered_there_is_kept_apart_and_read_under_the_own_code(
    ada: Phone, clock: Clock, network: Network
):
    await has_second_code(ada)
    await calls_own_things(ada, "1", "9", "1", "1", "1")
    waiting = await Due.filter(person_id=(await person_of(ada)).id, state="waiting").count()

    call = await calls_with_code(ada, SECOND)
    await presses_all(call, *CHECK_IN)
    call = await calls_with_code(ada, SECOND)
    await presses_all(call, "3", "1")
    await says(call, "call the bank on friday at five pm")
    await presses_all(call, "1")
    await heard_on(ada, SECOND, "4", "1", "1", "1", "1")

    assert {each[1:] for each in await numbers_of(ada)} == {("mood", "9"), ("body", "1")}
    assert await count_of(ada) == await SharingAsk.all().count() == 0
    assert await Due.filter(person_id=(await person_of(ada)).id, state="waiting").count() == waiting
    own = await calls_with_code(ada)
    assert await own.hears("This was entered under your second code: today at 12:0")
    said = " ".join(await ours(own))
    for entered in ("your day: 6;", "your body: 4;", "a promise: call the bank;", "a yes to sharing: number."):
        assert entered in said
    await own.presses("1")
    assert await own.hears("It's erased.", INSIDE["en"])
    await own.hangs_up()
    assert await Note.all().count() == 0
    assert await network.is_quiet()


async def test_under_the_second_code_neither_code_can_be_found_out_or_changed(
    carmen: Phone, clock: Clock, network: Network
):
    await has_second_code(carmen)

    for tried, heard in ((CODE, SET["es"]), (SECOND, "Esas seis cifras no se pueden usar."), (OTHER, SET["es"])):
        call = await calls_with_code(carmen, SECOND)
        await presses_all(call, *TO_SECOND_CODE, "1", tried)
        if not await call.is_over():
            await call.presses(tried)
        assert await call.hears(heard)
    await heard_on(carmen, SECOND, *TO_SECOND_CODE, "2")

    for code, opens in ((SECOND, True), (CODE, True), (OTHER, False)):
        said = " ".join(await heard_on(carmen, code))
        assert (INSIDE["es"] in said) is opens


async def test_it_is_taken_away_again_and_the_own_code_cannot_be_the_second(ada: Phone, network: Network):
    await has_second_code(ada)
    call = await calls_own_things(ada, *TO_SECOND_CODE, "1", CODE)
    assert await call.hears("Those six digits can't be used.")

    call = await calls_own_things(ada, *TO_SECOND_CODE, "2")
    assert await call.hears("There is no second code now.")

    assert INSIDE["en"] not in " ".join(await heard_on(ada, SECOND))
    assert await network.is_quiet()


@pytest.mark.parametrize("keys", [("2", "8"), ("7",)])
async def test_safety_and_quiet_are_real_under_either_code(keys: tuple[str, ...], ada: Phone, network: Network):
    await has_second_code(ada)

    await heard_on(ada, SECOND, *keys)

    person = await person_of(ada)
    assert (person.held_until or person.paused_until) is not None


async def test_no_row_tells_who_has_one(ada: Phone, ben: Phone, network: Network):
    for phone in (ada, ben):
        call: HeldCall = await sets_code(phone, network)
        await call.hangs_up()
    call = await calls_with_code(ada)
    await presses_all(call, "2", *TO_SECOND_CODE, "1", SECOND, SECOND)
    assert await call.hears(SET["en"])

    rows = [await Pin.get(person_id=(await person_of(phone)).id) for phone in (ada, ben)]

    assert len({len(row.cover_sealed or "") for row in rows}) == 1
    assert all(row.cover_sealed for row in rows)
