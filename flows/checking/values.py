"""Rules of names and values: what a script refers to is known there, on every path, and of the right kind."""

from __future__ import annotations

from collections.abc import Iterator

from flows.checking.knowing import (
    CLOCK,
    DIGITS,
    INSTANT,
    NUMBER,
    TAKEN,
    TAKES_OTHERS,
    TEXT,
    Known,
    Place,
    kinds_of,
    places,
)
from flows.checking.subject import Subject
from flows.conversation.script import Test
from flows.conversation.turn import Scalar
from flows.conversation.working_out import IN_WORDS, WORKED_OUT
from flows.errors import Problem

READS_AS_TEXT = TEXT | CLOCK | DIGITS | INSTANT
NAMED = {"number": "a number", "digits": "a number", "instant": "a time worked out by let", "clock": 'a clock, "08:00"',
         "text": "words", "code": "the letters of a promise"}  # fmt: skip


def every_name_is_known(subject: Subject) -> Iterator[Problem]:
    """`$name` is an answer kept before on every path, something worked out, or a fact."""
    for place in places(subject):
        for value, known in _references(subject, place):
            if isinstance(value, str) and value.startswith("$") and value[1:] not in known:
                problem = f"{_at(place)}names {value}, which is not known there on every path"
                yield subject.problem(place.step, problem, "ask for it before, or name an answer or fact that is known")


def every_function_exists(subject: Subject) -> Iterator[Problem]:
    """`let` works out, and `with` puts into words, by a function of the list, and of a value it can take."""
    for place in places(subject):
        for name, how in place.let.items():
            yield from _function_faults(subject, place, f"let {name}", dict(how), place.before, into_words=False)
        for say in place.say:
            for name, given in say.arguments.items():
                if isinstance(given, dict):
                    yield from _function_faults(subject, place, f"with {name}", given, place.after, into_words=True)


def every_condition_can_be_met(subject: Subject) -> Iterator[Problem]:
    """`when` compares like with like: numbers with numbers, a clock with a clock."""
    for place in places(subject):
        for name, test in place.when.items():
            kinds = place.before.get(name, frozenset())
            if not kinds:
                problem = f"{_at(place)}asks about {name}, which is not known there on every path"
                yield subject.problem(place.step, problem, "ask for it before, or use an answer or fact that is known")
            elif fault := _test_fault(test, kinds):
                yield subject.problem(place.step, f"{_at(place)}{fault.format(name=name)}", "compare like with like")


def _test_fault(test: Test, kinds: frozenset[str]) -> str | None:
    literals: list[Scalar] = [each for each in (test.is_, test.at_least, test.at_most) if each is not None]
    literals += test.one_of or ()
    if not literals:
        return "asks nothing about {name}"
    for literal in literals:
        of = kinds_of(literal, {})
        fits = kinds & READS_AS_TEXT if isinstance(literal, str) else kinds & of
        if not fits:
            return f"compares {{name}} with {literal}, which it can never be"
    ordered = test.at_least is not None or test.at_most is not None
    if ordered and not (kinds <= NUMBER or kinds <= CLOCK):
        return "puts {name} in an order it has not"
    return None


def _references(subject: Subject, place: Place) -> Iterator[tuple[Scalar, Known]]:
    for how in place.let.values():
        yield from ((value, place.before) for value in how.values())
    for act in place.do:
        yield from ((value, place.after) for value in act.arguments.values())
    for say in place.say:
        for given in say.arguments.values():
            yield from ((value, place.after) for value in (given.values() if isinstance(given, dict) else (given,)))
    wait = subject.steps[place.step].wait
    if place.part == "remind" and wait is not None and wait.remind is not None:
        yield wait.remind.after, place.after


def _function_faults(
    subject: Subject, place: Place, what: str, how: dict[str, Scalar], known: Known, *, into_words: bool
) -> Iterator[Problem]:
    functions = IN_WORDS if into_words else WORKED_OUT
    if len(how) != 1 or not how.keys() <= functions.keys():
        problem = f"{_at(place)}{what} uses {', '.join(how) or 'nothing'}"
        yield subject.problem(place.step, problem, f"use one of {', '.join(functions)}")
        return
    ((function, value),) = how.items()
    kinds = kinds_of(value, known)
    wanted = TAKEN[function] if into_words else TAKES_OTHERS.get(function, NUMBER | DIGITS)
    if kinds and not kinds <= wanted:
        problem = f"{_at(place)}{what} gives {value} to {function}, which cannot take it"
        yield subject.problem(place.step, problem, f"{function} takes {_named(wanted)}")


def _named(kinds: frozenset[str]) -> str:
    return " or ".join(sorted({NAMED[kind] for kind in kinds}))


def _at(place: Place) -> str:
    return f"{place.part}: " if place.part else ""

