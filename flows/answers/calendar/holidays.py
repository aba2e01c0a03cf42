"""Days with a name: the few that people promise things for."""

from __future__ import annotations

from datetime import date, timedelta

# Month and day; the third number of a movable one says which Monday 0 … Sunday 6 and the fourth which of the month.
_FIXED = {
    "christmas-eve": (12, 24), "christmas": (12, 25), "boxing-day": (12, 26), "new-years-eve": (12, 31),
    "new-year": (1, 1), "epiphany": (1, 6), "valentine": (2, 14), "saint-patrick": (3, 17), "april-fools": (4, 1),
    "workers-day": (5, 1), "independence-us": (7, 4), "halloween": (10, 31), "all-saints": (11, 1),
    "day-of-the-dead": (11, 2), "veterans": (11, 11), "saint-john": (6, 24), "earth-day": (4, 22),
    "womens-day": (3, 8), "juneteenth": (6, 19), "cinco-de-mayo": (5, 5),
    "groundhog": (2, 2), "pi-day": (3, 14), "tax-day": (4, 15), "anzac-day": (4, 25), "flag-day": (6, 14),
    "canada-day": (7, 1), "australia-day": (1, 26), "guy-fawkes": (11, 5), "saint-george": (4, 23),
    "hispanic-day": (10, 12), "constitution-es": (12, 6), "immaculate": (12, 8), "guadalupe": (12, 12),
    "innocents": (12, 28), "assumption": (8, 15), "candlemas": (2, 2), "saint-joseph": (3, 19),
}  # fmt: skip
_MOVABLE = {
    "thanksgiving": (11, 3, 4), "labor-day": (9, 0, 1), "memorial-day": (5, 0, -1), "mothers-day": (5, 6, 2),
    "fathers-day": (6, 6, 3), "presidents-day": (2, 0, 3), "columbus-day": (10, 0, 2), "mlk-day": (1, 0, 3),
}  # fmt: skip
_AFTER_THANKSGIVING = {"thanksgiving-eve": -1, "black-friday": 1, "cyber-monday": 4}
_FROM_EASTER = {
    "easter": 0, "good-friday": -2, "easter-monday": 1, "palm-sunday": -7, "ash-wednesday": -46, "holy-thursday": -3,
    "holy-saturday": -1, "shrove-tuesday": -47, "ascension": 39, "pentecost": 49, "whit-monday": 50,
    "corpus-christi": 60,
}  # fmt: skip


def holiday(name: str, year: int) -> date:
    """The day of that name in that year. Thanksgiving, Mother's Day and their like as the United States keep them."""
    if name in _FIXED:
        return date(year, *_FIXED[name])
    if name in _MOVABLE:
        month, weekday, nth = _MOVABLE[name]
        return nth_weekday(year, month, weekday, nth)
    if name in _AFTER_THANKSGIVING:
        return holiday("thanksgiving", year) + timedelta(days=_AFTER_THANKSGIVING[name])
    return _easter(year) + timedelta(days=_FROM_EASTER[name])


def nth_weekday(year: int, month: int, weekday: int, nth: int) -> date:
    """The nth such weekday of a month, the last for -1. Raises ValueError when the month has no nth."""
    if nth < 0:
        after = date(year + month // 12, month % 12 + 1, 1)
        return after - timedelta(days=(after.weekday() - weekday - 1) % 7 + 1)
    found = date(year, month, 1)
    found += timedelta(days=(weekday - found.weekday()) % 7 + 7 * (nth - 1))
    if found.month != month:
        raise ValueError(f"no such weekday {nth} times in {year}-{month}")
    return found


def _easter(year: int) -> date:
    """Source: the anonymous Gregorian algorithm (Meeus, Astronomical Algorithms, chapter 8)."""
    a, (b, c) = year % 19, divmod(year, 100)
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    shift = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 19 * shift) // 433
    month = (h + shift - 7 * m + 90) // 25
    day = (h + shift - 7 * m + 33 * month + 19) % 32
    return date(year, month, day)
