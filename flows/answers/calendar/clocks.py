"""Which minutes of a day a clock time may mean, the likeliest first. Minutes count from midnight, past 1440 too."""

from __future__ import annotations

from flows.answers.calendar.pieces import Clock, Part

NOON = 12
DAY = 24 * 60
# A bare hour below this is of the afternoon: nobody promises a thing for five in the morning without saying so.
_FIRST_WAKING_HOUR = 7
_LAST_EVENING_HOUR = 10  # a bare 11 in the afternoon is tomorrow morning
_LAST_NIGHT_HOUR = 4


def minutes_of(clock: Clock, part: Part | None) -> list[int]:
    """The minutes it may mean. One when a half of the day was said or an hour that has but one meaning."""
    return [hour * 60 + clock.minute for hour in _hours(clock, part)]


def _hours(clock: Clock, part: Part | None) -> list[int]:
    hour = clock.hour
    if clock.half == "am" and part is not None and part.night and hour % NOON <= _LAST_NIGHT_HOUR:
        return [hour % NOON + 2 * NOON]  # tonight at 1 am
    if clock.half is not None:
        return [hour % NOON + (NOON if clock.half == "pm" else 0)]
    if clock.exact and not (part is not None and part.half == "pm" and 0 < hour < NOON):
        return [hour]
    if part is not None:
        return [_beside(hour, part)]
    if hour == NOON:
        return [NOON]
    if hour < _FIRST_WAKING_HOUR:
        return [hour + NOON]
    return [hour, hour + NOON] if hour <= _LAST_EVENING_HOUR else [hour]


def _beside(hour: int, part: Part) -> int:
    if part.half == "am":
        return hour if part.opens.hour >= _FIRST_WAKING_HOUR else hour % NOON
    if not part.night:
        return hour % NOON + NOON
    small = hour % NOON
    return small + 2 * NOON if small <= _LAST_NIGHT_HOUR else small + NOON


def closing_minutes(first: int, last: Clock) -> int:
    """When a window that opens at minute `first` closes: the next time that clocks show `last`."""
    if last.half is not None or last.exact:
        minutes = minutes_of(last, None)[0]
        return minutes if minutes > first else minutes + DAY
    shown = last.hour % NOON * 60 + last.minute
    return next(minutes for turn in range(5) if (minutes := shown + turn * NOON * 60) > first)
