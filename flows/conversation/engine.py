"""advance(scripts, state, event) -> Turn. Nothing else moves a conversation, and it does nothing but decide."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from zoneinfo import ZoneInfo

from flows.answers.reading import Reading
from flows.conversation.effects import KeepNote
from flows.conversation.library import Bundle
from flows.conversation.reading import read_answer
from flows.conversation.script import END, Exit, Say, Wait
from flows.conversation.session import SessionState
from flows.conversation.stepping import Stepping
from flows.conversation.turn import Event, Facts, Moment, Prompt, Replied, Started, Timer, Turn, Waited

# No script of ours comes near; a loop that a careless author builds with a person's help ends here, kindly.
TURNS_A_SESSION = 50
BLAND_OPENER = "D2-1"  # PROGRAMME 3.2
SKIPPED = "G-SKIP"


def advance(bundle: Bundle, state: SessionState | None, event: Event) -> Turn:
    """One input and all it causes. `state` is None exactly when `event` is Started.

    The result's `state` is None when the conversation is over. Equal inputs give equal turns.
    """
    match event:
        case Started():
            return _begin(bundle, event)
        case Replied() if state is not None:
            return _reply(bundle, state._replace(turns=state.turns + 1), event)
        case Waited() if state is not None:
            return _waited(bundle, state, event)
        case _:
            raise ValueError("only Started comes without a session")


def halt(bundle: Bundle, state: SessionState, moment: Moment) -> Turn:
    """The person stopped everything, or another conversation takes the place: drafts go, nothing is said."""
    step = bundle.step(state)
    stepping = Stepping(bundle, state, moment)
    if step.stop is not None:
        stepping.take(step.stop)
    return Turn(None, (), tuple(stepping.effects), (), "halted")


def _begin(bundle: Bundle, event: Started) -> Turn:
    moment = event.moment
    script = bundle.root
    day = event.local_date or moment.at.astimezone(ZoneInfo(moment.zone)).date().isoformat()
    answers: Facts = {"is_late": False, **event.given}
    state = SessionState(
        script=script.name, script_hash=bundle.hash, channel=event.channel, step=script.first_step,
        opened_at=moment.at.isoformat(), local_date=day, answers=answers, asked_at=moment.at.isoformat(),
    )  # fmt: skip
    if event.channel == "text" and event.by_service and script.opener and moment.facts.get("discretion") == "D2":
        state = state._replace(is_veiled=True)
        return Turn(state, (Prompt(BLAND_OPENER, is_opener=True),), (), _veiled_timers(bundle, state, moment), "veiled")
    stepping = Stepping(bundle, state, moment, opens=event.by_service)
    stepping.enter(script.first_step)
    return stepping.turn("started")


def _veiled_timers(bundle: Bundle, state: SessionState, moment: Moment) -> tuple[Timer, ...]:
    inside = Stepping(bundle, state, moment)
    inside.enter(state.step)
    timers = tuple(timer for timer in inside.timers if timer.name == "close")
    return timers or (Timer("close", moment.at + inside.veil_lasts),)


def _reply(bundle: Bundle, state: SessionState, event: Replied) -> Turn:
    if state.is_veiled:
        return _lift_veil(bundle, state, event)
    moment, step = event.moment, bundle.step(state)
    wait = step.wait
    if wait is None:
        raise ValueError(f"{state.script}: {state.step} waits for nothing")
    stepping = Stepping(bundle, state, moment)
    word = (event.command or event.text).strip().upper()
    if word in wait.also:
        return stepping.follow(wait.also[word], "offered-word")
    if event.command is not None and (turn := _said_command(stepping, wait, event.command)) is not None:
        return turn
    reading = read_answer(wait, event.text, moment, state.answers)
    if reading.reading is None or reading.reading.get("value") is None:
        return _unreadable(stepping, wait, event.text, reading)
    stepping.keep(wait, reading)
    return stepping.follow(stepping.fitting(step.answer), reading.reason)


def _said_command(stepping: Stepping, wait: Wait, command: str) -> Turn | None:
    """SKIP, LATER and BACK mean the open question, whatever it is. A LATER that would be night is a SKIP."""
    state, step = stepping.state, stepping.bundle.step(stepping.state)
    if command == "LATER" and wait.later is not None and not state.was_postponed and stepping.may_postpone(wait.later):
        return stepping.postpone(wait.later)
    if command in {"SKIP", "LATER"} and step.refusal is not None:
        return stepping.follow(step.refusal, "refused")
    if command == "BACK":
        stepping.enter(state.previous or state.step)
        stepping.state = stepping.state._replace(previous="")  # a second BACK does not lead forward again
        return stepping.turn("back")
    return None


def _unreadable(stepping: Stepping, wait: Wait, text: str, reading: Reading) -> Turn:
    state = stepping.state
    if wait.keeps_words and any(letter.isalpha() for letter in text):
        stepping.effects.append(KeepNote(wait.note_as or "note", text.strip()))
    count = state.unreadable + 1
    stepping.state = state._replace(unreadable=count)
    exit_ = stepping.bundle.step(state).unreadable
    if count >= wait.patience or state.turns >= TURNS_A_SESSION:
        turn = stepping.follow(exit_ or Exit(go=END), reading.reason)
        return replace(turn, was_read=False)
    between = (reading.reading or {}).get("between")
    if wait.hint_between and isinstance(between, list):
        low, high = between
        stepping.state = stepping.state.with_answers({"between_low": low, "between_high": high})
        stepping.say(wait.hint_between)
    else:
        stepping.keep_half(wait, reading)
        stepping.say(wait.hints.get(reading.reason, wait.hint))
    stepping.keep_waiting(wait, reminds=False)
    return replace(stepping.turn(reading.reason), was_read=False)


def _lift_veil(bundle: Bundle, state: SessionState, event: Replied) -> Turn:
    """Content comes only after the person answered the bland line. A reply that already fits the question counts."""
    moment = event.moment
    open_state = state._replace(is_veiled=False)
    if event.command in {"SKIP", "LATER"}:
        return Turn(None, (Prompt(SKIPPED),), (), (), "refused")
    stepping = Stepping(bundle, open_state, moment)
    stepping.enter(open_state.step)
    _remember_asking(stepping, state)
    shown = stepping.turn("unveiled")
    if shown.state is None or event.command is not None:
        return shown
    answered = advance(bundle, shown.state, event)
    if not answered.was_read:
        return shown
    return replace(answered, effects=shown.effects + answered.effects)


def _remember_asking(stepping: Stepping, before: SessionState) -> None:
    """One reminder and one LATER hold for the question, however often it is uncovered."""
    if before.was_reminded or before.was_postponed:
        stepping.timers = [timer for timer in stepping.timers if timer.name != "remind"]
    if stepping.state.step == before.step:
        stepping.state = stepping.state._replace(
            was_reminded=before.was_reminded, was_postponed=before.was_postponed,
            unreadable=before.unreadable, previous=before.previous,
        )  # fmt: skip


def _waited(bundle: Bundle, state: SessionState, event: Waited) -> Turn:
    moment, step = event.moment, bundle.step(state)
    stepping = Stepping(bundle, state, moment, opens=True)
    if state.is_veiled:
        stepping.enter(state.step)
        stepping.prompts.clear()
        stepping.timers.clear()
        if stepping.finished:
            return Turn(None, (), (), (), "silent")
        step = bundle.step(stepping.state)
    wait = step.wait
    if wait is None:
        return Turn(None, (), (), (), "silent")
    if event.timer == "remind" and wait.remind is not None and not state.was_reminded:
        stepping.state = stepping.state._replace(was_reminded=True)
        return _put_again(stepping, wait, wait.remind.say, reason="reminded")
    if event.timer == "later":
        return _put_again(stepping, wait, step.say, reason="asked again")
    if event.timer == "close":
        return stepping.follow(step.silence or Exit(go=END), "silent")
    return Turn(state, (), (), (), "moved on")


def _put_again(stepping: Stepping, wait: Wait, says: Sequence[Say], *, reason: str) -> Turn:
    """The service speaks first once more: on a phone that others see, with the bland line, and OK opens it again."""
    if stepping.moment.facts.get("discretion") == "D2":
        stepping.state = stepping.state._replace(is_veiled=True)
        stepping.prompts.append(Prompt(BLAND_OPENER, is_opener=True))
    else:
        stepping.say(says)
    stepping.keep_waiting(wait, reminds=False)
    return stepping.turn(reason)
