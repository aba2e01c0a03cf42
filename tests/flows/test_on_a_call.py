"""What only calls have: a day and a time in spoken words, and promises that are read out one after another."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.calendar_words import spoken_day
from flows.conversation.turn import Facts, Moment
from flows.conversation.working_out import WORKED_OUT
from flows.programme.promises import OpenPromise

MONDAY = date(2026, 3, 2)


@pytest.mark.parametrize(
    ("ahead", "hour", "locale", "said"),
    [
        (0, 17, "en", "today at 5:00 PM"),
        (1, 9, "en", "tomorrow at 9:00 AM"),
        (-1, 16, "en", "yesterday at 4:00 PM"),
        (4, 17, "en", "Friday at 5:00 PM"),
        (7, 17, "en", "Monday, March 9, at 5:00 PM"),
        (-3, 17, "en", "Friday, February 27, at 5:00 PM"),
        (0, 17, "es", "hoy a las 17:00"),
        (1, 1, "es", "mañana a la 01:00"),
        (4, 17, "es-MX", "el viernes a las 17:00"),
        (11, 17, "es", "el viernes 13 de marzo a las 17:00"),
    ],
)
def test_a_time_is_said_as_people_say_it(ahead: int, hour: int, locale: str, said: str):
    at = datetime(2026, 3, 2, hour, tzinfo=UTC) + timedelta(days=ahead)

    assert spoken_day(at, MONDAY, locale) == said


def heard_in_turn(promises: tuple[Facts, ...]) -> list[str]:
    moment = Moment(datetime(2026, 3, 2, tzinfo=UTC), "UTC", "en", promises=promises)
    heard, ids = "", []
    for _ in range(len(promises) + 1):
        found = WORKED_OUT["unheard_promise"](heard, moment)
        assert isinstance(found, dict)
        heard = str(found["heard"])
        ids.append(str(found["id"]))
    return ids


@given(st.lists(st.uuids(), unique=True, max_size=5))
def test_every_promise_is_read_out_once_and_then_none(ids: list[object]):
    promises = tuple(OpenPromise(f"{each}", "BC", "walk", "2026-03-06T22:00:00+00:00").given() for each in ids)

    assert heard_in_turn(promises) == [*(f"{each}" for each in ids), ""]
