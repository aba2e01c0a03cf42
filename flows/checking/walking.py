"""A walk through every state of a script: each kind of input at each wait, through JSON between every two inputs."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from operator import itemgetter
from typing import Any

from flows.checking.subject import Subject, Way
from flows.conversation.calling import CallInput, Keyed, Silent, Spoken, answer_call, hung_up
from flows.conversation.effects import KeepSetting
from flows.conversation.engine import advance, halt
from flows.conversation.hearing import settle
from flows.conversation.library import Bundle
from flows.conversation.script import Wait
from flows.conversation.session import SessionState
from flows.conversation.turn import Channel, Event, Moment, Replied, Scalar, Started, Turn, Waited
from flows.errors import ArgumentMissing, ArgumentTooLong, PhraseUnknown, Problem
from flows.everyday import EVERYDAY_FACTS
from flows.programme.choices import checked
from flows.programme.promises import OpenPromise
from flows.wording import PLACEHOLDERS

MOST_STATES = 3000  # ours come to a few hundred; a script with more cannot be proved in a second
AT = datetime(2026, 3, 2, 23, 30, tzinfo=UTC)  # 6:30 PM in New York
ZONE = "America/New_York"
LONGEST = {name: "M" * PLACEHOLDERS[name] for name in ("brand", "ph", "e", "c", "dv", "k", "o", "url", "p", "me")}
SETTINGS: tuple[Mapping[str, Scalar], ...] = (
    {"discretion": "D1", "shares_mood": False, "is_shared": False, "silent_safety": False, "break_state": "none"},
    {
        "discretion": "D2", "shares_mood": True, "is_shared": True, "silent_safety": True, "is_paired": True,
        "shares_promises": True, "may_notice": True, "promise_tells": True, "promise_has_notice": True,
        "promise_state": "open", "notice_help": True, "break_state": "asking", "break_is_shared": True,
        "break_tells": True, "can_tell_partner": True, "partner_check": True, "heard_notice": False, "lesson_part": 1,
        "has_pin": False, "new_pin_asked": True, "apart_list": "your day, 7", "changes_list": "a pause",
        "chooses_sharing": True, "sharing_open": False,
        "sharing_c1": "ready", "sharing_r5": "ready", "screen_due": True, "is_set_up": False, "is_household": True,
    },
)  # fmt: skip
Key = tuple[Any, ...]
PASSING = frozenset({"turns", "opened_at", "asked_at", "answers"})
WHERE = itemgetter(*(place for place, name in enumerate(SessionState._fields) if name not in PASSING))
REFUSED = (LookupError, TypeError, ValueError, RecursionError, ArgumentMissing, ArgumentTooLong, PhraseUnknown)
REPLIES: Mapping[str, tuple[str, ...]] = {
    "yes-no": ("yes", "no", "maybe"),
    "clock-time": ("6:00 am", "12:15", "22:30", "7"),
    "zone": ("6:30 PM", "18:30", "9:30 pm", "04:00"),
    "minutes": ("5", "30", "1440", "2000"),
    "country": ("US", "Spain", "AR"),
    "words": ("a few words of my own",),
    "agreement": ("YES", "si"),
    "offer": (),
    "promise": ("call the bank fri 5pm", "call the bank", "be better", "fri 5pm", "he must call by fri 5pm"),
    "when": ("tomorrow 9am, alarm set", "yesterday", "some time"),
    "outcome": ("1", "2", "3", "4", "done", "not yet, forgot. tomorrow 9am", "changed", "7"),
}
UNREADABLE = ("?", "hm, hard to say", "\U0001f642", "")
COMMANDS = ("SKIP", "LATER", "BACK", "OK")
PROMISES = tuple(
    OpenPromise(each, "BK", "call the bank", "2026-03-06T22:00:00+00:00", tells=True).given() for each in ("1", "2")
)
SAID_ON_A_CALL = ("seven", "stop calling me")
KEYS = ("1", "2", "3", "4", "5", "0", "7", "8", "9", "*", "", "30", "12*", "#")


def walk(subject: Subject) -> Iterator[Problem]:
    """What goes wrong in any state, in each of two opposite settings. The static rules must have passed before."""
    bundle = subject.library.bundle(subject.script.name)
    for settings in SETTINGS:
        found = list(_Walk(subject, bundle, settings).problems())
        if found:
            yield from found
            return


def every_state(subject: Subject) -> list[SessionState]:
    """One state for each that a conversation with this script can be in, by text and by call, in two settings."""
    bundle = subject.library.bundle(subject.script.name)
    walks = [_Walk(subject, bundle, settings) for settings in SETTINGS]
    for each in walks:
        each.problems()
    return [state for each in walks for state in each.states.values()]


class _Walk:
    """All states that can be reached with one setting."""

    def __init__(self, subject: Subject, bundle: Bundle, settings: Mapping[str, Scalar]) -> None:
        self.subject = subject
        self.bundle = bundle
        self.moment = Moment(AT, ZONE, "en", {**EVERYDAY_FACTS, **settings}, promises=PROMISES)
        ways = [way for script in bundle.scripts.values() for way in _all_ways(subject.of(script))]
        self.weighed = frozenset(name for way in ways for name in way.exit.when)
        self.states: dict[Key, SessionState] = {}
        self.ahead: list[Key] = []  # states that were reached and not gone on from
        self.after_silence: dict[Key, Key] = {}
        self.faults: dict[tuple[str, str], Problem] = {}
        self.worded: set[object] = set()

    def problems(self) -> list[Problem]:
        """Every fault, once for each step and kind of input."""
        self._start()
        while self.ahead and len(self.states) <= MOST_STATES:
            self._from(self.ahead.pop())
        if self.ahead:
            self._fault("", f"has more than {MOST_STATES} states", "ask less in one script")
        for key, state in self.states.items():
            if self._never_ends(key):
                self._fault(state.step, "never ends when nobody answers", "let silence lead to end")
        return list(self.faults.values())

    def _start(self) -> None:
        script, argument = self.subject.script, self.subject.script.argument
        given: dict[str, Scalar] = {argument.name: argument.default} if argument is not None else {}
        if "OFF" in script.keywords:
            given["name"] = "mood"
        for channel in script.channels:
            for by_service in (False, True):
                event = Started(self.moment, given, by_service=by_service, channel=channel)
                self._take(script.first_step, f"its start by {channel}", None, event)

    def _from(self, key: Key) -> None:
        state = self.states[key]
        for named, event in _inputs(self.bundle, state, self.moment):
            came_to = self._take(state.step, named, state, event)
            if came_to is not None and named == "silence":
                self.after_silence[key] = came_to
        try:
            halt(self.bundle, state, self.moment)
            if state.channel == "voice":
                hung_up(self.bundle, state, self.moment)
        except REFUSED as wrong:
            self._fault(state.step, f"breaks on STOP: {_spoken(wrong)}", "mend its stop")

    def _take(self, step: str, named: str, state: SessionState | None, given: Event | CallInput) -> Key | None:
        """The state one input leads to, kept where it is new; None at the end."""
        try:
            turn = self._turn(state, given)
            channel = given.channel if isinstance(given, Started) else state.channel if state else "text"
            self._prove(turn, channel)
            settle(self.subject.library, turn, self.moment)
        except REFUSED as wrong:
            self._fault(step, f"breaks on {named}: {_spoken(wrong)}", "mend what that input leads to")
            return None
        if turn.state is None:
            return None
        key = self._key(turn.state)
        if key not in self.states:
            self.states[key] = kept = SessionState.from_json(json.loads(json.dumps(turn.state.as_json())))
            self.ahead.append(key)
            if kept != turn.state:
                self._fault(step, f"is stored otherwise than it was after {named}", "keep plain words and numbers only")
        return key

    def _turn(self, state: SessionState | None, given: Event | CallInput) -> Turn:
        if isinstance(given, Started | Replied | Waited):
            return advance(self.bundle, state, given)
        if state is None:
            raise ValueError("a call has no input before its start")
        return answer_call(self.bundle, state, self.moment, given)

    def _prove(self, turn: Turn, channel: Channel) -> None:
        """What is said can be worded in every language, and what is changed may be changed to that."""
        for prompt in turn.prompts:
            said = (prompt.phrase, channel, *prompt.arguments.items())
            if said not in self.worded:
                for locale in self.subject.catalogue.locales:
                    arguments = {**LONGEST, **prompt.arguments}
                    self.subject.catalogue.render(prompt.phrase, locale, arguments, channel=channel)
                self.worded.add(said)
        for effect in turn.effects:
            if isinstance(effect, KeepSetting):
                checked(effect.key, effect.value)

    def _key(self, state: SessionState) -> Key:
        """What makes two states different: the place, what has happened to the question, and the answers weighed."""
        answers = tuple(sorted((name, value) for name, value in state.answers.items() if name in self.weighed))
        return (*WHERE(state), answers)

    def _never_ends(self, key: Key) -> bool:
        seen: set[Key] = set()
        while key in self.after_silence and key not in seen:
            seen.add(key)
            key = self.after_silence[key]
        return key in seen

    def _fault(self, step: str, problem: str, remedy: str) -> None:
        self.faults.setdefault((step, remedy), self.subject.problem(step, problem, remedy))


def _inputs(bundle: Bundle, state: SessionState, moment: Moment) -> Iterator[tuple[str, Event | CallInput]]:
    """Every kind of input, with what we call it."""
    if state.channel == "voice":
        yield "silence", Silent()
        wait = bundle.step(state).wait
        listens = wait is not None and wait.keys is not None and wait.keys.speech
        for words in (*SAID_ON_A_CALL, *(_replies(wait) if wait is not None and listens else ())):
            yield f"the words {words!r}", Spoken(words)
        yield from ((f"the keys {keys!r}", Keyed(keys)) for keys in KEYS)
        yield "a star that ends an entry", Keyed("45", ended_by_star=True)
        return
    yield "silence", Waited(moment, "close")
    yield "its reminder", Waited(moment, "remind")
    yield "its postponed question", Waited(moment, "later")
    for word in COMMANDS:
        yield word, Replied(moment, word.lower(), word)
    for text in UNREADABLE:
        yield f"the reply {text!r}", Replied(moment, text)
    wait = bundle.step(state).wait
    for text in _replies(wait) if wait is not None else ():
        yield f"the reply {text!r}", Replied(moment, text)


def _replies(wait: Wait) -> tuple[str, ...]:
    if wait.reply == "rating":
        middle = (wait.low + wait.high) // 2
        numbers = (wait.low, wait.low + 2, middle, wait.high - 2, wait.high)
        between = f"{middle}-{middle + 1}"
        return (*(str(each) for each in numbers), f"{middle} tired", between, str(wait.high + 1), *wait.also)
    if wait.reply == "choice":
        count = wait.options if isinstance(wait.options, int) else len(wait.options)
        return (*(str(number) for number in range(1, count + 2)), *wait.also)
    return (*REPLIES[wait.reply], *wait.also)


def _all_ways(subject: Subject) -> Iterator[Way]:
    for ways in subject.ways.values():
        yield from ways


def _spoken(wrong: BaseException) -> str:
    return f"{type(wrong).__name__} {wrong}".strip()[:160]
