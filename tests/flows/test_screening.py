"""The safety screen's rules: which answers keep somebody alone, from when one counts, on which day it comes again."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.programme.screening import (
    LEAVING_TAKES,
    NO,
    RATHER_NOT,
    YES,
    Screened,
    asked_again_on,
    counts_from,
    keeps_alone,
    may_share,
)

AT = datetime(2026, 3, 2, 18, 30, tzinfo=UTC)
TODAY = AT.date()
ANSWERS = st.sampled_from((NO, YES, RATHER_NOT))
DAYS = st.integers(0, 400).map(lambda days: TODAY - timedelta(days=days))
MOMENTS = st.integers(-200, 200).map(lambda hours: AT + timedelta(hours=hours))
SCREENS = st.builds(Screened, is_alone=st.booleans(), answered_on=DAYS, counts_from=MOMENTS)


def test_five_noes_and_an_unwillingness_about_oneself_are_all_that_passes():
    passed = [each for each in product((NO, YES, RATHER_NOT), repeat=5) if not keeps_alone(*each)]

    assert passed == [(NO, NO, NO, NO, NO), (NO, NO, NO, NO, RATHER_NOT)]


@given(ANSWERS, ANSWERS, ANSWERS, ANSWERS, ANSWERS)
def test_one_more_worry_never_opens_anything(afraid, hurt, pushed, unsafe, own):
    before = keeps_alone(afraid, hurt, pushed, unsafe, own)

    assert keeps_alone(YES, hurt, pushed, unsafe, own)
    assert before <= keeps_alone(afraid, hurt, pushed, unsafe, YES)


def test_the_first_screen_counts_at_once_and_one_after_another_that_was_passed_too():
    passed = Screened(False, TODAY, AT - timedelta(days=70))

    assert counts_from(AT, None, is_first=True) == AT
    assert counts_from(AT, passed, is_first=False) == AT


def test_out_of_solo_safe_and_after_a_forgotten_screen_it_takes_three_days():
    alone = Screened(True, TODAY, AT)

    assert counts_from(AT, alone, is_first=False) == AT + LEAVING_TAKES
    assert counts_from(AT, None, is_first=False) == AT + LEAVING_TAKES


@given(st.integers(0, 71))
def test_asking_again_within_the_three_days_does_not_shorten_them(hours):
    waiting = Screened(False, TODAY, AT + LEAVING_TAKES)

    assert counts_from(AT + timedelta(hours=hours), waiting, is_first=False) == AT + LEAVING_TAKES


@given(st.integers(0, 2**32))
def test_it_comes_again_between_the_sixtieth_and_the_hundred_and_twentieth_day(drawn):
    assert 60 <= (asked_again_on(TODAY, drawn) - TODAY).days <= 120


def test_every_day_between_is_drawn():
    assert len({asked_again_on(TODAY, drawn) for drawn in range(1000)}) == 61


@given(SCREENS, st.none() | DAYS)
def test_invariant_20_a_screen_that_reads_so_closes_whatever_a_clinician_saw(screened, seen):
    is_fresh = (TODAY - screened.answered_on).days <= 120

    if is_fresh and (screened.is_alone or screened.counts_from > AT):
        assert not may_share(screened, seen, AT)


@given(st.none() | SCREENS, st.none() | DAYS)
def test_invariant_20_nothing_opens_on_what_is_missing_or_older_than_120_days(screened, seen):
    ages = [(TODAY - day).days for day in (screened and screened.answered_on, seen) if isinstance(day, date)]

    if may_share(screened, seen, AT):
        assert min(ages) <= 120


@pytest.mark.parametrize("days", [0, 60, 120])
def test_a_passed_screen_and_a_clinicians_word_each_last_120_days(days):
    day = TODAY - timedelta(days=days)

    assert may_share(Screened(False, day, AT - timedelta(days=days)), None, AT)
    assert may_share(None, day, AT)
    assert not may_share(None, day - timedelta(days=121 - days), AT)
