"""How often and how much at most: paces fade, steps stay on the ladder, and no day or week goes over its ceiling."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.programme.dose import (
    ALL_A_DAY,
    PACES,
    ROUTINE,
    ROUTINE_A_DAY,
    ROUTINE_A_WEEK,
    SELF_BOOKED,
    SELF_BOOKED_A_DAY,
    check_in_script,
    fits,
    next_check_in,
    pace_now,
    stepped,
)

MONDAY = date(2026, 3, 2)
PURPOSES = st.sampled_from(sorted(ROUTINE | SELF_BOOKED | {"safety", "reply"}))


@pytest.mark.parametrize(
    ("weeks", "pace"),
    [
        (0, "daily"), (3, "daily"), (4, "every-second-day"), (7, "every-second-day"), (8, "twice-a-week"),
        (50, "twice-a-week"),
    ],
)  # fmt: skip
def test_prompts_fade_in_the_fifth_and_the_ninth_week(weeks, pace):
    assert pace_now("fading", MONDAY, MONDAY + timedelta(weeks=weeks)) == pace
    assert pace_now("daily", MONDAY, MONDAY + timedelta(weeks=weeks)) == "daily"


@given(after=st.dates(date(2024, 1, 1), date(2030, 1, 1)), pace=st.sampled_from(PACES))
def test_the_next_check_in_comes_after_the_last_and_within_a_week(after, pace):
    day = next_check_in(after, pace)

    assert (day is None) == (pace == "off")
    assert day is None or timedelta(days=1) <= day - after <= timedelta(days=7)


@given(after=st.dates(date(2024, 1, 1), date(2030, 1, 1)))
def test_twice_a_week_is_never_two_days_running(after):
    first = next_check_in(after, "twice-a-week")
    second = next_check_in(first, "twice-a-week")

    assert (second - first).days in {3, 4}


def test_less_never_ends_the_prompts_and_more_ends_at_daily():
    assert [stepped(pace, -1) for pace in PACES] == ["weekly", "weekly", "weekly", "twice-a-week", "every-second-day"]
    assert [stepped(pace, 1) for pace in PACES] == ["weekly", "twice-a-week", "every-second-day", "daily", "daily"]


@pytest.mark.promise(29)
@pytest.mark.parametrize(
    ("unanswered", "script"),
    [(0, "check-in"), (2, "check-in"), (3, "slower"), (4, "check-in"), (6, "check-in"), (7, "still-useful")],
)
def test_three_silent_prompts_slow_the_pace_and_seven_ask_whether_they_are_useful(unanswered, script):
    assert check_in_script(unanswered) == script


@given(st.lists(st.lists(PURPOSES, max_size=14), min_size=14, max_size=14))
def test_invariant_28_both_ceilings_hold_whatever_is_wanted(wanted):
    sent: list[list[str]] = []
    for day in wanted:
        sent.append([])
        for purpose in day:
            week = [each for days in sent[-7:] for each in days]
            if fits(purpose, today=sent[-1], this_week=week):
                sent[-1].append(purpose)

    for number, day in enumerate(sent):
        week = [each for days in sent[max(0, number - 6) : number + 1] for each in days]
        assert sum(each in ROUTINE for each in day) <= ROUTINE_A_DAY
        assert sum(each in ROUTINE for each in week) <= ROUTINE_A_WEEK
        assert sum(each in SELF_BOOKED for each in day) <= SELF_BOOKED_A_DAY
        assert sum(each in ROUTINE | SELF_BOOKED for each in day) <= ALL_A_DAY


@pytest.mark.parametrize("purpose", ["safety", "reply"])
def test_safety_and_replies_always_fit(purpose):
    assert fits(purpose, today=["check-in"] * 9 + ["promise-due"] * 9, this_week=["check-in"] * 99)
