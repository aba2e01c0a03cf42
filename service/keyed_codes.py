"""Private codes typed on a call: looked at before the turn's transaction, because hashing takes its time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from flows.conversation.session import SessionState
from flows.conversation.turn import Scalar, Turn
from service.covering import COVERED, cover_hash, is_covered
from service.gateway.voice_wire import CallStep
from service.house import House
from service.pins import DIGITS, TooManyTries, fits_hash, hash_pin, which_pin
from service.records import Person, Pin, Session
from service.someone import Someone, opened
from service.standing import bundle_of_session, read_state

# What a wait for a code is for, by the name its script gives the answer.
ENTERED = "pin"


async def look_at_code(house: House, step: CallStep) -> Mapping[str, Scalar]:
    """The facts pin_outcome and pin_hash for this step; empty when it answers no question for a code.

    Outside any transaction. A code that is none of six digits has no outcome: it is asked for again.
    """
    if not DIGITS.fullmatch(step.digits):
        return {}
    session = await Session.get_or_none(id=step.session_id, is_open=True)
    person = await Person.get_or_none(id=session.person_id) if session is not None else None
    if session is None or person is None or session.turn != step.turn:
        return {}
    someone = await opened(house.vault, person)
    state = read_state(someone, session)
    wait = (await bundle_of_session(house, session)).step(state).wait
    if wait is None or wait.reply != "pin":
        return {}
    match wait.name:
        case "new_pin":
            return {"pin_outcome": "kept", "pin_hash": await hash_pin(step.digits)}
        case "cover_pin":
            return await _second(someone, state, step.digits)
        case "pin_again":
            same = await fits_hash(_first(state), step.digits)
            return {"pin_outcome": "same" if same else "other", "pin_hash": _first(state)}
        case _:
            return await _entered(house, someone, step)


def has_code(state: SessionState, code: Mapping[str, Scalar]) -> bool:
    """Whether the private code was typed on this call, in this step (`code` as from `look_at_code`) or before."""
    if "pin_outcome" in code:
        return code["pin_outcome"] in {"right", "same"}
    return state.answers.get(ENTERED) == "right"


def with_code(turn: Turn, *, covered: bool) -> Turn:
    """The turn of somebody who typed their code: the script that goes on, or the next one, knows it too, and which."""
    known: dict[str, Scalar] = {ENTERED: "right", **({COVERED: True} if covered else {})}
    return replace(turn, state=turn.state.with_answers(known) if turn.state is not None else None)


async def _entered(house: House, someone: Someone, step: CallStep) -> Mapping[str, Scalar]:
    tried_by, cover = house.vault.number_key(step.other), await cover_hash(someone)
    try:
        which = await which_pin(someone.id, step.digits, tried_by=tried_by, now=step.at, cover=cover)
    except TooManyTries:
        return {"pin_outcome": "locked"}
    return {"pin_outcome": "wrong" if which == "none" else "right", **({COVERED: True} if which == "cover" else {})}


async def _second(someone: Someone, state: SessionState, digits: str) -> Mapping[str, Scalar]:
    """A second code, which may not be the one in use. Under the second one that is all that can be found out."""
    pin = await Pin.get_or_none(person_id=someone.id)
    in_use = await cover_hash(someone) if is_covered(state, {}) else pin.hash if pin is not None else ""
    if await fits_hash(in_use, digits):
        return {"pin_outcome": "taken"}
    return {"pin_outcome": "kept", "pin_hash": await hash_pin(digits)}


def _first(state: SessionState) -> str:
    return str(state.answers.get("new_pin_hash") or state.answers.get("cover_pin_hash", ""))
