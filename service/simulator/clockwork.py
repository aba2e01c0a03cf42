"""Moves of the clock. Each instant at which something is due is visited in order and finished before the next."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Hashable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import aiohttp
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from service.clock import real_now
from service.simulator.durations import LONGEST, read_duration
from service.simulator.exchange import Exchange
from service.simulator.forms import Unreadable, read_json
from service.simulator.phones.handsets import plain, refusal

# How long it pauses between two looks: ever longer, as each look costs the product what it would rather do.
POLL_SECONDS, LONGEST_POLL_SECONDS = 0.005, 0.04
PATIENCE_SECONDS = 60.0
ASK_SECONDS = 10.0
SAME_MOMENT = timedelta(seconds=1)  # the clock ran on while someone read it and asked for that very time


@dataclass(frozen=True, slots=True)
class Agenda:
    """What the product says is open by now, by name, and the next instant after. Unreachable: it said nothing."""

    open: tuple[str, ...] = ()
    next: datetime | None = None
    is_unreachable: bool = False


class Stuck(Exception):
    """A move made no progress for 60 s. `open` names what is in the way."""

    def __init__(self, still_open: tuple[str, ...]) -> None:
        super().__init__(", ".join(still_open))
        self.open = still_open


class Backwards(Exception):
    """The clock never goes back."""


class Clockwork:
    """The one hand that moves product time. Moves are taken one after another."""

    def __init__(self, exchange: Exchange, file: Path, *, patience_seconds: float = PATIENCE_SECONDS) -> None:
        self._exchange, self._network, self._file = exchange, exchange.network, file
        self._patience = patience_seconds
        self._lock = asyncio.Lock()
        self._session = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=ASK_SECONDS))

    async def aclose(self) -> None:
        """Close the session."""
        await self._session.close()

    def routes(self) -> list[Route]:
        """Paths below /simulator."""
        return [
            Route("/clock", self.read, methods=["GET"]),
            Route("/clock", plain(self.turn), methods=["POST"]),
        ]

    async def read(self, _request: Request) -> Response:
        """Product time."""
        return JSONResponse({"now": self._network.now().isoformat()})

    async def turn(self, request: Request) -> Response:
        """Move forward, by a duration or to an instant; answered once all that fell due on the way is done."""
        given = await read_json(request)
        if set(given) not in ({"forward"}, {"to"}) or not all(isinstance(each, str) for each in given.values()):
            raise Unreadable('say {"forward": "PT4H"} or {"to": "2026-03-08T02:30:00-05:00"}')
        try:
            async with self._lock:
                await self._move(given)
        except ValueError as wrong:
            return refusal("The clock cannot go there.", f"It {wrong}.", 400)
        except Backwards:
            return refusal("The clock never goes back.", "Name a later time, or start with a new folder.", 409)
        except Stuck as stuck:
            error = f"Nothing moved for {self._patience:.0f} s; still open: {', '.join(stuck.open)}."
            return JSONResponse(
                {"error": error, "remedy": "Look at the worker's log.", "open": list(stuck.open)}, status_code=504
            )
        return await self.read(request)

    async def _move(self, given: dict[str, Any]) -> None:
        target = _read_target(given, self._network.now())
        self._network.record("clock", act="asked", to=target.isoformat())
        agenda = await self._settle()
        while True:
            coming = [each for each in (agenda.next, self._network.next_pending()) if each is not None]
            instant = min(coming, default=target)
            if instant > target or not coming:
                break
            agenda = await self._visit(instant, is_the_products=instant == agenda.next)
        await self._visit(target, is_the_products=True)
        self._network.record("clock", act="arrived", to=target.isoformat())

    async def _visit(self, instant: datetime, *, is_the_products: bool) -> Agenda:
        if instant > self._network.now():
            self._set(instant)
        self._exchange.wake()
        if is_the_products:
            await self._ring()
        return await self._settle()

    def _set(self, instant: datetime) -> None:
        offset = (instant - real_now()).total_seconds()
        draft = self._file.with_suffix(".new")
        draft.write_text(f"{offset:.6f}", encoding="ascii")
        draft.replace(self._file)

    async def _settle(self) -> Agenda:
        """Until nothing is open on either side; what the product said last. Raises Stuck."""
        seen: Hashable = None
        moved_at, pause = time.monotonic(), POLL_SECONDS
        while True:
            ours = self._exchange.open_until(self._network.now())
            agenda = await self._agenda() if not ours else Agenda()
            now = self._network.now()
            is_answered = not agenda.is_unreachable and not agenda.open and not _is_overdue(agenda, now)
            if not ours and is_answered and not self._exchange.open_until(now):
                return agenda
            still_open = (*ours, *agenda.open, *(["the product does not answer"] if agenda.is_unreachable else []))
            if (still_open, agenda.next) != seen:
                seen, moved_at, pause = (still_open, agenda.next), time.monotonic(), POLL_SECONDS
                if agenda.open:
                    await self._ring()
            elif time.monotonic() - moved_at > self._patience:
                raise Stuck(still_open or ("the product's agenda",))
            await asyncio.sleep(pause)
            pause = min(pause * 1.5, LONGEST_POLL_SECONDS)

    async def _agenda(self) -> Agenda:
        url = f"{self._network.account.public_url}/handset/agenda"
        try:
            async with self._session.get(url) as response:
                if response.status == 404:
                    return Agenda()
                if response.status != 200:
                    return Agenda(is_unreachable=True)
                return _read_agenda(await response.json())
        except (aiohttp.ClientError, TimeoutError, OSError, ValueError, KeyError, TypeError):
            return Agenda(is_unreachable=True)

    async def _ring(self) -> None:
        """Best effort: the product finds what is due by itself too, only later."""
        try:
            async with self._session.post(f"{self._network.account.public_url}/handset/ring"):
                return
        except (aiohttp.ClientError, TimeoutError, OSError):
            return


def _read_agenda(given: dict[str, Any]) -> Agenda:
    names = tuple(sorted(f"{each['kind']} {each['id']}: {each['what']}" for each in given["open"]))
    return Agenda(names, datetime.fromisoformat(given["next"]) if given["next"] else None)


def _is_overdue(agenda: Agenda, now: datetime) -> bool:
    """Its next instant passed while we asked: it is open by now, and the product will say so when asked again."""
    return agenda.next is not None and agenda.next <= now


def _read_target(given: dict[str, Any], now: datetime) -> datetime:
    if "forward" in given:
        return now + read_duration(given["forward"])
    try:
        target = datetime.fromisoformat(given["to"])
    except ValueError:
        raise ValueError("wants a time such as 2026-03-08T02:30:00-05:00") from None
    if target.tzinfo is None:
        raise ValueError("wants a time with its offset, such as 2026-03-08T02:30:00-05:00")
    try:
        target = target.astimezone(UTC)
    except OverflowError:
        raise ValueError("wants a time within ten years") from None
    if target <= now - SAME_MOMENT:
        raise Backwards
    if target - now > LONGEST:
        raise ValueError("wants a time within ten years")
    return max(target, now)
