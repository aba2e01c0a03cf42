"""Rules of a question: it is asked, whatever happens to it leads on, and a reply we cannot read is answered once."""

from __future__ import annotations

import re
from collections.abc import Iterator

from flows.checking.subject import OTHERWISE, Subject, Way
from flows.conversation.script import END, Step, Wait
from flows.errors import Problem

VOICE_CHOICES = 4  # PROGRAMME 3.9
LEAST_CHOICES = 2  # with the words or keys under `also`
ASKED_TWICE = 2  # patience: the question, one hint, then it ends kindly (PROGRAMME 3.5.7)


def every_wait_has_its_exits(subject: Subject) -> Iterator[Problem]:
    """A wait says what an answer, an unreadable reply, silence, a refusal and a stop lead to."""
    for name, step in subject.steps.items():
        if step.wait is None:
            yield from _exits_without_a_wait(subject, name, step)
            continue
        wanted = OTHERWISE if step.wait.reply == "offer" else ("answer", *OTHERWISE)
        for part in wanted:
            if not getattr(step, part):
                yield subject.problem(name, f"waits and has no {part}", f"add {part}, at least {{go: end}}")
        if step.wait.reply == "offer" and step.answer:
            yield subject.problem(name, "has an answer to an offer", "move it under also, by its word")
        if step.wait.reply == "offer" and not step.wait.also:
            yield subject.problem(name, "offers nothing", "add also with the words it takes, at least OK")
        if step.stop is not None and (step.stop.say or step.stop.go != END):
            yield subject.problem(name, "goes on after STOP", "write stop: {go: end}; nothing is said after a STOP")


def every_wait_is_whole(subject: Subject) -> Iterator[Problem]:
    """The answer has a name, a choice its options, a rating its range, a reminder its time."""
    for name, step in subject.steps.items():
        if step.wait is not None:
            for problem, remedy in _gaps(step.wait):
                yield subject.problem(name, problem, remedy)


def every_question_is_asked(subject: Subject) -> Iterator[Problem]:
    """Something was said in the same turn before anything is waited for; what is put again has words of its own."""
    for name in subject.steps:
        step = subject.steps[name]
        if name not in subject.reached or step.wait is None or step.say:
            continue
        silent = [way for way in subject.leading_to[name] if not _says(subject, way, frozenset({name}))]
        if silent or name == subject.script.first_step:
            where = f"from {silent[0].step}" if silent else "at the start"
            yield subject.problem(name, f"waits in silence, {where}", "add say to the step, or to what leads to it")
        if step.wait.later is not None:
            yield subject.problem(name, "is put again after LATER and has no words of its own", "add say to the step")


def a_bad_reply_is_told(subject: Subject) -> Iterator[Problem]:
    """Where a question is put twice, the first reply that could not be read gets a hint."""
    for name, step in subject.steps.items():
        if step.wait is not None and step.wait.patience == ASKED_TWICE and not step.wait.hint:
            problem = "says nothing to a reply it cannot read"
            yield subject.problem(name, problem, "add hint, such as the question once more, or write patience: 1")
        if step.wait is not None and step.wait.patience < 1:
            yield subject.problem(name, "has no patience at all", "write patience: 1, or leave it out for 2")


def a_call_offers_four_choices(subject: Subject) -> Iterator[Problem]:
    """Nobody keeps more than four spoken choices in mind."""
    if "voice" not in subject.script.channels:
        return
    for name, step in subject.steps.items():
        if step.wait is not None and step.wait.reply == "choice" and _count(step.wait) > VOICE_CHOICES:
            problem = f"speaks {_count(step.wait)} choices of at most {VOICE_CHOICES}"
            yield subject.problem(name, problem, "split the question, or take voice out of channels")


def _exits_without_a_wait(subject: Subject, name: str, step: Step) -> Iterator[Problem]:
    for part in ("answer", *OTHERWISE):
        if getattr(step, part):
            yield subject.problem(name, f"has {part} and waits for nothing", "add wait, or take it out")


def _gaps(wait: Wait) -> Iterator[tuple[str, str]]:
    if wait.reply != "offer" and not wait.name:
        yield "keeps its answer under no name", "add as"
    if wait.reply == "choice" and (_count(wait) < 1 or _count(wait) + len(wait.also) < LEAST_CHOICES):
        yield "has a choice without options", "add options: their number, or the words of each"
    if wait.reply == "rating" and wait.low >= wait.high:
        yield f"asks for a number from {wait.low} to {wait.high}", "let low be less than high"
    after = wait.remind.after if wait.remind is not None else "$"
    if not (after.startswith("$") or re.fullmatch(r"\d+(\.\d+)?", after)):
        yield f"reminds after {after}", "write minutes, such as \"60\", or a fact that holds minutes"
    if wait.later is not None and wait.later.after >= wait.closes_after:
        yield "closes before LATER puts it again", "let closes_after be longer than later.after"


def _says(subject: Subject, way: Way, seen: frozenset[str]) -> bool:
    """Whether this way, or every way to it within the same turn, says something."""
    step = subject.steps[way.step]
    speaks = step.say or step.run is not None
    if way.exit.say or (not way.waits and way.part != "otherwise" and speaks):
        return True
    if way.waits or way.step == subject.script.first_step or way.step in seen:
        return False
    before = subject.leading_to[way.step]
    return bool(before) and all(_says(subject, each, seen | {way.step}) for each in before)


def _count(wait: Wait) -> int:
    return wait.options if isinstance(wait.options, int) else len(wait.options)
