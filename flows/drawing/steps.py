"""A script as a chart: its steps, what each says and waits for, and where every exit leads."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from flows.checking.subject import OTHERWISE, Subject, Way
from flows.conversation.script import END, Conditions, Plain, Say, Step, Test
from flows.drawing.chart import Arrow, Box, Chart

UNITS = ((86_400, "d"), (3600, "h"), (60, "min"))
WordsOf = Callable[[Say], str]


def script_chart(subject: Subject, words_of: WordsOf | None = None) -> Chart:
    """The script's chart, first step first. `words_of` gives a phrase its words; without it ids stand alone."""
    script = subject.script
    names = [script.first_step, *(name for name in script.steps if name != script.first_step)]
    boxes = [Box(name, tuple(_lines(script.steps[name], words_of))) for name in names]
    arrows = [
        Arrow(name, way.exit.go, _label(way, is_first=not place or ways[place - 1].part != way.part))
        for name in names
        for ways in [subject.ways[name]]
        for place, way in enumerate(ways)
    ]
    return Chart(script.name, f"{script.name}: {script.about}", [*boxes, Box(END)], arrows)


def _lines(step: Step, words_of: WordsOf | None) -> Iterator[str]:
    if step.only is not None:
        yield f"by {step.only} alone"
    for act in step.do:
        yield f"does {act.effect}"
    for say in step.say:
        yield f"says {say.phrase}" + (f": {words_of(say)}" if words_of is not None else "")
    if (wait := step.wait) is not None:
        yield f"waits {_length(int(wait.closes_after.total_seconds()))} for: {wait.reply}"
    if step.run is not None:
        yield f"holds the script {step.run}"


def _label(way: Way, *, is_first: bool) -> str:
    """`answer: level = 1, says PR-7`. `is_first`: no way of the same kind was tried before it."""
    kind = "" if way.part in {"choose", "go"} else way.part
    if way.exit.when:
        kind = f"{kind}: {_conditions(way.exit.when)}" if kind else f"if {_conditions(way.exit.when)}"
    elif not is_first and way.part not in OTHERWISE and not way.part.startswith("also "):
        kind = f"{kind}: else" if kind else "else"
    caused = [act.effect for act in way.exit.do]
    said = [say.phrase for say in way.exit.say]
    parts = [kind, f"does {', '.join(caused)}" if caused else "", f"says {', '.join(said)}" if said else ""]
    return ", ".join(part for part in parts if part)


def _conditions(when: Conditions) -> str:
    return " and ".join(_condition(name, test) for name, test in when.items())


def _condition(name: str, test: Test) -> str:
    if isinstance(test.is_, bool):
        return name if test.is_ else f"not {name}"
    said = []
    if test.is_ is not None:
        said.append(f"{name} = {_worded(test.is_)}")
    if test.one_of is not None:
        said.append(f"{name} = {' or '.join(_worded(each) for each in test.one_of)}")
    if test.at_least is not None:
        said.append(f"{name} ≥ {test.at_least}")
    if test.at_most is not None:
        said.append(f"{name} ≤ {test.at_most}")
    return " and ".join(said)


def _worded(value: Plain) -> str:
    return str(value) if value != "" else "nothing"


def _length(seconds: int) -> str:
    for size, unit in UNITS:
        if seconds % size == 0:
            return f"{seconds // size} {unit}"
    return f"{seconds} s"
