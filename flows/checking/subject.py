"""The script under test, with its files, its words, and every way that leads on from each of its steps."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from flows.catalogue import Catalogue
from flows.conversation.library import Library
from flows.conversation.script import END, Exit, Say, Script, Step
from flows.errors import Problem

# What every wait names beside `answer`: what happens when nothing, or nothing useful, is said.
OTHERWISE = ("unreadable", "silence", "refusal", "stop")


@dataclass(frozen=True, slots=True)
class Way:
    """One way on from a step. `part` is what the author called it; `waits` says that a reply or a timer comes first."""

    step: str
    part: str
    exit: Exit
    waits: bool


@dataclass(frozen=True)
class Subject:
    """One script among its library. `answered` holds the reply words that somebody answers at any time."""

    script: Script
    file: str
    library: Library
    catalogue: Catalogue
    answered: frozenset[str]

    def problem(self, step: str, problem: str, remedy: str) -> Problem:
        """A mistake in this file."""
        return Problem(self.file, step, problem, remedy)

    @property
    def steps(self) -> dict[str, Step]:
        """By name, in the author's order."""
        return self.script.steps

    @cached_property
    def ways(self) -> dict[str, tuple[Way, ...]]:
        """Step name -> the ways on from it, in the order in which the engine tries them."""
        return {name: tuple(_ways_from(name, step)) for name, step in self.steps.items()}

    @cached_property
    def reached(self) -> frozenset[str]:
        """The steps that some way leads to from the first."""
        seen: set[str] = set()
        ahead = [self.script.first_step]
        while ahead:
            name = ahead.pop()
            if name in self.steps and name not in seen and name != END:
                seen.add(name)
                ahead.extend(way.exit.go for way in self.ways[name] if way.part != "stop")
        return frozenset(seen)

    @cached_property
    def leading_to(self) -> dict[str, tuple[Way, ...]]:
        """Step name -> the ways from reached steps that come to it."""
        found: dict[str, list[Way]] = {name: [] for name in self.steps}
        for name in self.reached:
            for way in self.ways[name]:
                if way.part != "stop" and way.exit.go in found:
                    found[way.exit.go].append(way)
        return {name: tuple(ways) for name, ways in found.items()}

    def channels_of(self, step: Step) -> frozenset[str]:
        """On which channels a step is come to at all."""
        of_script = frozenset[str](self.script.channels)
        return of_script if step.only is None else of_script & {step.only}

    def run_of(self, step: Step) -> Script | None:
        """The script that a step runs, when it runs one that exists."""
        return self.library.scripts.get(step.run) if step.run is not None else None

    def of(self, script: Script) -> Subject:
        """Another script of the same library."""
        file = self.library.files.get(script.name, script.name)
        return Subject(script, file, self.library, self.catalogue, self.answered)


def all_says(step: Step) -> Iterator[tuple[str, Say]]:
    """Every phrase of a step with the part of it that says it; the step's own has no part."""
    yield from (("", say) for say in step.say)
    for way in _ways_from("", step):
        yield from ((way.part, say) for say in way.exit.say)
    if (wait := step.wait) is None:
        return
    yield from (("hint", say) for say in wait.hint)
    yield from (("hint_between", say) for say in wait.hint_between)
    yield from ((f"hints {reason}", say) for reason, says in wait.hints.items() for say in says)
    yield from (("remind", say) for say in (wait.remind.say if wait.remind else ()))
    yield from (("later", say) for say in (wait.later.say if wait.later else ()))


def _ways_from(name: str, step: Step) -> Iterator[Way]:
    if (wait := step.wait) is not None:
        yield from (Way(name, "answer", exit_, True) for exit_ in step.answer)
        yield from (Way(name, f"also {word}", exit_, True) for word, exit_ in wait.also.items())
        otherwise = ((part, getattr(step, part)) for part in OTHERWISE)
        yield from (Way(name, part, exit_, True) for part, exit_ in otherwise if exit_ is not None)
    elif step.choose:
        yield from (Way(name, "choose", exit_, False) for exit_ in step.choose)
    else:
        yield Way(name, "go", Exit(go=step.go or END), False)
    if step.only is not None:
        yield Way(name, "otherwise", Exit(go=step.otherwise or END), False)
