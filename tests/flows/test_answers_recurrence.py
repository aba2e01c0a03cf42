"""What repeats, as people text it: the rule, the time, and what is asked back."""

from __future__ import annotations

import re
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.answers.recurrence import read_recurrence
from flows.folding import word_set
from tests.flows.replying import cases

NEW_YORK = "America/New_York"
MORNING = datetime(2026, 11, 23, 10, tzinfo=ZoneInfo(NEW_YORK))


def holds(case: dict[str, str], locale: str) -> None:
    found = read_recurrence(case["text"], locale=locale, zone=NEW_YORK, at=MORNING)

    if case["rrule"] is None:
        assert (found.reading, found.reason) == (None, case["reason"])
        return
    wanted = {name: case[name] for name in ("rrule", "time", "start") if name in case}
    assert found.reading == wanted


@pytest.mark.parametrize("case", cases("recurrence_en"))
def test_what_repeats_in_english_is_read_or_asked_back(case: dict[str, str]) -> None:
    holds(case, "en-US")


@pytest.mark.parametrize("case", cases("recurrence_es"))
def test_what_repeats_in_spanish_is_read_or_asked_back(case: dict[str, str]) -> None:
    holds(case, "es-US")


def test_the_words_beside_a_rule_stay() -> None:
    found = read_recurrence("take out the trash every friday at 7pm please", locale="en", zone=NEW_YORK, at=MORNING)

    assert found.rest == "take out the trash please"


# RFC 5545, 3.3.10, as far as we say it.
_RULE = re.compile(
    r"FREQ=(?:MINUTELY|HOURLY|DAILY|WEEKLY|MONTHLY|YEARLY)(?:;INTERVAL=[1-9]\d{0,2})?(?:;BYMONTH=(?:[1-9]|1[0-2]))?"
    r"(?:;BYMONTHDAY=(?:-1|[1-9]|[12]\d|3[01])(?:,(?:-1|[1-9]|[12]\d|3[01]))*)?"
    r"(?:;BYDAY=(?:-1|[1-5])?(?:MO|TU|WE|TH|FR|SA|SU)(?:,(?:-1|[1-5])?(?:MO|TU|WE|TH|FR|SA|SU))*)?(?:;UNTIL=\d{8})?"
)
_WORDS = st.sampled_from(
    sorted(
        word_set(
            "every each other second 2 0 100 friday mondays and to weekly daily month the 1st 31st of last "
            "first year december until from starting tomorrow at 5 7pm morning nights twice a week cada dos "
            "lunes los y todos días veces por mes"
        )
    )
)


@settings(max_examples=400)
@given(st.one_of(st.text(max_size=300), st.lists(_WORDS, max_size=8).map(" ".join)), st.sampled_from(["en-US", "es"]))
def test_any_rule_read_is_well_formed(text: str, locale: str) -> None:
    found = read_recurrence(text, locale=locale, zone=NEW_YORK, at=MORNING)

    if found.reading is None:
        assert found.span is None
        return
    assert _RULE.fullmatch(str(found.reading["rrule"])), found.reading
    assert found.span is not None
    assert 0 <= found.span[0] < found.span[1] <= len(text)
