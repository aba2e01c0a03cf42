"""The life of a break and the return rule: times, who hears what, and that no number passes from side to side."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import product
from typing import get_args

import pytest

from flows.answers.return_time import read_return_time
from flows.programme.breaks import (
    ALIVE,
    LIFE,
    Answer,
    Check,
    Choice,
    Outcome,
    State,
    after,
    decide,
    half_time,
    is_match,
    is_overused,
    more_time,
    opening_for,
    return_time,
)  # fmt: skip

ZONE = "America/New_York"
QUARTER_PAST_SIX = datetime(2026, 3, 2, 23, 12, 40, tzinfo=UTC)  # 6:12 PM and forty seconds, a Monday
AT = datetime(2026, 3, 2, 23, 42, tzinfo=UTC)  # 6:42 PM
OPENING = opening_for(ZONE)
BODIES = (None, 0, 3, 4, 4.5, 5, 10)
CHOICES: tuple[Choice, ...] = get_args(Choice)
ANSWERS = [Answer(body, choice) for body, choice in product(BODIES, CHOICES) if body is not None or not choice]
TEN_TOMORROW = datetime(2026, 3, 3, 15, 0, tzinfo=UTC)


def came_to(check: Check, caller: Answer, partner: Answer) -> Outcome:
    return decide(check, caller, partner, zone=ZONE, opening=OPENING)


@pytest.mark.parametrize("minutes", [0, 1, 19, 20, 30, 90, 1439, 1440, 1441, 5000])
@pytest.mark.parametrize("into", [0, 25, 600, 1430, 1440])
def test_invariant_22_the_return_time_is_within_twenty_minutes_and_a_day(minutes, into):
    now = QUARTER_PAST_SIX + timedelta(minutes=into)

    back_at = return_time(now, minutes, started=QUARTER_PAST_SIX)

    here = now.replace(second=0)
    assert timedelta(minutes=20) <= back_at - here <= timedelta(hours=24)
    assert back_at <= max(QUARTER_PAST_SIX + timedelta(hours=24), here + timedelta(minutes=20))


def test_a_break_of_thirty_minutes_at_twelve_past_ends_at_forty_two_past():
    assert return_time(QUARTER_PAST_SIX, 30) == AT


def test_invariant_24_to_7_is_said_only_when_both_are_calm_and_both_chose_now():
    for number, caller, partner in product((1, 2, 3), ANSWERS, ANSWERS):
        outcome = came_to(Check(number, AT), caller, partner)

        both = (caller, partner)
        both_ready = all(each.body is not None and each.body <= 4 and each.choice == "now" for each in both)
        assert is_match(caller, partner) is both_ready
        assert ("TO-7" in {outcome.to_caller, outcome.to_partner}) is both_ready


def test_the_first_check_is_put_off_by_the_same_line_whatever_the_cause():
    silent, high, unsure, ready = Answer(), Answer(9), Answer(2), Answer(3, "now")

    outcomes = {came_to(Check(1, AT), caller, ready) for caller in (silent, high, unsure)}

    assert outcomes == {Outcome("put-off", AT + timedelta(minutes=30), "TO-8", "TO-8")}


def test_no_number_changes_what_the_other_side_hears():
    for choice, other in product(CHOICES, ANSWERS):
        calm = {came_to(Check(1, AT), Answer(body, choice), other) for body in (0, 2, 4)}
        high = {came_to(Check(1, AT), Answer(body, choice), other) for body in (5, 7, 10)}
        assert len(calm) == len(high) == 1


def test_a_standing_extension_is_told_to_the_partner_alone():
    check = Check(1, AT, extended_to=AT + timedelta(minutes=30))

    outcome = came_to(check, Answer(5), Answer(3))

    assert outcome == Outcome("goes-on", AT + timedelta(minutes=30), "", "TO-8")


def test_a_shorter_time_that_the_caller_took_stands_too():
    check = Check(2, AT, extended_to=AT + timedelta(minutes=25))

    assert came_to(check, Answer(8), Answer(2)) == Outcome("goes-on", AT + timedelta(minutes=25), "", "TO-8")


@pytest.mark.parametrize("caller", [Answer(5), Answer(3, "now"), Answer(3, "later")])
def test_a_later_choice_always_wins(caller):
    check = Check(1, AT, extended_to=AT + timedelta(minutes=30) if caller.body == 5 else None)

    assert came_to(check, caller, Answer(2, "tomorrow")) == Outcome("put-off", TEN_TOMORROW, "TO-8", "TO-8")


def test_a_check_later_today_that_would_be_night_waits_for_the_window_to_open():
    later, now = Answer(2, "later"), Answer(2, "now")

    assert came_to(Check(1, AT), later, now).next_at == TEN_TOMORROW
    assert came_to(Check(1, AT - timedelta(hours=4)), later, now).next_at == AT - timedelta(hours=2)


def test_a_sunday_opens_at_noon():
    saturday = datetime(2026, 3, 8, 0, 30, tzinfo=UTC)  # 7:30 PM; the clocks change that night

    assert came_to(Check(1, saturday), Answer(), Answer(2, "tomorrow")).next_at == datetime(2026, 3, 8, 16, tzinfo=UTC)


def test_whoever_answered_alone_at_the_second_check_hears_so_and_the_silent_one_nothing():
    alone = came_to(Check(2, AT), Answer(), Answer(2, "now"))
    other_way = came_to(Check(2, AT), Answer(2, "now"), Answer())

    assert alone == Outcome("put-off", AT + timedelta(minutes=30), "", "TO-9")
    assert other_way == Outcome("put-off", AT + timedelta(minutes=30), "TO-9", "")
    assert came_to(Check(2, AT), Answer(), Answer()) == Outcome("closed", None)
    assert came_to(Check(3, AT, was_alone=True), Answer(), Answer(2, "now")) == Outcome("closed", None)


def test_a_caller_who_takes_more_time_alone_is_asked_again_then_and_nobody_is_told_of_silence():
    check = Check(2, AT, extended_to=AT + timedelta(minutes=30))

    assert came_to(check, Answer(8), Answer()) == Outcome("goes-on", AT + timedelta(minutes=30))


def test_checks_end():
    for caller, partner in product(ANSWERS, ANSWERS):
        if not is_match(caller, partner):
            assert came_to(Check(6, AT), caller, partner).happening == "closed"


def test_the_next_check_is_ahead_and_inside_both_windows():
    for caller, partner, hour in product(ANSWERS, ANSWERS, range(24)):
        at = AT + timedelta(hours=hour)
        opening = opening_for(ZONE, "Europe/Madrid")
        outcome = decide(Check(1, at), caller, partner, zone=ZONE, opening=opening)
        if outcome.next_at is not None:
            assert outcome.next_at >= at + timedelta(minutes=30)
            assert opening(outcome.next_at) == outcome.next_at


def test_more_time_is_half_an_hour_and_never_night():
    assert more_time(AT, OPENING) == AT + timedelta(minutes=30)
    assert more_time(datetime(2026, 3, 3, 3, 40, tzinfo=UTC), OPENING) == TEN_TOMORROW


def test_half_time_of_a_long_break_is_not_in_the_night():
    evening = QUARTER_PAST_SIX.replace(second=0)

    assert half_time(evening, evening + timedelta(minutes=30), ZONE) == evening + timedelta(minutes=15)
    assert half_time(evening, evening + timedelta(hours=14), ZONE) is None


def test_every_state_that_is_alive_can_be_closed_and_what_is_over_stays_over():
    for state in get_args(State):
        assert (after(state, "closed") == "closed") is (state in ALIVE)
        if state not in ALIVE:
            assert not [happening for each, happening in LIFE if each == state]


def test_overuse_is_four_breaks_in_a_week_or_three_returns_missed_in_a_row():
    days = [QUARTER_PAST_SIX - timedelta(days=each) for each in (0, 1, 2, 6, 9)]

    assert is_overused(days[:4], [False] * 4, QUARTER_PAST_SIX)
    assert not is_overused([*days[:3], days[4]], [False] * 4, QUARTER_PAST_SIX)
    assert is_overused(days[:3], [True] * 3, QUARTER_PAST_SIX)
    assert not is_overused(days[:3], [True, False, True], QUARTER_PAST_SIX)


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("45", 45), ("10", 10), ("1h", 60), ("media hora", 30), ("2 days", 2880), ("30h", 1800), ("7:30 pm", 78),
        ("tomorrow 9am", 888), ("mañana a las 9 de la mañana", 888), ("mañana", 948), ("1440", 1440), ("2000", 2000),
    ],
)  # fmt: skip
def test_a_return_time_is_a_length_or_a_clock(text, minutes):
    read = read_return_time(text, zone=ZONE, at=QUARTER_PAST_SIX)

    assert read.reading == {"value": minutes}


@pytest.mark.parametrize("text", ["tell him 5", "hello", "7 tired", "", "soon", "tomorrow maybe or friday", "?"])
def test_what_is_no_time_is_not_read_as_one(text):
    assert read_return_time(text, zone=ZONE, at=QUARTER_PAST_SIX).reading is None
