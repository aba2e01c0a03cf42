"""Who plays in a story: couples of its own with fresh numbers, so that the demo couples are left alone."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

# Numbers that North America keeps for fiction (555-0100 to 555-0199), under codes that no demo person has.
AREAS = ("332", "347", "516", "585", "607", "631", "646", "716", "718", "845", "914", "917", "929", "934")
TROUPE = 10  # people a story may have; ten troupes to an area code
NUMBER = re.compile(r"\+1(?P<area>\d{3})55501(?P<place>\d\d)", re.ASCII)
ZONE = "America/New_York"
FIRST_COUPLE = {"en": ("Ada", "Ben"), "es": ("Carmen", "Bruno")}
OTHERS = {"en": ("Maker {n}", "Receiver {n}"), "es": ("Promete {n}", "Recibe {n}")}


class NoNumbersLeft(Exception):
    """Every number kept for stories has been used on this telephone network."""


@dataclass(frozen=True, slots=True)
class Player:
    """One person of a story. `role` is maker-1, receiver-1, maker-2, …; `name` is what the other one's texts say."""

    role: str
    number: str
    name: str
    locale: str

    @property
    def couple(self) -> str:
        """The same for the two of a couple."""
        return self.role.rpartition("-")[2]


def is_of_a_story(number: str) -> bool:
    """Whether this number (E.164) is kept for stories."""
    found = NUMBER.fullmatch(number)
    return found is not None and found["area"] in AREAS


def all_numbers() -> list[str]:
    """Every number that is kept for stories."""
    return [f"+1{area}55501{place:02}" for area in AREAS for place in range(100)]


def cast_for(couples: int, locale: str, used: Collection[str]) -> tuple[Player, ...]:
    """So many couples, with ten neighbouring numbers of which none is in `used`. Raises NoNumbersLeft."""
    numbers = all_numbers()
    troupes = (numbers[place : place + TROUPE] for place in range(0, len(numbers), TROUPE))
    free = next((troupe for troupe in troupes if not set(troupe) & set(used)), None)
    if free is None:
        raise NoNumbersLeft
    players = []
    for couple in range(1, couples + 1):
        names = FIRST_COUPLE[locale] if couple == 1 else tuple(name.format(n=couple) for name in OTHERS[locale])
        for side, (role, name) in enumerate(zip(("maker", "receiver"), names, strict=True)):
            players.append(Player(f"{role}-{couple}", free[2 * (couple - 1) + side], name, locale))
    return tuple(players)
