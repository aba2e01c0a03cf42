"""What goes wrong, and when: rules by count or by seeded chance, asked at each occasion."""

from __future__ import annotations

import random
import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from service.simulator.network import Network, after

CREATE_FAULTS = frozenset({
    "429", "429-retry-after", "500-processed", "500-not-processed", "timeout-processed", "timeout-not-processed",
    "reset-processed", "reset-not-processed", "callback-before-answer", "slow", "503-retry-after", "unauthorized",
    "half-answer",
})  # fmt: skip
KNOWN = {
    "messages.create": (CREATE_FAULTS, re.compile(r"error:\d{5}")),
    "calls.create": (CREATE_FAULTS | {"unreachable"}, re.compile(r"error:\d{5}")),
    "webhook": (frozenset({"drop", "duplicate", "delay", "forge"}), None),
    "callback": (frozenset({"drop", "duplicate", "swap", "delay", "forge", "never-sent"}), re.compile(r"fail:\d{5}")),
}
# These choose what becomes of a text, so they count texts as they are accepted; all others count what they hit.
DESTINIES = ("fail:", "never-sent")
LONGEST_SECONDS = 86_400.0


@dataclass(frozen=True, slots=True)
class Rule:
    """One thing that goes wrong at the `nth` occasion (from 1) or by `chance`, `times` times in all."""

    index: int
    on: str
    do: str
    nth: int | None
    chance: float | None
    number: str | None
    times: int
    seconds: float | None


@dataclass(frozen=True, slots=True)
class Times:
    """When a request goes out, as the journal writes times: once, twice or never; forged with another's token."""

    due: list[str]
    is_forged: bool = False


def times_of(rule: Rule | None, at: datetime, *, late: float, swapped: float = 0.0) -> Times:
    """What a rule makes of a request due `at`. `late` and `swapped` are the usual seconds of either."""
    match rule.do if rule else "":
        case "drop":
            return Times([])
        case "duplicate":
            return Times([at.isoformat()] * 2)
        case "delay":
            seconds = rule.seconds if rule and rule.seconds is not None else late
            return Times([after(at, seconds)])
        case "swap":
            return Times([after(at, swapped)])
        case "forge":
            return Times([at.isoformat()], is_forged=True)
    return Times([at.isoformat()])


def read_rules(given: Any) -> list[Rule]:
    """The rules of `{"seed": int, "rules": [...]}`.

    Raises:
        ValueError: says which rule cannot be understood.
    """
    if not isinstance(given, dict) or not isinstance(given.get("rules"), list):
        raise ValueError('wants {"seed": 1, "rules": [...]}')
    if not isinstance(given.get("seed", 0), int):
        raise ValueError("seed wants a whole number")
    return [_read_rule(index, each) for index, each in enumerate(given["rules"])]


def _read_rule(index: int, given: Any) -> Rule:
    if not isinstance(given, dict):
        raise ValueError(f"rule {index} is not an object")
    on, do = given.get("on"), given.get("do")
    if not isinstance(on, str) or on not in KNOWN:
        raise ValueError(f"rule {index}: on is one of {', '.join(KNOWN)}")
    words, pattern = KNOWN[on]
    if not isinstance(do, str) or not (do in words or (pattern and pattern.fullmatch(do))):
        raise ValueError(f"rule {index}: {on} cannot do that; it knows {', '.join(sorted(words))}")
    chance, nth, number = given.get("chance"), given.get("nth"), given.get("number")
    if chance is not None and (not is_number(chance) or not 0 <= chance <= 1):
        raise ValueError(f"rule {index}: chance is between 0 and 1")
    if nth is None and chance is None:
        nth = 1
    times, seconds = given.get("for", 1), given.get("seconds")
    for name, count in (("nth", nth), ("for", times)):
        if count is not None and (not isinstance(count, int) or isinstance(count, bool) or count < 1):
            raise ValueError(f"rule {index}: {name} counts from 1")
    if seconds is not None and (not is_number(seconds) or not 0 <= seconds <= LONGEST_SECONDS):
        raise ValueError(f"rule {index}: seconds is between 0 and {LONGEST_SECONDS:.0f}")
    if number is not None and not isinstance(number, str):
        raise ValueError(f"rule {index}: number is a text such as +12125550101")
    return Rule(index, on, do, nth, chance, number, times or 1, seconds)


def is_number(given: Any) -> bool:
    """Whether JSON held a number, not a truth."""
    return isinstance(given, int | float) and not isinstance(given, bool)


class Faults:
    """The rules in force. Each occasion is counted by every rule it fits; the first rule that strikes is the one."""

    def __init__(self, network: Network) -> None:
        self._network = network
        self._rules: list[Rule] = []
        self._seen: dict[int, int] = {}
        self._fired: dict[int, int] = {}
        self.reload()

    def set(self, given: Any) -> None:
        """Replace all rules. Raises ValueError for what it cannot read; the old rules then stay."""
        read_rules(given)
        self._network.record("faults", seed=given.get("seed", 0), rules=given["rules"])
        self.reload()

    def shown(self) -> list[dict[str, Any]]:
        """The rules as they were given, and how often each struck."""
        given: list[dict[str, Any]] = self._network.faults.get("rules", [])
        return [{**each, "struck": self._fired.get(index, 0)} for index, each in enumerate(given)]

    def clear(self) -> None:
        """No rules any more."""
        self.set({"seed": 0, "rules": []})

    def reload(self) -> None:
        """Take the rules and their counts as the journal has them."""
        stored = self._network.faults
        self._rules = read_rules(stored) if stored else []
        self._dice = random.Random(stored.get("seed"))  # noqa: S311 - repeatable on purpose
        self._seen = {int(index): counts[0] for index, counts in stored.get("counts", {}).items()}
        self._fired = {int(index): counts[1] for index, counts in stored.get("counts", {}).items()}

    def strike(self, on: str, number: str) -> Rule | None:
        """The rule that strikes now, if any. `number` is the person's."""
        return self._ask(on, number, is_destiny=False)

    def destiny(self, number: str) -> Rule | None:
        """The rule, if any, that decides what becomes of the text just accepted."""
        return self._ask("callback", number, is_destiny=True)

    def _ask(self, on: str, number: str, *, is_destiny: bool) -> Rule | None:
        struck = None
        for rule in self._rules:
            if rule.on != on or rule.do.startswith(DESTINIES) is not is_destiny or rule.number not in (None, number):
                continue
            self._seen[rule.index] = self._seen.get(rule.index, 0) + 1
            if struck is None and self._is_due(rule):
                struck = rule
        if struck is not None:
            self._fired[struck.index] = fired = self._fired.get(struck.index, 0) + 1
            self._network.record(
                "fault", rule=struck.index, on=on, do=struck.do, number=number,
                seen=self._seen[struck.index], fired=fired,
            )  # fmt: skip
        return struck

    def _is_due(self, rule: Rule) -> bool:
        lot = self._dice.random() if rule.chance is not None else 0.0
        if self._fired.get(rule.index, 0) >= rule.times:
            return False
        if rule.nth is not None and self._seen[rule.index] < rule.nth:
            return False
        return rule.chance is None or lot < rule.chance
