"""What one would share, asked at the end of the private set-up where people link themselves (PROGRAMME 4.5, 4.6)."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from service.records import ConsentEntry, SharingAsk
from tests.stories.keeping import person_of
from tests.stories.own_calls import agrees, written_down
from tests.stories.people import Network, Phone
from tests.stories.private_part import ALONE, FINISH, LESSON, NO_TO_ALL, NOTICE, calls_with_code, presses_all, sets_code
from tests.stories.running import RunningHouse
from tests.stories.test_sharing_called import grants_of

NUMBER_OUT, PROMISES_IN, BACK = ("1", "1", "1", "1"), ("1", "2", "2", "1"), "4"
BEGINS = {"en": "US      Last, what", "es": "US      Por último, lo que"}
MAIN = {"en": "You're in.", "es": "Ya puedes seguir."}


@pytest_asyncio.fixture(loop_scope="session")
async def self_serve(house: RunningHouse) -> AsyncIterator[RunningHouse]:
    """The house where people link themselves."""
    house.end("web")
    house.start("web", PAIRING="self")
    await house.until_ready()
    yield house
    house.end("web")
    await house.make_whole()


async def chooses(phone: Phone, network: Network) -> str:
    """The whole set-up, and at its end two first yeses; the transcript from there on."""
    call = await sets_code(phone, network)
    await presses_all(call, *NOTICE, ALONE, *NO_TO_ALL, FINISH, *LESSON)
    await presses_all(call, "1", *NUMBER_OUT, *PROMISES_IN, BACK)
    assert await call.is_over()
    said = await written_down(call, phone.name)
    return said[said.index(BEGINS[phone.locale]) :]


async def test_ada_and_carmen_say_what_they_would_share_and_nothing_is_shared(
    self_serve: RunningHouse, ada: Phone, carmen: Phone, network: Network, request: pytest.FixtureRequest
):
    for phone, file in ((ada, "choices.txt"), (carmen, "choices-es.txt")):
        assert agrees(await chooses(phone, network), file, request)

        person = await person_of(phone)
        assert {each.kind for each in await SharingAsk.filter(person_id=person.id)} == {"C1", "R3"}
        assert await grants_of(phone) == set()
        asked = await ConsentEntry.filter(person_ref=person.id, act="asked").values_list("subject", "channel")
        assert sorted(asked) == [("C1", "voice"), ("R3", "voice")]
        again = await calls_with_code(phone)
        assert await again.hears(MAIN[phone.locale])
        await again.hangs_up()
    assert await network.is_quiet()


async def test_another_time_ends_the_set_up_as_well(self_serve: RunningHouse, ada: Phone, network: Network):
    call = await sets_code(ada, network)
    await presses_all(call, *NOTICE, ALONE, *NO_TO_ALL, FINISH, *LESSON, "2")

    assert await call.hears("That was the private part.", "Thank you. You can reach Mendline at")
    assert await SharingAsk.all().count() == 0
