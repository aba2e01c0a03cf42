"""Rules of effects: each exists, has the arguments it wants and no other, and may take what it is given."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import MISSING, fields
from typing import Any

from flows.checking.knowing import DIGITS, NUMBER, TRUTH, Known, kinds_of, places
from flows.checking.subject import Subject
from flows.conversation.effects import EFFECTS
from flows.conversation.script import Act
from flows.conversation.turn import Scalar
from flows.errors import Problem
from flows.programme.choices import CHOICES
from flows.programme.dose import PACES

FITS = {"int": NUMBER | DIGITS, "float": NUMBER | DIGITS, "bool": TRUTH}
CRISIS_CATEGORIES = ("S", "V", "H", "C", "M", "L")


def every_effect_is_sound(subject: Subject) -> Iterator[Problem]:
    """Names and kinds of arguments; of literals, whether the effect may take that value."""
    for place in places(subject):
        for act in place.do:
            for problem, remedy in _faults(subject, act, place.after):
                yield subject.problem(place.step, f"{act.effect}: {problem}", remedy)


def _faults(subject: Subject, act: Act, known: Known) -> Iterator[tuple[str, str]]:
    kind = EFFECTS.get(act.effect)
    if kind is None:
        yield "is no effect", f"use one of {', '.join(EFFECTS)}"
        return
    wanted: dict[str, Any] = {each.name: each for each in fields(kind)}
    for name in act.arguments.keys() - wanted.keys():
        yield f"has an argument {name}", f"use {', '.join(wanted) or 'none'}"
    for name, each in wanted.items():
        if name not in act.arguments and each.default is MISSING and each.default_factory is MISSING:
            yield f"wants {name}", f"add {name}"
    for name, value in act.arguments.items():
        kinds = kinds_of(value, known)
        if name in wanted and kinds and not kinds <= FITS.get(wanted[name].type, kinds):
            yield f"{name} cannot be {value}", f"give it a {_spoken(wanted[name].type)}"
    for name, value in act.arguments.items():
        if not (isinstance(value, str) and value.startswith("$")):
            yield from _refused_value(subject, act, name, value)


def _refused_value(subject: Subject, act: Act, name: str, value: Scalar) -> Iterator[tuple[str, str]]:
    match act.effect, name:
        case ("start_script" | "plan_script"), "script":
            yield from _script_faults(subject, str(value))
        case "keep_setting", _:
            yield from _setting_faults(act)
        case _:
            allows, remedy = ALLOWED.get((act.effect, name), (_anything, ""))
            if not allows(value, subject):
                yield f"{name} cannot be {value}", remedy


def _script_faults(subject: Subject, name: str) -> Iterator[tuple[str, str]]:
    script = subject.library.scripts.get(name)
    if script is None:
        yield f"script {name} is not installed", "name an installed script"
    elif script.argument is not None:
        yield f"script {name} wants {script.argument.name}, which only its keyword gives", "name another script"


def _setting_faults(act: Act) -> Iterator[tuple[str, str]]:
    key, value = str(act.arguments.get("key", "")), act.arguments.get("value", "")
    if key not in CHOICES:
        yield f"there is no setting {key}", f"use one of {', '.join(CHOICES)}"
    elif not str(value).startswith("$") and not CHOICES[key].allows(str(value)):
        yield f"{key} cannot be {value}", "see flows/programme/choices.py for what it may be"


def _anything(_value: Scalar, _subject: Subject) -> bool:
    return True


def _one_of(*values: Scalar) -> Callable[[Scalar, Subject], bool]:
    return lambda value, _subject: value in values


def _days(value: Scalar, _subject: Subject) -> bool:
    return isinstance(value, int) and 0 <= value <= 366


# What a literal may be where not everything of its kind is right.
ALLOWED: Mapping[tuple[str, str], tuple[Callable[[Scalar, Subject], bool], str]] = {
    ("record_consent", "act"): (_one_of("given", "revoked", "heard"), "write given, revoked or heard"),
    ("record_consent", "wording"): (
        lambda value, subject: value in subject.catalogue.phrase_ids(), "name the phrase that asked",
    ),
    ("set_pace", "pace"): (_one_of(*PACES, "fading"), f"use one of {', '.join(PACES)}, fading"),
    ("step_pace", "step"): (_one_of(1, -1), "write 1 or -1"),
    ("hold_for_crisis", "category"): (_one_of(*CRISIS_CATEGORIES), f"use one of {', '.join(CRISIS_CATEGORIES)}"),
    ("pause", "days"): (_days, "give 1 to 366 days"),
    ("plan_script", "days"): (_days, "give 0 to 366 days"),
}  # fmt: skip


def _spoken(kind: str) -> str:
    return {"int": "whole number", "float": "number", "bool": "true or false"}.get(kind, "text")
