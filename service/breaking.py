"""What a turn does to a break: begun, told, moved, prolonged, answered, decided. Rows and due rows; no words."""

from __future__ import annotations

from datetime import datetime

from flows.conversation.effects import AnswerReturn, ChooseTalk, ExtendBreak, StartBreak, TellBreak
from flows.programme.breaks import (
    BOTH,
    EXTENSIONS_AT_MOST,
    NO_SIGN,
    OVERUSE_WITHIN,
    UPDATES_AT_MOST,
    Answer,
    Check,
    Choice,
    Happening,
    Outcome,
    after,
    decide,
    decide_alone,
    is_match,
    is_overused,
    opening_for,
    return_time,
    whole_minute,
)  # fmt: skip
from flows.timing import local_day
from service.break_facts import notice_of
from service.break_times import KEEP_BREAKS, called_break, drop_times, own_break, plan_line, plan_times, told_break
from service.house import House
from service.records import BreakAnswer, BreakSession
from service.scheduling import plan_script
from service.sharing import BREAK_GIVES, BREAK_TAKES, live_grants
from service.someone import Someone, membership, partner_of

BreakEffect = StartBreak | TellBreak | ExtendBreak | AnswerReturn | ChooseTalk
ANSWER = "break.answer"
TOLD, OFTEN = "TO-2", "break-often"
# After the check is decided and heard; a line about too many breaks does not come in the middle of one.
OFTEN_AFTER_MINUTES = 45
CHOICES: dict[str, Choice] = {"now": "now", "later": "later", "tomorrow": "tomorrow", "evening": "evening"}


async def record_break(house: House, someone: Someone, effect: BreakEffect, now: datetime) -> None:
    """One effect of a break. What no longer fits (another tab of life was quicker) changes nothing."""
    match effect:
        case StartBreak(back_at, tells):
            await _start(house, someone, datetime.fromisoformat(back_at), now, tells=tells)
        case TellBreak():
            await _tell(house, someone, now)
        case ExtendBreak(back_at):
            await _extend(someone, datetime.fromisoformat(back_at), now)
        case AnswerReturn(body, side):
            await _answer(house, someone, side, now, body=body)
        case ChooseTalk(choice, side):
            await _answer(house, someone, side, now, choice=choice)


async def answers_of(break_: BreakSession, caller: Someone | None, partner: Someone | None,
                     now: datetime) -> tuple[Answer, Answer]:  # fmt: skip
    """What both said at the present check. Whoever took back what a notice needs said nothing."""
    return (
        await _answer_of(break_, caller, BREAK_GIVES if break_.told_at is not None else "", now),
        await _answer_of(break_, partner, BREAK_TAKES, now),
    )


async def both_of(house: House, break_: BreakSession, someone: Someone) -> tuple[Someone | None, Someone | None]:
    """(caller, partner) of a break, as far as they are there and linked still; `someone` is one of them."""
    other = await partner_of(house.vault, someone)
    if someone.id == break_.caller_id:
        return someone, other if other is not None and other.id == break_.partner_id else None
    return other if other is not None and other.id == break_.caller_id else None, someone


async def decide_check(house: House, break_: BreakSession, someone: Someone, now: datetime) -> str:
    """Fifteen minutes after its hour: the next check, the lines to both sides, or the end. The outcome, in a word."""
    caller, partner = await both_of(house, break_, someone)
    said, theirs = await answers_of(break_, caller, partner, now)
    check = Check(break_.check_number, break_.back_at, break_.extended_to, break_.was_alone)
    zones = [each.zone for each in (caller, partner) if each is not None]
    if break_.told_at is None:
        outcome = decide_alone(check, said, zone=someone.zone, opening=opening_for(someone.zone))
    else:
        outcome = decide(check, said, theirs, zone=zones[0], opening=opening_for(*zones))
    is_first = break_.check_number == 1
    break_.was_missed = break_.was_missed or (is_first and said.is_silent)
    await _go_on(break_, caller, partner, outcome, now)
    if is_first and caller is not None:
        await _look_at_use(caller, break_, now)
    return outcome.happening


async def _start(house: House, someone: Someone, back_at: datetime, now: datetime, *, tells: bool) -> None:
    standing = await own_break(someone, now)
    if standing is not None and standing.state != "resting":
        await _move(house, someone, standing, back_at, now)
        return
    if (old := await called_break(someone)) is not None:
        await close(old, "closed", now)
    break_ = BreakSession(
        caller_id=someone.id, state="running", started_at=now, back_at=_bounded(back_at, now, None),
        keep_until=local_day(now, someone.zone) + KEEP_BREAKS,
    )  # fmt: skip
    notice = await notice_of(house, someone, now) if tells else None
    partner = notice.partner if notice is not None and notice.is_open else None
    if partner is not None:
        await _mark_told(break_, partner, now)
    await plan_times(break_, someone, partner, now, is_new=True)
    someone.called = (break_,)
    if partner is not None:
        await plan_line(break_, partner, TOLD, break_.back_at, now)


async def _move(house: House, someone: Someone, break_: BreakSession, back_at: datetime, now: datetime) -> None:
    """Another time for the break that runs, or more time while its return is asked about."""
    back_at = _bounded(back_at, now, break_.started_at)
    if break_.state == "asking":
        if break_.extended_to is None:
            await _extend(someone, back_at, now)
            return
        break_.extended_to = back_at
        await break_.save()
        return
    break_.back_at = back_at
    if break_.told_at is None:
        await plan_times(break_, someone, None, now, is_new=True)
        return
    _, partner = await both_of(house, break_, someone)
    await plan_times(break_, someone, partner, now, is_new=True)
    await _tell_new_time(house, someone, break_, now)


async def _tell_new_time(house: House, someone: Someone, break_: BreakSession, now: datetime) -> None:
    """The other, who was told, hears of one new time at most, and inside their hours."""
    notice = await notice_of(house, someone, now)
    if notice is None or not notice.is_open or break_.partner_id != notice.partner.id:
        return
    if break_.check_number == 1 and break_.updates < UPDATES_AT_MOST:
        break_.updates += 1
        await break_.save()
        await plan_line(break_, notice.partner, TOLD, break_.back_at, now)


async def _tell(house: House, someone: Someone, now: datetime) -> None:
    break_ = await own_break(someone, now)
    notice = await notice_of(house, someone, now)
    if break_ is None or break_.state != "running" or notice is None or not notice.is_open:
        return
    if break_.told_at is not None:
        return  # a new time of a break that was told goes by itself
    await _mark_told(break_, notice.partner, now)
    await plan_times(break_, someone, notice.partner, now, is_new=True)
    await plan_line(break_, notice.partner, TOLD, break_.back_at, now)


async def _mark_told(break_: BreakSession, partner: Someone, now: datetime) -> None:
    break_.partner_id, break_.told_at = partner.id, now
    found = await membership(partner.id)
    break_.pair_id = found[0].id if found is not None else None


async def _extend(someone: Someone, back_at: datetime, now: datetime) -> None:
    break_ = await own_break(someone, now)
    if break_ is None or break_.state != "asking" or break_.extensions >= EXTENSIONS_AT_MOST:
        return
    break_.extended_to, break_.extensions = back_at, break_.extensions + 1
    await break_.save()


async def _answer(house: House, someone: Someone, side: str, now: datetime, *, body: float | None = None,
                  choice: str = "") -> None:  # fmt: skip
    """Keep what one person said, sealed for them; TO-7 goes at once when that makes both ready."""
    break_ = await (own_break(someone, now) if side == "own" else told_break(someone.id, now))
    if break_ is None or break_.state != "asking":
        return
    if choice == "not-yet" and break_.told_at is None:
        await close(break_, "closed", now)
        return
    kept, _ = await BreakAnswer.get_or_create(
        break_session_id=break_.id, person_id=someone.id, check_number=break_.check_number,
        defaults={"answer_sealed": someone.key.seal_json({}, ANSWER)},
    )  # fmt: skip
    said = someone.key.open_json(kept.answer_sealed, ANSWER)
    said |= {"body": body, "choice": ""} if body is not None else {"choice": CHOICES.get(choice, "tomorrow")}
    kept.answer_sealed = someone.key.seal_json(said, ANSWER)
    await kept.save()
    if break_.told_at is None:
        return
    caller, partner = await both_of(house, break_, someone)
    if is_match(*await answers_of(break_, caller, partner, now)):
        await _go_on(break_, caller, partner, Outcome("matched", None, BOTH, BOTH), now)
        if caller is not None:
            await _look_at_use(caller, break_, now)


async def _answer_of(break_: BreakSession, someone: Someone | None, grant: str, now: datetime) -> Answer:
    if someone is None or (grant and grant not in await live_grants(someone, now)):
        return Answer()
    kept = await BreakAnswer.get_or_none(
        break_session_id=break_.id, person_id=someone.id, check_number=break_.check_number
    )
    if kept is None:
        return Answer()
    said = someone.key.open_json(kept.answer_sealed, ANSWER)
    return Answer(said.get("body"), said.get("choice", ""))


async def _go_on(break_: BreakSession, caller: Someone | None, partner: Someone | None, outcome: Outcome,
                 now: datetime) -> None:  # fmt: skip
    """The rows of an outcome, then its lines."""
    if outcome.next_at is None:
        await close(break_, outcome.happening, now)
    else:
        break_.state = after(break_.state, outcome.happening) or break_.state  # type: ignore[arg-type]  # the column's words
        break_.back_at, break_.extended_to = outcome.next_at, None
        break_.check_number += 1
        break_.was_alone = break_.was_alone or NO_SIGN in {outcome.to_caller, outcome.to_partner}
        await plan_times(break_, caller, partner, now, is_new=False)
    for someone, line in ((caller, outcome.to_caller), (partner, outcome.to_partner)):
        if someone is not None and line:
            await plan_line(break_, someone, line, outcome.next_at or now, now)


async def close(break_: BreakSession, happening: Happening, now: datetime) -> None:
    """It is over: nothing of it opens any more."""
    break_.state = after(break_.state, happening) or "closed"  # type: ignore[arg-type]  # the column's words
    break_.ended_at, break_.extended_to = now, None
    await break_.save()
    await drop_times(break_, now)


async def _look_at_use(caller: Someone, break_: BreakSession, now: datetime) -> None:
    """Many breaks, or returns missed in a row: one kind line to the caller, once a week at most, to nobody else."""
    lately = await BreakSession.filter(caller_id=caller.id).order_by("-started_at").limit(10)
    nudged = [each.nudged_at for each in lately if each.nudged_at is not None]
    is_due = is_overused([each.started_at for each in lately], [each.was_missed for each in lately], now)
    if is_due and not any(now - each < OVERUSE_WITHIN for each in nudged):
        break_.nudged_at = now
        await break_.save()
        await plan_script(caller, OFTEN, now=now, minutes=OFTEN_AFTER_MINUTES)


def _bounded(back_at: datetime, now: datetime, started: datetime | None) -> datetime:
    """Whatever a script asks for, a return time stays within its bounds (invariant 22)."""
    minutes = (back_at - whole_minute(now)).total_seconds() / 60
    return return_time(now, minutes, started=started)
