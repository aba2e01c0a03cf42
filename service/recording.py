"""Effects become rows. One function per effect; all of them inside the turn's transaction."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from flows.conversation.effects import (
    AnswerReturn,
    AskNewPin,
    AskSharing,
    ChooseTalk,
    ConfirmSharing,
    CountSilence,
    DeclineSharing,
    DelayNotice,
    DropCoverPin,
    DropPromise,
    Effect,
    EndRepeats,
    ExtendBreak,
    ForgetApart,
    HoldBack,
    HoldForCrisis,
    Join,
    KeepNote,
    KeepPin,
    KeepRating,
    KeepReason,
    KeepSetting,
    KeepSharing,
    LiftHold,
    LowerPromise,
    MakePromise,
    MarkReady,
    MovePromise,
    NeverFollowUp,
    OptIn,
    OptOut,
    Pause,
    PlanCall,
    PlanScript,
    RecordConsent,
    RefuseMinor,
    ReportPromise,
    Rest,
    Resume,
    SealScreen,
    SetCoverPin,
    SetPace,
    SetPin,
    StartBreak,
    StepPace,
    TellAbout,
    TellBreak,
    WithdrawSharing,
)  # fmt: skip
from flows.programme.choices import checked
from flows.programme.dose import ROUTINE, pace_now, stepped
from flows.timing import local_day
from service.breaking import record_break
from service.changes import note_change
from service.delivery import withhold
from service.house import House
from service.ledger import Cause, enter_in_ledger
from service.notes import KEEP_NOTES, keep_note
from service.owed_calls import owe_call, withhold_calls
from service.pairing import mark_ready, resume_digest
from service.promising import end_promises, record_promise
from service.records import AuditEvent, Due, PublishedItem, Rating, Suppression
from service.renewing import record_code
from service.scheduling import DIGEST, LIMITS, LIMITS_EVERY, SCRIPT, drop_waiting, plan_check_in, plan_script
from service.screening import ask_again_soon, keep_screen
from service.sharing import KIND_OF, MOOD_GIVES, MOOD_TAKES, live_grants, withdraw
from service.someone import ITEM, VALUE, Someone, partner_of
from service.switching import forget_asks, record_sharing
from service.writing import keep_later, update_later

# PROGRAMME 8.7 and 3.12.
KEEP_RATINGS, KEEP_SHARED, KEEP_DANGER = timedelta(days=365), timedelta(days=30), timedelta(days=30)
CRISIS_HOLD = timedelta(hours=24)
TWO_WEEKS = 14  # days
HARMED = "V"  # the category of harm from the other person: the safety screen is asked again
BREAK = "break"  # how worked up somebody is as their break begins: as short-lived as the break
# A second number for the same day is the one that counts.
ONE_RATING, AGAIN = ("person_id", "item", "local_date"), ("value_sealed", "is_late")
PLANNED_BY = frozenset({"checkin_time", "zone", "channel", "pace"})  # settings that move the next check-in


async def record(house: House, someone: Someone, effects: Iterable[Effect], cause: Cause) -> None:
    """All effects of one turn, in order, and the person's row with what they changed."""
    await record_effects(house, someone, effects, cause)
    update_later(someone.person)


async def record_effects(house: House, someone: Someone, effects: Iterable[Effect], cause: Cause) -> None:
    """The same, where the caller saves the person's row: a turn says more of them afterwards."""
    replans = False
    for effect in effects:
        note_change(someone, effect, cause)
        replans |= await _record(house, someone, effect, cause)
    if replans:
        await plan_check_in(someone, cause.now)


async def _record(house: House, someone: Someone, effect: Effect, cause: Cause) -> bool:
    """One effect. True when the next check-in has to be planned anew."""
    replans = await _change_plan(house, someone, effect, cause)
    if replans is None:
        await _write(house, someone, effect, cause)
    return bool(replans)


async def _change_plan(house: House, someone: Someone, effect: Effect, cause: Cause) -> bool | None:
    """Effects that may move the next check-in: True when it has to be planned anew. None: the effect is another."""
    match effect:
        case KeepSetting(key, value):
            _keep_setting(someone, key, value)
            return key in PLANNED_BY
        case Resume():
            someone.person.paused_until, someone.person.unanswered = None, 0
            if someone.setting("pace") == "off":
                _keep_setting(someone, "pace", "fading")
        case Rest():
            _keep_setting(someone, "pace", "off")
            await _drop_routine(house, someone, cause.now)
        case SetPace(pace):
            _keep_setting(someone, "pace", pace)
        case StepPace(step):
            _keep_setting(someone, "pace", _stepped(someone, step, cause.now))
        case OptIn():
            await _opt_in(house, someone, cause)
        case _:
            return None
    return True


async def _write(house: House, someone: Someone, effect: Effect, cause: Cause) -> None:
    """Everything else that a turn asks to be kept."""
    person, now = someone.person, cause.now
    match effect:
        case KeepRating():
            await _keep_rating(house, someone, effect, cause)
        case KeepNote(kind, text):
            keep_note(someone, kind, text, local_day(now, someone.zone))
        case RecordConsent(act, subject, wording):
            await enter_in_ledger(house, someone, act=act, subject=subject, wording=wording, cause=cause)
        case Join():
            await _join(someone, now)
        case PlanScript(script, days, minutes):
            await plan_script(someone, script, now=now, days=days, minutes=minutes)
        case PlanCall(script, minutes, is_booked):
            await owe_call(someone, script, now=now, minutes=minutes, purpose="reply", is_booked=is_booked)
        case SealScreen():
            await keep_screen(house, someone, effect, now)
        case SetPin() | AskNewPin() | KeepPin() | SetCoverPin() | DropCoverPin() | ForgetApart():
            await record_code(house, someone, effect, cause)
        case Pause(days):
            person.paused_until = now + timedelta(days=days)
        case CountSilence():
            person.unanswered += 1
        case HoldBack(for_date):
            await _hold_back(someone, for_date or local_day(now, someone.zone).isoformat())
        case WithdrawSharing(grant):
            await withdraw(someone.id, grant, now)
            await forget_asks(someone.id, grant)
            if grant == MOOD_TAKES:  # the receiver wants no evening line any more
                _keep_setting(someone, "digest", "off")
                await drop_waiting(someone.id, now=now, outcome="not-wanted", kinds=[DIGEST])
            await enter_in_ledger(house, someone, act="revoked", subject=grant, wording=None, cause=cause)
        case AskSharing() | ConfirmSharing() | DeclineSharing() | KeepSharing():
            await record_sharing(house, someone, effect, cause)
        case HoldForCrisis(category):
            await _hold_for_crisis(someone, category, cause)
        case LiftHold():
            person.held_until = None
        case NeverFollowUp():
            person.no_follow_up = True
        case OptOut(reason):
            await _opt_out(house, someone, reason, cause)
        case MarkReady():
            await mark_ready(house, someone, now)
        case (
            MakePromise() | MovePromise() | LowerPromise() | ReportPromise() | KeepReason() | TellAbout()
            | DropPromise() | DelayNotice() | EndRepeats()
        ):
            await record_promise(house, someone, effect, now)
        case StartBreak() | TellBreak() | ExtendBreak() | AnswerReturn() | ChooseTalk():
            await record_break(house, someone, effect, now)
        case RefuseMinor():
            await _opt_out(house, someone, "minor", cause)
        case _:
            raise ValueError(f"{type(effect).__name__} is decided before rows are written")


async def _join(someone: Someone, now: datetime) -> None:
    someone.person.status, someone.person.joined_at = "active", now
    await someone.person.save()
    await plan_script(someone, "two-weeks", now=now, days=TWO_WEEKS)
    await plan_script(someone, LIMITS, now=now, days=LIMITS_EVERY)


async def _keep_rating(house: House, someone: Someone, effect: KeepRating, cause: Cause) -> None:
    day = date.fromisoformat(effect.for_date)
    sealed = someone.key.seal(f"{effect.value:g}", VALUE)
    rating = Rating.construct(
        person_id=someone.id, item=effect.item, value_sealed=sealed, local_date=day, slot="day",
        is_late=effect.is_late, is_held_back=cause.has_danger,
        keep_until=day + (KEEP_NOTES if effect.item == BREAK else KEEP_RATINGS),
    )  # fmt: skip
    keep_later(rating, same=ONE_RATING, changing=AGAIN)
    if effect.note and not cause.has_danger:
        keep_note(someone, effect.item, effect.note, day)
    someone.person.unanswered = 0
    if effect.item == "mood" and not cause.has_danger and cause.may_share_mood:
        await _publish_mood(house, someone, f"{effect.value:g}", day, cause.now)


async def _publish_mood(house: House, someone: Someone, number: str, day: date, now: datetime) -> None:
    """A copy for the other person, under their key, when both agreed; today's earlier copy goes."""
    partner = await partner_of(house.vault, someone)
    if partner is None or MOOD_GIVES not in await live_grants(someone, now):
        return
    if MOOD_TAKES not in await live_grants(partner, now):
        return
    await PublishedItem.filter(publisher_id=someone.id, kind=KIND_OF[MOOD_GIVES], local_date=day).delete()
    await PublishedItem.create(
        receiver_id=partner.id, publisher_id=someone.id, kind=KIND_OF[MOOD_GIVES],
        item_sealed=partner.key.seal(number, ITEM), local_date=day, expires_on=day + KEEP_SHARED,
    )  # fmt: skip


def _keep_setting(someone: Someone, key: str, value: str) -> None:
    if key == "zone":
        someone.person.zone = checked(key, value)
    else:
        someone.person.settings = {**someone.person.settings, key: checked(key, value)}


async def _drop_routine(house: House, someone: Someone, now: datetime) -> None:
    """A quiet hold is quiet: what was planned for the first weeks goes, what follows danger stays."""
    for due in await Due.filter(person_id=someone.id, kind=SCRIPT, state="waiting"):
        if house.library.scripts[str(due.payload["script"])].purpose in ROUTINE:
            due.state, due.outcome, due.closed_at = "dropped", "resting", now
            await due.save()


def _stepped(someone: Someone, step: int, now: datetime) -> str:
    today = local_day(now, someone.zone)
    joined = local_day(someone.person.joined_at or now, someone.zone)
    return stepped(pace_now(someone.setting("pace"), joined, today), step)


async def _hold_back(someone: Someone, day: str) -> None:
    await PublishedItem.filter(publisher_id=someone.id, kind=KIND_OF[MOOD_GIVES], local_date=day).delete()


async def _hold_for_crisis(someone: Someone, category: str, cause: Cause) -> None:
    """A day without anything but safety. Only category and day are kept, sealed and for thirty days."""
    now = cause.now
    day = local_day(now, someone.zone)
    someone.person.held_until = now + CRISIS_HOLD
    if category == HARMED:
        await ask_again_soon(someone, now)
    await withhold(someone.id, now=now, purposes_kept=frozenset({"safety"}))
    await PublishedItem.filter(publisher_id=someone.id, kind=KIND_OF[MOOD_GIVES], local_date=day).delete()
    keep_note(someone, "danger", category, day, keep=KEEP_DANGER)
    if not someone.person.no_follow_up:
        await plan_script(someone, "danger-follow-up", now=now, days=1)


async def _opt_out(house: House, someone: Someone, reason: str, cause: Cause) -> None:
    """Everything ends at once: prompts, calls, sharing, what was owed. The number stays blocked also after erasure."""
    now = cause.now
    someone.person.status = "opted_out"
    await suppress(someone.person.number_key or "", reason, now)
    await withhold(someone.id, now=now)
    await withhold_calls(someone.id, now)
    await drop_waiting(someone.id, now=now, outcome="opted-out")
    await end_promises(someone.id, now)
    await withdraw(someone.id, "all", now)
    await forget_asks(someone.id, "all")
    await enter_in_ledger(house, someone, act="revoked", subject="texts", wording=None, cause=cause)
    await enter_in_ledger(house, someone, act="revoked", subject="calls", wording=None, cause=cause)
    await AuditEvent.create(at=now, actor="person", act="opt-out", person_ref=someone.id, detail={"reason": reason})


async def suppress(number_key: str, reason: str, now: datetime) -> None:
    """Block a number, whoever it belongs to, until its holder says START."""
    await Suppression.update_or_create(
        number_key=number_key, defaults={"opted_out_at": now, "lifted_at": None, "reason": reason[:24]}
    )


async def _opt_in(house: House, someone: Someone, cause: Cause) -> None:
    """START brings texts back, never sharing."""
    now = cause.now
    await Suppression.filter(number_key=someone.person.number_key or "").update(lifted_at=now)
    someone.person.status = "active" if someone.person.joined_at is not None else "invited"
    someone.person.paused_until, someone.person.unanswered = None, 0
    await enter_in_ledger(house, someone, act="given", subject="texts", wording="G-START", cause=cause)
    await AuditEvent.create(at=now, actor="person", act="opt-in", person_ref=someone.id, detail={})
    if someone.person.joined_at is not None:
        await resume_digest(house, someone, now)
