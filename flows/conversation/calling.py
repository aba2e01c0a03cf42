"""A call, one input at a time: keys, speech or silence become a turn. Pure, like everything that decides."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from flows.conversation.effects import KeepSetting, OptOut, Pause, PlanScript, StartScript
from flows.conversation.engine import advance
from flows.conversation.library import Bundle, Library
from flows.conversation.script import Say, Wait
from flows.conversation.session import SessionState
from flows.conversation.stepping import Stepping
from flows.conversation.turn import Facts, Moment, Prompt, Replied, Started, Turn, Waited
from flows.opting_out import Wish, read_opt_out
from flows.safety import read_danger

STAR, AGAIN, QUIET, HELPLINES = "*", "0", "7", "8"
# PROGRAMME 3.9: a prompt, the same once more and shorter, then goodbye.
SILENCES = 2
MENUS = frozenset({"choice", "offer"})  # waits at which 0, 7 and 8 keep their meaning
QUIET_DAYS = 7
GOODBYE_STAR, GOODBYE, NOTHING_HEARD = "V-STAR", "V-LETGO", "V-NOIN"
ONE_OR_TEN = "V-TEN"  # said while the line waits for the 0, so that whoever pressed it too soon hears it was lost
HELP_BY_VOICE = "V-TO-8B"
DANGER, END_ASK = "danger-call", "end-ask"
# A 1 waits this long for the 0 that makes it a ten (PROGRAMME 3.9).
TEN_SECONDS = 2
ANSWER_SECONDS = 6
# The longest entries: six digits of a PIN, two of minutes; both may end with a star.
ENTRIES = {"pin": 6, "minutes": 2}


@dataclass(frozen=True, slots=True)
class Keyed:
    """Keys that were pressed; `ended_by_star` when a star closed an entry."""

    digits: str
    ended_by_star: bool = False


@dataclass(frozen=True, slots=True)
class Spoken:
    """What the network understood of speech."""

    words: str


@dataclass(frozen=True, slots=True)
class Silent:
    """The time for an answer passed."""


CallInput = Keyed | Spoken | Silent


@dataclass(frozen=True, slots=True)
class Listening:
    """How the line listens after it has spoken: so many keys, ended early by `finish_on`, for so long."""

    digits: int
    finish_on: str
    seconds: int
    speech: bool


def begin_call(library: Library, script: str, moment: Moment, *, given: Facts | None = None) -> Turn:
    """A script from its first step, by voice. Raises KeyError for an unknown one."""
    event = Started(moment, given or {}, channel="voice")
    return advance(library.bundle(script), None, event)


def follow_on(library: Library, turn: Turn, moment: Moment) -> Turn:
    """Follow the turn's hand-overs to other scripts, still by voice."""
    started = [effect for effect in turn.effects if isinstance(effect, StartScript)]
    if not started:
        return turn
    rest = tuple(effect for effect in turn.effects if not isinstance(effect, StartScript))
    then = begin_call(library, started[-1].script, moment, given=started[-1].given)
    return follow_on(library, replace(then, prompts=turn.prompts + then.prompts, effects=rest + then.effects), moment)


def answer_call(bundle: Bundle, state: SessionState, moment: Moment, heard: CallInput) -> Turn:
    """One input of a call, and all it causes. The call is over when the turn's state is None.

    A star ends it at any prompt; a silence is met once with the question again; a key that means something at menus
    (0 again, 7 quiet, 8 helplines) means it only there. Never raises for anything a caller may do.
    """
    wait = bundle.step(state).wait
    if wait is None:
        return Turn(None, (Prompt(GOODBYE),), (), (), "nothing-asked")
    match heard:
        case Silent():
            return _silence(bundle, state, moment)
        case Spoken(words):
            return _spoken(bundle, state, moment, words)
        case Keyed(digits, ended_by_star):
            return _keys(bundle, state, moment, wait, digits, ended_by_star=ended_by_star)


def hung_up(bundle: Bundle, state: SessionState, moment: Moment) -> Turn:
    """The line is gone: what was confirmed stays, what was not is dropped, nothing is said."""
    return replace(advance(bundle, state, Waited(moment, "close")), prompts=(), state=None, reason="hung-up")


def listening_for(bundle: Bundle, state: SessionState) -> Listening | None:
    """How to listen for the open question; None when the script asks nothing."""
    wait = bundle.step(state).wait
    if wait is None:
        return None
    if state.typed:
        return Listening(1, "", TEN_SECONDS, speech=False)
    entry = ENTRIES.get(wait.reply)
    if entry is not None:
        return Listening(entry, STAR, ANSWER_SECONDS, speech=False)
    keys = wait.keys
    return Listening(keys.digits if keys else 1, "", ANSWER_SECONDS, speech=keys is not None and keys.speech)


def _keys(bundle: Bundle, state: SessionState, moment: Moment, wait: Wait, digits: str, *,
          ended_by_star: bool) -> Turn:  # fmt: skip
    if not digits.strip(STAR) and (STAR in digits or ended_by_star):
        return _star(bundle, state, moment)
    if not digits:
        return _silence(bundle, state, moment)
    if digits in wait.also:
        return _answered(bundle, state, moment, digits)
    is_menu = wait.reply in MENUS or (wait.keys is not None and wait.keys.speech)
    if is_menu and digits in {AGAIN, QUIET, HELPLINES}:
        return _menu_key(bundle, state, moment, digits)
    if wait.reply == "rating" and wait.high == 10:
        if state.typed:
            number = "10" if digits[0] == "0" else state.typed
            return _answered(bundle, state._replace(typed=""), moment, number)
        if digits == "1":
            waits = state._replace(typed="1", turns=state.turns + 1)
            return Turn(waits, (Prompt(ONE_OR_TEN),), (), (), "may-be-ten")
    return _answered(bundle, state, moment, digits.strip(STAR))


def _answered(bundle: Bundle, state: SessionState, moment: Moment, said: str) -> Turn:
    return advance(bundle, state._replace(silences=0), Replied(moment, said))


def _spoken(bundle: Bundle, state: SessionState, moment: Moment, words: str) -> Turn:
    """Words go the way of a text: an end of everything and danger come before the question.

    What answers the question was meant for it: to promise to stop smoking ends nothing.
    """
    if (danger := read_danger(words)) is not None:
        return Turn(None, (), (StartScript(DANGER, given={"danger": danger.category}),), (), "danger")
    answered = _answered(bundle, state, moment, words)
    wish = read_opt_out(words)
    if wish is None or answered.was_read:
        return answered
    if wish.wish is Wish.DOUBTFUL:  # asked by text, once
        return Turn(None, (Prompt(GOODBYE_STAR),), (PlanScript(END_ASK),), (), "opt-out")
    return Turn(None, (Prompt(GOODBYE_STAR),), (OptOut(wish.wish.value),), (), "opt-out")


def _silence(bundle: Bundle, state: SessionState, moment: Moment) -> Turn:
    if state.typed:
        return _answered(bundle, state._replace(typed=""), moment, state.typed)
    count = state.silences + 1
    if count >= SILENCES:
        closed = advance(bundle, state, Waited(moment, "close"))
        return replace(closed, state=None, prompts=(Prompt(GOODBYE),), timers=(), reason="silent")
    again = (Prompt(NOTHING_HEARD), *_shorter(bundle, state, moment))
    return Turn(state._replace(silences=count, turns=state.turns + 1), again, (), (), "asked-again")


def _question(bundle: Bundle, state: SessionState, moment: Moment) -> tuple[Prompt, ...]:
    """The words of the open question, without doing anything a second time."""
    step = bundle.step(state)
    hint = step.wait.hint if step.wait is not None else ()
    return _said(bundle, state, moment, step.say or hint)


def _shorter(bundle: Bundle, state: SessionState, moment: Moment) -> tuple[Prompt, ...]:
    """The question once more as its hint puts it, which is the shorter form where there is one."""
    step = bundle.step(state)
    hint = step.wait.hint if step.wait is not None else ()
    return _said(bundle, state, moment, hint or step.say)


def _said(bundle: Bundle, state: SessionState, moment: Moment, says: Sequence[Say]) -> tuple[Prompt, ...]:
    stepping = Stepping(bundle, state, moment)
    stepping.say(says)
    return tuple(stepping.prompts)


def _menu_key(bundle: Bundle, state: SessionState, moment: Moment, key: str) -> Turn:
    """What 0, 7 and 8 mean at every menu, and nowhere else."""
    if key == QUIET:
        return Turn(None, (Prompt(GOODBYE_STAR),), (Pause(QUIET_DAYS),), (), "quiet")
    said = (Prompt(HELP_BY_VOICE),) if key == HELPLINES else ()
    again = (*said, *_question(bundle, state, moment))
    return Turn(state._replace(turns=state.turns + 1), again, (), (), "helplines" if said else "again")


def _star(bundle: Bundle, state: SessionState, moment: Moment) -> Turn:
    """I can't talk: goodbye in under two seconds. Inside a safety question later calls wait for the person to call."""
    closed = advance(bundle, state, Waited(moment, "close"))
    effects = closed.effects
    if bundle.scripts[state.script].purpose == "safety":
        effects = (*effects, KeepSetting("channel", "inbound"))
    return Turn(None, (Prompt(GOODBYE_STAR),), effects, (), "star")
