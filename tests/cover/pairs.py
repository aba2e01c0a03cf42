"""Pairs of weekends that differ only in what Ada did in private. Ben's phone is the same to the byte and minute."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import datetime, timedelta

from service.house import House
from tests.cover.evening import FRIDAY, SUNDAY, Deed, Phone, phone_of
from tests.service.conftest import ADA, BEN

GROUPS = 50  # what Ben does himself is one of so many weekends
# What she may do without publishing anything: texts one after another, half a minute apart. FAILS: her phone is off.
FAILS = "(her phone is off)"
PRIVATELY: tuple[tuple[str, ...], ...] = (
    ("SKIP",), ("QUIET 5",), ("PAUSE 5",), ("RESUME",), ("PRIVATE",), ("OFF promises",), ("OFF mood",),
    ("stop texting me please",), ("i can't do this anymore",), ("he hits me",), ("MENU",), ("WHO",), ("HELP",),
    ("SHARE",), ("LESS",), ("MORE",), ("what is this even for",), ("\U0001f642",), ("CHECK", "4 tired and sad", "KEEP"),
    ("3", "5"), ("3", "2", "SKIP", "3"), ("4", "sunday 6pm", "3"), ("PROMISE pay my own rent, Sat 5pm", "SKIP", "1"),
    ("LATER",), (FAILS,), (FAILS, "SKIP", FAILS), ("CALL",), ("wrong person",), ("DELETE",), ("NUMBERS",),
)  # fmt: skip
# A number outside a conversation is the day's number, which goes on to Ben because Ada let it: those come at once,
# while it is her promise that is asked about. She has answered no check-in all week: RESUME, and a number that she
# keeps, are what ends that without telling him, and on Sunday it is still so when his evening line goes.
ANY_TIME = tuple(acts for acts in PRIVATELY if not acts[0][0].isdigit())
BENS = ("6", "SKIP", "WHO", "7 fine", "MENU", "SHARE", "i am not sure", "CHECK")
HOURS = int((SUNDAY - FRIDAY).total_seconds() // 3600)


def bens_of(group: int) -> list[Deed]:
    """What Ben does in his own right."""
    dice = random.Random(f"ben {group}")
    return [_at(dice, BEN, dice.choice(BENS)) for _ in range(dice.randrange(4))]


def adas_of(seed: int) -> list[Deed]:
    """What Ada does for herself alone: up to four things, hours apart; below nought one thing, early."""
    if seed < 0:
        return _one_after_another(FRIDAY + timedelta(hours=1), PRIVATELY[-seed - 1])
    dice = random.Random(f"ada {seed}")
    deeds: list[Deed] = []
    for hour in sorted(dice.sample(range(0, HOURS - 1, 3), dice.randrange(1, 5))):
        first = FRIDAY + timedelta(hours=hour, minutes=dice.randrange(100), seconds=20)
        deeds += _one_after_another(first, dice.choice(ANY_TIME if hour else PRIVATELY))
    return deeds


class Baselines:
    """Ben's phone where Ada does nothing, for each of his weekends; played once."""

    def __init__(self, house: House) -> None:
        self._house = house
        self._phones: dict[int, Phone] = {}

    async def of(self, group: int) -> Phone:
        if group not in self._phones:
            self._phones[group], _ = await phone_of(self._house, bens_of(group), seed=group)
        return self._phones[group]


async def told_apart(house: House, baselines: Baselines, seed: int) -> str:
    """How Ben could tell that Ada did something; empty when he cannot."""
    group = max(seed, 0) % GROUPS
    wanted = await baselines.of(group)
    got, was_published = await phone_of(house, [*bens_of(group), *adas_of(seed)], seed=group)
    if was_published:
        return f"{seed}: something was published: {[deed.body for deed in adas_of(seed)]}"
    if got == wanted:
        return ""
    return f"{seed}: {[deed.body for deed in adas_of(seed)]}: {sorted(set(got) ^ set(wanted))}"


def _one_after_another(first: datetime, bodies: Sequence[str]) -> list[Deed]:
    return [
        Deed(first + timedelta(seconds=30 * turn), ADA, body, fails=body == FAILS) for turn, body in enumerate(bodies)
    ]


def _at(dice: random.Random, number: str, body: str) -> Deed:
    return Deed(FRIDAY + timedelta(minutes=dice.randrange(HOURS * 60), seconds=10), number, body)
