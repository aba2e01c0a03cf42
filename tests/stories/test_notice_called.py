"""The no-update notice by call (P16): rung at its minute, told behind the code, texted when nobody takes it."""

from __future__ import annotations

import pytest

from service.erasing import erase_person
from service.people import find_person
from service.records import PromiseCopy
from tests.stories.own_calls import CODE, agrees, has_code, written_down
from tests.stories.people import Clock, Network, Phone
from tests.stories.private_part import presses_all
from tests.stories.promises import are_partners, heard_since, promises, rests_otherwise, words
from tests.stories.ringing import OPENING, let_it_ring, rang_at

PROMISED = {"en": "call the bank, today 2pm", "es": "llamar al banco, hoy a las 14:00"}
ITEM = {"en": "call the bank", "es": "llamar al banco"}
BREAK = "2"


async def wants_notices_by_call(phone: Phone) -> None:
    """They chose calls and texts, and have a private code."""
    await has_code(phone)
    await phone.house.rows(
        "UPDATE person SET settings = settings || '{\"channel\": \"both\"}'::jsonb"
        " WHERE number_key = $1 RETURNING id",
        phone.house.house.vault.number_key(phone.number),
    )
    await rests_otherwise(phone)


async def is_the_minute(maker: Phone, receiver: Phone, clock: Clock) -> None:
    """Tuesday, half past seven: a promise of the maker's has no update, and the receiver is called."""
    await are_partners(clock, maker, receiver)
    await wants_notices_by_call(receiver)
    await promises(maker, PROMISED[maker.locale], "3")
    await clock.until_day(1, "19:29", receiver.zone)
    for phone in (maker, receiver):
        await heard_since(phone)
    await clock.until("19:30", receiver.zone)


def notice_by_text(phone: Phone) -> str:
    return words(phone, "PM-1", item=ITEM[phone.locale])


async def test_it_rings_at_its_minute_and_is_told_behind_the_code_alone(
    ada: Phone, ben: Phone, clock: Clock, network: Network, request: pytest.FixtureRequest
):
    said = await is_told_by_call(ada, ben, clock)

    assert agrees(said, "notice.txt", request)


async def test_the_same_in_spanish(
    carmen: Phone, bruno: Phone, clock: Clock, network: Network, request: pytest.FixtureRequest
):
    said = await is_told_by_call(carmen, bruno, clock)

    assert agrees(said, "notice-es.txt", request)


async def is_told_by_call(maker: Phone, receiver: Phone, clock: Clock) -> str:
    """The transcript of the call; before its code it holds no word of the promise, and after it nothing more comes."""
    await is_the_minute(maker, receiver, clock)
    call = await receiver.answers()
    assert await rang_at(receiver) == ["19:30"]
    await presses_all(call, "1", CODE, BREAK, "*")
    said = await written_down(call, receiver.name)
    before_the_code = said[: said.index(CODE)]
    assert ITEM[receiver.locale] not in before_the_code
    assert maker.name not in said
    await clock.forward(minutes=40)
    assert await heard_since(receiver) == []
    assert len(await receiver.rung()) == 1
    assert [body for _, body in await heard_since(maker)] == [words(maker, "PM-2", item=ITEM[maker.locale])]
    return said


@pytest.mark.parametrize("how", ["unanswered", "busy", "machine"])
async def test_who_does_not_take_it_gets_the_line_by_text_at_once(
    how: str, ada: Phone, ben: Phone, clock: Clock, network: Network
):
    await is_the_minute(ada, ben, clock)

    match how:
        case "unanswered":
            await let_it_ring(clock, ben)
        case "busy":
            await (await ben.rings()).act("reject")
        case _:
            await (await ben.rings()).act("voicemail")

    assert await heard_since(ben) == [("Tue 19:30", notice_by_text(ben))]
    await clock.forward(minutes=40)
    assert await heard_since(ben) == []
    assert len(await ben.rung()) == 1


@pytest.mark.parametrize("keys", [("*",), ("1",), ("1", "111111", "222222", "333333")])
async def test_after_a_star_a_hang_up_or_wrong_codes_nothing_more_comes(
    keys: tuple[str, ...], carmen: Phone, bruno: Phone, clock: Clock, network: Network
):
    await is_the_minute(carmen, bruno, clock)
    call = await bruno.answers()
    assert await call.hears(OPENING["es"])

    await presses_all(call, *keys)
    if not await call.is_over():
        await call.hangs_up()

    assert ITEM["es"] not in await written_down(call, "Bruno")
    await clock.forward(minutes=40)
    assert await heard_since(bruno) == []
    assert len(await bruno.rung()) == 1
    [copy] = await PromiseCopy.all()
    assert copy.closed_at is not None


async def test_who_has_no_code_or_wants_texts_alone_gets_it_by_text(
    ada: Phone, ben: Phone, carmen: Phone, bruno: Phone, clock: Clock, network: Network
):
    for maker, receiver in ((ada, ben), (carmen, bruno)):
        await are_partners(clock, maker, receiver)
        await promises(maker, PROMISED[maker.locale], "3")
    await has_code(ben)
    await ben.house.rows("UPDATE person SET settings = settings || '{\"channel\": \"both\"}'::jsonb RETURNING id")
    await ben.house.rows("DELETE FROM pin WHERE person_id IN (SELECT id FROM person WHERE locale = 'es') RETURNING 1")
    key = ben.house.house.vault.number_key(ben.number)
    await ben.house.rows("UPDATE person SET settings = settings - 'channel' WHERE number_key = $1 RETURNING id", key)
    await clock.until_day(1, "19:29", ben.zone)
    for phone in (ben, bruno):
        await heard_since(phone)

    await clock.until("19:30", ben.zone)

    assert [await heard_since(phone) for phone in (ben, bruno)] == [
        [("Tue 19:30", notice_by_text(phone))] for phone in (ben, bruno)
    ]
    assert await ben.rung() == await bruno.rung() == []


async def test_an_update_that_comes_while_it_rings_leaves_nothing_to_tell(
    ada: Phone, ben: Phone, clock: Clock, network: Network
):
    await is_the_minute(ada, ben, clock)
    call = await ben.answers()
    await ada.texts("1")
    await network.settled()

    await presses_all(call, "1", CODE)

    assert await call.is_over()
    assert ITEM["en"] not in await written_down(call, "Ben")


async def test_an_erased_makers_title_is_told_once_and_gone_with_the_call(
    ada: Phone, ben: Phone, clock: Clock, network: Network
):
    await are_partners(clock, ada, ben)
    await wants_notices_by_call(ben)
    await promises(ada, PROMISED["en"], "3")
    house = ada.house.house
    await erase_person(house, await find_person(house, ada.number), by="Dr Vega", now=house.clock.now())
    await clock.until_day(1, "19:30", ben.zone)
    call = await ben.answers()

    await presses_all(call, "1", CODE)
    assert await call.hears(OPENING["en"], "There's no update yet on one promise you follow: call the bank.")
    await call.hangs_up()
    await network.settled()

    assert await PromiseCopy.all().count() == 0


async def test_who_asked_for_quiet_is_neither_rung_nor_texted(ada: Phone, ben: Phone, clock: Clock, network: Network):
    await are_partners(clock, ada, ben)
    await wants_notices_by_call(ben)
    await promises(ada, PROMISED["en"], "3")
    await ben.texts("QUIET 9")
    await network.settled()
    await heard_since(ben)

    await clock.until_day(1, "20:30", ben.zone)

    assert await heard_since(ben) == []
    assert await ben.rung() == []
