"""Pieces of one time sorted by what they settle; what is said twice or does not go together is refused."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from flows.answers.calendar.pieces import (
    Bound,
    Clock,
    Clocks,
    DayPiece,
    Days,
    EndOf,
    FromNow,
    FromToday,
    Holiday,
    Lasting,
    Now,
    NthDay,
    Offset,
    OnDate,
    Part,
    Period,
    Piece,
    Refused,
    Weekday,
    WeekdaysAhead,
)  # fmt: skip

_SEVERAL = Refused("several-times")


@dataclass(frozen=True, slots=True)
class Said:
    """What one time said of the day, of the clock, and of the rest. `weekday` is checked against `day`."""

    day: DayPiece | None = None
    weekday: Weekday | None = None
    clock: Clock | None = None
    clocks: Clocks | None = None
    part: Part | None = None
    from_now: FromNow | None = None
    days: Days | None = None
    period: Period | None = None
    end: EndOf | None = None
    now: bool = False
    lasting: Lasting | None = None
    bound: Bound | None = None
    offsets: tuple[Offset, ...] = ()

    def is_only(self, name: str) -> bool:
        """Whether nothing but that was said."""
        return replace(self, **{name: getattr(Said(), name)}) == Said()

    def without_offsets(self) -> Said:
        return replace(self, offsets=())


_SLOTS: tuple[tuple[type | tuple[type, ...], str], ...] = (
    ((FromToday, OnDate, NthDay, Holiday, WeekdaysAhead), "day"),
    (Weekday, "weekday"),
    (Clock, "clock"),
    (Clocks, "clocks"),
    (Part, "part"),
    (FromNow, "from_now"),
    (Days, "days"),
    (Period, "period"),
    (EndOf, "end"),
    (Lasting, "lasting"),
    (Bound, "bound"),
)


def sort_pieces(pieces: Iterable[Piece]) -> Said | Refused:
    """The pieces by what they settle. Refused when one slot is taken twice or two pieces exclude each other."""
    slots: dict[str, object] = {}
    offsets: list[Offset] = []
    for piece in pieces:
        if isinstance(piece, Refused):
            return piece
        if isinstance(piece, Offset):
            offsets.append(piece)
            continue
        name = "now" if isinstance(piece, Now) else next(name for kind, name in _SLOTS if isinstance(piece, kind))
        told = slots.setdefault(name, piece)
        if isinstance(told, Part) and isinstance(piece, Part) and (narrower := _narrower(told, piece)):
            slots[name] = narrower
        elif told != piece:
            return _SEVERAL
    slots["now"] = "now" in slots
    return _settle(Said(**slots, offsets=tuple(offsets)))  # type: ignore[arg-type]  # each slot got its own kind


def _narrower(one: Part, other: Part) -> Part | None:
    """The part of the day that lies in the other: "after dinner tonight"; None when neither does."""
    for inner, outer in ((one, other), (other, one)):
        if outer.opens <= inner.opens and inner.closes <= outer.closes:
            return inner
    return None


def _settle(said: Said) -> Said | Refused:
    """Bring the weekday, a bare number and the week together."""
    if said.clock is not None and said.clocks is not None:
        return _SEVERAL
    if said.clock is not None and said.part is not None and (said.clock.half, said.part.half) == ("pm", "am"):
        return Refused("unclear-time")
    said = _weekday_settled(said)
    if said.from_now is not None and said.period is not None:
        return _SEVERAL
    if said.days is not None and not said.is_only("days"):
        return _SEVERAL
    if said.period is not None and isinstance(said.day, Weekday):
        if said.period.unit != "week":
            return _SEVERAL
        return replace(said, day=replace(said.day, weeks=said.period.ahead), period=None)
    if said.period is not None and said.day is not None:
        return _SEVERAL
    return said


def _weekday_settled(said: Said) -> Said:
    if said.weekday is None:
        return said
    if said.day is None:
        return replace(said, day=said.weekday, weekday=None)
    if isinstance(said.day, OnDate) and said.day.month is None and said.day.months_ahead is None:
        return replace(said, day=replace(said.weekday, month_day=said.day.day), weekday=None)
    return said
