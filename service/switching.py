"""Sharing that is switched on by voice: a yes after the code, a day, and a second yes. Nothing else widens anything."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta
from uuid import UUID

from flows.conversation.effects import AskSharing, ConfirmSharing, DeclineSharing, KeepSharing
from flows.conversation.turn import Scalar
from flows.programme.sharing import ASKS_LAST, LIFE, SECOND_YES_AFTER, TOLD_BEFORE, fact_of, runs_until, switch_of
from flows.timing import local_day
from service.circle import Circle, circle_of
from service.house import House
from service.ledger import Cause, enter_in_ledger
from service.records import ConsentEntry, Grant, SharingAsk
from service.scheduling import plan_digest, plan_script
from service.sharing import MOOD_TAKES, live_grants
from service.someone import Someone

SharingEffect = AskSharing | ConfirmSharing | DeclineSharing | KeepSharing
ENDING = "sharing-ends"  # the script that says that something runs out
log = logging.getLogger(__name__)


async def record_sharing(house: House, someone: Someone, effect: SharingEffect, cause: Cause) -> None:
    """One step of switching on. Without the private code on this very call nothing happens, whatever script asked."""
    if not (cause.has_code and cause.channel == "voice"):
        log.warning("sharing_refused person=%s reason=no-code script=%s", someone.id, cause.script)
        return
    match effect:
        case AskSharing(kind, wording):
            await _ask(house, someone, kind, wording, cause)
        case ConfirmSharing(kind, wording):
            await _confirm(house, someone, kind, wording, cause)
        case DeclineSharing(kind):
            await SharingAsk.filter(person_id=someone.id, kind=kind).delete()
        case KeepSharing(wording):
            await _keep(house, someone, wording, cause)


async def give(someone: Someone, kind: str, *, entry: ConsentEntry, until: datetime,
               now: datetime) -> None:  # fmt: skip
    """A permission stands from now on, in place of the one before; a text tells a few days before it runs out."""
    await Grant.filter(person_id=someone.id, kind=kind, withdrawn_at__isnull=True).update(withdrawn_at=now)
    await Grant.create(person_id=someone.id, kind=kind, given_at=now, expires_at=until, entry_id=entry.id)
    days = (local_day(until - TOLD_BEFORE, someone.zone) - local_day(now, someone.zone)).days
    await plan_script(someone, ENDING, now=now, days=days)


async def forget_asks(person_id: UUID, kind: str) -> None:
    """A withdrawal takes back the first yes too; `all` takes back every one."""
    asks = SharingAsk.filter(person_id=person_id)
    await (asks if kind == "all" else asks.filter(kind=kind)).delete()


def switches_in(circle: Circle) -> dict[str, Scalar]:
    """The facts about switches in FACT_KINDS."""
    now = circle.at
    switches = {
        kind: switch_of(is_on=kind in circle.grants, asked_at=circle.asked.get(kind), now=now) for kind in LIFE
    }
    is_open = circle.partner is not None and circle.may_share
    ends = ending_in(circle)
    return {
        **{fact_of(kind): switch for kind, switch in switches.items()},
        "sharing_open": is_open,
        "second_yes": is_open and "ready" in switches.values(),
        "sharing_ends_at": (ends or now).isoformat(),
        "sharing_ends": ends is not None,
    }


def ending_in(circle: Circle) -> datetime | None:
    """When the first of what stands runs out, if that is within the days in which a person is told."""
    soon = circle.at + TOLD_BEFORE + timedelta(days=1)
    return min((at for kind, at in circle.ends.items() if kind in circle.grants and at <= soon), default=None)


async def _ask(house: House, someone: Someone, kind: str, wording: str, cause: Cause) -> None:
    """The first yes. Said again while it waits it changes nothing: the day runs from the first time."""
    if kind in await live_grants(someone, cause.now):
        return
    await SharingAsk.filter(person_id=someone.id, asked_at__lte=cause.now - ASKS_LAST).delete()
    if await SharingAsk.exists(person_id=someone.id, kind=kind):
        return
    await SharingAsk.create(person_id=someone.id, kind=kind, asked_at=cause.now)
    await enter_in_ledger(house, someone, act="asked", subject=kind, wording=wording, cause=cause)


async def _confirm(house: House, someone: Someone, kind: str, wording: str, cause: Cause) -> None:
    """The second yes, a day after the first at the least, while the first has not lapsed and sharing is open at all."""
    now = cause.now
    ask = await SharingAsk.get_or_none(
        person_id=someone.id, kind=kind, asked_at__lte=now - SECOND_YES_AFTER, asked_at__gt=now - ASKS_LAST
    )
    circle = await circle_of(house.vault, someone, now)
    if ask is None or circle.partner is None or not circle.may_share:
        return
    entry = await enter_in_ledger(house, someone, act="given", subject=kind, wording=wording, cause=cause)
    await give(someone, kind, entry=entry, until=runs_until(kind, now), now=now)
    await ask.delete()
    if kind == MOOD_TAKES:  # the receiver's own evening line; whether the other shares changes nothing about it
        someone.person.settings = {**someone.person.settings, "digest": "on"}
        await plan_digest(house, someone, now)


async def _keep(house: House, someone: Someone, wording: str, cause: Cause) -> None:
    """Everything that stands runs on from today. What ran out or was taken back does not come back with it."""
    now = cause.now
    for kind in sorted(await live_grants(someone, now) & LIFE.keys()):
        grant = await Grant.get(person_id=someone.id, kind=kind, withdrawn_at__isnull=True)
        entry = await enter_in_ledger(house, someone, act="given", subject=kind, wording=wording, cause=cause)
        await give(someone, kind, entry=entry, until=runs_until(kind, now, until=grant.expires_at), now=now)
