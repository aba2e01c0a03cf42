"""What the other person holds of a promise: a copy of their own, the lines that were published, their own reminder.

Everything here is made under the couple's one lock, and leaves through the receiver's due rows, inside their hours.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from tortoise.expressions import Q

from flows.programme.promises import NOTICE, UPDATES, notice_time
from flows.timing import is_open, local_day, next_open, wall_clock
from service.circle import Circle, circle_of
from service.house import House
from service.promise_times import LINE, NOTICE_WENT
from service.promise_times import NOTICE as NOTICE_KIND
from service.records import Due, Promise, PromiseCopy, PublishedItem
from service.scheduling import plan
from service.sharing import PROMISE_GIVES, PROMISE_TAKES
from service.someone import ITEM, Someone, membership

KEEP_SHARED = timedelta(days=365)
OFFSETS = 8  # minutes from 0 to 7 (PROGRAMME 3.10)
# A line about a promise is of use for so long; a notice moves on by a day at a time within this.
LINE_STAYS, NOTICE_STAYS = timedelta(days=2), timedelta(days=4)
REASONS_SENT = range(1, 5)  # of PN-1: mixed feelings and "rather not say" are never sent


@dataclass(frozen=True, slots=True)
class Line:
    """What is published: a phrase, the title, the time it names, and the reason by its number (0: none)."""

    phrase: str
    item: str
    due: datetime
    reason: int = 0
    rule: str = ""  # of what repeats


async def receiver_of(house: House, maker: Someone, now: datetime) -> Someone | None:
    """As `receiver_in`, with the rows as they are now."""
    return receiver_in(await circle_of(house.vault, maker, now))


def receiver_in(circle: Circle) -> Someone | None:
    """Who may be told about this person's promises: both switches are on. None: nobody."""
    both_agree = PROMISE_GIVES in circle.grants and PROMISE_TAKES in circle.takes
    return circle.partner if both_agree else None


async def let_follow(
    house: House, maker: Someone, promise: Promise, title: str, now: datetime, *, line: Line | None
) -> None:
    """The receiver's copy, the line about it, and with choice 3 their own reminder. What repeats is told of once."""
    receiver = await receiver_of(house, maker, now)
    found = await membership(maker.id)
    if promise.level < UPDATES or receiver is None or found is None:
        return
    copy = await PromiseCopy.create(
        receiver_id=receiver.id, publisher_id=maker.id, promise_id=promise.id, pair_id=found[0].id,
        title_sealed=receiver.key.seal(title, ITEM), expires_on=local_day(now, receiver.zone) + KEEP_SHARED,
    )  # fmt: skip
    if line is not None:
        await _publish(house, maker, receiver, copy, line, now)
    await _plan_notice(house, maker, receiver, promise, copy, now)


async def move_ahead(house: House, maker: Someone, promise: Promise, title: str, now: datetime) -> None:
    """An early change: the receiver is told the new time, and their reminder moves with it."""
    copy, receiver = await PromiseCopy.get_or_none(promise_id=promise.id), await receiver_of(house, maker, now)
    if copy is None or receiver is None or promise.level < UPDATES:
        return
    await _publish(house, maker, receiver, copy, Line("PR-13", title, promise.due_at), now)
    if not copy.has_update:
        await _plan_notice(house, maker, receiver, promise, copy, now)


async def delay_notice(house: House, maker: Someone, promise: Promise, now: datetime) -> None:
    """The receiver's reminder and the maker's line about it, by the days that the maker added. Nobody is told."""
    copy, receiver = await PromiseCopy.get_or_none(promise_id=promise.id), await receiver_of(house, maker, now)
    if copy is not None and receiver is not None and not copy.has_update:
        await _plan_notice(house, maker, receiver, promise, copy, now)


async def publish_update(house: House, maker: Someone, promise: Promise, line: Line, now: datetime) -> bool:
    """An update goes to whoever follows the promise; from now on no reminder of it fires. False: nobody may be told."""
    copy, receiver = await PromiseCopy.get_or_none(promise_id=promise.id), await receiver_of(house, maker, now)
    if copy is None or receiver is None or promise.level < UPDATES:
        return False
    await _publish(house, maker, receiver, copy, line, now)
    copy.has_update = True
    await copy.save()
    promise.notice_at = None
    await promise.save()
    await drop_notice(copy, now=now, outcome="updated")
    return True


async def was_noticed(promise: Promise, now: datetime) -> bool:
    """Whether the minute of the reminder has passed without an update: an update is a late one then."""
    copy = await PromiseCopy.get_or_none(promise_id=promise.id)
    return copy is not None and copy.notice_at is not None and copy.notice_at <= now and not copy.has_update


async def drop_notice(copy: PromiseCopy, *, now: datetime, outcome: str) -> None:
    """Neither the reminder nor the maker's line about it."""
    rules = [f"{NOTICE_KIND}:{copy.id}", f"{NOTICE_WENT}:{copy.id}"]
    await Due.filter(rule__in=rules, state="waiting").update(state="dropped", outcome=outcome, closed_at=now)


async def forget_copies(publisher_id: UUID) -> None:
    """Their maker is erased: a title stays for the one reminder that is still ahead, and for nothing else."""
    is_over = Q(notice_at__isnull=True) | Q(has_update=True) | Q(closed_at__isnull=False)
    await PromiseCopy.filter(is_over, publisher_id=publisher_id).delete()


def relayed_at(house: House, receiver: Someone, rule: str, now: datetime) -> datetime:
    """When a line leaves: in the receiver's hours some drawn minutes from now, at night when their hours open.

    The opening minute is theirs and tells nothing of when the other wrote, so nothing is added to it. All lines of
    one rule on one day have the same offset and keep their order.
    """
    if not is_open(now, receiver.zone):
        return next_open(now, receiver.zone)
    drawn = house.vault.body_hash(f"{rule} {local_day(now, receiver.zone)}")
    return next_open(now + timedelta(minutes=int(drawn[:8], 16) % OFFSETS), receiver.zone)


async def _publish(house: House, maker: Someone, receiver: Someone, copy: PromiseCopy, line: Line,
                   now: datetime) -> None:  # fmt: skip
    content = {"line": line.phrase, "item": line.item, "due": line.due.isoformat(), "reason": line.reason,
               "rule": line.rule}  # fmt: skip
    item = await PublishedItem.create(
        receiver_id=receiver.id, publisher_id=maker.id, kind="promise",
        item_sealed=receiver.key.seal_json(content, ITEM), local_date=local_day(now, maker.zone),
        expires_on=local_day(now, receiver.zone) + KEEP_SHARED,
    )  # fmt: skip
    at = relayed_at(house, receiver, str(copy.id), now)
    await plan(
        Due(
            person_id=receiver.id, kind=LINE, rule=f"{LINE}:{item.id}", local_date=local_day(at, receiver.zone),
            slot="once", due_at=at, expires_at=at + LINE_STAYS, zone=receiver.zone, state="waiting", created_at=now,
            payload={"published": str(item.id)},
        )
    )  # fmt: skip


async def _plan_notice(house: House, maker: Someone, receiver: Someone, promise: Promise, copy: PromiseCopy,
                       now: datetime) -> None:  # fmt: skip
    """The reminder belongs to the receiver and to their clock; the maker's line about it has the same minute."""
    if promise.level < NOTICE:
        return
    await drop_notice(copy, now=now, outcome="moved")
    hour = wall_clock(house.settings.notice_hour)
    at = notice_time(promise.due_at, receiver.zone, hour, added_days=promise.notice_days)
    copy.notice_at = promise.notice_at = at
    await copy.save()
    await promise.save()
    for whose, kind in ((receiver, NOTICE_KIND), (maker, NOTICE_WENT)):
        await plan(
            Due(
                person_id=whose.id, kind=kind, rule=f"{kind}:{copy.id}", local_date=local_day(at, whose.zone),
                slot=f"{promise.version}", due_at=at, expires_at=at + NOTICE_STAYS, zone=whose.zone, state="waiting",
                created_at=now, payload={"copy": str(copy.id), "promise": str(promise.id)},
            )
        )  # fmt: skip
