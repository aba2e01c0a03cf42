"""The safety screen's rows: one sealed result a person, a drawn day on which it is asked again, and the call for it."""

from __future__ import annotations

from datetime import date, datetime

from flows.conversation.effects import SealScreen
from flows.programme.screening import LASTS, LEAVING_TAKES, Screened, asked_again_on, counts_from, keeps_alone
from flows.timing import WINDOW, instant, is_open, local_day, next_open, wall_clock
from service.heard import SCREEN_ENTRY, entries_of
from service.house import House
from service.owed_calls import owe_call
from service.records import Due, PublishedItem, SafetyScreen
from service.scheduling import BEFORE_CHECK_IN, drop_waiting, plan
from service.someone import Someone

# The kinds of due rows: asked again; and when an answer counts that did not count at once.
SCREEN, SCREEN_COUNTS = "screen", "screen-counts"
SCREEN_CALL = "screen-again"  # what begins when that call was taken
RESULT = "screen.result"
HOUSEHOLD = "household"


async def keep_screen(house: House, someone: Someone, answers: SealScreen, now: datetime) -> None:
    """The five answers become one sealed result and are gone; in a household not even the result is kept."""
    day = local_day(now, someone.zone)
    before = await screened_of(someone)
    from_when = counts_from(now, before, is_first=SCREEN_ENTRY not in await entries_of(someone.id))
    is_alone = keeps_alone(answers.afraid, answers.hurt, answers.pushed, answers.unsafe, answers.own)
    alone_at = now if is_alone else before.alone_at if before is not None else None
    result = {
        "is_alone": is_alone, "counts_from": from_when.isoformat(),
        "alone_at": alone_at.isoformat() if alone_at is not None else "",
    }  # fmt: skip
    drawn = int(house.vault.body_hash(f"{SCREEN} {someone.id} {day}")[:8], 16)
    again_on = asked_again_on(day, drawn)
    kept = {
        "result_sealed": None if house.settings.pairing == HOUSEHOLD else someone.key.seal_json(result, RESULT),
        "answered_on": day, "again_on": again_on, "keep_until": day + LASTS,
    }  # fmt: skip
    await SafetyScreen.update_or_create(person_id=someone.id, defaults=kept)
    if is_alone:  # what was passed on and not delivered yet goes, as with a withdrawal
        await PublishedItem.filter(publisher_id=someone.id).delete()
    await drop_waiting(someone.id, now=now, outcome="planned-anew", kinds=[SCREEN, SCREEN_COUNTS])
    at = instant(again_on, wall_clock(someone.setting("checkin_time")), someone.zone) - BEFORE_CHECK_IN
    await _plan(someone, SCREEN, next_open(at, someone.zone), now)
    await _plan(someone, SCREEN_COUNTS, now + LEAVING_TAKES, now)  # for everybody, so that it tells nothing


async def screened_of(someone: Someone) -> Screened | None:
    """What stands of this person's last screen; None when there is none, or it is over."""
    return screened_by(someone, await SafetyScreen.get_or_none(person_id=someone.id))


def screened_by(someone: Someone, row: SafetyScreen | None) -> Screened | None:
    """The same of a row at hand."""
    if row is None:
        return None
    result = someone.key.open_json(row.result_sealed, RESULT) if row.result_sealed else {}
    since, alone_at = result.get("counts_from"), result.get("alone_at")
    began = datetime.fromisoformat(since) if since else instant(row.answered_on, wall_clock("00:00"), someone.zone)
    return Screened(
        bool(result.get("is_alone")), row.answered_on, began, datetime.fromisoformat(alone_at) if alone_at else None
    )


def is_due(row: SafetyScreen | None, today: date) -> bool:
    """Whether the person is asked when they call: never answered, over, or the drawn day has come."""
    return row is None or today >= row.again_on


async def ask_again_soon(someone: Someone, now: datetime) -> None:
    """After words of harm from the other person the screen is due at once; the next call brings it."""
    day = local_day(now, someone.zone)
    await SafetyScreen.filter(person_id=someone.id, again_on__gt=day).update(again_on=day)


async def open_screen(someone: Someone, now: datetime) -> str:
    """The drawn day came: a call, for whoever agreed to calls; for the others their own next call brings it.

    The call opens without a topic, and nobody is asked twice: whoever lets it ring hears of it when they next call.
    """
    person = someone.person
    row = await SafetyScreen.get_or_none(person_id=someone.id)
    if person.status != "active" or not is_due(row, local_day(now, someone.zone)):
        return "moved-on"
    is_resting = any(until is not None and now < until for until in (person.paused_until, person.held_until))
    if someone.setting("channel") != "both" or is_resting or not is_open(now, someone.zone, WINDOW):
        return "+for-their-own-call"
    await owe_call(someone, SCREEN_CALL, now=now, minutes=0, purpose="set-up", is_booked=False)
    return "+called"


async def _plan(someone: Someone, kind: str, at: datetime, now: datetime) -> None:
    slot = f"{now:%m%dT%H%M%S}{now.microsecond // 100:04d}"  # two screens may be answered within one second
    await plan(
        Due(
            person_id=someone.id, kind=kind, rule=f"{kind}:{someone.id}", local_date=local_day(at, someone.zone),
            slot=slot, due_at=at, zone=someone.zone, state="waiting", created_at=now, payload={},
        )
    )  # fmt: skip
