"""Two by two, people who live with it: when they write of their own accord, and what they make of a question."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from service.simulator.cast import Person as Held
from tests.bench.crowd import number_of
from tests.calls.callers import Act

ZONES = ("America/New_York", "America/New_York", "America/Chicago", "America/Los_Angeles", "Europe/Madrid")
HOURS = ("09:15", "12:30", "18:30", "18:30", "20:15")
CALLS_IN = "(they call)"
# A secret stands in a person's own words. `{own}` may be read by nobody else, `{ours}` by the other of the two.
SECRET = re.compile(r"zq[a-z]{8}")
ACTS = {
    "en": (
        ("CHECK", "4 tired {own}", "SKIP"), ("CHECK", "6", "KEEP"), ("8",),
        ("PROMISE call {ours}, tomorrow 4pm", "SKIP", "3"), ("PROMISE pay {ours}, saturday", "SKIP", "3"),
        ("PROMISE write to {ours}, tonight 9pm", "if {own} then", "2"), ("CHANGE", "1"),
        ("PROMISE walk {ours}, every day 5pm", "SKIP", "2"), ("PROMISE rest, sunday 6pm", "SKIP", "1"), ("BREAK 20",),
        ("BREAK", "OK"), ("BREAK 45", "OK"),
        ("PAUSE 2",), ("RESUME",), ("QUIET 1",), ("PRIVATE",), ("OFF promises",), ("SHARE", "1"), ("LESS",), ("MORE",),
        ("HELP",), ("WHO",), ("MENU",), ("LATER",), ("CALL",), ("what is {own} even for",),
        ("i can't do this anymore {own}",), ("he hits me",), ("START",), ("\ufeff7\x00",), ("",), ("STOP", "START"),
        ("stop texting me please", "START"), (CALLS_IN,), (CALLS_IN,),
    ),
    "es": (
        ("REGISTRO", "4 cansada {own}", "OMITIR"), ("REGISTRO", "6", "GUARDAR"), ("8",),
        ("PROMESA llamar a {ours}, mañana 16:00", "OMITIR", "3"), ("PROMESA pagar {ours}, sabado", "OMITIR", "3"),
        ("PROMESA caminar {ours}, todos los dias 17:00", "OMITIR", "2"), ("CAMBIAR", "1"), ("DESCANSO 20",),
        ("DESCANSO", "OK"), ("PAUSA 2",), ("SEGUIR",), ("PRIVADO",), ("COMPARTIR", "1"), ("MENOS",), ("MAS",),
        ("AYUDA",), ("QUIEN",), ("MENU",), ("LUEGO",), ("LLAMAR",), ("para que sirve {own}",), ("no puedo mas {own}",),
        ("STOP", "START"), (CALLS_IN,), (CALLS_IN,),
    ),
}  # fmt: skip
ANSWERS = {
    "en": ("7", "4", "9", "2 forgot {own}", "1", "1", "2", "3", "3", "SKIP", "5-6", "YES", "no", "KEEP", "8 good {own}",
           "later", "tomorrow 5pm", "what?"),
    "es": ("7", "4", "9", "2 olvidé {own}", "1", "1", "2", "3", "3", "OMITIR", "5-6", "SI", "no", "GUARDAR",
           "8 bien {own}", "luego", "mañana 17:00", "que?"),
}  # fmt: skip
LEAVING = frozenset({"STOP", "stop texting me please"})
KEYS = (*"1234", *"1234", *"1234", *"0589", "their own code")

ON_THE_LINE = (
    *[Act("keys")] * 8, Act("says", "call the bank, friday at five"), Act("says", "uh"), Act("nothing"),
    Act("hangs-up"),
)  # fmt: skip


@dataclass(order=True, frozen=True, slots=True)
class Deed:
    """What somebody does with their phone at an instant: a text, or a call."""

    at: datetime
    number: str
    body: str


@dataclass(slots=True)
class Partner:
    """One of two, with chances of their own. `answers` is how likely a question of ours is answered at all."""

    held: Held
    other: str  # the number of the other one
    dice: random.Random
    answers: float
    hour: str  # of their check-in
    takes_calls: bool
    secrets: dict[str, frozenset[str]] = field(default_factory=dict)  # who may read it
    has_seen: int = 0

    @property
    def number(self) -> str:
        return self.held.number

    def day(self, day: datetime) -> Iterator[Deed]:
        """What they do of their own accord on the day that begins now: nothing to four things, mostly awake."""
        for _ in range(self.dice.choice((0, 1, 1, 2, 3, 4))):
            at = day + timedelta(minutes=self.dice.randrange(24 * 60), seconds=self.dice.randrange(60))
            if not 7 <= at.astimezone(ZoneInfo(self.held.zone)).hour < 23 and self.dice.random() < 0.8:
                continue
            for body in self.dice.choice(ACTS[self.held.locale]):
                yield Deed(at, self.number, self._written(body))
                waits = self.dice.randrange(1, 2000) if body in LEAVING else self.dice.choice((1, 1, 1, 4, 50))
                at += timedelta(minutes=waits)

    def makes_of(self, bodies: Sequence[str], now: datetime) -> Iterator[Deed]:
        """Answers to what came since they looked last; some at once, some hours later, some never."""
        for body in bodies:
            if "?" in body and self.dice.random() < self.answers:
                waits = timedelta(minutes=self.dice.choice((1, 2, 5, 20, 90, 400)), seconds=self.dice.randrange(60))
                yield Deed(now + waits, self.number, self._written(self.dice.choice(ANSWERS[self.held.locale])))

    def on_the_line(self) -> list[Act]:
        """What they do on a call until they have had enough."""
        drawn = [self.dice.choice(ON_THE_LINE) for _ in range(self.dice.randrange(1, 9))]
        return [Act("keys", self.dice.choice(KEYS)) if each.what == "keys" else each for each in drawn]

    def _written(self, body: str) -> str:
        secret = "zq" + "".join(self.dice.choices("abcdefghijklmnopqrstuvwxyz", k=8))
        for place, readers in (("{own}", {self.number}), ("{ours}", {self.number, self.other})):
            if place in body:
                self.secrets[secret] = frozenset(readers)
                return body.replace(place, secret)
        return body


def couples(count: int, seed: int) -> list[Partner]:
    """So many couples; a third in Spanish, some of them apart in time."""
    dice = random.Random(f"couples {seed}")
    partners: list[Partner] = []
    for place in range(count):
        locale = dice.choice(("en", "en", "es"))
        numbers = [number_of(seed * 10_000 + 2 * place + each) for each in (0, 1)]
        for number, other in (numbers, numbers[::-1]):
            zone = dice.choice(ZONES)
            pin = f"{dice.randrange(10**6):06d}" if dice.random() < 0.2 else None
            held = Held(number, number, zone, locale, pin=pin, pair=f"{seed}-{place}")
            partners.append(Partner(
                held, other, random.Random(f"{seed} {number}"), answers=dice.choice((0.2, 0.6, 0.85, 0.95)),
                hour=dice.choice(HOURS), takes_calls=dice.random() < 0.25,
            ))  # fmt: skip
    return partners
