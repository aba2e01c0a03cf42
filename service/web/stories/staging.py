"""What stands on the stage: the phones of a scene, its words, what is about to be written, what the witness saw."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from service.web.local_time import clock_time, day_name, zone_name
from service.web.phones import Choice, Holding, Phone, draw_phone
from service.web.stories.cast import ZONE, Player
from service.web.stories.evidence import Evidence
from service.web.stories.play import Play, Texts, View
from service.web.stories.theatre import Run
from service.web.stories.words import Words
from service.web.telephone import Handset, Telephone

SIDES = ("left", "right")
FIRST_COUPLE = ("maker-1", "receiver-1")
SHOWN_TEXTS = 24


@dataclass(frozen=True, slots=True)
class Stood:
    """One phone on the stage. `cause`: what its `maker` did, and `texted` in which words; all empty on the two."""

    phone: Phone
    maker: str = ""
    cause: str = ""
    texted: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """One phone in the table of what the network saw."""

    name: str
    cause: str
    times: str
    sizes: str
    prints: str
    lines: int


@dataclass(frozen=True, slots=True)
class Proof:
    """That table, and what it comes to."""

    since: str
    rows: tuple[Row, ...]
    verdict: str
    holds: bool


@dataclass(frozen=True, slots=True)
class Stage:
    """Everything that a scene shows. `place` is -1 before the first; `writes` is (side, text) of the next scene."""

    place: int
    name: str
    scenes: int
    seconds: float
    is_over: bool
    part: str
    says: str
    why: str
    now_time: str
    now_day: str
    now_zone: str
    view: View
    phones: tuple[Stood, ...]
    writes: tuple[tuple[str, str], ...]
    may_cut: bool
    cut: str
    proof: Proof | None

    def as_json(self) -> dict[str, object]:
        """What the page's script needs to go on by itself."""
        writes = [{"side": side, "text": text} for side, text in self.writes]
        return {
            "place": self.place, "name": self.name, "scenes": self.scenes, "seconds": self.seconds,
            "over": self.is_over, "writes": writes,
        }  # fmt: skip


async def draw_stage(telephone: Telephone, play: Play, run: Run | None, words: Words, now: datetime) -> Stage:
    """The stage as it is at `now`. Raises TelephoneRefused."""
    zone, locale = ZoneInfo(ZONE), words.language
    place = run.place if run else -1
    scene = play.scenes[max(place, 0)]
    says, why = _caption(play, run, words)
    part = play.part_of(place)
    part_words = words.page("part", n=part + 1, all=len(play.parts), title=words.part(play.name, part))
    return Stage(
        place=place, name=scene.name if place >= 0 else "", scenes=len(play.scenes),
        seconds=scene.seconds if place >= 0 else 0,
        is_over=run is not None and run.is_over,
        part=part_words if place >= 0 else words.page("before"), says=says, why=why,
        now_time=clock_time(now, zone, locale), now_day=day_name(now, zone, locale), now_zone=zone_name(now, zone),
        view=scene.view, phones=await _phones(telephone, run, words, now) if run else (),
        writes=_about_to_write(play, run, words), may_cut=place >= 0 and scene.may_cut, cut=_cut(run, words),
        proof=_proof(run, words, zone) if run else None,
    )  # fmt: skip


def _caption(play: Play, run: Run | None, words: Words) -> tuple[str, str]:
    if run is None or run.place < 0:
        return words.title(play.name), words.page("begin")
    names = {"maker": run.player("maker-1").name, "receiver": run.player("receiver-1").name}
    return words.scene(play.name, run.scene.name, **names)


async def _phones(telephone: Telephone, run: Run, words: Words, now: datetime) -> tuple[Stood, ...]:
    roles = FIRST_COUPLE if run.scene.view == "two" else tuple(
        player.role for player in run.players if player.role.startswith("receiver")
    )
    players = [run.player(role) for role in roles]
    texts = await asyncio.gather(*(telephone.texts(player.number) for player in players))
    calls = await asyncio.gather(*(telephone.calls(player.number) for player in players))
    sides = SIDES if run.scene.view == "two" else tuple(player.couple for player in players)
    stood = []
    for side, player, held, rung in zip(sides, players, texts, calls, strict=True):
        shown = run.call_sid if run.scene.in_call else ""
        phone = draw_phone(side, _choice(player), Holding(held[-SHOWN_TEXTS:], rung, shown), now=now)
        if run.scene.view == "two":
            stood.append(Stood(phone))
        else:
            maker = run.player(f"maker-{player.couple}")
            texted = tuple(run.texted.get(maker.role, ()))
            stood.append(Stood(phone, maker.name, _cause(run, player, words), texted))
    return tuple(stood)


def _choice(player: Player) -> Choice:
    return Choice(player.role, Handset(player.number, player.name, ZONE, player.locale, "", ""))



def _cause(run: Run, player: Player, words: Words) -> str:
    return words.page(f"cause-{run.play.causes[player.couple]}")


def _about_to_write(play: Play, run: Run | None, words: Words) -> tuple[tuple[str, str], ...]:
    """What somebody on the stage will write first in the next scene."""
    if run is None or run.is_over:
        return ()
    for act in play.scenes[run.place + 1].acts:
        if isinstance(act, Texts):
            on_stage = dict(zip(FIRST_COUPLE, SIDES, strict=True))
            return tuple(
                (on_stage[role], words.line(play.name, line)) for role, line in act.lines.items() if role in on_stage
            )
    return ()


def _cut(run: Run | None, words: Words) -> str:
    if run is None or run.cut is None:
        return ""
    return words.page("cut-done", before=run.cut.before, after=run.cut.after)


def _proof(run: Run, words: Words, zone: ZoneInfo) -> Proof | None:
    """Shown from the scene that compares on, as long as the phones it is about stand."""
    evidence = run.evidence
    if evidence is None or len(evidence.seen) != (1 if run.scene.view == "two" else run.play.couples):
        return None
    rows = tuple(
        Row(
            each.player.name, _cause(run, each.player, words),
            ", ".join(clock_time(at, zone, words.language) for at, _ in each.texts), each.sizes, each.prints,
            len(each.texts),
        )
        for each in evidence.seen
    )  # fmt: skip
    return Proof(clock_time(evidence.since, zone, words.language), rows, _verdict(evidence, words, zone),
                 evidence.is_one_line)  # fmt: skip


def _verdict(evidence: Evidence, words: Words, zone: ZoneInfo) -> str:
    if len(evidence.seen) > 1:
        return words.page("same", n=len(evidence.seen)) if evidence.is_one_line else words.page("not-same")
    texts = evidence.seen[0].texts
    if not evidence.is_one_line:
        return words.page("not-once", n=len(texts))
    return words.page("once", t=clock_time(texts[0][0], zone, words.language))
