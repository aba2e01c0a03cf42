"""A person's circle: all that a turn may ask of them and of the other one, read in one statement under their lock.

One named query beside its models; a test holds that it says the same as the ORM.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any, TypeVar
from uuid import UUID

import orjson
from tortoise import fields
from tortoise.models import Model

from flows.programme.breaks import ALIVE as BREAK_ALIVE
from flows.programme.promises import ALIVE as PROMISE_ALIVE
from flows.programme.screening import may_share
from service.break_times import is_over
from service.database import fetch
from service.records import BreakSession, Call, Pair, Person, Promise, PromiseRule, SafetyScreen, Session
from service.records.inbound import PROVIDER
from service.screening import screened_by
from service.sharing import those_that_stand
from service.someone import Locked, Someone, find_locked, lock_bonds_of
from service.vault import SealBroken, Vault
from service.writing import columns_now

LOST_WITHIN = timedelta(hours=1)
LATE_ANSWER = timedelta(hours=24)  # a number within a day of a prompt still answers it (PROGRAMME 3.5.6)
Row = TypeVar("Row", bound=Model)


def _in(states: frozenset[str]) -> str:
    return ", ".join(f"'{state}'" for state in sorted(states))


# `$1` whose, `$2` now, `$3` the channel whose conversation is asked for, `$4` since when lost texts are counted,
# `$5` since when a check-in counts as missed, `$6` the network's id of a call, `$7` the key of a step of it.
_CIRCLE = f"""
SELECT jsonb_build_object(
  'person', to_jsonb(p), 'wrapped', k.wrapped, 'pair', own.pair,
  'session', (SELECT to_jsonb(s) FROM session s WHERE s.person_id = p.id AND s.channel = $3 AND s.is_open),
  'channels', (SELECT jsonb_agg(s.channel) FROM session s WHERE s.person_id = p.id AND s.is_open),
  'partner', other.person, 'partner_wrapped', other.wrapped,
  'grants', (SELECT jsonb_object_agg(g.kind, g.given_at) FROM sharing_grant g
             WHERE g.person_id = p.id AND g.withdrawn_at IS NULL AND g.expires_at > $2),
  'takes', (SELECT jsonb_object_agg(g.kind, g.given_at) FROM sharing_grant g
            WHERE g.person_id = other.id AND g.withdrawn_at IS NULL AND g.expires_at > $2),
  'seen_alone_on', own.vouched_on, 'partner_seen_alone_on', other.vouched_on,
  'screen', (SELECT to_jsonb(s) FROM safety_screen s WHERE s.person_id = p.id),
  'partner_screen', (SELECT to_jsonb(s) FROM safety_screen s WHERE s.person_id = other.id),
  'ends', (SELECT jsonb_object_agg(g.kind, g.expires_at) FROM sharing_grant g
           WHERE g.person_id = p.id AND g.withdrawn_at IS NULL AND g.expires_at > $2),
  'asked', (SELECT jsonb_object_agg(a.kind, a.asked_at) FROM sharing_ask a WHERE a.person_id = p.id),
  'heard', (SELECT jsonb_object_agg(e.subject, e.at ORDER BY e.id) FROM consent_entry e
            WHERE e.person_ref = p.id AND e.act = 'heard'),
  'pin_set_at', (SELECT pin.set_at FROM pin WHERE pin.person_id = p.id),
  'new_pin_asked_at', (SELECT pin.new_asked_at FROM pin WHERE pin.person_id = p.id),
  'promises', (SELECT jsonb_agg(to_jsonb(m) ORDER BY m.due_at) FROM promise m
               WHERE m.person_id = p.id AND m.state IN ({_in(PROMISE_ALIVE)})),
  'followed', (SELECT jsonb_agg(c.promise_id) FROM promise_copy c JOIN promise m ON m.id = c.promise_id
               WHERE m.person_id = p.id AND m.state IN ({_in(PROMISE_ALIVE)})),
  'rules', (SELECT jsonb_agg(to_jsonb(r) ORDER BY r.made_at) FROM promise_rule r
            WHERE r.person_id = p.id AND r.ended_at IS NULL),
  'made', (SELECT count(*) FROM promise m WHERE m.person_id = p.id),
  'own_break', (SELECT to_jsonb(b) FROM break_session b
                WHERE b.caller_id = p.id AND b.state IN ({_in(BREAK_ALIVE)}) LIMIT 1),
  'told_break', (SELECT to_jsonb(b) FROM break_session b WHERE b.partner_id = p.id AND b.told_at IS NOT NULL
                 AND b.state IN ({_in(BREAK_ALIVE)}) ORDER BY b.started_at DESC LIMIT 1),
  'recent_moods', (SELECT jsonb_agg(r.local_date) FROM rating r WHERE r.person_id = p.id AND r.item = 'mood'
                   AND r.local_date > ($2 - interval '3 days')::date),
  'last_mood', (SELECT max(r.local_date) FROM rating r WHERE r.person_id = p.id AND r.item = 'mood'),
  'answered', (SELECT jsonb_agg(a.break_session_id || ' ' || a.check_number) FROM break_answer a
               JOIN break_session b ON b.id = a.break_session_id
               WHERE a.person_id = p.id AND b.state IN ({_in(BREAK_ALIVE)})),
  'missed_mood', (SELECT asked.local_date FROM (
      SELECT d.local_date, d.due_at FROM due d WHERE d.person_id = p.id AND d.kind = 'check-in' AND d.state = 'done'
      AND d.outcome = 'check-in' AND d.due_at > $5 ORDER BY d.due_at DESC LIMIT 1) asked
    WHERE NOT EXISTS (SELECT 1 FROM rating r WHERE r.person_id = p.id AND r.item = 'mood'
                      AND r.local_date = asked.local_date)
    AND EXISTS (SELECT 1 FROM due t WHERE t.kind = 'timer' AND t.slot = 'close' AND t.state = 'done' AND t.session_id =
      (SELECT s.id FROM session s WHERE s.person_id = p.id AND s.script = 'check-in' AND s.opened_at >= asked.due_at
       ORDER BY s.opened_at LIMIT 1))),
  'lost', (SELECT count(*) FROM attempt a WHERE a.scope = 'lost' AND a.key = p.number_key AND a.at > $4),
  'call', (SELECT to_jsonb(c) FROM call c WHERE c.sid = $6),
  'taken', (SELECT coalesce(e.answer_sealed, '') FROM inbound_event e
            WHERE e.provider = '{PROVIDER}' AND e.kind = 'step' AND e.sid_key = $7),
  'is_blocked', EXISTS (SELECT 1 FROM suppression s WHERE s.number_key = p.number_key AND s.lifted_at IS NULL)
) AS circle
FROM person p
LEFT JOIN person_key k ON k.person_id = p.id
LEFT JOIN LATERAL (
  SELECT to_jsonb(pr) AS pair, pr.id, pr.state, m.vouched_on FROM pair_member m JOIN pair pr ON pr.id = m.pair_id
  WHERE m.person_id = p.id AND m.left_at IS NULL LIMIT 1
) own ON true
LEFT JOIN LATERAL (
  SELECT o.id, to_jsonb(o) AS person, ok.wrapped, om.vouched_on FROM pair_member om JOIN person o ON o.id = om.person_id
  LEFT JOIN person_key ok ON ok.person_id = o.id
  WHERE om.pair_id = own.id AND own.state = 'active' AND om.left_at IS NULL AND om.person_id <> p.id LIMIT 1
) other ON true
"""  # noqa: S608  # the states are our own words
# Laying out this statement costs PostgreSQL six times its execution. For one person it keeps the plan after a few
# times: one id is as good as another. For a list it has to guess how long the next one is.
CIRCLE = f"{_CIRCLE} WHERE p.id = $1"
CIRCLES = f"{_CIRCLE} WHERE p.id = ANY($1::uuid[])"


@dataclass(frozen=True, slots=True)
class Circle:
    """What was true at `at`, under the bond's lock. It does not follow what the turn then changes: read it again."""

    at: datetime
    someone: Someone
    session: Session | None  # the open conversation on the channel that was asked for
    channels: frozenset[str]  # on which a conversation is open
    pair: Pair | None  # open or not yet
    partner: Someone | None  # of an open pair
    grants: frozenset[str]
    takes: frozenset[str]  # the partner's grants
    may_share: bool  # the person's own side of invariant 20
    ends: Mapping[str, datetime]  # when each of the person's grants runs out
    asked: Mapping[str, datetime]  # when the first yes to a kind of sharing was said
    screen: SafetyScreen | None
    heard: Mapping[str, datetime]  # of the private set-up: what was heard, and when last
    pin_set_at: datetime | None
    new_pin_asked_at: datetime | None
    promises: tuple[Promise, ...]  # alive, the soonest first
    promises_made: int
    promise_rules: tuple[PromiseRule, ...]  # what repeats
    followed: frozenset[str]  # ids of those of them that the partner holds a copy of
    called_break: BreakSession | None  # that nobody closed; it may be over
    told_break: BreakSession | None
    answered_checks: frozenset[str]  # checks of breaks at which this person said something, as `check_of` names them
    last_mood_on: date | None  # the latest day with a number
    recent_moods: frozenset[date]  # the days with a number, of the last few
    missed_mood_on: date | None  # the day of the last check-in of these 24 hours whose question ran out of time
    lost_this_hour: int
    call: Call | None = None  # the call that was asked for, if it is one of ours
    is_blocked: bool = False  # their number said stop, to us or to the network
    taken: str | None = None  # what the step that was asked for was answered with, sealed; empty: that is not kept

    @property
    def own_break(self) -> BreakSession | None:
        """The break they called, until it is over."""
        return _running(self.called_break, self.at)

    @property
    def has_pin(self) -> bool:
        return self.pin_set_at is not None


def check_of(break_: BreakSession) -> str:
    """The present check of a break, by name."""
    return f"{break_.id} {break_.check_number}"


async def read_circle(vault: Vault, person_id: UUID, now: datetime, *, channel: str = "text",
                      call_sid: str | None = None, step: str | None = None) -> Circle | None:  # fmt: skip
    """The circle of a person whose bond the caller holds; None when they are gone (erased).

    Raises:
        SealBroken: a key is gone; somebody was erased.
    """
    rows = await fetch(CIRCLE, person_id, *_asked(now, channel), call_sid, step)
    return _circle(vault, orjson.loads(rows[0]["circle"]), now) if rows else None


async def read_circles(vault: Vault, people: Sequence[UUID], now: datetime, *, channel: str = "text") -> list[Circle]:
    """The circles of these people, in any order; whoever is gone is missing. As `read_circle`."""
    rows = await fetch(CIRCLES, list(people), *_asked(now, channel), None, None)
    return [_circle(vault, orjson.loads(row["circle"]), now) for row in rows]


def _asked(now: datetime, channel: str) -> tuple[datetime, str, datetime, datetime]:
    """`$2` to `$5`."""
    return now, channel, now - LOST_WITHIN, now - LATE_ANSWER


async def lock_circles(vault: Vault, people: Sequence[UUID], now: datetime) -> dict[UUID, Circle]:
    """The circles of these people by their ids, their bonds locked in the order of bond ids; whoever is gone is
    missing.

    Raises:
        SealBroken: somebody's key is gone.
    """
    while True:
        bonds = await lock_bonds_of(people)
        circles = await read_circles(vault, people, now)
        if all(circle.someone.person.bond_id == bonds.get(circle.someone.id) for circle in circles):
            return {circle.someone.id: circle for circle in circles}  # otherwise somebody moved while we waited


def _circle(vault: Vault, found: Mapping[str, Any], now: datetime) -> Circle:
    someone, screen = _someone(vault, found["person"], found["wrapped"]), _one(SafetyScreen, found["screen"])
    partner = _someone(vault, found["partner"], found["partner_wrapped"]) if found["partner"] else None
    return Circle(
        at=now,
        someone=someone,
        session=_one(Session, found["session"]),
        channels=frozenset(found["channels"] or ()),
        pair=_one(Pair, found["pair"]),
        partner=partner,
        grants=_standing(someone, found["grants"], screen, found["seen_alone_on"], now),
        takes=_standing(
            partner, found["takes"], _one(SafetyScreen, found["partner_screen"]), found["partner_seen_alone_on"], now
        ),
        may_share=may_share(screened_by(someone, screen), _day(found["seen_alone_on"]), now),
        ends=_times(found["ends"]),
        asked=_times(found["asked"]),
        screen=screen,
        heard=_times(found["heard"]),
        pin_set_at=_time(found["pin_set_at"]),
        new_pin_asked_at=_time(found["new_pin_asked_at"]),
        promises=tuple(row_of(Promise, each) for each in found["promises"] or ()),
        promises_made=found["made"],
        promise_rules=tuple(row_of(PromiseRule, each) for each in found["rules"] or ()),
        followed=frozenset(found["followed"] or ()),
        called_break=_one(BreakSession, found["own_break"]),
        told_break=_running(_one(BreakSession, found["told_break"]), now),
        answered_checks=frozenset(found["answered"] or ()),
        last_mood_on=_day(found["last_mood"]),
        recent_moods=frozenset(date.fromisoformat(each) for each in found["recent_moods"] or ()),
        missed_mood_on=_day(found["missed_mood"]),
        lost_this_hour=found["lost"],
        call=_one(Call, found["call"]),
        is_blocked=found["is_blocked"],
        taken=found["taken"],
    )


async def find_circle(vault: Vault, number_key: str, now: datetime, *, locked: Locked | None, channel: str = "text",
                      call_sid: str | None = None, step: str | None = None) -> Circle | None:  # fmt: skip
    """The circle of whoever has this number, their bond locked, if it is not already; None for a stranger.

    Raises:
        SealBroken: somebody's key is gone.
    """
    while (found := locked or await find_locked(number_key)) is not None:
        (person_id, bond), locked = found, None
        circle = await read_circle(vault, person_id, now, channel=channel, call_sid=call_sid, step=step)
        if circle is None:
            return None
        if circle.someone.person.bond_id == bond:  # otherwise it moved while we waited: two people were linked
            circle.someone.called = (circle.called_break,) if circle.called_break is not None else ()
            return circle
    return None


async def circle_of(vault: Vault, someone: Someone, now: datetime) -> Circle:
    """The circle of somebody at hand, with their row as it is in this turn, saved or not.

    Raises:
        SealBroken: somebody's key is gone.
    """
    circle = await read_circle(vault, someone.id, now)
    if circle is None:
        raise SealBroken("person", "the person is gone")
    return replace(circle, someone=someone)


def row_of(model: type[Row], columns: Mapping[str, Any]) -> Row:
    """A row of `model` from its columns as PostgreSQL writes them in JSON; columns it does not know are passed over."""
    row = model.__new__(model)
    values = {name: read(value) if (value := columns[name]) is not None else None for name, read in _readers(model)}
    # As Tortoise (1.1.9) leaves a row that it read, in half its time: each value is of its field's type already.
    row.__dict__.update(
        values, _partial=False, _saved_in_db=True, _custom_generated_pk=_has_own_key(model), _await_when_save={}
    )
    return row


@cache
def _has_own_key(model: type[Model]) -> bool:
    return model._meta.db_pk_column not in model._meta.generated_db_fields


@cache
def _readers(model: type[Model]) -> Sequence[tuple[str, Callable[[Any], Any]]]:
    columns = model._meta.fields_db_projection.items()
    return tuple((column, _reader(model._meta.fields_map[name])) for name, column in columns)


def _reader(field: fields.Field[Any]) -> Callable[[Any], Any]:
    match field:
        case fields.DatetimeField():
            return datetime.fromisoformat
        case fields.DateField():
            return date.fromisoformat
        case fields.UUIDField():
            return UUID
        case _:
            return _as_it_is


def _as_it_is(value: Any) -> Any:
    return value


def _one(model: type[Row], columns: Mapping[str, Any] | None) -> Row | None:
    return row_of(model, columns) if columns is not None else None


def _someone(vault: Vault, person: Mapping[str, Any], wrapped: str | None) -> Someone:
    row = row_of(Person, person)
    return Someone(row, vault.open_person_key(wrapped or ""), as_read=columns_now(row))


def _standing(someone: Someone | None, given: Mapping[str, str] | None, screen: SafetyScreen | None, seen: str | None,
              now: datetime) -> frozenset[str]:  # fmt: skip
    if someone is None or not given:
        return frozenset()
    screened = screened_by(someone, screen)
    return those_that_stand(_times(given), screened, _day(seen), now)


def _day(written: str | None) -> date | None:
    return date.fromisoformat(written) if written else None


def _time(written: str | None) -> datetime | None:
    return datetime.fromisoformat(written) if written else None


def _times(written: Mapping[str, str] | None) -> dict[str, datetime]:
    return {name: datetime.fromisoformat(at) for name, at in (written or {}).items()}


def _running(found: BreakSession | None, now: datetime) -> BreakSession | None:
    return found if found is not None and not is_over(found, now) else None
