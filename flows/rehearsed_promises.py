"""The promises of a rehearsal: made, asked about, moved and ended in memory, by the rules of the programme."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, time

from flows.conversation.effects import (
    DropPromise,
    Effect,
    EndRepeats,
    MakePromise,
    MovePromise,
    ReportPromise,
    TellAbout,
)
from flows.conversation.turn import Scalar
from flows.programme.promises import (
    ALIVE,
    NOTICE,
    UPDATES,
    Happening,
    OpenPromise,
    after,
    asking_times,
    code_for,
    notice_time,
)

NOTICE_HOUR = time(19, 30)
BEFORE, DUE, STILL, WENT = "promise-before", "promise-due", "promise-still", "notice-went"


@dataclass(frozen=True, slots=True)
class Asked:
    """A script about a promise that begins by itself at `at` (aware UTC)."""

    at: datetime
    script: str
    promise: str


class PromiseBook:
    """What somebody promised in this rehearsal; a promise is known by its letters."""

    def __init__(self) -> None:
        self._all: dict[str, OpenPromise] = {}
        self._levels: dict[str, int] = {}
        self.planned: list[Asked] = []

    def alive(self) -> tuple[OpenPromise, ...]:
        """The soonest first."""
        return tuple(sorted((each for each in self._all.values() if each.state in ALIVE), key=lambda each: each.due))

    def facts(self) -> dict[str, Scalar]:
        """Those that scripts ask about before there is a promise."""
        alive = self.alive()
        return {
            "open_promises": len(alive),
            "open_notices": sum(self._levels[each.id] == NOTICE for each in alive),
            "next_code": code_for({each.code for each in alive}, len(self._all)),
            "promise_id": "",
        }

    def told(self, promise: str, now: datetime) -> dict[str, Scalar]:
        """What a script about this promise is told now."""
        return self._known(self._all[promise], now).given()

    def known(self, now: datetime) -> tuple[OpenPromise, ...]:
        """Those alive, as conversations know them now."""
        return tuple(self._known(each, now) for each in self.alive())

    def keep(self, effect: Effect, now: datetime, zone: str, facts: Mapping[str, Scalar]) -> None:
        """What an effect does to a promise; any other effect does nothing."""
        match effect:
            case MakePromise(title, due, code, level, _, rule, _):  # of what repeats, the first
                may_tell = level >= UPDATES and bool(facts["shares_promises"])
                notice = notice_time(datetime.fromisoformat(due), zone, NOTICE_HOUR) if level == NOTICE else None
                made = OpenPromise(code, code, title, due, tells=may_tell, repeats=bool(rule))
                self._all[code], self._levels[code] = made, level
                self._set_notice(code, notice)
                self._plan(code, now, zone)
            case MovePromise(code, due, _):
                is_early = self._all[code].state == "open"
                self._happens(code, "moved")
                moves = self._all[code].moves + (not is_early)
                self._all[code] = replace(self._all[code], due=due, moves=moves)
                if is_early and self._all[code].notice_at:
                    self._set_notice(code, notice_time(datetime.fromisoformat(due), zone, NOTICE_HOUR))
                self._plan(code, now, zone)
            case EndRepeats(code):
                self._all[code] = replace(self._all[code], repeats=False)
            case ReportPromise(code, outcome):
                self._happens(code, "done" if outcome == 1 else "behind")
                self._forget(code, *((BEFORE, DUE, STILL, WENT) if outcome == 1 else (BEFORE, DUE, STILL)))
            case TellAbout(code, _):
                self._set_notice(code, None)
                self._forget(code, WENT)
            case DropPromise(code):
                self._happens(code, "let-go")
                self._forget(code, BEFORE, DUE, STILL, WENT)
            case _:
                pass

    def was_asked(self, asked: Asked) -> None:
        """PR-6 or PM-0 was said."""
        if asked.script in {DUE, STILL}:
            self._happens(asked.promise, "asked")
            self._all[asked.promise] = replace(self._all[asked.promise], asked_at=asked.at.isoformat())

    def _known(self, promise: OpenPromise, now: datetime) -> OpenPromise:
        is_ahead = bool(promise.notice_at) and datetime.fromisoformat(promise.notice_at) > now
        return promise if is_ahead else replace(promise, notice_at="")

    def _happens(self, code: str, happening: Happening) -> None:
        state = after(self._all[code].state, happening)
        if state is not None:
            self._all[code] = replace(self._all[code], state=state)

    def _set_notice(self, code: str, at: datetime | None) -> None:
        self._all[code] = replace(self._all[code], notice_at=at.isoformat() if at is not None else "")

    def _plan(self, code: str, now: datetime, zone: str) -> None:
        promise = self._all[code]
        notice = datetime.fromisoformat(promise.notice_at) if promise.notice_at else None
        ahead = notice if notice is not None and notice > now else None
        times = asking_times(datetime.fromisoformat(promise.due), zone, now=now, notice=ahead)
        self._forget(code, BEFORE, DUE, STILL)
        if times.before is not None:
            self.planned.append(Asked(times.before, BEFORE, code))
        self.planned += [Asked(times.due, DUE, code), *(Asked(each, STILL, code) for each in times.still)]
        if ahead is not None:
            self._forget(code, WENT)
            self.planned.append(Asked(ahead, WENT, code))

    def _forget(self, code: str, *scripts: str) -> None:
        self.planned = [each for each in self.planned if each.promise != code or each.script not in scripts]
