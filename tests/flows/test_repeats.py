"""Promises that repeat: which rules are kept, how they are read, and when each occurrence is due."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.answers.promised import SoFar, read_promised
from flows.calendar_words import repeated_days
from flows.programme.promises import SOONEST, notice_time
from flows.programme.repeats import CODES, Repeat, next_day, next_occurrence, read_rule
from flows.timing import instant, local_day

NEW_YORK, MADRID = "America/New_York", "Europe/Madrid"
NOON = datetime(2026, 11, 23, 17, tzinfo=UTC)  # Monday in New York
ZONES = st.sampled_from([NEW_YORK, MADRID, "Asia/Tokyo", "Pacific/Auckland"])
INSTANTS = st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31)).map(lambda each: each.replace(tzinfo=UTC))
CLOCKS = st.times().map(lambda each: each.replace(second=0, microsecond=0))
REPEATS = st.sets(st.integers(0, 6), min_size=1).map(lambda days: Repeat(tuple(sorted(days))))


@pytest.mark.parametrize(
    ("text", "locale", "title", "rule", "clock", "first"),
    [
        ("call mom every sunday at 6", "en", "call mom", "FREQ=WEEKLY;BYDAY=SU", "18:00", (29, "18:00")),
        ("walk every day at 7am", "en", "walk", "FREQ=DAILY", "07:00", (24, "07:00")),
        ("gym mon wed fri at 7am", "en", "gym", "FREQ=WEEKLY;BYDAY=MO,WE,FR", "07:00", (25, "07:00")),
        ("call mom on sundays", "en", "call mom", "FREQ=WEEKLY;BYDAY=SU", "18:00", (29, "18:00")),
        ("llamar a mamá cada domingo a las 6", "es", "llamar a mamá", "FREQ=WEEKLY;BYDAY=SU", "18:00", (29, "18:00")),
        ("caminar todos los días a las 19:00", "es", "caminar", "FREQ=DAILY", "19:00", (23, "19:00")),
    ],
)
def test_what_repeats_is_its_words_its_rule_and_its_first_time(
    text: str, locale: str, title: str, rule: str, clock: str, first: tuple[int, str]
):
    read = read_promised(text, locale=locale, zone=NEW_YORK, at=NOON, so_far=SoFar()).reading

    due = instant(date(2026, 11, first[0]), time.fromisoformat(first[1]), NEW_YORK)
    assert read == {"value": due.isoformat(), "title": title, "repeats": True, "rule": rule, "clock": clock}


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("gym twice a week", "unsupported"),
        ("pay rent on the 1st of every month", "unsupported"),
        ("call mom every other sunday at 6pm", "unsupported"),
        ("report weekly", "unsupported"),
        ("walk every 2 hours", "unsupported"),
        ("be better every day", "vague"),
        ("he must call every sunday at 6", "other-directed"),
        ("check her phone every day", "forbidden"),
        ("every sunday at 6", "vague"),
    ],
)
def test_what_cannot_repeat_is_refused_with_its_reason(text: str, reason: str):
    read = read_promised(text, locale="en", zone=NEW_YORK, at=NOON, so_far=SoFar())

    assert ((read.reading or {}).get("value"), read.reason) == (None, reason)


@pytest.mark.parametrize(
    ("rule", "repeat"),
    [
        ("FREQ=DAILY", Repeat(tuple(range(7)))),
        ("FREQ=WEEKLY;BYDAY=SU,MO", Repeat((0, 6))),
        ("FREQ=WEEKLY;BYDAY=SU;UNTIL=20261220", Repeat((6,), date(2026, 12, 20))),
        ("FREQ=WEEKLY", None),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=SU", None),
        ("FREQ=WEEKLY;BYDAY=1SU", None),
        ("FREQ=MONTHLY;BYMONTHDAY=1", None),
        ("", None),
    ],
)
def test_days_of_the_week_are_kept_and_nothing_else(rule: str, repeat: Repeat | None):
    assert read_rule(rule) == repeat


@given(repeat=REPEATS, clock=CLOCKS, zone=ZONES, now=INSTANTS)
def test_occurrences_follow_one_another_on_their_days_at_their_time(
    repeat: Repeat, clock: time, zone: str, now: datetime
):
    after, due = local_day(now, zone) - timedelta(days=1), now
    for _ in range(10):
        found = next_occurrence(repeat, clock, zone, after=after, now=due)
        assert found is not None
        day = local_day(found, zone)

        assert day.weekday() in repeat.days
        assert found == instant(day, clock, zone)
        assert SOONEST <= found - due <= timedelta(days=8, hours=2)
        after, due = day, found


@pytest.mark.parametrize(
    ("clock", "zone", "night", "local"),
    [
        ("02:30", NEW_YORK, date(2026, 3, 8), "03:00"),  # the clocks jump over it: the first minute that exists
        ("01:30", NEW_YORK, date(2026, 11, 1), "01:30"),  # it happens twice: the first
        ("02:30", MADRID, date(2026, 3, 29), "03:00"),
        ("02:30", MADRID, date(2026, 10, 25), "02:30"),
    ],
)
def test_both_nights_of_the_year_have_their_occurrence_once(clock: str, zone: str, night: date, local: str):
    daily = Repeat(tuple(range(7)))
    before = next_occurrence(
        daily, time.fromisoformat(clock), zone, after=night - timedelta(days=2),
        now=instant(night - timedelta(days=2), time(23), zone),
    )  # fmt: skip
    assert before is not None
    there = next_occurrence(daily, time.fromisoformat(clock), zone, after=local_day(before, zone), now=before)
    assert there is not None
    then = next_occurrence(daily, time.fromisoformat(clock), zone, after=night, now=there)
    assert then is not None

    shown = there.astimezone(ZoneInfo(zone))
    assert (shown.date(), f"{shown:%H:%M}", shown.fold) == (night, local, 0)
    assert local_day(then, zone) == night + timedelta(days=1)


def test_it_is_over_after_its_last_day():
    sundays = Repeat((6,), until=date(2026, 12, 6))

    assert next_day(sundays, date(2026, 11, 29)) == date(2026, 12, 6)
    assert next_day(sundays, date(2026, 12, 6)) is None
    assert next_occurrence(sundays, time(18), NEW_YORK, after=date(2026, 12, 6), now=NOON) is None


@given(days=st.sets(st.integers(0, 6), min_size=1), locale=st.sampled_from(["en", "es"]))
def test_its_days_in_words_have_room_in_a_text(days: set[int], locale: str):
    assert len(repeated_days(sorted(days), locale)) <= 34


def test_its_days_are_said_as_people_say_them():
    assert repeated_days(range(len(CODES)), "en") == "every day"
    assert repeated_days((0, 2), "es") == "cada lun, mie"


@given(due=INSTANTS, zone=ZONES, added=st.integers(0, 3))
def test_a_day_that_the_maker_adds_is_a_day_on_the_receivers_clock(due: datetime, zone: str, added: int):
    first, later = notice_time(due, zone, time(19, 30)), notice_time(due, zone, time(19, 30), added_days=added)

    assert local_day(later, zone) - local_day(first, zone) == timedelta(days=added)
    assert later.astimezone(ZoneInfo(zone)).time() == time(19, 30)
