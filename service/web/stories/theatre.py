"""Performs plays, one scene at a time, through the telephone network alone; remembers how far each has come."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from service.launcher.power_cut import PowerCut
from service.web.stories.cast import ZONE, NoNumbersLeft, Player, all_numbers, cast_for
from service.web.stories.evidence import Evidence, gather
from service.web.stories.play import (
    Act,
    Calls,
    Closes,
    Compares,
    Marks,
    MovesOn,
    MovesTo,
    Play,
    Presses,
    Scene,
    SwitchesOff,
    Texts,
)
from service.web.stories.words import words_in
from service.web.telephone import Telephone, TelephoneRefused

NEW_YORK = ZoneInfo(ZONE)
# A phone that is off: the carrier says "unreachable destination handset" for as many texts as a play may send.
UNREACHABLE, MANY = "fail:30003", 99


@dataclass(frozen=True, slots=True)
class StageHands:
    """What the product lends a theatre: `invite` makes people join; `cut_power` kills the worker, where it may be.

    `invite(players, leaving)`: whoever holds one of the numbers `leaving` is erased first.
    """

    invite: Callable[[Sequence[Player], Sequence[str]], Awaitable[None]]
    may_cut_power: Callable[[], bool]
    cut_power: Callable[[], Awaitable[PowerCut]]


@dataclass(slots=True)
class Run:
    """One performance. `place` is the scene that stands now; `acts_done` counts those of the next that are over."""

    play: Play
    locale: str
    players: tuple[Player, ...]
    day: date
    place: int = -1
    acts_done: int = 0
    call_sid: str = ""
    marked_at: datetime | None = None
    evidence: Evidence | None = None
    cut: PowerCut | None = None
    texted: dict[str, list[str]] = field(default_factory=dict)  # by role, since the mark

    @property
    def scene(self) -> Scene:
        """What stands on the stage now."""
        return self.play.scenes[max(self.place, 0)]

    @property
    def is_over(self) -> bool:
        """The last scene stands."""
        return self.place == len(self.play.scenes) - 1

    def player(self, role: str) -> Player:
        """Who plays this role."""
        return next(player for player in self.players if player.role == role)


class Theatre:
    """All performances of this process. One act is performed at a time: there is one clock."""

    def __init__(self, hands: StageHands) -> None:
        self._hands = hands
        self._runs: dict[tuple[str, str], Run] = {}
        self._lock = asyncio.Lock()

    @property
    def may_cut_power(self) -> bool:
        """Whether the worker can be killed and comes back by itself."""
        return self._hands.may_cut_power()

    def run_of(self, play: Play, locale: str) -> Run | None:
        """The performance under way, or over."""
        return self._runs.get((play.name, locale))

    async def go_on(self, telephone: Telephone, play: Play, locale: str, *, after: int) -> Run:
        """The next scene, if `after` is the one that stands: another page may have been quicker.

        A scene that broke off goes on with the act that failed. Raises TelephoneRefused.
        """
        async with self._lock:
            run = self.run_of(play, locale) or await self._begin(telephone, play, locale)
            if run.place == after and not run.is_over:
                await self._perform(telephone, run)
            return run

    async def start_over(self, telephone: Telephone, play: Play, locale: str) -> Run:
        """The first scene, with other people. Raises TelephoneRefused."""
        async with self._lock:
            run = await self._begin(telephone, play, locale)
            await self._perform(telephone, run)
            return run

    async def cut_power(self, play: Play, locale: str) -> Run:
        """Kill the worker, where the scene allows it. Raises TelephoneRefused, or ServerUnavailable as `cut_power`."""
        async with self._lock:
            run = self.run_of(play, locale)
            if run is None or not run.scene.may_cut:
                words = words_in(locale)
                raise TelephoneRefused(409, words.page("wrong-scene"), words.page("look-again"))
            run.cut = await self._hands.cut_power()
            return run

    async def _begin(self, telephone: Telephone, play: Play, locale: str) -> Run:
        """New people on fresh numbers. Whoever played before is erased, so that their days end with the play."""
        await telephone.clear_faults()
        used = {handset.number for handset in await telephone.handsets()}
        try:
            players = cast_for(play.couples, locale, used)
        except NoNumbersLeft:
            words = words_in(locale)
            raise TelephoneRefused(409, words.page("no-numbers"), words.page("no-numbers-remedy")) from None
        own = {player.number for run in self._runs.values() for player in run.players if run.play is play}
        others = {player.number for run in self._runs.values() for player in run.players if run.play is not play}
        await self._hands.invite(players, [number for number in all_numbers() if number not in others - own])
        run = Run(play, locale, players, first_day(play, await telephone.now()))
        self._runs = {key: each for key, each in self._runs.items() if key[0] != play.name}
        self._runs[play.name, locale] = run
        return run

    async def _perform(self, telephone: Telephone, run: Run) -> None:
        scene = run.play.scenes[run.place + 1]
        if run.acts_done:
            await telephone.settle()
        for act in scene.acts[run.acts_done :]:
            await self._act(telephone, run, act)
            run.acts_done += 1  # what follows from a text or a key may fail; the text and the key are not repeated
            if isinstance(act, Texts | Presses):
                await telephone.settle()
        run.place, run.acts_done = run.place + 1, 0

    async def _act(self, telephone: Telephone, run: Run, act: Act) -> None:
        match act:
            case Texts(lines):
                await self._text(telephone, run, lines)
            case MovesTo(day, at):
                there = datetime.combine(run.day + timedelta(days=day), time.fromisoformat(at), tzinfo=NEW_YORK)
                if there < await telephone.now():  # another story moved it, or a hand
                    words = words_in(run.locale)
                    raise TelephoneRefused(409, words.page("too-late"), words.page("too-late-remedy"))
                await telephone.move_to(there)
            case MovesOn(minutes):
                await telephone.move_to(await telephone.now() + timedelta(minutes=minutes))
            case Calls(role):
                run.call_sid = (await telephone.call_in(run.player(role).number)).sid
            case Presses(role, key):
                await telephone.act(run.player(role).number, run.call_sid, "digits", {"digits": key})
            case SwitchesOff(role):
                number = run.player(role).number
                await telephone.set_faults([{"on": "callback", "do": UNREACHABLE, "number": number, "for": MANY}])
            case Marks():
                run.marked_at, run.texted = await telephone.now(), {}
            case Compares(roles):
                since = run.marked_at or await telephone.now()
                run.evidence = gather(await telephone.log(), [run.player(role) for role in roles], since)
            case Closes():
                await telephone.clear_faults()

    async def _text(self, telephone: Telephone, run: Run, lines: Mapping[str, str]) -> None:
        words = words_in(run.locale)
        said = {role: words.line(run.play.name, line) for role, line in lines.items()}
        await asyncio.gather(*(telephone.send(run.player(role).number, body) for role, body in said.items()))
        for role, body in said.items():
            run.texted.setdefault(role, []).append(body)


def first_day(play: Play, now: datetime) -> date:
    """The first day on which the play can begin at its hour, on the clocks of its people."""
    here = now.astimezone(NEW_YORK)
    day = here.date() if here.time() < time.fromisoformat(play.starts_at) else here.date() + timedelta(days=1)
    while day.weekday() in play.not_on:
        day += timedelta(days=1)
    return day
