"""Two weeks of many couples in one process: time goes from what is next to what is next, whoever it concerns."""

from __future__ import annotations

import heapq
import itertools
import random
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from flows.conversation.effects import KeepSetting
from service.database import execute, fetch, in_transaction
from service.demo import bring_in
from service.ledger import Cause
from service.recording import record
from service.records import Grant
from service.scheduling import plan_digest
from service.simulator.calls.call import Call
from service.someone import find_someone
from tests.calls.callers import Caller
from tests.calls.one_process import OneProcess
from tests.soak.partners import CALLS_IN, LEAVING, Deed, Partner
from tests.soak.weather import Weather
from workers.housekeeping import Housekeeper

# The network moves a text within a second or two; whoever sweeps every few seconds meets it settled.
BREATH = timedelta(seconds=5)
FOUND_WITHIN = timedelta(minutes=5, seconds=1)
NEXT = """
SELECT min(at) AS at, bool_or(is_leased) AS is_leased FROM (
  SELECT min(due_at) AS at, bool_or(lease_until IS NOT NULL) AS is_leased
    FROM due WHERE state IN ('waiting', 'opening')
  UNION ALL SELECT min(not_before), bool_or(lease_until IS NOT NULL)
    FROM outbox WHERE state IN ('owed', 'posting', 'unknown')
  UNION ALL SELECT min(not_before), bool_or(lease_until IS NOT NULL)
    FROM call WHERE state IN ('owed', 'posting', 'unknown')
  UNION ALL SELECT min(posted_at) + interval '301 seconds', bool_or(lease_until IS NOT NULL)
    FROM call WHERE state IN ('placed', 'answered')
) AS next
"""
JOINED_BEFORE = timedelta(days=1)
SHARES_FOR = timedelta(days=90)


class Fortnight:
    """Everybody, from the evening on which it begins."""

    def __init__(self, everything: OneProcess, partners: Sequence[Partner], seed: int) -> None:
        self.everything, self.partners = everything, {each.number: each for each in partners}
        self.weather = Weather(everything.exchange.faults, seed)
        self._seed, self._order = seed, itertools.count()
        self._ahead: list[tuple[datetime, int, Deed]] = []
        self._looks_at: list[datetime] = []
        self._decided: set[str] = set()  # calls of ours that somebody took, or let ring
        self._housekeeper = Housekeeper()

    @property
    def now(self) -> datetime:
        return self.everything.house.clock.now()

    async def begin(self) -> None:
        """They joined the day before and are linked; half of the couples also let their number go on."""
        random.seed(self._seed)
        await self.everything.begin()
        self._decided.clear()
        await execute("UPDATE due SET state = 'dropped' WHERE state = 'waiting'")
        house, now = self.everything.house, self.now
        facilitated = replace(house, settings=replace(house.settings, pairing="facilitated"))
        partners, part = list(self.partners.values()), f"soak {self._seed} "
        async with in_transaction("test"):
            await bring_in(facilitated, [each.held for each in partners], now - JOINED_BEFORE, part=part)
        for place, partner in enumerate(partners):
            async with in_transaction("test"):
                await self._settles_in(partner, lets_go=place // 2 % 2 == 0)

    async def day(self, until: datetime) -> None:
        """What they do on their own, what they answer, and all that falls due, on a bad network."""
        self.weather.is_bad()
        for partner in self.partners.values():
            self._plan(partner.day(self.now))
        await self.live(until)

    async def rests(self) -> None:
        """Nothing goes wrong and nobody writes, until all that is under way has come to its end."""
        self.weather.is_fair()
        later, self._ahead = self._ahead, []
        for _ in range(3):
            await self.everything.leases_end()
            self._looks_at.append(self.now + FOUND_WITHIN)
            await self.live(self.now + timedelta(minutes=6), answers=False)
        self._ahead = later
        await self._housekeeper.tidy(self.everything.hands, self.now)

    async def live(self, until: datetime, *, answers: bool = True) -> None:
        """From instant to instant: what is owed or due is worked at its minute, and a lost text looked for in time."""
        while (at := await self._next()) < until:
            await self._goes_on_to(at)
            while self._ahead and self._ahead[0][0] <= self.now:
                await self._does(heapq.heappop(self._ahead)[2])
            await self.everything.sweep()
            await self._phones_ring()
            if answers:
                self._phones_are_read()
        await self._goes_on_to(until)

    async def _next(self) -> datetime:
        """The next thing of anybody; what should have happened by now is looked at again after a breath."""
        rows = await fetch(NEXT)
        if rows[0]["is_leased"]:  # the machine's time passes as well
            await self.everything.leases_end()
        ahead = [self._ahead[0][0]] if self._ahead else []
        moved = [self.everything.exchange.network.next_pending()]
        after_a_breath = [at + BREATH for at in moved if at is not None]
        database = [at for at in (rows[0]["at"],) if at is not None]
        self._looks_at = [at for at in self._looks_at if at > self.now]
        soonest = min([*ahead, *after_a_breath, *database, *self._looks_at], default=self.now + timedelta(hours=1))
        has_waited = ahead and ahead[0] == soonest
        return max(soonest, self.now if has_waited else self.now + BREATH)

    async def _goes_on_to(self, at: datetime) -> None:
        await self.everything.passes(seconds=max((at - self.now).total_seconds(), 0))

    async def _does(self, deed: Deed) -> None:
        if deed.body == CALLS_IN:
            with self.weather.brings_all():
                await self._calls_in(self.partners[deed.number])
            return
        if deed.body in LEAVING:
            with self.weather.brings_all():
                await self.everything.exchange.take(deed.number, deed.body)
            return
        before = self.weather.lost
        await self.everything.exchange.take(deed.number, deed.body)
        if self.weather.lost > before:
            self._looks_at.append(self.now + FOUND_WITHIN)

    async def _calls_in(self, partner: Partner) -> None:
        caller = self._caller(partner)
        await self._is_on_the_line(caller, await caller.calls(), partner)

    async def _phones_ring(self) -> None:
        """Calls of ours: somebody takes one, a machine does, or it rings on."""
        for call in list(self.everything.exchange.network.ledger.calls.values()):
            if call.is_inbound or call.status != "ringing" or call.sid in self._decided:
                continue
            self._decided.add(call.sid)
            partner = self.partners[call.person]
            taken_by = partner.dice.choice(("them", "them", "them", "a machine", "nobody"))
            if taken_by == "nobody":
                continue
            with self.weather.brings_all():
                await self.everything.exchange.calls.answer(call, is_machine=taken_by == "a machine")
                await self._is_on_the_line(self._caller(partner), call, partner if taken_by == "them" else None)

    async def _is_on_the_line(self, caller: Caller, call: Call, partner: Partner | None) -> None:
        if partner is not None:
            await caller.does(call, partner.on_the_line())
        if not call.is_over:
            await self.everything.exchange.calls.hang_up(call)
        await self.everything.exchange.calls.settled(call)
        self._looks_at.append(self.now + FOUND_WITHIN)

    def _phones_are_read(self) -> None:
        phones = self.everything.exchange.network.phones
        for partner in self.partners.values():
            held = phones.get(partner.number, [])
            new = [text.body for text in held[partner.has_seen :] if text.by == "product" and text.is_on_the_phone]
            partner.has_seen = len(held)
            self._plan(partner.makes_of(new, self.now))

    def _plan(self, deeds: Iterable[Deed]) -> None:
        for deed in deeds:
            heapq.heappush(self._ahead, (deed.at, next(self._order), deed))

    def _caller(self, partner: Partner) -> Caller:
        return Caller(self.everything, partner.number, partner.held.pin or "000000")

    async def _settles_in(self, partner: Partner, *, lets_go: bool) -> None:
        house, now = self.everything.house, self.now
        someone = await find_someone(house.vault, house.vault.number_key(partner.number))
        assert someone is not None
        chosen = [KeepSetting("checkin_time", partner.hour)]
        if partner.takes_calls:
            chosen.append(KeepSetting("channel", "both"))
        if lets_go:
            for kind in ("C1", "R1"):
                await Grant.create(person_id=someone.id, kind=kind, given_at=now, expires_at=now + SHARES_FOR)
            chosen.append(KeepSetting("digest", "on"))
        await record(house, someone, chosen, Cause(now=now, source="test", country="US"))
        await plan_digest(house, someone, now)
