"""Who reads a text, in which order: opt-out, danger, safety words, commands, the open question, keywords, lost."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Literal

from flows.answers.rating import read_one_rating
from flows.commands import CommandRead, read_command, read_suspected
from flows.conversation.breaking import of_a_break, rest_line
from flows.conversation.effects import Effect, Invite, OptIn, OptOut, StartScript
from flows.conversation.engine import advance, halt
from flows.conversation.library import Bundle, Library
from flows.conversation.promising import Meant, named_promise, waiting_promise
from flows.conversation.session import SessionState
from flows.conversation.turn import Facts, Moment, Prompt, Replied, Scalar, Started, Timer, Turn
from flows.folding import spell
from flows.opting_out import OptOut as OptOutRead
from flows.opting_out import Wish, read_opt_out
from flows.programme.adults import is_minor
from flows.programme.promises import OpenPromise
from flows.safety import Danger, read_danger

Status = Literal["stranger", "invited", "active", "opted_out", "erasing"]

JOINING, CHECK_IN, WHICH, END_ASK = "join", "check-in", "which", "end-ask"
BREAK = "BREAK"
# One script per category and, for harm to oneself, per tier (PROGRAMME 7.4).
DANGERS: Mapping[tuple[str, str], str] = {("S", "A"): "danger-self", ("S", "B"): "danger-self-soft"}
DANGER_OF: Mapping[str, str] = {
    "M": "danger-medical", "L": "danger-immediate", "V": "danger-partner", "H": "danger-others", "C": "danger-child",
}  # fmt: skip
# Words that mean the open question. With nothing open they are courtesies, and a courtesy needs no answer.
OF_THE_QUESTION = frozenset({"SKIP", "LATER", "BACK", "OK", "NEXT", "KEEP"})
# Questions with words of their own to answer with; such a word is what it is, however near a command it comes.
ASK_FOR_A_WORD = frozenset({"choice", "offer", "yes-no", "country", "zone", "outcome", "agreement"})
NOTE_LETTERS = 480  # PROGRAMME P07: what is longer is cut, and said so
# A machine on the other end answers for ever; a person is told five times in an hour that we did not follow.
LOST_ANSWERS_AN_HOUR = 5


@dataclass(frozen=True, slots=True)
class Standing:
    """All that deciding needs to know of the person a text came from."""

    status: Status
    moment: Moment
    session: SessionState | None = None
    bundle: Bundle | None = None  # the script that session is pinned to
    join_words: Mapping[str, str] | None = None  # word in capitals -> locale
    carrier_answers: bool = False  # the carrier replies to STOP, START and HELP itself
    network_answered: bool = False  # and said so about this very text (Advanced Opt-Out)
    has_media: bool = False
    choices_offered: int = 0  # numbered choices in our last text, when its question has closed since
    missed_mood_day: str = ""  # ISO: the day of a mood prompt of the last 24 h that closed without an answer
    was_told_today: bool = False  # a stranger who has had today's one line
    lost_this_hour: int = 0
    promises: tuple[OpenPromise, ...] = ()  # the person's own, alive


@dataclass(frozen=True, slots=True)
class Heard:
    """What a text comes to. An `aside` leaves the open conversation and its timers as they are."""

    turn: Turn
    is_aside: bool = False
    was_lost: bool = False  # we did not follow, and counted it
    purpose: Literal["reply", "safety"] = "reply"


def hear(library: Library, standing: Standing, text: str) -> Heard:
    """One text from one number, and all it causes. Never raises for anything a person may write."""
    moment, status = standing.moment, standing.status
    wish = read_opt_out(text)
    if (
        wish is not None
        and not _danger_first(standing, wish, text)
        and (heard := _opting_out(library, standing, wish)) is not None
    ):
        return heard
    command = read_command(text)
    if status == "opted_out":
        return _come_back(standing, command)
    if status == "erasing":
        return Heard(Turn(None, reason="erasing"), is_aside=True)
    if (danger := _danger(standing, text)) is not None:
        return _answer_danger(library, standing, text, danger)
    if status == "stranger":
        return _stranger(standing, text, command)
    if command is not None and command.word == "HELP":
        return _aside(() if _has_carrier_answered(standing, command) else (Prompt("G-HELP"),), "help")
    if status == "invited":
        return _invited(library, standing, text)
    if standing.has_media and not text.strip():
        return _aside((Prompt("G-TEXT"),), "media")
    heard = _conversation(library, standing, text[:NOTE_LETTERS], command)
    if len(text) > NOTE_LETTERS and heard.turn.effects:
        heard = replace(heard, turn=replace(heard.turn, prompts=(*heard.turn.prompts, Prompt("G-LONG"))))
    turn = settle(library, heard.turn, moment)
    is_bounded = heard.was_lost and standing.lost_this_hour >= LOST_ANSWERS_AN_HOUR
    if is_bounded and not _asks_another(standing.session, turn.state):
        turn = replace(turn, prompts=())
    return replace(heard, turn=turn)


def begin(library: Library, script: str, moment: Moment, *, given: Facts | None = None, by_service: bool = False,
          local_date: str = "") -> Turn:  # fmt: skip
    """A script from its first step, with every script it hands over to. Raises KeyError for an unknown name."""
    event = Started(moment, given or {}, by_service, local_date)
    return settle(library, advance(library.bundle(script), None, event), moment)


def settle(library: Library, turn: Turn, moment: Moment) -> Turn:
    """Follow the turn's hand-overs to other scripts, within the same turn."""
    started = [effect for effect in turn.effects if isinstance(effect, StartScript)]
    if not started:
        return turn
    rest = tuple(effect for effect in turn.effects if not isinstance(effect, StartScript))
    then = _begun_with(library.bundle(started[-1].script), moment, started[-1].given, started[-1].reply)
    merged = replace(then, prompts=turn.prompts + then.prompts, effects=rest + then.effects, reason=turn.reason)
    return settle(library, merged, moment)


def _asks_another(before: SessionState | None, after: SessionState | None) -> bool:
    """Whether it is another question that is open now; its words must not be kept from whoever is to answer it."""
    return after is not None and (before is None or (before.script, before.step) != (after.script, after.step))


def _begun_with(bundle: Bundle, moment: Moment, given: Facts, reply: str) -> Turn:
    """A script from its first step; with a reply its first words stay unsaid and the reply is heard at once."""
    begun = advance(bundle, None, Started(moment, given))
    if not reply or begun.state is None:
        return begun
    heard = advance(bundle, begun.state, Replied(moment, reply))
    return replace(heard, effects=begun.effects + heard.effects)


def _danger_first(standing: Standing, wish: OptOutRead, text: str) -> bool:
    """ "I want him to stop hitting me" is a call for help before it is a question about our texts."""
    return wish.wish is Wish.DOUBTFUL and standing.status == "active" and _danger(standing, text) is not None


def _opting_out(library: Library, standing: Standing, wish: OptOutRead) -> Heard | None:
    """STOP in any words, before anything else. None: a stranger's doubtful words are nobody's opt-out."""
    if standing.status == "opted_out":
        return Heard(Turn(None, reason="already-out"))
    if wish.wish is Wish.DOUBTFUL:
        if standing.status in {"stranger", "invited", "erasing"}:
            return None
        asked = begin(library, END_ASK, standing.moment)
        # "Tell him to stop": the other may be the danger, so help is named beside the question (PROGRAMME 3.5.3).
        prompts = (*asked.prompts, Prompt("CR-N")) if wish.aimed_at_partner else asked.prompts
        return Heard(replace(asked, prompts=prompts, effects=_halted(standing) + asked.effects), purpose="safety")
    answered = standing.network_answered or (standing.carrier_answers and wish.carrier_handles)
    said = "G-WRONG" if wish.wrong_number else "G-STOP"
    prompts = () if answered else (Prompt(said),)
    effects = (*_halted(standing), OptOut("wrong-number" if wish.wrong_number else wish.wish.value))
    return Heard(Turn(None, prompts, effects, (), "opt-out"), purpose="safety")


def _come_back(standing: Standing, command: CommandRead | None) -> Heard:
    """Whoever opted out hears nothing but an answer to START or HELP."""
    if command is None or command.word not in {"START", "HELP"}:
        return Heard(Turn(None, reason="opted-out"))
    answered = _has_carrier_answered(standing, command)
    said = "G-START" if command.word == "START" else "G-HELP"
    effects = (OptIn(),) if command.word == "START" else ()
    return Heard(Turn(None, () if answered else (Prompt(said),), effects, (), command.word.lower()), purpose="safety")


def _danger(standing: Standing, text: str) -> Danger | None:
    reading = read_one_rating(text, locale=standing.moment.locale).reading or {}
    value = reading.get("value")
    return read_danger(text, score=value if isinstance(value, int | float) else None)


def _answer_danger(library: Library, standing: Standing, text: str, danger: Danger) -> Heard:
    """Local help at once, one text per category, and nothing of the conversation in it. A number is still kept."""
    kept = _kept_number(library, standing, text)
    tiers: dict[str, str] = {}
    for category, tier in ((danger.category, danger.tier), *danger.also):  # the most severe first
        tiers.setdefault(category, tier)
    scripts = [DANGERS.get(each) or DANGER_OF[each[0]] for each in tiers.items()]
    prompts: tuple[Prompt, ...] = ()
    effects = kept.effects if kept is not None else ()
    state: SessionState | None = None
    timers: tuple[Timer, ...] = ()
    for script in scripts:
        turn = begin(library, script, standing.moment)
        prompts, effects = prompts + turn.prompts, effects + turn.effects
        if turn.state is not None and state is None:
            state, timers = turn.state, turn.timers
    if standing.status == "stranger":  # nobody is kept on file for having been in danger
        return Heard(Turn(None, prompts, (), (), "danger"), purpose="safety")
    return Heard(Turn(state, prompts, effects, timers, "danger"), purpose="safety")


def _kept_number(library: Library, standing: Standing, text: str) -> Turn | None:
    """The turn that the number in such a text would have been, for its effects alone; the words are not kept."""
    reading = read_one_rating(text, locale=standing.moment.locale).reading
    if standing.status != "active" or reading is None or not isinstance(number := reading.get("value"), int | float):
        return None
    moment, session = standing.moment, standing.session
    if session is not None and standing.bundle is not None and session.script == CHECK_IN and not session.is_veiled:
        return advance(standing.bundle, session, Replied(moment, f"{number:g}"))
    if session is None and _begins_with_number(text):
        return _check_in_with(library, standing, f"{number:g}")
    return None


def _stranger(standing: Standing, text: str, command: CommandRead | None) -> Heard:
    """A number we do not know: the join word, HELP, or one bland line a day. Nothing is kept but a keyed hash."""
    if command is not None and command.word == "HELP":
        return _aside(() if _has_carrier_answered(standing, command) else (Prompt("G-HELP"),), "help")
    word = re.sub(r"[^A-ZÑ]", "", text.strip().upper())
    if (locale := (standing.join_words or {}).get(word)) is not None:
        return _aside((), "join-word", Invite(locale))
    return _aside(() if standing.was_told_today else (Prompt("G-WHO"),), "stranger")


def _invited(library: Library, standing: Standing, text: str) -> Heard:
    """Asked to join, has not said YES: nothing but that answer, or the join word again, gets a reply."""
    if is_minor(text):
        return _minor()
    if standing.session is not None and standing.bundle is not None:
        turn = advance(standing.bundle, standing.session, Replied(standing.moment, text))
        if turn.was_read or turn.state is None:
            return Heard(settle(library, turn, standing.moment))
    word = re.sub(r"[^A-ZÑ]", "", text.strip().upper())
    if word in (standing.join_words or {}):
        return Heard(begin(library, JOINING, standing.moment))
    return Heard(Turn(standing.session, reason="not-agreed"), is_aside=True)


def _minor() -> Heard:
    return Heard(Turn(None, (Prompt("EN-11"),), (OptOut("minor"),), (), "minor"), purpose="safety")


def _conversation(library: Library, standing: Standing, text: str, command: CommandRead | None) -> Heard:
    """Commands, the open question, keywords; a number with nothing open; else lost."""
    session, moment = standing.session, standing.moment
    if session is not None and session.script == JOINING and is_minor(text):
        return _minor()
    word = command.word if command is not None else ""
    is_for_question = word in OF_THE_QUESTION and session is not None
    if command is not None and not is_for_question and word in library.keywords:
        return _keyword(library, standing, command)
    if command is None and (heard := _of_a_break(library, standing, text)) is not None:
        return heard
    if command is None and (heard := _promised(library, standing, text)) is not None:
        return heard
    if command is None and (heard := _suspected(library, standing, text)) is not None:
        return heard
    if session is not None and standing.bundle is not None:
        turn = advance(standing.bundle, session, Replied(moment, text, word or None))
        if not turn.was_read and (own := _own_keyword(library, text)) is not None:
            return _keyword(library, standing, own)
        if turn.was_read or not _begins_with_number(text) or session.script == CHECK_IN:
            return Heard(turn, was_lost=not turn.was_read)
        return Heard(turn, was_lost=True)
    own = _own_keyword(library, text) if command is None else None
    return _keyword(library, standing, own) if own is not None else _nothing_open(library, standing, text, word)


def _suspected(library: Library, standing: Standing, text: str) -> Heard | None:
    """A global word with a slip of the finger: one question that names it, and the open one stays as it was.

    An open question that asks for a word, and knows this one, has it.
    """
    suspected = read_suspected(text)
    if suspected is None or not (suspected.word in library.keywords or suspected.word in OF_THE_QUESTION):
        return None
    session, bundle = standing.session, standing.bundle
    if session is not None and bundle is not None:
        wait = bundle.step(session).wait
        asks_for_a_word = wait is not None and wait.reply in ASK_FOR_A_WORD
        if asks_for_a_word and advance(bundle, session, Replied(standing.moment, text)).was_read:
            return None
    return _aside((Prompt("G-MEANT", {"w": suspected.meant}),), "suspected")


def _promised(library: Library, standing: Standing, text: str) -> Heard | None:
    """A text about a promise: named by its code, told in words, or a number that fits two questions."""
    session, moment = standing.session, standing.moment
    meant = named_promise(library, standing.promises, text)
    if meant is None:
        meant = waiting_promise(standing.promises, session, moment, text)
    if meant is None:
        return None
    if meant == Meant(""):
        return replace(_aside((Prompt("G-LOST"),), "lost"), was_lost=True)
    turn = settle(library, _begun_with(library.bundle(meant.script), moment, meant.given, meant.reply), moment)
    if turn.state is None:
        return Heard(turn, is_aside=True)
    return Heard(replace(turn, effects=_halted(standing) + turn.effects))


def _of_a_break(library: Library, standing: Standing, text: str) -> Heard | None:
    """A text that changes the person's own break, or would change or reach the other's."""
    session, bundle = standing.session, standing.bundle
    wait = bundle.step(session).wait if session is not None and bundle is not None else None
    meant = of_a_break(standing.moment, text, beside=wait.reply if wait is not None else None)
    if meant is None or BREAK not in library.keywords:
        return None
    if meant.minutes is None:
        return _aside((meant.prompt,) if meant.prompt is not None else (), "of-a-break")
    return _keyword(library, standing, CommandRead(BREAK, str(meant.minutes), (0, len(text)), "break", False))


def _own_keyword(library: Library, text: str) -> CommandRead | None:
    """A keyword that a script brought along and no command is: the whole reply, with its number where it takes one."""
    spelled = spell(text).text.replace(" .", "").strip()
    for keyword, script in library.keywords.items():
        plain = _spelled(keyword)
        if spelled == plain:
            return CommandRead(keyword, None, (0, len(text)), "keyword", False)
        number = re.fullmatch(r" (\d{1,4})", spelled.removeprefix(plain)) if spelled.startswith(plain) else None
        if number is not None and library.scripts[script].argument is not None:
            return CommandRead(keyword, number[1], (0, len(text)), "keyword-and-number", False)
    return None


@cache
def _spelled(keyword: str) -> str:
    return spell(keyword).text


def _keyword(library: Library, standing: Standing, command: CommandRead) -> Heard:
    """A script of its own. One that asks nothing is an aside: the open question stays as it was."""
    script = library.scripts[library.keywords[command.word]]
    given: dict[str, Scalar] = {}
    if script.argument is not None:
        wanted = int(command.argument) if command.argument else script.argument.default
        given[script.argument.name] = min(max(wanted, script.argument.low), script.argument.high)
    elif command.word == "OFF":
        given["name"] = command.argument or ""
    turn = begin(library, script.name, standing.moment, given=given)
    if turn.state is None:
        return Heard(turn, is_aside=True, purpose="safety" if script.purpose == "safety" else "reply")
    return Heard(replace(turn, effects=_halted(standing) + turn.effects))


def _nothing_open(library: Library, standing: Standing, text: str, word: str) -> Heard:
    moment = standing.moment
    if word == "SKIP":
        return _aside((Prompt("G-SKIP"),), "skip")
    if word in OF_THE_QUESTION or word == "START":
        return _aside((), "courtesy")
    if _begins_with_number(text):
        read = read_one_rating(text, locale=moment.locale).reading or {}
        number = read.get("value")
        if isinstance(number, int | float) and number in range(1, standing.choices_offered + 1):
            return Heard(begin(library, WHICH, moment, given={"number": f"{number:g}"}))
        if isinstance(number, int | float) or "between" in read:  # "6-7" begins it with the question which
            return Heard(_check_in_with(library, standing, text))
    if (rest := rest_line(moment)) is not None:
        return _aside((rest,), "resting")
    return replace(_aside((Prompt("G-LOST"),), "lost"), was_lost=True)


def _check_in_with(library: Library, standing: Standing, text: str) -> Turn:
    """A bare number is today's check-in at any hour; one that answers yesterday's prompt is stamped late."""
    late = standing.missed_mood_day
    event = Started(standing.moment, {"is_late": True} if late else {}, local_date=late)
    bundle = library.bundle(CHECK_IN)
    begun = advance(bundle, None, event)
    return advance(bundle, begun.state, Replied(standing.moment, text)) if begun.state is not None else begun


def _begins_with_number(text: str) -> bool:
    """The number comes first, as in `7`, `7/10 tired`, `mood 7`: in a longer sentence a number is just a number."""
    reading = read_one_rating(text)
    if reading.reading is None or reading.span is None:
        return False
    before = re.sub(r"[^a-zñáéíóú]", "", text[: reading.span[0]].lower())
    return before in {"", "mood", "animo", "ánimo", "a", "un", "about", "today", "hoy", "between", "entre"}


def _aside(prompts: tuple[Prompt, ...], reason: str, *effects: Invite) -> Heard:
    return Heard(Turn(None, prompts, effects, (), reason), is_aside=True)


def _halted(standing: Standing) -> tuple[Effect, ...]:
    if standing.session is None or standing.bundle is None:
        return ()
    return halt(standing.bundle, standing.session, standing.moment).effects


def _has_carrier_answered(standing: Standing, command: CommandRead) -> bool:
    return standing.network_answered or (standing.carrier_answers and command.carrier_handles)
