"""The life of a promise, when it is spoken of, and how its words are read."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.answers.outcome import read_outcome, reason_in
from flows.answers.promised import SoFar, read_new_time, read_promised
from flows.commands import RESERVED_WORDS
from flows.programme.promises import (
    ALIVE,
    CODES,
    LIFE,
    NO_HOUR_MEANS,
    NOTICE_AFTER,
    SOONEST,
    STILL_AFTER,
    Happening,
    State,
    after,
    asking_times,
    code_for,
    evening_of,
    notice_time,
    week_end,
)
from flows.timing import WINDOW, instant, is_open, local_day

NEW_YORK, MADRID = "America/New_York", "Europe/Madrid"
NOON = datetime(2026, 11, 23, 17, tzinfo=UTC)  # Monday in New York
HOUR = time(19, 30)
INSTANTS = st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31)).map(lambda each: each.replace(tzinfo=UTC))
ZONES = st.sampled_from([NEW_YORK, MADRID, "Asia/Tokyo", "Pacific/Auckland"])


def ny(day: int, clock: str) -> datetime:
    """That day of November 2026 in New York."""
    return instant(datetime(2026, 11, day).date(), time.fromisoformat(clock), NEW_YORK)


def test_what_ended_stays_ended_whatever_happens():
    for state in set(get_args(State)) - ALIVE:
        assert {after(state, happening) for happening in get_args(Happening)} == {None}


def test_whatever_is_alive_can_be_done_moved_let_go_and_closed():
    for state in ALIVE:
        came_to = {happening: after(state, happening) for happening in ("done", "moved", "let-go", "ran-out")}
        assert came_to == {"done": "done", "moved": "open", "let-go": "let-go", "ran-out": "closed"}


def test_invariant_26_no_state_and_no_happening_grades_anybody():
    said = " ".join([*get_args(State), *get_args(Happening), *(key[0] for key in LIFE)])

    assert not {"failed", "missed", "broken", "late", "not-kept"} & set(said.split())


def test_the_lead_journey_is_asked_about_at_its_minutes():
    times = asking_times(ny(27, "16:00"), NEW_YORK, now=NOON, notice=ny(28, "19:30"))

    assert (times.before, times.due) == (ny(27, "14:00"), ny(27, "16:00"))
    assert times.still == (ny(27, "19:00"), ny(28, "10:00"))
    assert times.closes == ny(28, "19:30") + timedelta(days=3)


@pytest.mark.parametrize(
    ("due", "before"),
    [("15:00", (27, "13:00")), ("09:00", (26, "19:00")), ("11:00", (26, "19:00")), ("22:30", (27, "19:00"))],
)
def test_the_reminder_before_comes_two_hours_before_or_the_evening_before(due: str, before: tuple[int, str]):
    assert asking_times(ny(27, due), NEW_YORK, now=NOON, notice=None).before == ny(*before)


def test_a_reminder_that_would_come_too_late_does_not_come():
    assert asking_times(NOON + timedelta(hours=1), NEW_YORK, now=NOON, notice=None).before is None


@given(due=INSTANTS, zone=ZONES, receiver=ZONES)
def test_invariant_25_a_maker_is_asked_three_times_in_their_hours_before_the_notice(
    due: datetime, zone: str, receiver: str
):
    notice = notice_time(due, receiver, HOUR)
    times = asking_times(due, zone, now=due - timedelta(days=2), notice=notice)

    first, second = times.still
    assert all(is_open(each, zone) for each in (times.due, first, second))
    assert times.due + STILL_AFTER <= first < second
    assert due <= times.due
    assert first < notice
    assert second < notice


def test_a_last_question_that_would_come_in_the_minute_of_the_notice_comes_the_same_day():
    due = ny(27, "09:00")
    notice = notice_time(due, NEW_YORK, time(10))

    assert notice == ny(28, "10:00")  # when the next morning's question would be put
    assert asking_times(due, NEW_YORK, now=NOON, notice=notice).still == (ny(27, "13:00"), ny(27, "16:00"))


@given(due=INSTANTS, zone=ZONES)
def test_invariant_25_a_notice_is_never_before_a_day_has_passed_and_never_at_night(due: datetime, zone: str):
    at = notice_time(due, zone, HOUR)

    assert NOTICE_AFTER <= at - due < timedelta(hours=49, minutes=1)
    assert is_open(at, zone)
    assert local_day(at, zone) > local_day(due, zone)


def test_codes_are_two_letters_that_carriers_do_not_know_and_never_twice_at_once():
    assert all(len(code) == 2 and code not in RESERVED_WORDS for code in CODES)
    made = [code_for((), number) for number in range(len(CODES))]
    assert sorted(made) == sorted(CODES)
    assert code_for({made[0]}, 0) != made[0]


def test_this_week_is_sunday_evening_and_on_sunday_the_next():
    assert week_end(NOON, NEW_YORK) == ny(29, "19:00")
    assert local_day(week_end(ny(29, "12:00"), NEW_YORK), NEW_YORK).day == 6


@given(now=INSTANTS, zone=ZONES)
def test_today_and_tomorrow_are_evenings_that_leave_an_hour(now: datetime, zone: str):
    today, tomorrow = evening_of(now, zone, days=0), evening_of(now, zone, days=1)

    assert SOONEST <= today - now < timedelta(hours=43)
    assert local_day(today, zone) in {local_day(now, zone), local_day(now, zone) + timedelta(days=1)}
    assert local_day(tomorrow, zone) == local_day(now, zone) + timedelta(days=1)
    assert tomorrow == instant(local_day(tomorrow, zone), NO_HOUR_MEANS, zone)


@pytest.mark.parametrize(
    ("now", "today"),
    [("12:00", (23, "18:00")), ("17:00", (23, "18:00")), ("17:10", (23, "19:00")), ("21:59", (23, "23:00")),
     ("22:30", (24, "18:00"))],
)  # fmt: skip
def test_late_in_the_day_today_is_an_hour_off_and_then_tomorrow(now: str, today: tuple[int, str]):
    assert evening_of(ny(23, now), NEW_YORK, days=0) == ny(*today)


def promised(text: str, locale: str = "en", so_far: SoFar | None = None) -> dict[str, object]:
    read = read_promised(text, locale=locale, zone=NEW_YORK, at=NOON, so_far=so_far or SoFar())
    once = {"repeats", "rule", "clock"}  # what test_repeats is about
    return {key: value for key, value in (read.reading or {}).items() if key not in once} | {"reason": read.reason}


@pytest.mark.parametrize(
    ("text", "locale", "title", "due"),
    [
        ("call the bank, Fri 5pm", "en", "call the bank", ny(27, "17:00")),
        ("call the bank by Friday", "en", "call the bank", ny(27, "18:00")),
        ("I'll take out the trash tomorrow at 7pm", "en", "take out the trash", ny(24, "19:00")),
        ("call the bank tomorrow morning", "en", "call the bank", ny(24, "12:00")),
        ("um, well, call the bank friday at five", "en", "call the bank", ny(27, "17:00")),
        ("no phone in bed, fri 5pm", "en", "no phone in bed", ny(27, "17:00")),
        ("wait for the plumber fri 5pm", "en", "wait for the plumber", ny(27, "17:00")),
        ("eh, bueno, llamar al banco, vie 17:00", "es", "llamar al banco", ny(27, "17:00")),
        ("llamar al banco, vie 17:00", "es", "llamar al banco", ny(27, "17:00")),
        ("llamar al banco el viernes a las 5 de la tarde", "es", "llamar al banco", ny(27, "17:00")),
    ],
)
def test_a_promise_is_its_words_and_its_time(text: str, locale: str, title: str, due: datetime):
    assert promised(text, locale) == {"value": due.isoformat(), "title": title, "reason": "promised"}


@pytest.mark.parametrize(
    ("text", "locale", "reason"),
    [
        ("be better fri 5pm", "en", "vague"),
        ("ser mejor el viernes", "es", "vague"),
        ("fri 5pm", "en", "vague"),
        ("call the bank", "en", "no-time"),
        ("she has to call by fri 5pm", "en", "other-directed"),
        ("ella tiene que llamar el viernes", "es", "other-directed"),
        ("check her phone fri 5pm", "en", "forbidden"),
        ("darle mi contraseña el viernes", "es", "forbidden"),
        ("call the bank yesterday", "en", "past"),
        ("call the bank in 20 minutes", "en", "soon"),
        ("call the bank in 40 days", "en", "far"),
    ],
)
def test_what_is_refused_says_why(text: str, locale: str, reason: str):
    assert promised(text, locale)["reason"] == reason


def test_the_other_half_is_enough_the_second_time():
    due = ny(27, "17:00").isoformat()

    assert promised("fri 5pm", so_far=SoFar(title="call the bank"))["value"] == due
    assert promised("call the bank", so_far=SoFar(time="fri 5pm"))["value"] == due


def outcome(text: str, locale: str = "en") -> tuple[object, object, object]:
    read = read_outcome(text, locale=locale, zone=NEW_YORK, at=NOON).reading or {}
    return read.get("value"), read.get("reason"), read.get("when")


@pytest.mark.parametrize(
    ("text", "locale", "value"),
    [
        ("1", "en", 1), ("done!", "en", 1), ("I did it", "en", 1), ("hecho", "es", 1), ("ya esta", "es", 1),
        ("2", "en", 2), ("partly done", "en", 2), ("almost", "en", 2), ("casi", "es", 2), ("en parte", "es", 2),
        ("3", "en", 3), ("not done", "en", 3), ("didn't do it", "en", 3), ("nope", "en", 3), ("aún no", "es", 3),
        ("4", "en", 4), ("changed", "en", 4), ("cambiado", "es", 4),
        ("7", "en", None), ("0", "en", None), ("what a day, all done with it", "en", None), ("not great", "en", None),
    ],
)  # fmt: skip
def test_how_it_went_is_read_from_numbers_and_words(text: str, locale: str, value: int | None):
    assert outcome(text, locale)[0] == value


def test_one_text_may_hold_outcome_reason_and_time():
    morning = ny(24, "09:00").isoformat()

    assert outcome("not yet, forgot. tmrw 9am") == (3, 2, morning)
    assert outcome("3 no time") == (3, 1, "")
    assert outcome("todavía no, se me olvidó. mañana a las 9:00", "es") == (3, 2, morning)


def test_done_needs_no_reason():
    assert outcome("done, no time for more") == (1, 0, "")


@pytest.mark.parametrize(
    ("words", "number"),
    [("forgot", 2), ("too big for me", 3), ("other plans", 4), ("mixed feelings", 5), ("sin tiempo", 1), ("hm", 0)],
)
def test_reasons_are_numbered_as_they_are_asked(words: str, number: int):
    assert reason_in(words) == number


def test_a_plan_that_blames_is_known_for_it():
    def blames(text: str) -> object:
        return (read_new_time(text, locale="en", zone=NEW_YORK, at=NOON).reading or {}).get("blames")

    assert (blames("tomorrow 9am, alarm set"), blames("tomorrow 9am because of him")) == (False, True)


@given(st.text(max_size=60), st.sampled_from(["en", "es"]))
def test_whatever_is_written_nothing_raises(text: str, locale: str):
    read_outcome(text, locale=locale, zone=NEW_YORK, at=NOON)
    read_new_time(text, locale=locale, zone=NEW_YORK, at=NOON)
    read_promised(text, locale=locale, zone=NEW_YORK, at=NOON, so_far=SoFar())


def test_the_hours_of_these_tests_are_the_product_s():
    assert (WINDOW.opens, WINDOW.closes) == (time(10), time(20))
