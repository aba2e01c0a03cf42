"""Two handlers at once, in every order of their points: what comes of it is what came of one after the other."""

from __future__ import annotations

import re
import uuid
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta

import pytest

from service.claiming import claim
from service.conversation import take_text
from service.gateway.port import ArrivedText
from service.house import House
from service.opening_together import open_claimed
from service.records import Due, Note, OutboxItem, Person, Rating, Session, Suppression
from service.someone import ARGUMENTS, NOTE, VALUE, Someone, find_someone
from tests.orders.scheduling import Stepper, schedules
from tests.service.conftest import ADA, BEN

OURS = "+12025550100"
# What somebody changed is kept with its moment, and each run has moments of its own.
MOMENT = re.compile(r'"at":"[^"]*"')
Handler = Callable[[], Awaitable[object]]


@dataclass(frozen=True, slots=True)
class Pairing:
    """Two things that may happen at once to these people."""

    name: str
    people: tuple[str, ...]
    first: Callable[[House], Awaitable[Handler]]
    second: Callable[[House], Awaitable[Handler]]


def _text(number: str, body: str) -> Callable[[House], Awaitable[Handler]]:
    async def prepare(house: House) -> Handler:
        arrived = ArrivedText(sid="SM" + uuid.uuid4().hex, sender=number, to=OURS, body=body, at=house.clock.now())
        return lambda: take_text(house, arrived)

    return prepare


async def _close_of_adas_question(house: House) -> Handler:
    """The deadline of her open question, due now."""
    ada = await _someone(house, ADA)
    timer = await Due.filter(person_id=ada.id, kind="timer", state="waiting", slot="close").first()
    assert timer is not None
    timer.due_at = house.clock.now() - timedelta(seconds=1)
    await timer.save()

    async def opens() -> None:
        await open_claimed(house, await claim([timer.id], house.clock.now()))

    return opens


PAIRINGS = (
    Pairing("two partners", (ADA, BEN), _text(ADA, "4 tired"), _text(BEN, "7")),
    Pairing("the same partner twice", (ADA,), _text(ADA, "4 tired"), _text(ADA, "8")),
    Pairing("a reply and a STOP", (ADA,), _text(ADA, "4 tired"), _text(ADA, "stop texting me")),
    Pairing("a reply and the deadline", (ADA,), _text(ADA, "4 tired"), _close_of_adas_question),
)


@pytest.mark.promise(16, 17)
@pytest.mark.parametrize("pairing", PAIRINGS, ids=lambda pairing: pairing.name)
async def test_every_order_comes_to_what_one_after_the_other_comes_to(house: House, pairing: Pairing):
    one_by_one = [await _run(house, pairing, order) for order in ((0,) * 99 + (1,) * 99, (1,) * 99 + (0,) * 99)]
    wanted = [run.outcome for run in one_by_one]

    taken = set()
    for order in schedules(*one_by_one[0].lengths):
        if any(order[: len(prefix)] == prefix for prefix in taken):
            continue  # it ended where one had to wait for the other; what follows is the same
        run = await _run(house, pairing, order)
        taken.add(run.taken)
        assert run.outcome in wanted, (order, run.outcome)

    assert len(taken) > 10, taken


@dataclass(frozen=True, slots=True)
class Run:
    """What came of one order: the order that was really taken, and how many points each reached on its way."""

    outcome: list[tuple[object, ...]]
    taken: tuple[int, ...]
    lengths: tuple[int, int]


async def _run(house: House, pairing: Pairing, order: tuple[int, ...]) -> Run:
    stepper = Stepper()
    await _set_the_scene(house, pairing)
    taken = await stepper.run([await pairing.first(house), await pairing.second(house)], order)
    first, second = (sum(who == each for who, _ in stepper.reached) for each in (0, 1))
    return Run([await _state_of(house, number) for number in pairing.people], taken, (first, second))


async def _set_the_scene(house: House, pairing: Pairing) -> None:
    """Each is asked for the day's number, and nothing else is open."""
    for number in pairing.people:
        someone = await _someone(house, number)
        for model in (Rating, Note, OutboxItem, Session):
            await model.filter(person_id=someone.id).delete()
        await Due.filter(person_id=someone.id).delete()
        await Suppression.filter(number_key=someone.person.number_key or "").delete()
        await Person.filter(id=someone.id).update(
            status="active", held_until=None, paused_until=None, last_phrase=None, last_said_at=None, unanswered=0
        )
        await (await _text(number, "START")(house))()
        await (await _text(number, "CHECK")(house))()
        await OutboxItem.filter(person_id=someone.id).delete()


async def _state_of(house: House, number: str) -> tuple[object, ...]:
    """All that a person could notice, or a partner: what is said to them in order, what is kept, what is open."""
    someone = await _someone(house, number)
    said = [
        (item.phrase_id, item.state, item.arguments_sealed and someone.key.open_json(item.arguments_sealed, ARGUMENTS))
        for item in await OutboxItem.filter(person_id=someone.id).order_by("id")
    ]
    ratings = [
        (rating.item, someone.key.open(rating.value_sealed, VALUE))
        for rating in await Rating.filter(person_id=someone.id).order_by("item")
    ]
    notes = sorted(
        MOMENT.sub("", someone.key.open(note.text_sealed, NOTE)) for note in await Note.filter(person_id=someone.id)
    )
    sessions = [
        (session.script, session.turn, session.is_open)
        for session in await Session.filter(person_id=someone.id).order_by("id")
    ]
    waits = await Due.filter(person_id=someone.id, state="waiting").order_by("kind", "slot").values_list("kind", "slot")
    return someone.person.status, said, ratings, notes, sessions, waits


async def _someone(house: House, number: str) -> Someone:
    found = await find_someone(house.vault, house.vault.number_key(number))
    assert found is not None
    return found
