"""Which permissions stand: never one of whom nothing may pass from, never one from before a screen kept them alone."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from flows.programme.screening import Screened, may_share
from service.sharing import GRANTS, those_that_stand
from tests.flows.test_screening import AT, DAYS, MOMENTS

GIVEN = st.dictionaries(st.sampled_from(GRANTS), st.integers(0, 400).map(lambda hours: AT - timedelta(hours=hours)))
SCREENS = st.builds(
    Screened, is_alone=st.booleans(), answered_on=DAYS, counts_from=MOMENTS, alone_at=st.none() | MOMENTS
)


@given(GIVEN, st.none() | SCREENS, st.none() | DAYS)
def test_invariant_20_what_was_given_stands_for_nobody_from_whom_nothing_may_pass(given_at, screened, seen):
    standing = those_that_stand(given_at, screened, seen, AT)

    if not may_share(screened, seen, AT):
        assert standing == frozenset()
    elif screened is None or screened.alone_at is None:
        assert standing == frozenset(given_at)


@given(GIVEN, SCREENS, DAYS)
def test_what_was_given_before_a_screen_that_kept_somebody_alone_does_not_come_back(given_at, screened, seen):
    standing = those_that_stand(given_at, screened, seen, AT)

    assert not [kind for kind in standing if screened.alone_at is not None and given_at[kind] <= screened.alone_at]
