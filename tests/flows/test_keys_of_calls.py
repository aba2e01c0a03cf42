"""What the keys of a call mean, at every question of every script that is spoken (PROGRAMME 3.9; invariants 41, 42)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime

import pytest

from flows.catalogue import load_catalogue
from flows.conversation.calling import Keyed, Silent, answer_call, listening_for
from flows.conversation.effects import Pause
from flows.conversation.library import Bundle, load_library
from flows.conversation.session import SessionState
from flows.conversation.turn import Moment, Turn
from flows.everyday import EVERYDAY_FACTS

LIBRARY = load_library()
CATALOGUE = load_catalogue(answered_words=None)
AT = datetime(2026, 3, 2, 23, 30, tzinfo=UTC)
MOMENT = Moment(AT, "America/New_York", "en", EVERYDAY_FACTS)
INSTANTS = {"time", "date", "day"}
SPOKEN = sorted(name for name, script in LIBRARY.scripts.items() if "voice" in script.channels)
MENUS, TYPED, ONE_KEY = {"choice", "offer"}, {"pin": 6, "minutes": 2}, {"choice", "offer", "rating"}
HELPLINES = {"V-TO-8B", "V-SCR-8", "V-SCR-8O"}  # after the private questions those that fit the answers
# Where a person gets without having typed a private code: by calling in, and on calls of ours.
WITHOUT_CODE = ("guided-break", "check-in-outgoing", "break-return-call", "break-partner-call", "outgoing", "calm")
THEIRS = {"p", "item", "code", "x", "me"}  # placeholders that hold a name, a promise, a list of what is shared


def states_of(script: str) -> list[SessionState]:
    """The call at each question of this script and of those it runs, with something for every word that is said."""
    bundle = LIBRARY.bundle(script)
    return [
        SessionState(
            script=inside, script_hash=bundle.hash, channel="voice", step=name, opened_at=AT.isoformat(),
            local_date="2026-03-02", asked_at=AT.isoformat(), answers=answered(bundle),
        )
        for inside, each in bundle.scripts.items()
        for name, step in each.steps.items()
        if step.wait is not None
    ]  # fmt: skip


def answered(bundle: Bundle) -> dict[str, str | int]:
    """A value for each name that these scripts ask for or speak of, of the kind its form wants."""
    steps = [step for each in bundle.scripts.values() for step in each.steps.values()]
    says = [say for step in steps for say in (*step.say, *(step.wait.hint if step.wait is not None else ()))]
    found: dict[str, str | int] = {step.wait.name: 1 for step in steps if step.wait is not None and step.wait.name}
    for value in [value for say in says for value in say.arguments.values()]:
        form, reference = next(iter(value.items())) if isinstance(value, dict) else ("", value)
        found[str(reference).removeprefix("$")] = AT.isoformat() if form in INSTANTS else "1"
    return {**found, "is_late": False}


def wait_of(script: str, state: SessionState):
    wait = LIBRARY.bundle(script).step(state).wait
    assert wait is not None
    return wait


def pressed(script: str, state: SessionState, keys: str, *, by_star: bool = False) -> Turn:
    return answer_call(LIBRARY.bundle(script), state, MOMENT, Keyed(keys, ended_by_star=by_star))


@pytest.mark.parametrize("script", SPOKEN)
def test_invariant_41_star_ends_the_call_with_two_words_wherever_it_is_pressed_alone(script: str):
    for state in states_of(script):
        for turn in (pressed(script, state, "*"), pressed(script, state, "", by_star=True)):
            assert turn.state is None, state.step
            assert [each.phrase for each in turn.prompts] == ["V-STAR"], state.step


@pytest.mark.parametrize("script", SPOKEN)
def test_invariant_41_star_ends_an_entry_and_a_question_of_one_key_waits_for_no_end(script: str):
    for state in states_of(script):
        wait, listening = wait_of(script, state), listening_for(LIBRARY.bundle(script), state)
        assert listening is not None
        if wait.reply in TYPED:
            assert (listening.digits, listening.finish_on) == (TYPED[wait.reply], "*"), state.step
            by_star, whole = pressed(script, state, "45", by_star=True), pressed(script, state, "45")
            assert by_star == whole, state.step
        elif wait.reply in ONE_KEY:
            assert (listening.digits, listening.finish_on) == (1, ""), state.step


def test_one_and_nought_are_a_ten_at_every_question_that_goes_up_to_ten():
    asked = [(script, state) for script in SPOKEN for state in states_of(script)]
    up_to_ten = [each for each in asked if wait_of(*each).reply == "rating" and wait_of(*each).high == 10]
    assert up_to_ten

    for script, state in up_to_ten:
        waiting = pressed(script, state, "1").state
        assert waiting is not None
        for key, at_once in (("0", "10"), ("1", "1 ")):
            by_two, whole = pressed(script, waiting, key), pressed(script, state, at_once)
            assert (by_two.effects, by_two.prompts) == (whole.effects, whole.prompts), (state.step, key)
            assert answers_of(by_two) == answers_of(whole), (state.step, key)


def answers_of(turn: Turn) -> Mapping[str, object] | None:
    return turn.state.answers if turn.state is not None else None


@pytest.mark.parametrize("script", SPOKEN)
def test_invariant_41_silence_ends_the_call_within_three_tries(script: str):
    for state in states_of(script):
        left: SessionState | None = state
        for _ in range(3):
            if left is None:
                break
            left = answer_call(LIBRARY.bundle(script), left, MOMENT, Silent()).state
        # A 1 that might have been a ten counts as the 1 it was: an answer, not a silence.
        assert left is None or state.typed, state.step


@pytest.mark.parametrize("script", SPOKEN)
def test_invariant_41_seven_eight_and_nine_mean_at_menus_only_what_they_always_mean(script: str):
    for state in states_of(script):
        wait = wait_of(script, state)
        if wait.reply not in MENUS:
            continue
        assert not {"7", "9"} & set(wait.also), state.step
        assert not isinstance(wait.options, int) or wait.options <= 4, state.step
        seven, eight, nine = (pressed(script, state, key) for key in "789")
        assert (seven.state, seven.effects) == (None, (Pause(7),)), state.step
        assert eight.prompts[0].phrase in HELPLINES, state.step
        assert not nine.was_read, state.step


@pytest.mark.parametrize("script", WITHOUT_CODE)
def test_invariant_42_without_a_code_nothing_of_anybodys_is_said(script: str):
    steps = [step for each in LIBRARY.bundle(script).scripts.values() for step in each.steps.values()]

    for say in [say for step in steps for say in step.say]:
        assert not THEIRS & set(say.arguments), say.phrase
        assert not THEIRS & CATALOGUE.placeholders(say.voice or say.phrase, "en"), say.phrase
