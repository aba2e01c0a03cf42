"""Rules of the way through a script: every step is reached, leads on, and does not turn in circles."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from flows.checking.subject import Subject
from flows.conversation.script import END, Exit, Step, Wait
from flows.conversation.stepping import STEPS_A_TURN
from flows.errors import Problem

RUN_DEPTH = 3  # scripts inside one another below the first; more than this no author keeps in mind
MOST_STEPS = 60
MOST_QUESTIONS = 20  # two turns each stay well inside engine.TURNS_A_SESSION


def every_step_is_reached(subject: Subject) -> Iterator[Problem]:
    """No step is left over."""
    if subject.script.first and subject.script.first not in subject.steps:
        yield subject.problem("", f"begins at {subject.script.first}, which is no step", "name one of its steps")
        return
    for name in subject.steps:
        if name not in subject.reached and name != END:
            yield subject.problem(name, "is never reached", f"lead to it with `go: {name}`, or take it out")


def every_go_has_a_target(subject: Subject) -> Iterator[Problem]:
    """`go` names a step of this script, or `end`."""
    for name, ways in subject.ways.items():
        for way in ways:
            if way.exit.go != END and way.exit.go not in subject.steps:
                problem = f"{way.part} goes to {way.exit.go}, which is no step"
                yield subject.problem(name, problem, f"use one of {', '.join(subject.steps)}, or end")
    if END in subject.steps:
        yield subject.problem(END, "has the name that closes a conversation", "call the step something else")


def every_step_leads_on(subject: Subject) -> Iterator[Problem]:
    """A step does exactly one thing after its words: wait, choose, run, or go."""
    for name, step in subject.steps.items():
        ways = [way for way, there in _onward(step).items() if there]
        if not ways:
            yield subject.problem(name, "leads nowhere", "add wait, choose, run or go (`go: end` closes)")
        elif len(ways) > 1:
            yield subject.problem(name, f"has {' and '.join(ways)}", "keep one, and move the rest to a step of its own")
        if step.otherwise is not None and step.only is None:
            yield subject.problem(name, "has otherwise without only", "add only: text or only: voice, or take it out")
        if not subject.channels_of(step):
            problem = f"is only for {step.only}, which the script is not"
            yield subject.problem(name, problem, f"add {step.only} to channels, or take the step out")
        if step.run is not None and step.go is None:
            yield subject.problem(name, f"runs {step.run} and does not say where to go then", "add go")


def every_list_of_exits_ends(subject: Subject) -> Iterator[Problem]:
    """Whatever was answered, one exit of `answer` or `choose` fits; none stands where nothing can come to it."""
    for name, step in subject.steps.items():
        for part, exits in (("answer", step.answer), ("choose", step.choose)):
            if exits and not _covers(exits, step.wait):
                yield subject.problem(name, f"{part} may fit nothing", "end the list with an exit that has no `when`")
            if any(not exit_.when for exit_ in exits[:-1]):
                problem = f"{part} has exits behind one without `when`"
                yield subject.problem(name, problem, "put the exit without `when` last")


def nothing_goes_in_circles(subject: Subject) -> Iterator[Problem]:
    """Between two waits the way ends; a circle has a wait in it."""
    for name in subject.steps:
        if name in subject.reached and _comes_back(subject, name):
            problem = "comes back to itself without waiting for anybody"
            yield subject.problem(name, problem, "put a wait into the circle, or go on to another step")


def what_is_run_exists(subject: Subject) -> Iterator[Problem]:
    """Sub-scripts are there, do not come back to this one, and lie at most three deep."""
    for name, step in subject.steps.items():
        if step.run is None:
            continue
        if step.run not in subject.library.scripts:
            yield subject.problem(name, f"runs {step.run}, which is not installed", "name an installed script")
        elif (chain := _chain_back(subject, step.run)) is not None:
            yield subject.problem(name, f"runs itself: {' > '.join(chain)}", "break the ring; go to a step instead")
        elif (depth := _depth(subject, step.run)) > RUN_DEPTH:
            problem = f"runs scripts {depth} deep"
            yield subject.problem(name, problem, f"write the steps out; {RUN_DEPTH} deep is the most")


def it_stays_small(subject: Subject) -> Iterator[Problem]:
    """Steps, questions, and steps between two waits have a limit."""
    questions = sum(step.wait is not None for step in subject.steps.values())
    if len(subject.steps) > MOST_STEPS:
        problem = f"has {len(subject.steps)} steps of at most {MOST_STEPS}"
        yield subject.problem("", problem, "make two scripts of it")
    if questions > MOST_QUESTIONS:
        problem = f"asks {questions} questions of at most {MOST_QUESTIONS}"
        yield subject.problem("", problem, "ask less at once, or make two scripts of it")
    for name in subject.reached:
        if _run_of_steps(subject, name) > STEPS_A_TURN:
            problem = f"begins a run of more than {STEPS_A_TURN} steps without a wait"
            yield subject.problem(name, problem, "say it in fewer steps")
            return


def _onward(step: Step) -> dict[str, bool]:
    goes = step.go is not None and step.run is None
    return {"wait": step.wait is not None, "choose": bool(step.choose), "run": step.run is not None, "go": goes}


def _covers(exits: Sequence[Exit], wait: Wait | None) -> bool:
    if not exits[-1].when:
        return True
    if wait is None or wait.reply != "choice":
        return False
    named = [exit_.when[wait.name] for exit_ in exits if set(exit_.when) == {wait.name}]
    met = {each for test in named for each in ((test.is_,) if test.one_of is None else test.one_of)}
    count = wait.options if isinstance(wait.options, int) else len(wait.options)
    return all(number in met for number in range(1, count + 1))


def _ahead_in_this_turn(subject: Subject, name: str) -> list[str]:
    targets = [way.exit.go for way in subject.ways[name] if not way.waits]
    return [target for target in targets if target in subject.steps and target != END]


def _comes_back(subject: Subject, name: str) -> bool:
    ahead, seen = _ahead_in_this_turn(subject, name), set()
    while ahead:
        each = ahead.pop()
        if each == name:
            return True
        if each not in seen:
            seen.add(each)
            ahead.extend(_ahead_in_this_turn(subject, each))
    return False


def _run_of_steps(subject: Subject, name: str) -> int:
    """How many steps one turn can take from here; one more than allowed where they turn in a circle."""
    length, here = 1, {name}
    while length <= STEPS_A_TURN and (here := {next_ for each in here for next_ in _ahead_in_this_turn(subject, each)}):
        length += 1
    return length if not _comes_back(subject, name) else 0


def _runs(subject: Subject, name: str) -> list[str]:
    script = subject.library.scripts.get(name)
    steps = script.steps.values() if script is not None else ()
    return list(dict.fromkeys(step.run for step in steps if step.run is not None))


def _chain_back(subject: Subject, name: str) -> list[str] | None:
    ahead = [[subject.script.name, name]]
    while ahead:
        chain = ahead.pop()
        if chain[-1] == subject.script.name:
            return chain
        if chain[-1] not in chain[:-1]:
            ahead.extend([*chain, run] for run in _runs(subject, chain[-1]))
    return None


def _depth(subject: Subject, name: str, above: tuple[str, ...] = ()) -> int:
    inner = [_depth(subject, run, (*above, name)) for run in _runs(subject, name) if run not in above]
    return 1 + max(inner, default=0)
