"""One promise's deadline among faults, by the rules the product runs on: texts whose webhooks are late or lost, a list
that lags or will not answer, processes and databases that are away, a spool, a text that cannot be taken, a crash.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta

from flows.programme.promises import notice_time
from flows.programme.unread import LAST_DAY, LISTED_WITHIN, list_since, may_be_said, read_past

ZONES = ("America/New_York", "Europe/Madrid", "Australia/Lord_Howe", "Asia/Kathmandu", "America/Santiago")
HALF_HOUR, HOURLY = timedelta(minutes=30), timedelta(hours=1)
TRIES, RESTS = 3, timedelta(seconds=20)
SETTLES = timedelta(seconds=10)  # after a database that was away no reading counts for so long


@dataclass(frozen=True, slots=True)
class Rules:
    """What is under test; a variant of one of them is how a test shows that its fault would be seen."""

    since: Callable[..., datetime] = list_since
    past: Callable[[datetime, Iterable[datetime]], datetime] = read_past
    may: Callable[..., bool] = may_be_said


@dataclass(slots=True)
class Arrival:
    """A text at the network, or a key pressed on a call, which is on no list. `told_at` is when its webhook reaches us;
    None: never.
    """

    at: datetime
    listed_at: datetime | None
    told_at: datetime | None
    fails: bool
    is_taken: bool = False
    is_kept: bool = False
    tries: int = 0
    tried_at: datetime | None = None

    @property
    def is_settled(self) -> bool:
        """Nothing more will come of it: taken, or set aside for the operator after its third failure."""
        return self.is_taken or self.tries >= TRIES


@dataclass(slots=True)
class World:
    """Everything around one deadline. `away` are stretches without the database, `mute` without the list, `dead`
    without a worker.
    """

    minute: datetime
    texts: list[Arrival]
    away: list[tuple[datetime, datetime]]
    mute: list[tuple[datetime, datetime]]
    dead: list[tuple[datetime, datetime]]
    dice: random.Random
    read_until: datetime | None = None
    long_at: datetime | None = None
    trusts_at: datetime | None = None
    reading: tuple[datetime, datetime] | None = field(default=None)  # asked, answered


def world_of(seed: int) -> World:
    """The same world for the same seed."""
    dice = random.Random(seed)
    due = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=dice.randrange(525_600))
    minute = notice_time(due, dice.choice(ZONES), time(19, 30), added_days=dice.randrange(2))
    texts = [_arrival(minute, dice) for _ in range(dice.randrange(1, 4))]
    stretches = [_stretches(minute, dice, chance) for chance in (0.3, 0.3, 0.2)]
    return World(minute, texts, *stretches, dice=dice, read_until=minute - timedelta(minutes=dice.choice([3, 10, 55])))


def _arrival(minute: datetime, dice: random.Random) -> Arrival:
    before = dice.choice([dice.uniform(-1, 4), dice.uniform(0, 60), dice.uniform(0, 7200)])
    at = minute - timedelta(seconds=before)
    if dice.random() < 0.2:  # a key: its caller waits for the answer
        return Arrival(at, None, at + timedelta(seconds=0.1), dice.random() < 0.05)
    told = dice.choice([0.1, 0.1, dice.uniform(0, 900), None])
    lag = timedelta(seconds=dice.uniform(0, LISTED_WITHIN.total_seconds()))
    return Arrival(at, at + lag, at + timedelta(seconds=told) if told is not None else None, dice.random() < 0.05)


def _stretches(minute: datetime, dice: random.Random, chance: float) -> list[tuple[datetime, datetime]]:
    if dice.random() > chance:
        return []
    begins = minute - timedelta(seconds=dice.choice([dice.uniform(-5, 30), dice.uniform(0, 3600)]))
    return [(begins, begins + timedelta(seconds=dice.choice([dice.uniform(1, 60), dice.uniform(60, 5400)])))]


def said_at(world: World, rules: Rules) -> tuple[datetime | None, list[Arrival]]:
    """When the line is said, and what had come in by its minute and was not known then: none, or the line is false."""
    for now in _sweeps(world):
        _hear(world, now)
        if _is_in(world.away, now):
            world.trusts_at, world.reading = now + SETTLES, None
            continue
        waits = _replay(world, now)
        if _is_in(world.dead, now):
            world.reading, world.long_at = None, None  # whatever it was reading is forgotten with it
            continue
        if now >= world.minute and rules.may(world.minute, world.read_until, nothing_waits=not waits):
            return now, [text for text in world.texts if text.at <= world.minute and not text.is_settled]
        _read(world, now, rules)
    return None, []


def _sweeps(world: World) -> list[datetime]:
    """The moments at which anything can change, and the seconds after each."""
    ends = [end for stretches in (world.away, world.mute, world.dead) for _, end in stretches]
    told = [text.told_at for text in world.texts if text.told_at is not None]
    moments = {world.minute - timedelta(minutes=minutes) for minutes in (20, 10, 5, 1)}
    moments |= {world.minute + timedelta(minutes=minutes) for minutes in range(0, 200, 8)}
    moments |= {*ends, *told}
    after = (0.0, 1.0, 2.0, 3.0, 5.0, 11.0, 12.0, 13.0, 25.0, 50.0, 75.0)
    return sorted(moment + timedelta(seconds=each + world.dice.random()) for moment in moments for each in after)


def _hear(world: World, now: datetime) -> None:
    """Webhooks up to now: taken, kept while the database is away, or failing."""
    for text in world.texts:
        if text.told_at is None or text.told_at > now or text.is_settled or text.is_kept or text.tried_at is not None:
            continue
        if _is_in(world.away, text.told_at):
            text.is_kept = True
            continue
        _take(text, text.told_at)
        # Nobody lists a key again: one that fails at the door is answered with an error, and its caller presses anew.
        text.tries = TRIES if text.listed_at is None and not text.is_taken else text.tries


def _replay(world: World, now: datetime) -> bool:
    """What was kept is taken, unless another process is just at it; whether something still waits."""
    is_ours = world.dice.random() < 0.7
    for text in world.texts:
        if text.is_kept and is_ours:
            _take(text, now)
            text.is_kept = not text.is_settled
    return any(text.is_kept for text in world.texts)


def _read(world: World, now: datetime, rules: Rules) -> None:
    """One reading of the list at a time: it is asked for, answered a moment later, and counts only then."""
    if world.reading is not None:
        asked, answered = world.reading
        if now >= answered:
            world.reading = None
            _end_reading(world, asked, now, rules)
        return
    if _is_in(world.mute, now) or (world.trusts_at is not None and now < world.trusts_at):
        return
    world.reading = (now, now + timedelta(seconds=world.dice.choice([0.1, 0.3, 4.0])))


def _end_reading(world: World, asked: datetime, now: datetime, rules: Rules) -> None:
    is_long = world.long_at is None or asked - world.long_at >= HOURLY
    since = rules.since(world.read_until, asked, at_least=LAST_DAY if is_long else HALF_HOUR)
    untaken = []
    for text in sorted(world.texts, key=lambda text: text.at):
        if text.listed_at is not None and text.listed_at <= asked and text.at >= since and not text.is_settled:
            _take(text, now)
            if not text.is_settled:
                untaken.append(text.at)
    if world.dice.random() < 0.05:
        return  # killed before it could write down how far it read
    world.read_until = rules.past(asked, untaken)
    world.long_at = asked if is_long else world.long_at


def _take(text: Arrival, now: datetime) -> None:
    if not text.fails:
        text.is_taken = True
    elif text.tried_at is None or now - text.tried_at >= RESTS:
        text.tries, text.tried_at = text.tries + 1, now


def _is_in(stretches: list[tuple[datetime, datetime]], at: datetime) -> bool:
    return any(begin <= at < end for begin, end in stretches)
