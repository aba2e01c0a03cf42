"""Pieces of one time sorted by what they settle; what is said twice or does not go together is refused."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from flows.answers.calendar.pieces import (
    TO,
    Bound,
    Clock,
    Clocks,
    DateOrClocks,
    DayPiece,
    Days,
    EndOfDay,
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
    SameTime,
    Shade,
    Weekday,
    WeekdaysAhead,
    Year,
)  # fmt: skip

_SEVERAL = Refused("several-times")


class Said(NamedTuple):
    """What one time said of the day, of the clock, and of the rest. `weekday` is checked against `day`."""

    day: DayPiece | None = None
    weekday: Weekday | None = None
    clock: Clock | None = None
    clocks: Clocks | None = None
    part: Part | None = None
    shade: Shade | None = None
    from_now: FromNow | None = None
    days: Days | None = None
    period: Period | None = None
    year: Year | None = None
    end: EndOfDay | None = None
    now: Now | None = None
    same_time: SameTime | None = None
    lasting: Lasting | None = None
    bound: Bound | None = None
    either: DateOrClocks | None = None
    offsets: tuple[Offset, ...] = ()

    def is_only(self, name: str) -> bool:
        """Whether nothing but that was said."""
        return all(said in (None, ()) for other, said in zip(self._fields, self, strict=True) if other != name)

    def without_offsets(self) -> Said:
        return self._replace(offsets=())


class FromTo(NamedTuple):
    """A window whose beginning and end were each said in full."""

    first: Said
    last: Said


_SLOTS: dict[type, str] = {
    FromToday: "day", OnDate: "day", NthDay: "day", Holiday: "day", WeekdaysAhead: "day", Weekday: "weekday",
    Clock: "clock", Clocks: "clocks", Part: "part", Shade: "shade", FromNow: "from_now", Days: "days",
    Period: "period", EndOfDay: "end", Year: "year", Lasting: "lasting", Bound: "bound", Now: "now",
    SameTime: "same_time", DateOrClocks: "either",
}  # fmt: skip


def sort_pieces(pieces: Sequence[Piece]) -> Said | FromTo | Refused:
    """The pieces by what they settle. Refused when one slot is taken twice or two pieces exclude each other."""
    middle = next((place for place, piece in enumerate(pieces) if _divides(pieces, place, piece)), None)
    if middle is None:
        return _sorted(pieces)
    first, last = _sorted(_unbound(pieces[:middle])), _sorted(pieces[middle + 1 :])
    if isinstance(first, Refused) or isinstance(last, Refused):
        return _SEVERAL
    if isinstance(first.day, Weekday) and isinstance(last.day, Weekday) and first.day.weeks is None:
        first = first._replace(day=first.day._replace(weeks=last.day.weeks))  # monday to wednesday next week
    return FromTo(first, last)


def _divides(pieces: Sequence[Piece], place: int, piece: Piece) -> bool:
    """Whether the word there stands between a beginning and an end: "until" does so only between two alike."""
    if piece is not TO and piece != _UNTIL:
        return False
    before, after = ({_SLOTS.get(type(each)) for each in part} for part in (pieces[:place], pieces[place + 1 :]))
    return bool(before & after & {"clock"}) or bool(before & _DAYS and after & _DAYS)


_UNTIL = Bound("until")
_DAYS = frozenset(("day", "weekday"))


def _unbound(pieces: Sequence[Piece]) -> Sequence[Piece]:
    """The "from" before a beginning says nothing more."""
    return [piece for piece in pieces if piece != Bound("after")]


def _sorted(pieces: Iterable[Piece]) -> Said | Refused:
    slots: dict[str, object] = {}
    offsets: list[Offset] = []
    for piece in pieces:
        if isinstance(piece, Refused):
            return piece
        if piece is TO:
            return _SEVERAL
        if isinstance(piece, Offset):
            offsets.append(piece)
            continue
        name = _SLOTS[type(piece)]
        told = slots.setdefault(name, piece)
        if isinstance(told, Part) and isinstance(piece, Part) and (narrower := _narrower(told, piece)):
            slots[name] = narrower
        elif type(told) is not type(piece) or told != piece:
            return _SEVERAL
    return _settle(Said(**slots, offsets=tuple(offsets)))  # type: ignore[arg-type]  # each slot got its own kind


def _narrower(one: Part, other: Part) -> Part | None:
    """The part of the day that lies in the other: "after dinner tonight"; None when neither does."""
    for inner, outer in ((one, other), (other, one)):
        if outer.opens <= inner.opens and inner.closes <= outer.closes:
            return inner
    return None


def _settle(said: Said) -> Said | Refused:
    """Bring the weekday, a bare number and the week together."""
    if said.either is not None:
        said = _either_settled(said, said.either)
    if said.shade is not None:
        part = said.shade.alone if said.part is None else shaded(said.part, said.shade)
        said = said._replace(shade=None, part=part)
    if said.clock is not None and said.clocks is not None:
        return _SEVERAL
    if said.clock is not None and said.part is not None and (said.clock.half, said.part.half) == ("pm", "am"):
        return Refused("unclear-time")
    if said.bound is not None and said.bound.side in {"until", "latest"}:
        said = said._replace(bound=Bound("by"))
    if said.year is not None:
        if not isinstance(said.day, OnDate | NthDay | Holiday) or said.day.year is not None:
            return _SEVERAL
        said = said._replace(day=said.day._replace(year=said.year.number), year=None)
    said = _weekday_settled(said)
    if said.from_now is not None and said.period is not None:
        return _SEVERAL
    if said.days is not None and not said.is_only("days"):
        return _SEVERAL
    if said.period is not None and isinstance(said.day, Weekday):
        if said.period.unit != "week" or said.period.part != "whole":
            return _SEVERAL
        return said._replace(day=said.day._replace(weeks=said.period.ahead), period=None)
    if said.period is not None and said.day is not None:
        return _SEVERAL
    return said


def _either_settled(said: Said, either: DateOrClocks) -> Said:
    """Beside a day 2-4 is a window, alone it is a date; 7-6 beside a weekday may be that day's date."""
    first, last = either.clocks.first.hour, either.clocks.last.hour
    if said.day or said.from_now or (said.weekday and first < last):
        return said._replace(either=None, clocks=either.clocks)
    return said._replace(either=None, day=either.date)


def shaded(part: Part, shade: Shade | None) -> Part:
    """The early or late hours of a part of the day."""
    hours = None if shade is None else part.early if shade.early else part.late
    return part if hours is None else Part(hours[0], hours[1], part.half, part.night)


def _weekday_settled(said: Said) -> Said:
    if said.weekday is None:
        return said
    if said.day is None:
        return said._replace(day=said.weekday, weekday=None)
    if isinstance(said.day, OnDate) and said.day.month is None and said.day.months_ahead is None:
        return said._replace(day=said.weekday._replace(month_day=said.day.day), weekday=None)
    return said
