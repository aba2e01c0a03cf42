"""Every kind of answer a script can ask for, by name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

from flows.answers.agreement import read_agreement
from flows.answers.choice import read_choice
from flows.answers.clock_time import read_clock_time
from flows.answers.country import read_country
from flows.answers.minutes import read_minutes
from flows.answers.rating import read_rating
from flows.answers.reading import Asked, Reading, nothing
from flows.answers.recurrence import read_recurrence
from flows.answers.when import read_when
from flows.answers.words import read_words
from flows.answers.yes_no import read_yes_no

Reader = Callable[[str, Asked], Reading]
ReadTime = Callable[..., Reading]


@dataclass(frozen=True, slots=True)
class AskedWhen(Asked):
    """A question about time, with the instant of the reply, aware, and the IANA zone of whoever sent it."""

    zone: str = "UTC"
    at: datetime | None = None


def _whatever_was_asked(read: Callable[[str], Reading]) -> Reader:
    return lambda text, _asked: read(text)


def _at_its_time(read: ReadTime) -> Reader:
    """Null with reason `no-clock` when the question did not say what time it is."""

    def reader(text: str, asked: Asked) -> Reading:
        if not isinstance(asked, AskedWhen) or asked.at is None:
            return nothing(text, "no-clock")
        return read(text, locale=asked.locale, zone=asked.zone, at=asked.at)

    return reader


# A reader takes the reply as it came and the question; it never raises, whatever the reply holds.
READERS: Mapping[str, Reader] = MappingProxyType(
    {
        "rating": lambda text, asked: read_rating(text, low=asked.low, high=asked.high, locale=asked.locale),
        "yes-no": lambda text, asked: read_yes_no(text, asked.locale),
        "choice": lambda text, asked: read_choice(text, asked.options, asked.locale),
        "clock-time": _whatever_was_asked(read_clock_time),
        "minutes": _whatever_was_asked(read_minutes),
        "country": _whatever_was_asked(read_country),
        "words": _whatever_was_asked(read_words),
        "agreement": _whatever_was_asked(read_agreement),
        "when": _at_its_time(read_when),
        "recurrence": _at_its_time(read_recurrence),
    }
)
