"""What is known at each place of a script on every path to it: answers kept, things worked out, facts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from flows.checking.subject import Subject, Way
from flows.conversation.script import Acts, Conditions, Says, Wait
from flows.conversation.turn import FACT_KINDS, Scalar

# The kinds of what is known. `digits` is a number held as text, `instant` an ISO time, `clock` a wall-clock HH:MM.
Kinds = frozenset[str]
Known = Mapping[str, Kinds]
NUMBER, TEXT, TRUTH = frozenset({"number"}), frozenset({"text"}), frozenset({"truth"})
INSTANT, CLOCK, DIGITS = frozenset({"instant"}), frozenset({"clock"}), frozenset({"digits"})
CODE = frozenset({"code"})  # the two letters of a promise
ANYTHING = NUMBER | TEXT | TRUTH | INSTANT | CLOCK | DIGITS

OF_TYPE = {str: TEXT, bool: TRUTH, int: NUMBER, float: NUMBER}
FACTS: Known = {name: OF_TYPE[kind] for name, kind in FACT_KINDS.items()} | {
    "number": DIGITS, "checkin_time": CLOCK, "promise_due": INSTANT, "promise_notice_at": INSTANT,
    "new_pin_at": INSTANT,
    "outcome_when": INSTANT, "line_due": INSTANT, "promise_code": CODE, "next_code": CODE,
    "now": INSTANT, "break_started_at": INSTANT, "break_back_at": INSTANT, "break_next_at": INSTANT,
    "break_time": INSTANT, "sharing_ends_at": INSTANT, "due_clock": CLOCK,
}  # fmt: skip
ANSWERS = {
    "rating": NUMBER, "choice": NUMBER, "minutes": NUMBER, "clock-time": CLOCK, "promise": INSTANT, "when": INSTANT,
    "outcome": NUMBER,
}  # fmt: skip
# What some readers keep beside the answer, as name_key.
BESIDE: Mapping[str, Known] = {
    "zone": {"second": TEXT, "city": TEXT, "second_city": TEXT},
    "pin": {"hash": TEXT},
    "promise": {"title": TEXT, "repeats": TRUTH, "rule": TEXT, "clock": CLOCK},
    "when": {"blames": TRUTH},
    "outcome": {"reason": NUMBER, "when": INSTANT},
}
# The functions of working_out.WORKED_OUT make an instant of a number, but for these: what each takes, what it makes of
# it, and which give several facts anew under their name.
TAKES_OTHERS: Mapping[str, Kinds] = {"unheard_promise": TEXT, "rings_at": INSTANT}
MAKES_OTHERS: Mapping[str, Kinds] = {"rings_at": TRUTH}
GIVES_FACTS = frozenset({"unheard_promise"})
# What each way of putting into words (working_out.IN_WORDS) can take.
TAKEN = {
    "time": INSTANT, "date": INSTANT, "day": INSTANT, "clock": CLOCK, "number": NUMBER | DIGITS, "letters": CODE,
    "repeats": TEXT,
}  # fmt: skip
Let = Mapping[str, Mapping[str, Scalar]]


@dataclass(frozen=True, slots=True)
class Place:
    """One part of a step and what is known there: `before` its `let`, which `when` sees, and after it."""

    step: str
    part: str
    before: Known
    when: Conditions = field(default_factory=dict)
    let: Let = field(default_factory=dict)
    do: Acts = ()
    say: Says = ()

    @property
    def after(self) -> Known:
        """What `do` and `say` see."""
        made = {
            name: MAKES_OTHERS.get(next(iter(how), ""), INSTANT)
            for name, how in self.let.items()
            if not how.keys() & GIVES_FACTS
        }
        return {**self.before, **made}


def kinds_of(value: Scalar, known: Known) -> Kinds:
    """What a literal is, or what `$name` stands for; empty for a name that is not known."""
    if isinstance(value, bool):
        return TRUTH
    if isinstance(value, int | float):
        return NUMBER
    if value.startswith("$"):
        return known.get(value[1:], frozenset())
    if re.fullmatch(r"\d\d:\d\d", value):
        return CLOCK
    return DIGITS if re.fullmatch(r"-?\d+(\.\d+)?", value) else TEXT


def places(subject: Subject) -> Iterator[Place]:
    """Every part of every reached step, in the author's order."""
    arrival = known_on_arrival(subject)
    for name, step in subject.steps.items():
        if name not in arrival:
            continue
        own = Place(name, "", arrival[name], let=step.let, do=step.do, say=step.say)
        yield own
        for way in subject.ways[name]:
            if way.part == "otherwise":
                continue
            exit_ = way.exit
            yield Place(
                name, way.part, _known_on(way, step.wait, own.after), exit_.when, exit_.let, exit_.do, exit_.say
            )
        if step.wait is not None:
            yield from _beside(step.wait, own)


def known_on_arrival(subject: Subject) -> dict[str, Known]:
    """Reached step -> what is known on every path to it."""
    arrival: dict[str, Known] = {subject.script.first_step: _at_the_start(subject)}
    ahead = [subject.script.first_step]
    while ahead:
        name = ahead.pop()
        if name not in subject.steps:
            continue
        for way, known in _known_after(subject, name, arrival[name]):
            target = way.exit.go
            merged = known if target not in arrival else _on_both(arrival[target], known)
            if target in subject.steps and arrival.get(target) != merged:
                arrival[target] = merged
                ahead.append(target)
    return arrival


def _known_after(subject: Subject, name: str, arrived: Known) -> Iterator[tuple[Way, Known]]:
    step = subject.steps[name]
    known = Place(name, "", arrived, let=step.let).after
    if (inner := subject.run_of(step)) is not None and not is_recursive(subject, inner.name):
        known = {**known, **_known_at_the_end(subject.of(inner))}
    for way in subject.ways[name]:
        if way.part == "otherwise":  # passed over: nothing was worked out or run
            yield way, arrived
        elif way.part != "stop":
            yield way, Place(name, way.part, _known_on(way, step.wait, known), let=way.exit.let).after


def _known_at_the_end(subject: Subject) -> Known:
    """What a script that was run leaves behind on every path, beside what was known before it."""
    ends: list[Known] = []
    for name, arrived in known_on_arrival(subject).items():
        after = _known_after(subject, name, arrived) if name in subject.steps else ()
        ends.extend(known for way, known in after if way.exit.go == "end")
    start = _at_the_start(subject)
    gained = ends[0] if ends else {}
    for each in ends[1:]:
        gained = _on_both(gained, each)
    return {name: kinds for name, kinds in gained.items() if name not in start}


def is_recursive(subject: Subject, name: str) -> bool:
    """Whether a script runs itself, at whatever depth, or comes back to the subject."""
    ahead, seen = [name], {subject.script.name}
    while ahead:
        each = ahead.pop()
        script = subject.library.scripts.get(each)
        if script is None:
            continue
        if each in seen:
            return True
        inner = [step.run for step in script.steps.values() if step.run is not None]
        if each in inner or name in inner or subject.script.name in inner:
            return True
        ahead.extend(run for run in inner if run not in ahead)
    return False


def _at_the_start(subject: Subject) -> Known:
    argument = subject.script.argument
    given = {argument.name: NUMBER} if argument is not None else {}
    named = {"name": TEXT} if "OFF" in subject.script.keywords else {}
    return {**FACTS, "is_late": TRUTH, **given, **named}


def _known_on(way: Way, wait: Wait | None, known: Known) -> Known:
    if wait is None or way.part != "answer":
        return known
    read = {wait.name: ANSWERS.get(wait.reply, TEXT)} if wait.name else {}
    note = {wait.note_as: TEXT} if wait.note_as else {}
    beside = {f"{wait.name}_{each}": kinds for each, kinds in BESIDE.get(wait.reply, {}).items()}
    return {**known, **read, **note, **beside}


def _beside(wait: Wait, own: Place) -> Iterator[Place]:
    asked = replace(own, before=own.after, let={}, do=(), say=())
    yield replace(asked, part="hint", say=wait.hint)
    for reason, says in wait.hints.items():
        yield replace(asked, part=f"hints {reason}", say=says)
    between = {**asked.before, "between_low": NUMBER, "between_high": NUMBER}
    yield replace(asked, part="hint_between", before=between, say=wait.hint_between)
    if wait.remind is not None:
        yield replace(asked, part="remind", say=wait.remind.say)
    if wait.later is not None:
        yield replace(asked, part="later", before={**asked.before, "later_at": INSTANT}, say=wait.later.say)


def _on_both(one: Known, other: Known) -> Known:
    return {name: one[name] | other[name] for name in one if name in other}
