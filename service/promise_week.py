"""A week of promises for their maker alone: what was said of them, never what was not, and no share of anything."""

from __future__ import annotations

from datetime import datetime, timedelta

from flows.conversation.turn import Facts
from flows.programme.promises import ALIVE
from flows.timing import local_day
from service.house import House
from service.records import Promise, PromiseEvent
from service.scheduling import plan_script
from service.someone import Someone

WEEK = "promise-week"
A_WEEK, SUNDAY = timedelta(days=7), 6
# What was said of a promise -> the phrase that counts it, in the order in which the text names them.
TOLD = {"reported-done": "PR-22A", "changed-early": "PR-22B", "moved": "PR-22C", "let-go": "PR-22D"}


async def plan_week(someone: Someone, now: datetime) -> None:
    """The summary of the Sunday that comes; once, however many promises there are."""
    days = (SUNDAY - local_day(now, someone.zone).weekday()) % 7 or 7
    await plan_script(someone, WEEK, now=now, days=days)


async def has_promises(someone: Someone) -> bool:
    """Whether any is alive."""
    return await Promise.exists(person_id=someone.id, state__in=list(ALIVE))


async def week_facts(house: House, someone: Someone, now: datetime) -> Facts | None:
    """`week_count` and `week_list`; None when nothing was said of any promise in these seven days."""
    since = now - A_WEEK
    events = await PromiseEvent.filter(
        promise__person_id=someone.id, kind__in=list(TOLD), at__gt=since, at__lte=now
    ).order_by("id")
    last = {event.promise_id: event.kind for event in events}
    if not last:
        return None
    due = await Promise.filter(person_id=someone.id, due_at__gt=since, due_at__lte=now).values_list("id", flat=True)
    counted = [(phrase, sum(kind == each for each in last.values())) for kind, phrase in TOLD.items()]
    words = [house.catalogue.render(phrase, someone.person.locale, {"n": f"{n}"}) for phrase, n in counted if n]
    return {"week_count": len({*last, *due}), "week_list": ", ".join(words)}
