"""What can be made to go wrong on the simulated network, from the page: it strikes once, at the next occasion."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from service.web.phones import Choice
from service.web.telephone import Telephone, TelephoneRefused

CLEAR = "nothing"
# What of each kind: the simulator's word for it, and what the page says.
TAKEN_OR_NOT = {
    "429": "is not taken: too many at once (429)",
    "503-retry-after": "is not taken: come again in a second (503)",
    "500-not-processed": "is not taken, and an error comes back (500)",
    "500-processed": "is taken, and an error comes back (500)",
    "timeout-not-processed": "is not taken, and no answer comes",
    "timeout-processed": "is taken, and no answer comes",
    "reset-not-processed": "is not taken, and the connection breaks",
    "reset-processed": "is taken, and the connection breaks",
    "half-answer": "is taken, and half an answer comes",
    "slow": "is taken, and the answer takes nine seconds",
    "callback-before-answer": "is told of before it is answered",
}
OFFERED: Mapping[str, tuple[str, str, Mapping[str, str]]] = {
    "messages.create": ("Texts we send", "The next text we send", {
        **TAKEN_OR_NOT, "error:21610": "is refused: they opted out (21610)",
        "error:21611": "is refused: the queue is full (21611)",
    }),
    "calls.create": (
        "Calls we place", "The next call we place", {**TAKEN_OR_NOT, "unreachable": "does not reach the phone"},
    ),
    "webhook": ("What comes in", "The next text, call or key that comes in", {
        "duplicate": "comes twice", "delay": "comes a minute late", "drop": "never comes",
        "forge": "is signed by somebody else",
    }),
    "callback": ("Reports", "The next report on a text or call", {
        "duplicate": "comes twice", "delay": "comes half a minute late", "swap": "comes after the one behind it",
        "drop": "never comes", "forge": "is signed by somebody else",
    }),
    "fate": ("Texts on their way", "The next text we send", {
        "fail:30003": "does not arrive: the phone is off (30003)",
        "fail:30001": "is dropped: the queue is full (30001)",
        "fail:30007": "is dropped as spam (30007)", "never-sent": "waits until it is too late (30036)",
    }),
}  # fmt: skip
REPORTS = "callback"  # what becomes of a text is a matter of its reports


@dataclass(frozen=True, slots=True)
class Group:
    """One kind of occasion and what may go wrong at it: (value of the form, a whole sentence)."""

    title: str
    choices: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Fault:
    """One that was picked, in words. `is_over`: it has struck."""

    words: str
    who: str
    is_over: bool


GROUPS = tuple(
    Group(title, tuple((f"{kind} {do}", f"{begins} {words}") for do, words in choices.items()))
    for kind, (title, begins, choices) in OFFERED.items()
)


def draw_faults(rules: Iterable[Mapping[str, Any]], phones: Iterable[Choice]) -> tuple[Fault, ...]:
    """The rules in force, newest last; those that a test set and the page does not offer keep the simulator's words."""
    names = {phone.handset.number: phone.handset.name for phone in phones}
    return tuple(
        Fault(_words(rule), names.get(rule.get("number") or "", ""), is_over=rule["struck"] >= rule.get("for", 1))
        for rule in rules
    )


async def set_fault(telephone: Telephone, form: Mapping[str, str], number: str | None) -> None:
    """Add what the form picked to what still waits for its moment, for one phone or for any.

    Raises:
        TelephoneRefused: there is no such fault, or the simulator does not answer.
    """
    picked = form.get("fault", "")
    if picked == CLEAR:
        await telephone.clear_faults()
        return
    kind, _, do = picked.partition(" ")
    if kind not in OFFERED or do not in OFFERED[kind][2]:
        raise TelephoneRefused(422, "That cannot be made to go wrong.", "Pick one from the list.")
    waiting = [
        {key: value for key, value in rule.items() if key != "struck"}
        for rule in await telephone.faults() if rule["struck"] < rule.get("for", 1)
    ]  # fmt: skip
    rule: dict[str, Any] = {"on": REPORTS if kind == "fate" else kind, "do": do}
    await telephone.set_faults([*waiting, rule | ({"number": number} if number else {})])


def _words(rule: Mapping[str, Any]) -> str:
    for kind, (_, begins, choices) in OFFERED.items():
        if rule["on"] == (REPORTS if kind == "fate" else kind) and rule["do"] in choices:
            return f"{begins} {choices[rule['do']]}"
    return f"{rule['on']}: {rule['do']}"
