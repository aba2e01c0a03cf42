"""Every event from the network is taken within its time, or kept in the spool and taken when the database is back."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Coroutine
from dataclasses import dataclass
from typing import Any, TypeVar

from service.arrivals import Event, StatusCame, dump, key_of, kind_of, load, sid_of
from service.calls import take_call, take_call_status, take_step
from service.conversation import take_text
from service.database import UNREACHABLE, is_away
from service.errors import MalformedWebhook
from service.gateway.port import ArrivedText
from service.gateway.voice_wire import CallStarted, CallStatus, CallStep
from service.house import House
from service.persisting import persistently
from service.settling import take_status
from service.stopping import stop_without_turn
from service.trials import INBOUND, SID, Unfinished, tried

Answer = TypeVar("Answer")
# All of it together: Twilio waits fifteen seconds, and we promise eight. The rest is for the disk and the way back.
WITHIN_SECONDS = 6.0
LOOK_SECONDS = 1.0
# After a wait in vain others are not kept waiting: requests would pile up.
NO_PATIENCE_SECONDS = 10.0
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Taken:
    """The turn was committed; what the network is answered with."""

    answer: str


@dataclass(frozen=True, slots=True)
class Kept:
    """The database is away; the event lies on the disk and is taken later, once."""


class Reception:
    """One per web process. Work that overran its time goes on by itself: an event is taken once, whoever ends first."""

    def __init__(self, house: House) -> None:
        self._house = house
        self._overdue: set[asyncio.Task[object]] = set()
        self._patient_again_at = 0.0

    async def receive(self, event: Event, *, patience_seconds: float) -> Taken | Kept:
        """Take the event, or keep it. A database that just restarts is waited for, at most `patience_seconds`.

        What was kept before is taken first, and while another process is at that this one waits behind it: a person's
        texts stay in their order.

        Raises:
            SpoolFull: it was neither taken nor kept; the network is to bring it again.
            MalformedWebhook: it names a call that is none of ours.
        """
        moment = asyncio.get_running_loop().time()
        deadline = moment + WITHIN_SECONDS
        patience = patience_seconds if moment >= self._patient_again_at else 0.0
        try:
            if self._house.spool.is_empty() or await self._within(deadline, replay(self._house)):
                work = persistently(lambda: take(self._house, event), seconds=patience)
                return Taken(await self._within(deadline, work))
            reason = "behind-others"
        except UNREACHABLE as gone:  # TimeoutError is one of them
            if not is_away(gone):
                raise
            reason = type(gone).__name__
            self._patient_again_at = asyncio.get_running_loop().time() + NO_PATIENCE_SECONDS
        await self._house.spool.keep(dump(event))
        log.error("event_kept kind=%s reason=%s", kind_of(event), reason)
        return Kept()

    async def replay_until(self, stopping: asyncio.Event) -> None:
        """Look every second whether something waits, and take it once the database is back."""
        while not stopping.is_set():
            try:
                await replay(self._house)
            except UNREACHABLE as gone:
                log.info("spool_waits reason=%s", type(gone).__name__)
            await asyncio.wait([asyncio.ensure_future(stopping.wait())], timeout=LOOK_SECONDS)

    async def aclose(self) -> None:
        """Wait for what still runs."""
        await asyncio.gather(*self._overdue, return_exceptions=True)

    async def _within(self, deadline: float, work: Coroutine[Any, Any, Answer]) -> Answer:
        """The result, if it is there in time. Work is never cut off: a connection that hangs would hang its end too.

        Raises:
            TimeoutError: it goes on by itself.
        """
        task = asyncio.ensure_future(work)
        finished, _ = await asyncio.wait({task}, timeout=max(0.0, deadline - asyncio.get_running_loop().time()))
        if not finished:
            self._overdue.add(task)
            task.add_done_callback(self._ended)
            raise TimeoutError
        return task.result()

    def _ended(self, task: asyncio.Task[Any]) -> None:
        self._overdue.discard(task)
        if not task.cancelled() and (problem := task.exception()) is not None:
            log.warning("late_work_failed reason=%s", type(problem).__name__)


async def replay(house: House) -> bool:
    """Take what was kept, oldest first. False: another process is at it.

    Raises:
        UNREACHABLE: the database is still away; what is left stays.
    """
    return await house.spool.replay(lambda line: _take_line(house, line))


async def _take_line(house: House, line: str) -> bool:
    """Whether the line may be destroyed: it was taken, or set aside for the operator after its third failure.

    What another version wrote, and this one cannot read, waits for that version and holds up nobody.
    """
    try:
        event = load(line)
    except (ValueError, KeyError, TypeError) as strange:
        log.error("event_unread reason=%s", type(strange).__name__)
        return False
    sid = house.vault.seal(sid_of(event), SID)
    match await tried(INBOUND, house.vault.event_key(key_of(event)), lambda: _take_kept(house, event), sid_sealed=sid):
        case Unfinished.LATER:
            return False
        case Unfinished.ASIDE:
            if isinstance(event, ArrivedText):
                await stop_without_turn(house, event)
            return True
        case _:
            log.info("event_replayed kind=%s", kind_of(event))
            return True


async def take(house: House, event: Event) -> str:
    """The turn of one event, once; what the network is answered with: TwiML for a call, nothing for anything else.

    Raises:
        UNREACHABLE: the database is away; the same event may come again.
        MalformedWebhook: it names a call that is none of ours.
    """
    match event:
        case CallStarted():
            return await take_call(house, event)
        case CallStep():
            return await take_step(house, event)
        case CallStatus():
            await take_call_status(house, event)
        case ArrivedText():
            await take_text(house, event)
        case StatusCame(status, at):
            await take_status(house, status, at)
    return ""


async def _take_kept(house: House, event: Event) -> None:
    try:
        await take(house, event)
    except MalformedWebhook as strange:  # as at the door: it changes nothing
        log.warning("event_refused kind=%s reason=%s", kind_of(event), strange.reason.replace(" ", "-"))
