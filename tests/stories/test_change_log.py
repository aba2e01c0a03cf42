"""The own log of changes (PROGRAMME 7.2, A21): what, when and by which channel, read out behind the private code."""

from __future__ import annotations

from service.records import Note
from tests.stories.keeping import notes_of
from tests.stories.own_calls import CODE, calls_own_things, has_code
from tests.stories.people import Clock, Network, Phone
from tests.stories.private_part import presses_all
from tests.stories.test_private_part import ours

CHANGES = ("4", "4", "3", "2")  # settings, past sharing, more, what was changed

AFTERWARDS = ". To hear it again, press 0. To finish, press 1."


async def test_what_was_changed_is_told_with_day_and_channel_and_nothing_else_of_it(
    ada: Phone, clock: Clock, network: Network
):
    call = await calls_own_things(ada, *CHANGES)
    assert await call.hears("Nothing was changed in the last three months.", "Thank you. You can reach Mendline at")
    await ada.texts("LESS")
    await ada.texts("PRIVATE")
    await network.settled()
    await calls_own_things(ada, "4", "4", "1", "1")
    await calls_own_things(ada, "4", "1", "1", "1", "1", "*")
    await clock.forward(hours=24)

    call = await calls_own_things(ada, *CHANGES)

    (line,) = [said for said in await ours(call) if said.startswith("Changed lately, the newest first:")]
    told = [each.split(" PM, ")[-1].removesuffix(AFTERWARDS) for each in line.split("; ")]
    assert told == [
        "by call: a first yes to letting number go out", "by call: how fast I speak", "by text: all sharing off",
        "by text: how often we write",
    ]  # fmt: skip
    assert "yesterday at 12:" in line
    await presses_all(call, "0", "1")
    assert await call.is_over()


async def test_the_same_in_spanish_and_who_joins_has_changed_nothing_yet(carmen: Phone, clock: Clock, network: Network):
    await carmen.texts("PAUSA 3")
    await network.settled()

    call = await calls_own_things(carmen, *CHANGES)

    assert await call.hears("Lo que se cambió, lo último primero: hoy a las 12:")
    assert "por texto: una pausa." in " ".join(await ours(call))


async def test_nobody_else_reads_it_and_nothing_clears_it(ada: Phone, clock: Clock, network: Network):
    await has_code(ada)
    await ada.texts("PAUSE 3")
    await ada.texts("RESUME")
    await network.settled()

    assert await notes_of(ada) == []
    rows = await Note.all()
    assert len(rows) == 2
    assert "pause" not in " ".join(each.text_sealed.lower() for each in rows)
    call = await ada.calls()
    await presses_all(call, "1", CODE, *CHANGES)
    assert await call.hears("Changed lately, the newest first: ")
