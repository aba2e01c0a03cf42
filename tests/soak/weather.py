"""What goes wrong on the network all the time: of every fifty requests, callbacks and webhooks one meets a fault."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from service.simulator.faults import Faults

SHARE = 0.02
TEXTS = (
    "429", "429-retry-after", "503-retry-after", "unauthorized", "500-processed", "500-not-processed",
    "reset-processed", "reset-not-processed", "half-answer", "callback-before-answer", "error:21614", "error:30003",
)  # fmt: skip
CALLS = (*TEXTS[:-2], "unreachable", "error:13227")
# Each of these takes ten seconds of the machine's own time: once or twice in a fortnight.
SILENT, SILENT_SHARE = ("timeout-processed", "timeout-not-processed"), 0.0002
CALLBACKS = (
    "drop", "duplicate", "swap", "delay", "forge", "never-sent", "fail:30003", "fail:30005", "fail:30006", "fail:30008",
)  # fmt: skip
WEBHOOKS = ("drop", "duplicate", "delay", "forge")
LOST = ("drop", "forge")
FOR_EVER = 1_000_000


class Weather:
    """Seeded: what strikes is drawn in the order in which the network is asked. Two who ask in the same moment may ask
    in another order when a seed is played again.
    """

    def __init__(self, faults: Faults, seed: int) -> None:
        self._faults, self._seed, self._times = faults, seed * 1_000_000, 0
        self._rules: list[dict[str, Any]] = []

    def is_bad(self) -> None:
        """From now on."""
        self._set([
            *_rules("messages.create", TEXTS, SHARE), *_rules("messages.create", SILENT, SILENT_SHARE),
            *_rules("calls.create", CALLS, SHARE), *_rules("callback", CALLBACKS, SHARE),
            *_rules("webhook", WEBHOOKS, SHARE),
        ])  # fmt: skip

    def is_fair(self) -> None:
        """Nothing goes wrong until it is bad again."""
        self._set([])

    @property
    def lost(self) -> int:
        """How many webhooks were lost since it last changed."""
        return sum(each["struck"] for each in self._faults.shown() if each["on"] == "webhook" and each["do"] in LOST)

    @contextmanager
    def brings_all(self) -> Iterator[None]:
        """Meanwhile every webhook comes at once, once or twice. A STOP that is lost is found minutes later with the
        minute at which it was said, and a caller whose line breaks off hears the network's own words: both have
        stories of their own (tests/faults).
        """
        rules = self._rules
        self._set([each for each in rules if each["on"] != "webhook" or each["do"] == "duplicate"])
        yield
        self._set(rules)

    def _set(self, rules: list[dict[str, Any]]) -> None:
        self._rules, self._times = rules, self._times + 1
        self._faults.set({"seed": self._seed + self._times, "rules": rules})


def _rules(on: str, faults: Sequence[str], share: float) -> list[dict[str, Any]]:
    return [{"on": on, "do": do, "chance": share / len(faults), "for": FOR_EVER} for do in faults]
