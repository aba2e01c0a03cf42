"""Due rows about promises, as they open: what each begins, or why it is dropped or waits."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from flows.conversation.turn import Facts
from flows.programme.cover import notice
from flows.programme.promises import ALIVE, UPDATES
from flows.timing import is_open, next_open
from service.break_times import is_break_running
from service.clock import real_now
from service.following import receiver_of
from service.house import House
from service.noticing import followed, is_linked
from service.promise_copies import close_notice, copy_of
from service.promise_facts import as_known
from service.promise_repeats import make_again
from service.promise_times import BEFORE, DUE, LINE, NOTICE, NOTICE_WENT, STILL
from service.promising import ran_out, title_of, was_asked
from service.reconciling import have_texts_until
from service.records import Due, Promise, PublishedItem
from service.sharing import PROMISE_TAKES, live_grants
from service.someone import ITEM, Someone, membership

# A notice waits until every text up to its minute was listed at the network: it is never false (DESIGN 4). It stays
# due meanwhile; machine time.
LOOKS_AGAIN_AFTER = timedelta(seconds=1)
A_DAY = timedelta(days=1)
BREAK_LINE_RESTS = timedelta(minutes=5)
SCRIPTS = {
    BEFORE: "promise-before", DUE: "promise-due", STILL: "promise-still", LINE: "promise-update", NOTICE: "notice",
    NOTICE_WENT: "notice-went",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Beginning:
    """A script to begin, and what it is told."""

    script: str
    given: Facts


async def beginning_of(house: House, someone: Someone, due: Due, now: datetime) -> Beginning | str:
    """What this row begins; or the word for why it does not: then it is dropped, unless its time was moved on."""
    match due.kind:
        case "promise-before" | "promise-due" | "promise-still":
            return _in_hours(someone, due, now) or await _asking(house, someone, due, now)
        case "promise-close":
            return await _close(due, now)
        case "promise-again":
            return await make_again(house, someone, due, now)
        case "promise-line":
            rests = await _rest_in_break(someone, due, now, BREAK_LINE_RESTS)
            return rests or _in_hours(someone, due, now) or await _line(house, someone, due, now)
        case "notice":
            rests = await _rest_in_break(someone, due, now, A_DAY)
            waits = rests or await _wait_for_texts(house, due) or _next_hour(someone, due, now)
            return waits or await _notice(someone, due, now)
        case _:
            if (rests := await _rest_in_break(someone, due, now, A_DAY)) is not None:
                return rests
            return await _wait_for_texts(house, due) or _in_hours(someone, due, now) or await _notice_went(
                someone, due, now
            )


async def _rest_in_break(someone: Someone, due: Due, now: datetime, rest: timedelta) -> str | None:
    """While a break that both know about runs nothing is passed on: a line looks again, a notice takes the next hour.

    Both sides see the same break, so the maker's row and the receiver's move alike.
    """
    found = await membership(someone.id)
    if found is None or not await is_break_running(found[0].id, now):
        return None
    due.state, due.due_at, due.lease_until, due.attempts = "waiting", due.due_at + rest, None, 0
    if due.due_at <= now:
        due.due_at = now + rest
    if due.expires_at is not None:
        due.expires_at += rest
    return "break-runs"


async def began(due: Due, now: datetime) -> None:
    """It was said: what that means for the promise, or for the copy of whoever follows it."""
    if due.kind in {DUE, STILL} and (promise := await _promise(due)) is not None:
        await was_asked(promise, now)


async def over(due: Due, now: datetime) -> None:
    """A notice was said or dropped; one that was put off is neither."""
    if due.kind == NOTICE and due.state != "waiting":
        await close_notice(due, now)


async def _asking(house: House, someone: Someone, due: Due, now: datetime) -> Beginning | str:
    promise = await _promise(due)
    if promise is None or promise.version != due.payload.get("version"):
        return "moved-on"
    if promise.state not in {"open", "asked"}:
        return "answered"
    tells = promise.level >= UPDATES and await receiver_of(house, someone, now) is not None
    return Beginning(SCRIPTS[due.kind], as_known(someone, promise, now, tells=tells).given())


async def _close(due: Due, now: datetime) -> str:
    promise = await _promise(due)
    if promise is None or promise.version != due.payload.get("version") or promise.state not in ALIVE:
        return "moved-on"
    await ran_out(promise, now)
    return "+closed"


async def _line(house: House, someone: Someone, due: Due, now: datetime) -> Beginning | str:
    item = await PublishedItem.get_or_none(id=_id(due.payload, "published"), receiver_id=someone.id)
    if item is None:
        return "withdrawn"
    if PROMISE_TAKES not in await live_grants(someone, now):
        return "not-received"
    said: dict[str, Any] = someone.key.open_json(item.item_sealed, ITEM)
    reason = int(said["reason"])
    words = house.catalogue.render(f"REASON-{reason}", someone.person.locale, {}) if reason else ""
    given = {
        "line": said["line"], "line_item": said["item"], "line_due": said["due"], "line_reason": words,
        "line_rule": said.get("rule", ""),
    }  # fmt: skip
    return Beginning(SCRIPTS[LINE], given)


async def _notice(someone: Someone, due: Due, now: datetime) -> Beginning | str:
    """Made from the receiver's copy or from nothing; what its maker did or is cannot be seen from here."""
    if PROMISE_TAKES not in await live_grants(someone, now):
        return "not-received"
    given = notice(await followed(someone, due))
    return Beginning(SCRIPTS[NOTICE], given) if given is not None else "updated"


async def _notice_went(someone: Someone, due: Due, now: datetime) -> Beginning | str:
    """The maker's line goes at the same minute whatever the receiver did: a pause of theirs would show otherwise."""
    copy, promise = await copy_of(due), await _promise(due)
    if copy is None or copy.publisher_id != someone.id or promise is None:
        return "updated"
    if copy.has_update or not await is_linked(someone, copy):
        return "updated"
    given = {**as_known(someone, promise, now, tells=False).given(), "promise_item": title_of(someone, promise)}
    return Beginning(SCRIPTS[NOTICE_WENT], given)


async def _wait_for_texts(house: House, due: Due) -> str:
    """Not before every text that arrived by this minute is known."""
    if await have_texts_until(house, due.due_at):
        return ""
    due.state, due.lease_until, due.attempts = "waiting", real_now() + LOOKS_AGAIN_AFTER, 0
    return "waits"


def _in_hours(someone: Someone, due: Due, now: datetime) -> str:
    """Planned inside the person's hours; where these moved, or the service stood still, it goes when they open."""
    return "" if is_open(now, someone.zone) else _put_off(due, next_open(now, someone.zone))


def _next_hour(someone: Someone, due: Due, now: datetime) -> str:
    """Never at night: a notice that stood still until then goes at its hour of the next day."""
    return "" if is_open(now, someone.zone) else _put_off(due, due.due_at + A_DAY)


def _put_off(due: Due, until: datetime) -> str:
    due.state, due.due_at, due.lease_until, due.attempts = "waiting", until, None, 0
    return "waits"


async def _promise(due: Due) -> Promise | None:
    return await Promise.get_or_none(id=_id(due.payload, "promise"))


def _id(payload: Mapping[str, object], key: str) -> UUID:
    return UUID(str(payload[key]))
