"""Whatever a caller does, and in whatever order the network brings it: a next prompt, a goodbye, a return time kept."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from service.simulator.calls.call import Call
from tests.calls.callers import (
    Act,
    Caller,
    acts,
    assert_goes_on_or_ends_well,
    assert_is_framed,
    assert_nothing_is_left,
    lines,
    weather,
)
from tests.calls.one_process import OneProcess

ADA, CARMEN = ("+12125550101", "246810", "en"), ("+12125550103", "864202", "es")
FEW, MANY = 14, 150
# Every example is a whole call: a smaller one that fails too would take minutes to find, and says no more.
CALLS = settings(
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large],
)
# The way in to where a caller then does as they like: keys before it.
WAYS_IN = ((), ("2",), ("1",), ("1", "code"), ("1", "code", "1"), ("1", "code", "3"), ("1", "code", "4"))


@st.composite
def callers(draw: st.DrawFn) -> tuple[tuple[str, str, str], list[Act], dict[str, object]]:
    """Who calls, what they do, and what the network does to it."""
    who = draw(st.sampled_from([ADA, CARMEN]))
    return who, draw(acts(who[2])), draw(weather())


async def calls_in(everything: OneProcess, caller, way_in: tuple[str, ...]) -> None:
    (number, code, _), doings, faults = caller
    await everything.begin()
    everything.exchange.faults.set(faults)
    who = Caller(everything, number, code)
    call = await who.calls()
    assert_goes_on_or_ends_well(call)
    await who.does(call, [Act("keys", code if key == "code" else key) for key in way_in])
    await who.does(call, doings)
    await who.lets_go(call)
    everything.exchange.faults.clear()
    await assert_nothing_is_left(everything)


@settings(CALLS, max_examples=FEW, derandomize=True)
@given(caller=callers(), way_in=st.sampled_from(WAYS_IN))
async def test_whoever_calls_in_is_answered_or_let_go_kindly(everything: OneProcess, way_in, caller):
    await calls_in(everything, caller, way_in)


@pytest.mark.slow
@pytest.mark.timeout(1800)
@settings(CALLS, max_examples=MANY)
@given(caller=callers(), way_in=st.sampled_from(WAYS_IN))
async def test_a_great_many_who_call_in_are_answered_or_let_go_kindly(everything: OneProcess, way_in, caller):
    await calls_in(everything, caller, way_in)


RETURN = "the return of a break"
CALLED_FOR = ("check-in-outgoing", "guided-break", RETURN)


async def rings(everything: OneProcess, number: str, what: str) -> Call:
    """The call of ours that asks this, ringing."""
    if what != RETURN:
        return await everything.rings(number, what)
    await everything.wants_calls(number)
    await everything.exchange.take(number, "BREAK 20")
    await everything.passes(minutes=20)
    return await everything.rung(number)


async def is_called(everything: OneProcess, caller, what: str, *, is_machine: bool) -> None:
    (number, code, _), doings, faults = caller
    await everything.begin()
    call = await rings(everything, number, what)
    everything.exchange.faults.set(faults)
    await everything.exchange.calls.answer(call, is_machine=is_machine)
    who = Caller(everything, number, code)
    if not is_machine:
        await who.does(call, [Act("keys", "1"), *doings])
    await who.lets_go(call)
    everything.exchange.faults.clear()
    await assert_nothing_is_left(everything)
    if is_machine:
        assert lines(call, "us") == []
    else:
        assert_is_framed(call, "Hello. This is" if number == ADA[0] else "Hola. Esta es")


@settings(CALLS, max_examples=FEW, derandomize=True)
@given(caller=callers(), what=st.sampled_from(CALLED_FOR), is_machine=st.sampled_from([False, False, False, True]))
async def test_invariant_43_whoever_we_call_hears_who_it_is_first_and_our_number_last(
    everything: OneProcess, caller, what, is_machine
):
    await is_called(everything, caller, what, is_machine=is_machine)


@pytest.mark.slow
@pytest.mark.timeout(1800)
@settings(CALLS, max_examples=MANY)
@given(caller=callers(), what=st.sampled_from(CALLED_FOR), is_machine=st.sampled_from([False, False, False, True]))
async def test_invariant_43_holds_for_a_great_many_whom_we_call(everything: OneProcess, caller, what, is_machine):
    await is_called(everything, caller, what, is_machine=is_machine)
