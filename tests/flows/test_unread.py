"""No "no update" line is false, whatever goes wrong around its minute; and none is held back for ever."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from flows.programme.unread import LISTED_WITHIN, list_since, may_be_said, read_past
from tests.flows.deadlines import Rules, said_at, world_of

# `python -c "from tests.flows.test_unread import *; print(judged(4711))"` plays one again.
QUICK, ALL = 2_000, 100_000


def judged(seed: int, rules: Rules | None = None) -> str:
    """What is wrong with how this deadline went; nothing, when all is well."""
    said, unknown = said_at(world_of(seed), rules or Rules())
    if said is None:
        return f"{seed}: never said"
    return f"{seed}: false, {len(unknown)} texts unknown" if unknown else ""


def all_wrong(seeds: range) -> list[str]:
    return [wrong for seed in seeds if (wrong := judged(seed))]


@pytest.mark.invariant("I4")
def test_of_two_thousand_deadlines_under_faults_none_has_a_false_line():
    assert all_wrong(range(QUICK)) == []


@pytest.mark.slow
@pytest.mark.timeout(1200)
@pytest.mark.invariant("I4")
@pytest.mark.parametrize("first", range(0, ALL, 20_000))
def test_of_a_hundred_thousand_deadlines_under_faults_none_has_a_false_line(first: int):
    assert all_wrong(range(first, first + 20_000)) == []


WORSE = {
    "the list is believed to the second": {"past": lambda asked, untaken: min([asked, *untaken])},
    "what failed is passed over": {"past": lambda asked, _untaken: asked - LISTED_WITHIN},
    "what lies on the disk is forgotten": {"may": lambda at, read, **_: may_be_said(at, read, nothing_waits=True)},
    "nobody waits for the list": {"may": lambda _at, _read, nothing_waits: nothing_waits},
    "an hour without a list is passed over": {"since": lambda _read, now, at_least: now - at_least},
    "a reading of five minutes ago will do": {
        "may": lambda at, read, **more: may_be_said(at - timedelta(minutes=5), read, **more)
    },
}  # fmt: skip


@pytest.mark.parametrize("name", WORSE)
def test_a_worse_rule_is_found(name: str):
    worse = replace(Rules(), **WORSE[name])

    assert any("false" in judged(seed, worse) for seed in range(QUICK * 4))


def test_no_hour_is_passed_over_and_nothing_untaken_counts_as_read():
    world = world_of(1)
    now = world.minute

    assert list_since(now - timedelta(hours=3), now, at_least=timedelta(minutes=30)) == now - timedelta(hours=3)
    assert list_since(None, now, at_least=timedelta(minutes=30)) == now - timedelta(hours=24)
    assert read_past(now, []) == now - LISTED_WITHIN
    assert read_past(now, [now - timedelta(minutes=9)]) == now - timedelta(minutes=9)
    assert not may_be_said(now, None, nothing_waits=True)
