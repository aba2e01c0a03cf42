"""The circle of a person, read in one statement, says what the ORM says in many; and a turn keeps to so many."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
import pytest_asyncio
from tortoise.models import Model

from flows.conversation.turn import FACT_KINDS
from service.break_times import own_break, told_break
from service.circle import read_circle
from service.database import execute, in_transaction
from service.house import House
from service.owed_calls import owe_call
from service.pins import has_pin, set_pin
from service.records import (
    Attempt,
    BreakAnswer,
    BreakSession,
    Call,
    Due,
    Grant,
    Pair,
    PairMember,
    Person,
    Pin,
    Promise,
    PromiseCopy,
    PromiseRule,
    Rating,
    Session,
)  # fmt: skip
from service.sharing import live_grants
from service.someone import Someone, make_someone, membership, partner_of
from service.standing import facts_in
from tests.service.conftest import COUNT, Installation

CALLED = "CA" + "1" * 32
NOW = datetime(2026, 11, 24, 18, 30, 0, 123456, tzinfo=UTC)


@pytest_asyncio.fixture(loop_scope="session")
async def house(first_town: Installation) -> AsyncIterator[House]:
    """A house without people, which every task of the test means."""
    town = first_town.with_database(f"circle_{next(COUNT)}")
    async with town.opened() as opened:
        yield opened


@pytest_asyncio.fixture(loop_scope="session")
async def couple(house: House) -> tuple[Someone, Someone]:
    """Ada and Ben, linked, with all that a circle holds; and things of other days and other people beside it."""
    async with in_transaction("test"):
        ada, ben, elena = [
            await make_someone(house.vault, f"+1212555010{place}", locale="en", status="active", now=NOW)
            for place in range(3)
        ]
        pair = await Pair.create(bond_id=ada.person.bond_id, state="active", mode="facilitated", created_at=NOW)
        for each in (ada, ben):
            await PairMember.create(pair_id=pair.id, person_id=each.id, vouched_on=NOW.date(), sheet={"ticks": ["C3"]})
        for person, kind, ends in ((ada, "C3", 1), (ada, "C1", -1), (ben, "R3", 1), (elena, "C5", 1)):
            await Grant.create(person_id=person.id, kind=kind, given_at=NOW, expires_at=NOW + timedelta(days=ends))
        for place, state in enumerate(("open", "done", "asked")):
            await _promise(ada, f"B{'CDF'[place]}", state, NOW + timedelta(days=3 - place))
        for code, ended in (("BG", None), ("BH", NOW)):
            await PromiseRule.create(
                person_id=ada.id, code=code, title_sealed="x", rule="FREQ=DAILY", clock="18:00", level=1,
                last_day=NOW.date(), made_at=NOW, ended_at=ended,
            )  # fmt: skip
        await _break(ada, ben, state="running", told=True)
        await _break(ben, ada, state="asking", told=True)
        await Session.create(
            person_id=ada.id, channel="text", script="check-in", script_hash="0", state_sealed="x", turn=1,
            is_open=True, opened_at=NOW, updated_at=NOW, closes_at=NOW,
        )  # fmt: skip
        for days in (1, 3):
            await _mood(ada, NOW.date() - timedelta(days=days))
        for asking in await BreakSession.filter(caller_id=ben.id):
            for person, number in ((ada, 1), (ben, 2)):
                await BreakAnswer.create(
                    break_session_id=asking.id, person_id=person.id, check_number=number, answer_sealed="x"
                )
        for minutes in (5, 90):
            key = ada.person.number_key or ""
            await Attempt.create(scope="lost", key=key, at=NOW - timedelta(minutes=minutes))
        await owe_call(ada, "check-in-outgoing", now=NOW, minutes=0, purpose="check-in", is_booked=False)
        await _silent_check_in(ada, NOW - timedelta(hours=10))
        await _silent_check_in(ben, NOW - timedelta(hours=25))
    await set_pin(ada.id, "246810", now=NOW)
    await Call.all().update(sid=CALLED, state="placed", posted_at=NOW)
    await Pin.filter(person_id=ada.id).update(new_asked_at=NOW - timedelta(hours=1))
    return ada, ben


async def test_the_circle_says_what_the_orm_says(house: House, couple: tuple[Someone, Someone]):
    for someone in couple:
        circle = await read_circle(house.vault, someone.id, NOW)
        assert circle is not None
        partner, found = await partner_of(house.vault, someone), await membership(someone.id)
        assert partner is not None
        assert found is not None
        assert circle.partner is not None

        assert columns(circle.someone.person) == columns(await Person.get(id=someone.id))
        assert (circle.someone.number, circle.partner.number) == (someone.number, partner.number)
        assert columns(circle.partner.person) == columns(partner.person)
        assert columns(circle.pair) == columns(found[0])
        assert circle.grants == await live_grants(someone, NOW)
        assert circle.takes == await live_grants(partner, NOW)
        assert circle.has_pin == await has_pin(someone.id)
        kept = await Pin.get_or_none(person_id=someone.id)
        assert circle.new_pin_asked_at == (kept.new_asked_at if kept is not None else None)
        assert columns(circle.session) == columns(await Session.get_or_none(person_id=someone.id, is_open=True))
        assert columns(circle.own_break) == columns(await own_break(someone, NOW))
        assert columns(circle.told_break) == columns(await told_break(someone.id, NOW))
        answers = await BreakAnswer.filter(person_id=someone.id)
        assert circle.answered_checks == {f"{each.break_session_id} {each.check_number}" for each in answers}
        moods = await Rating.filter(person_id=someone.id, item="mood").order_by("-local_date")
        assert circle.last_mood_on == (moods[0].local_date if moods else None)
        talks = await Session.filter(person_id=someone.id, is_open=True)
        assert circle.channels == {each.channel for each in talks}
        alive = await Promise.filter(person_id=someone.id, state__in=["open", "asked"]).order_by("due_at")
        assert [columns(each) for each in circle.promises] == [columns(each) for each in alive]
        rules = await PromiseRule.filter(person_id=someone.id, ended_at__isnull=True)
        assert [columns(each) for each in circle.promise_rules] == [columns(each) for each in rules]
        assert circle.promises_made == await Promise.filter(person_id=someone.id).count()
        copies = await PromiseCopy.filter(promise_id__in=[each.id for each in alive]).values_list("promise_id")
        assert circle.followed == {str(copy[0]) for copy in copies}
    of_ada, of_ben = [await read_circle(house.vault, someone.id, NOW) for someone in couple]
    assert of_ada is not None
    assert of_ben is not None
    assert of_ada.lost_this_hour == 1
    assert (of_ada.missed_mood_on, of_ben.missed_mood_on) == (NOW.date(), None)  # a day counts, no more


@pytest.mark.parametrize(
    "but", ["UPDATE due SET outcome = 'answered-already' WHERE kind = 'check-in'",
            "UPDATE due SET state = 'dropped' WHERE kind = 'timer'",
            "UPDATE rating SET local_date = '2026-11-24', item = 'mood'"],
)  # fmt: skip
async def test_a_question_that_was_answered_or_is_open_was_not_missed(
    house: House, couple: tuple[Someone, Someone], but: str
):
    await execute("DELETE FROM rating WHERE local_date <> '2026-11-21'")
    await execute(but)

    circle = await read_circle(house.vault, couple[0].id, NOW)

    assert circle is not None
    assert circle.missed_mood_on is None


async def test_the_circle_of_a_caller_holds_the_call_that_was_asked_for(house: House, couple: tuple[Someone, Someone]):
    ours, theirs = [
        await read_circle(house.vault, couple[0].id, NOW, channel="voice", call_sid=sid) for sid in (CALLED, "CA0")
    ]

    assert ours is not None
    assert theirs is not None
    assert columns(ours.call) == columns(await Call.get(sid=CALLED))
    assert theirs.call is None


async def test_every_fact_a_script_may_ask_for_is_known_whichever_is_asked_first(
    house: House, couple: tuple[Someone, Someone]
):
    circle = await read_circle(house.vault, couple[0].id, NOW)
    assert circle is not None
    whole = dict(facts_in(house, circle))
    of_this_call = {"apart_list", "changes_list"}

    assert FACT_KINDS.keys() - whole.keys() == of_this_call
    assert {type(value) for value in whole.values()} <= {str, int, bool}
    for key in whole:  # each is the first that is asked
        assert facts_in(house, circle)[key] == whole[key], key
    with pytest.raises(KeyError):
        facts_in(house, circle)["a fact that nobody knows"]


async def test_nobody_has_no_circle(house: House):
    assert await read_circle(house.vault, UUID(int=0), NOW) is None


async def test_a_row_that_the_circle_read_is_saved_like_any_other(house: House, couple: tuple[Someone, Someone]):
    circle = await read_circle(house.vault, couple[0].id, NOW)
    assert circle is not None
    person = circle.someone.person
    assert vars(person) == vars(await Person.get(id=person.id))

    person.settings, person.paused_until = {**person.settings, "pace": "weekly"}, NOW
    await person.save()

    kept = await Person.get(id=person.id)
    assert (kept.settings, kept.paused_until) == ({"pace": "weekly"}, NOW)


def columns(row: Model | None) -> dict[str, object] | None:
    """What a row holds, by column."""
    return {name: getattr(row, name) for name in row._meta.fields_db_projection} if row is not None else None


async def _promise(maker: Someone, code: str, state: str, due: datetime) -> None:
    promise = await Promise.create(
        person_id=maker.id, code=code, title_sealed=maker.key.seal("call the bank", "promise.title"), due_at=due,
        level=2, state=state, made_at=NOW, keep_until=due.date(),
    )  # fmt: skip
    await PromiseCopy.create(
        receiver_id=maker.id, publisher_id=maker.id, promise_id=promise.id, pair_id=promise.id, title_sealed="x",
        expires_on=due.date(),
    )  # fmt: skip


async def _mood(person: Someone, day: date) -> None:
    await Rating.create(
        person_id=person.id, item="mood", value_sealed="x", local_date=day, slot="day", is_late=False,
        is_held_back=False, keep_until=day,
    )  # fmt: skip


async def _silent_check_in(person: Someone, at: datetime) -> None:
    """A check-in that was put and ran out of time."""
    plain = {"zone": "UTC", "state": "done", "created_at": at, "local_date": at.date(), "person_id": person.id}
    asked = {"kind": "check-in", "rule": f"check-in:{person.id}", "slot": "18:30", "outcome": "check-in"}
    await Due.create(due_at=at, **asked, **plain)
    session = await Session.create(
        person_id=person.id, channel="text", script="check-in", script_hash="0", state_sealed="x", turn=1,
        is_open=False, opened_at=at, updated_at=at,
    )  # fmt: skip
    rule = f"timer:{session.id}:1"
    await Due.create(kind="timer", rule=rule, slot="close", due_at=at, session_id=session.id, session_turn=1, **plain)


async def _break(caller: Someone, partner: Someone, *, state: str, told: bool) -> None:
    await BreakSession.create(
        caller_id=caller.id, partner_id=partner.id, state=state, started_at=NOW, back_at=NOW + timedelta(minutes=30),
        told_at=NOW if told else None, keep_until=NOW.date(),
    )  # fmt: skip
