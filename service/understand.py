"""`mendline understand`: what the readers make of a reply, a line at a time, for people who tune or test them."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import TYPE_CHECKING, TypedDict
from zoneinfo import ZoneInfo

from flows.answers.feeling import read_feeling
from flows.answers.rating import read_rating
from flows.answers.reading import Json, Reading, nothing, understood
from flows.answers.recurrence import read_recurrence
from flows.answers.when import read_when
from flows.answers.yes_no import read_yes_no
from flows.commands import OptOut, Wish, read_command, read_opt_out, read_suspected
from flows.safety import read_danger

if TYPE_CHECKING:
    from flows.explaining.explained import Explained


class KindUnknown(Exception):
    """There is no reader of this kind; `known` lists those there are."""

    def __init__(self, kind: str, known: tuple[str, ...]) -> None:
        super().__init__(f"{kind}: known are {', '.join(known)}")
        self.kind = kind
        self.known = known


class Understood(TypedDict):
    """One answer. `span` counts code points of `text`, end excluded."""

    text: str
    reading: dict[str, Json] | None
    span: list[int] | None
    reason: str


@dataclass(frozen=True, slots=True)
class Line:
    """One reply with the circumstances it came in; `at` is an aware time."""

    text: str
    locale: str
    zone: ZoneInfo
    at: datetime


def understand(kind: str, lines: Iterable[str], *, locale: str, zone: ZoneInfo, at: datetime) -> Iterator[Understood]:
    """One answer a line, blank lines too. A JSON object with `text` may bring its own `at`, `zone` and `locale`.

    Raises:
        KindUnknown: nothing reads this kind.
        ValueError: an `at` that is no ISO time. zoneinfo.ZoneInfoNotFoundError: a `zone` that is none.
    """
    return (_answer(line, found) for line, found in _read(kind, lines, locale=locale, zone=zone, at=at))


def explanations(
    kind: str, lines: Iterable[str], *, locale: str, zone: ZoneInfo, at: datetime
) -> Iterator[Explained]:
    """The same for people, each in the language of its line. Raises as `understand` does."""
    from flows.explaining.explained import explain  # programs that read JSON need none of its words

    read = _read(kind, lines, locale=locale, zone=zone, at=at)
    return (explain(kind, line.text, found, line.locale) for line, found in read)


def _read(
    kind: str, lines: Iterable[str], *, locale: str, zone: ZoneInfo, at: datetime
) -> Iterator[tuple[Line, Reading]]:
    if kind not in READ:
        raise KindUnknown(kind, tuple(sorted(READ)))
    read = READ[kind]
    each = (_line(raw, locale=locale, zone=zone, at=at) for raw in lines)
    return ((line, read(line)) for line in each)


def _answer(line: Line, found: Reading) -> Understood:
    span = list(found.span) if found.span is not None else None
    return {"text": line.text, "reading": found.reading, "span": span, "reason": found.reason}


def _line(raw: str, *, locale: str, zone: ZoneInfo, at: datetime) -> Line:
    plain = raw.removesuffix("\n").removesuffix("\r")
    fields = _json_fields(plain)
    if fields is None:
        return Line(plain, locale, zone, at)
    own_zone = ZoneInfo(str(fields["zone"])) if fields.get("zone") else zone
    own_at = datetime.fromisoformat(str(fields["at"])) if fields.get("at") else at
    aware = own_at if own_at.tzinfo is not None else own_at.replace(tzinfo=own_zone)
    return Line(str(fields["text"]), str(fields.get("locale") or locale), own_zone, aware)


def _json_fields(plain: str) -> Mapping[str, object] | None:
    """The fields of a JSON line; None for any other text, however much it looks like JSON."""
    if not plain.lstrip().startswith("{"):
        return None
    try:
        fields = json.loads(plain)
    except (ValueError, RecursionError):
        return None
    return fields if isinstance(fields, dict) and isinstance(fields.get("text"), str) else None


def _read_command(line: Line) -> Reading:
    """Opt-outs first, as in a turn. A doubtful one is `ask`: nothing ends before the person was asked."""
    opt_out = read_opt_out(line.text)
    if opt_out is not None:
        return _read_wish(line.text, opt_out)
    command = read_command(line.text)
    if command is None:
        return _read_suspected(line.text)
    reading: dict[str, Json] = {"value": command.word.lower()}
    if command.argument is not None:
        reading["argument"] = command.argument
    return understood(line.text, reading, command.span, reason=command.reason)


def _read_suspected(text: str) -> Reading:
    """A word with a slip of the finger is asked about, never assumed."""
    suspected = read_suspected(text)
    if suspected is None:
        return nothing(text, "no-command")
    reading: dict[str, Json] = {"value": "ask", "word": suspected.word.lower()}
    if suspected.argument is not None:
        reading["argument"] = suspected.argument
    return understood(text, reading, suspected.span, reason="slip-of-a-command")


def _read_wish(text: str, opt_out: OptOut) -> Reading:
    value = "ask" if opt_out.wish is Wish.DOUBTFUL else "stop"
    return understood(text, {"value": value}, opt_out.span, reason=f"opt-out-{opt_out.wish.value}")


def _read_safety(line: Line) -> Reading:
    danger = read_danger(line.text)
    if danger is None:
        return nothing(line.text, "no-danger-word")
    also: list[Json] = [{"category": category, "tier": tier} for category, tier in danger.also]
    reading: dict[str, Json] = {"category": danger.category, "tier": danger.tier, "also": also}
    return understood(line.text, reading, danger.span, reason=f"{danger.reason} ({danger.version})")


READ: Mapping[str, Callable[[Line], Reading]] = MappingProxyType(
    {
        "rating": lambda line: read_rating(line.text, locale=line.locale),
        "yes-no": lambda line: read_yes_no(line.text, line.locale),
        "command": _read_command,
        "safety": _read_safety,
        "feeling": lambda line: read_feeling(line.text),
        "when": lambda line: read_when(line.text, locale=line.locale, zone=line.zone.key, at=line.at),
        "recurrence": lambda line: read_recurrence(line.text, locale=line.locale, zone=line.zone.key, at=line.at),
    }
)
