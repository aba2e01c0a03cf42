"""People, a clock and a network that does as it likes, in any order; what must hold is looked at after each step."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Coroutine
from typing import Any, TypeVar

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule

from tests.calls.one_process import OneProcess
from tests.crashes.invariants import (
    i1_one_effect_per_sid,
    i2_one_text_per_item,
    i3_nothing_left_open,
    i4_no_notice_before_all_was_taken,
    i5_states_never_move_down,
    i6_nothing_after_stop_nor_at_night,
    i12_tries_are_bounded,
)
from tests.service.conftest import ADA, BEN, CARMEN, ELENA, STRANGER

Got = TypeVar("Got")
AT_ANY_MOMENT = (
    i2_one_text_per_item, i4_no_notice_before_all_was_taken, i5_states_never_move_down,
    i6_nothing_after_stop_nor_at_night, i12_tries_are_bounded,
)  # fmt: skip
AT_REST = (*AT_ANY_MOMENT, i1_one_effect_per_sid, i3_nothing_left_open)
KNOWN = (ADA, BEN, CARMEN, ELENA)
PEOPLE = st.sampled_from([*KNOWN, STRANGER])
# In both languages: whoever reads neither of the two is asked again, which is a step as good as any.
WORDS = {
    "joins": ("JOIN", "YES", "1", "6:30 PM", "UNIRME", "SI", "18:30"),
    "says how it is": ("CHECK", "4 tired, argued", "7", "SKIP", "REGISTRO", "8"),
    "promises": ("PROMISE call the bank, tomorrow 4pm", "SKIP", "1", "3", "2 forgot", "PROMESA llamar, mañana 16:00"),
    "takes a break": ("BREAK 20", "BREAK", "OK", "DESCANSO 20"),
    "says anything": ("PAUSE", "RESUME", "HELP", "PRIVATE", "what?", "", "\ufeff7\x00"),
}
TOLD_WHO = "SELECT count(*) AS n FROM outbox WHERE phrase_id = 'G-WHO' AND recipient_key = $1"
TROUBLES = ("429", "503-retry-after", "500-processed", "reset-processed", "half-answer", "error:30003")
# All that a STOP may still bring, in either language.
CONFIRMED = ("Mendline: You're opted out.", "Mendline: Ya no hay mas textos")
# A lost STOP is found minutes later with the minute at which it was said, and what left between is no breach: it has
# stories of its own (tests/faults/test_webhooks_lost_and_doubled.py).
CALLBACKS, WEBHOOKS = ("drop", "duplicate", "swap", "delay"), ("duplicate", "duplicate", "delay")



def _weather(seed: int, do: str, reports: str, webhook: str) -> dict[str, Any]:
    """What the network does to what is sent, told and brought, in half of all cases."""
    troubles = (("messages.create", do, 4), ("callback", reports, 9), ("webhook", webhook, 9))
    return {"seed": seed, "rules": [{"on": on, "do": do, "chance": 0.5, "for": times} for on, do, times in troubles]}


WEATHER = st.builds(
    _weather, st.integers(0, 99), st.sampled_from(TROUBLES), st.sampled_from(CALLBACKS), st.sampled_from(WEBHOOKS)
)


class Evening(RuleBasedStateMachine):
    """One evening and the days after it. `everything` and the loop that it runs on are given by the test."""

    everything: OneProcess
    loop: asyncio.AbstractEventLoop

    def __init__(self) -> None:
        super().__init__()
        self.stopped: dict[str, int] = {}  # by number: the texts on that phone before its STOP
        self.asked_who: Counter[str] = Counter()

    @initialize(weather=WEATHER)
    def begins(self, weather: dict[str, Any]) -> None:
        self.wait_for(self.everything.begin())
        self.everything.exchange.faults.set(weather)

    @rule(weather=WEATHER)
    def is_troubled(self, weather: dict[str, Any]) -> None:
        self.everything.exchange.faults.set(weather)

    @rule(number=PEOPLE, body=st.sampled_from(sorted(WORDS)).flatmap(lambda what: st.sampled_from(WORDS[what])))
    def texts(self, number: str, body: str) -> None:
        self.stopped.pop(number, None)  # whoever writes again is answered, by help at least
        self.wait_for(self._texts(number, body))

    @rule(number=PEOPLE, body=st.sampled_from(["STOP", "stop texting me please"]))
    def says_stop(self, number: str, body: str) -> None:
        if not self._is_on_its_way(number):  # a START that comes later than the STOP after it is the last word we hear
            self.stopped.setdefault(number, len(self.everything.received(number)))
        self.wait_for(self._texts(number, body))

    @rule(number=st.sampled_from(KNOWN))
    def asks_who_we_are(self, number: str) -> None:
        self.asked_who[number] += 1
        self.texts(number, "WHO")

    @rule(number=PEOPLE)
    def comes_back(self, number: str) -> None:
        self.stopped.pop(number, None)
        self.wait_for(self._texts(number, "START"))

    @rule(length=st.sampled_from([1, 7, 20, 45, 180, 600, 1500]))
    def waits(self, length: int) -> None:
        self.wait_for(self._waits(length))

    @rule()
    def heals(self) -> None:
        self.everything.exchange.faults.clear()

    def teardown(self) -> None:
        """Everything is over: nothing is left open, and every text was taken once."""
        self.everything.exchange.faults.clear()
        self.wait_for(self._comes_to_rest())

    def wait_for(self, work: Coroutine[Any, Any, Got]) -> Got:
        """What `work` comes to on the loop that everything runs on; this is another thread."""
        return asyncio.run_coroutine_threadsafe(work, self.loop).result()

    def _is_on_its_way(self, number: str) -> bool:
        """Whether the network still holds back a text of theirs."""
        network = self.everything.exchange.network
        held = (network.texts.get(each.sid) for each in network.pending.values() if each.act == "webhook")
        return any(text is not None and text.sender == number for text in held)

    async def _texts(self, number: str, body: str) -> None:
        await self.everything.exchange.take(number, body)
        await self.everything.sweep()
        await self._holds()

    async def _waits(self, minutes: int) -> None:
        await self.everything.passes_and_sweeps(minutes=minutes)
        await self._holds()

    async def _comes_to_rest(self) -> None:
        for _ in range(3):
            await self.everything.leases_end()
            await self.everything.passes_and_sweeps(minutes=6)
        await self._holds(at_rest=True)

    async def _holds(self, *, at_rest: bool = False) -> None:
        log = self.everything.log()
        checks = AT_REST if at_rest else AT_ANY_MOMENT
        broken = [line for check in checks for line in await check(self.everything, log)]
        assert broken == [], broken
        for number, before in self.stopped.items():
            since = self.everything.received(number)[before:]
            assert all(each.startswith(CONFIRMED) for each in since), (number, since)
        for number in KNOWN:
            told = await self.everything.rows(TOLD_WHO, self.everything.house.vault.number_key(number))
            assert told[0]["n"] <= self.asked_who[number], f"{number} asked once and was answered more often"
