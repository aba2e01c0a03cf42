"""Lengths of time as people give them to the clock: ISO 8601, such as PT4H or P1DT2H30M."""

from __future__ import annotations

import re
from datetime import timedelta

ISO_8601 = re.compile(
    r"P(?:(?P<weeks>\d+(?:\.\d+)?)W)?(?:(?P<days>\d+(?:\.\d+)?)D)?"
    r"(?:T(?=\d)(?:(?P<hours>\d+(?:\.\d+)?)H)?(?:(?P<minutes>\d+(?:\.\d+)?)M)?(?:(?P<seconds>\d+(?:\.\d+)?)S)?)?",
    re.ASCII,
)
LONGEST = timedelta(days=3660)


def read_duration(raw: str) -> timedelta:
    """The length that `raw` names; years and months have none of their own, so they are refused.

    Raises:
        ValueError: it is not a duration, or longer than ten years.
    """
    found = ISO_8601.fullmatch(raw) if len(raw) <= 40 else None
    parts = {unit: float(count) for unit, count in found.groupdict().items() if count} if found else {}
    if not parts:
        raise ValueError("wants a duration such as PT4H or P1DT2H30M")
    try:
        length = timedelta(**parts)
    except OverflowError:
        length = timedelta.max
    if length > LONGEST:
        raise ValueError("wants at most ten years")
    return length
