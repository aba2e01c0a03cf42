"""Walking from step to step within one turn: what is said, done and waited for on the way is collected here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields
from datetime import datetime, timedelta
from typing import Any

from flows.answers.reading import Reading
from flows.conversation.effects import EFFECTS, Effect
from flows.conversation.library import Bundle
from flows.conversation.script import END, Act, Conditions, Exit, Postponement, Say, Test, Wait
from flows.conversation.session import SessionState
from flows.conversation.turn import HANDED_OVER, Moment, Prompt, Scalar, Timer, Turn
from flows.conversation.working_out import IN_WORDS, WORKED_OUT
from flows.timing import OWN_HOURS, is_open

# From one wait to the next; a script that needs more goes in circles (the checker finds it first).
STEPS_A_TURN = 20
# What the arguments of each effect are made of; the annotations of effects are text (PEP 563).
KINDS: Mapping[str, Mapping[str, type]] = {
    name: {each.name: {"int": int, "float": float, "bool": bool}.get(str(each.type), str) for each in fields(kind)}
    for name, kind in EFFECTS.items()
}
CLOSE = Exit(go=END)
VEIL_LASTS = timedelta(hours=12)  # as long as a question stays open (PROGRAMME 3.5.6)


class Stepping:
    """The work of one turn. `state` is where the conversation stands now."""

    veil_lasts = VEIL_LASTS

    def __init__(self, bundle: Bundle, state: SessionState, moment: Moment, *, opens: bool = False) -> None:
        self.bundle = bundle
        self.state = state
        self.moment = moment
        self.prompts: list[Prompt] = []
        self.effects: list[Effect] = []
        self.timers: list[Timer] = []
        self.finished = False
        self._opens = opens
        self._steps = 0
        self._asked = (state.script, state.step)  # the question that was open when this turn began

    def turn(self, reason: str) -> Turn:
        """What all of it comes to."""
        state = None if self.finished else self.state
        return Turn(state, tuple(self.prompts), tuple(self.effects), tuple(self.timers), reason)

    def follow(self, exit_: Exit, reason: str) -> Turn:
        """Take an exit to the next wait, or to the end."""
        self.take(exit_)
        self.go(exit_.go)
        return self.turn(reason)

    def take(self, exit_: Exit) -> None:
        """What an exit works out, does and says on the way."""
        self._work_out(exit_.let)
        self._act(exit_.do)
        self.say(exit_.say)

    def enter(self, name: str) -> None:
        """Come to a step of the present script."""
        self._steps += 1
        if self._steps > STEPS_A_TURN:
            raise ValueError(f"{self.state.script}: more than {STEPS_A_TURN} steps in one turn at {name}")
        step = self.bundle.scripts[self.state.script].steps[name]
        is_passed = step.only is not None and step.only != self.state.channel
        if is_passed or step.wait is None:
            self.state = self.state._replace(step=name, silences=0, typed="")
        else:
            self.state = self.state._replace(
                step=name, silences=0, typed="", asked_at=self.moment.at.isoformat(), unreadable=0,
                previous=self._question_before(name), was_postponed=False, was_reminded=False,
            )  # fmt: skip
        if is_passed:
            self.go(step.otherwise or END)
            return
        self._work_out(step.let)
        self._act(step.do)
        self.say(step.say)
        if step.wait is not None:
            self._wait_from(self.moment.at, step.wait, reminds=True)
        elif step.choose:
            exit_ = self.fitting(step.choose)
            self.take(exit_)
            self.go(exit_.go)
        elif step.run is not None:
            self._run(step.run, step.go or END)
        else:
            self.go(step.go or END)

    def _question_before(self, name: str) -> str:
        """Where BACK leads from step `name`: the last question of this script that has words of its own."""
        script, step = self._asked
        if script != self.state.script:
            return ""
        before = self.bundle.scripts[script].steps[step]
        is_a_question = step != name and before.wait is not None and bool(before.say)
        return step if is_a_question else self.state.previous

    def go(self, name: str) -> None:
        """On to a step; `end` goes back to the script that ran this one, or closes."""
        if name != END:
            self.enter(name)
        elif self.state.callers:
            *outer, (script, step) = self.state.callers
            self.state = self.state._replace(script=script, callers=tuple(outer))
            self.go(step)
        else:
            self.finished = True
            self.timers.clear()

    def _run(self, script: str, then: str) -> None:
        callers = (*self.state.callers, (self.state.script, then))
        self.state = self.state._replace(script=script, callers=callers)
        self.enter(self.bundle.scripts[script].first_step)

    def keep_waiting(self, wait: Wait, *, reminds: bool) -> None:
        """Set the timers of an open question anew: each turn has its own."""
        self._wait_from(datetime.fromisoformat(self.state.asked_at), wait, reminds=reminds)

    def _wait_from(self, asked: datetime, wait: Wait, *, reminds: bool) -> None:
        self.timers = [Timer("close", asked + wait.closes_after)]
        if reminds and wait.remind is not None:
            minutes = float(self.value(wait.remind.after))
            if minutes > 0:
                self.timers.append(Timer("remind", asked + timedelta(minutes=minutes)))

    def may_postpone(self, later: Postponement) -> bool:
        """Whether the question can be put once more before night."""
        return is_open(self.moment.at + later.after, self.moment.zone, OWN_HOURS)

    def postpone(self, later: Postponement) -> Turn:
        """LATER: the question rests and is put once more."""
        at = self.moment.at + later.after
        self.state = self.state.with_answers({"later_at": at.isoformat()})._replace(was_postponed=True)
        self.say(later.say)
        wait = self.bundle.step(self.state).wait
        if wait is not None:
            self.keep_waiting(wait, reminds=False)
        self.timers.append(Timer("later", at))
        return self.turn("postponed")

    def keep(self, wait: Wait, reading: Reading) -> None:
        """Remember an answer under the wait's name; what else the reading holds as name_key; the rest as the note."""
        read: dict[str, Scalar] = {}
        for key, value in (reading.reading or {}).items():
            if isinstance(value, str | int | float | bool):
                read[wait.name if key == "value" else f"{wait.name}_{key}"] = value
        if wait.note_as:
            read[wait.note_as] = reading.rest
        self.state = self.state.with_answers(read)

    def keep_half(self, wait: Wait, reading: Reading) -> None:
        """Remember what a refused reply held all the same, so that the other half is enough next time."""
        parts = {key: value for key, value in (reading.reading or {}).items() if isinstance(value, str) and value}
        self.state = self.state.with_answers({f"{wait.name}_{key}": value for key, value in parts.items()})

    def fitting(self, exits: Sequence[Exit]) -> Exit:
        """The first exit whose conditions hold; the conversation ends where none does (the checker proves one does)."""
        for exit_ in exits:
            if self._holds(exit_.when):
                return exit_
        return CLOSE

    def say(self, says: Sequence[Say]) -> None:
        """Say phrases, with what goes into their placeholders put into words."""
        for each in says:
            arguments = {name: self._in_words(value) for name, value in each.arguments.items()}
            phrase = (each.voice or each.phrase) if self.state.channel == "voice" else each.phrase
            self.prompts.append(Prompt(phrase, arguments, is_opener=self._opens and not self.prompts))

    def value(self, reference: Scalar) -> Scalar:
        """A literal, or what `$name` stands for: an answer first, a fact otherwise.

        Raises:
            KeyError: the script names something that is neither (the checker refuses such a script).
        """
        return self._known(reference[1:]) if isinstance(reference, str) and reference[:1] == "$" else reference

    def _known(self, name: str) -> Scalar:
        answers = self.state.answers
        return answers[name] if name in answers else self.moment.facts[name]

    def _in_words(self, value: Scalar | dict[str, Scalar]) -> str:
        if not isinstance(value, dict):
            return str(self.value(value))
        ((form, reference),) = value.items()
        return IN_WORDS[form](self.value(reference), self.moment)

    def _work_out(self, let: dict[str, dict[str, Scalar]]) -> None:
        for name, how in let.items():
            ((function, reference),) = how.items()
            made = WORKED_OUT[function](self.value(reference), self.moment)
            if isinstance(made, Mapping):
                self.state = self.state.with_answers({f"{name}_{key}": each for key, each in made.items()})
            else:
                self.state = self.state.with_answers({name: made})

    def _act(self, acts: Sequence[Act]) -> None:
        for act in acts:
            kinds = KINDS[act.effect]
            given: dict[str, Any] = {name: kinds[name](self.value(each)) for name, each in act.arguments.items()}
            if "for_date" in kinds and not given.get("for_date"):
                given["for_date"] = self.state.local_date
            elif act.effect == "start_script":
                given["given"] = {name: value for name, value in self.state.answers.items() if name in HANDED_OVER}
            self.effects.append(EFFECTS[act.effect](**given))

    def _holds(self, conditions: Conditions) -> bool:
        return not conditions or all(_passes(self._known(name), test) for name, test in conditions.items())


def _passes(value: Any, test: Test) -> bool:
    return (
        (test.is_ is None or value == test.is_)
        and (test.one_of is None or value in test.one_of)
        and (test.at_least is None or value >= test.at_least)
        and (test.at_most is None or value <= test.at_most)
    )
