"""The receiver's own reminder, by text or by call: what it may say, from their copy alone."""

from __future__ import annotations

from datetime import datetime

from flows.conversation.turn import Facts
from flows.programme.cover import FollowedPromise, notice
from service.pins import has_pin
from service.promise_copies import copy_of
from service.promise_times import NOTICE
from service.records import Call, Due, PromiseCopy
from service.sharing import PROMISE_TAKES, live_grants
from service.someone import ITEM, Someone, membership

NOTICE_CALL = "notice-call"
NOTICED_PAIRS = frozenset({"active", "dormant"})
NOTHING: Facts = {"line_item": ""}


async def may_hear_notice(someone: Someone) -> bool:
    """By call it is told behind the private code alone: who has none is told by text."""
    return await has_pin(someone.id)


async def notice_facts(someone: Someone, call: Call | None, now: datetime) -> Facts:
    """What a call for a reminder has to say, read again as it is said; nothing on every other call."""
    asked = await Due.get_or_none(id=call.due_id) if call is not None and call.due_id is not None else None
    if asked is None or asked.kind != NOTICE or PROMISE_TAKES not in await live_grants(someone, now):
        return NOTHING
    return notice(await followed(someone, asked)) or NOTHING


async def followed(someone: Someone, asked: Due) -> FollowedPromise | None:
    """The receiver's copy, as long as no update was published and the pair is there."""
    copy = await copy_of(asked)
    if copy is None or copy.receiver_id != someone.id or copy.has_update or copy.closed_at is not None:
        return None
    return FollowedPromise(someone.key.open(copy.title_sealed, ITEM)) if await is_linked(someone, copy) else None


async def is_linked(someone: Someone, copy: PromiseCopy) -> bool:
    """Whether the pair is still there in which the promise was followed."""
    found = await membership(someone.id)
    return found is not None and found[0].id == copy.pair_id and found[0].state in NOTICED_PAIRS
