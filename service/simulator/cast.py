"""The demo cast and their phones: the same people in every example, couples adjacent, English first."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Person:
    """One phone and who holds it. `number` is E.164, `zone` an IANA name; only invented people have their PIN here."""

    number: str
    name: str
    zone: str
    locale: str
    pin: str | None = None
    pair: str | None = None


NEW_YORK = "America/New_York"

CAST = (
    Person("+12125550101", "Ada", NEW_YORK, "en", pin="246810", pair="ada-ben"),
    Person("+12125550102", "Ben", NEW_YORK, "en", pin="135791", pair="ada-ben"),
    Person("+12125550103", "Carmen", NEW_YORK, "es", pin="864202", pair="carmen-bruno"),
    Person("+12125550104", "Bruno", NEW_YORK, "es", pin="753159", pair="carmen-bruno"),
    Person("+34600000105", "Elena", "Europe/Madrid", "es", pin="112358"),
    Person("+12125550106", "Chidi", NEW_YORK, "en"),
    Person("+12125550107", "A stranger", NEW_YORK, "en"),
)


def unknown_person(number: str) -> Person:
    """Whoever else texts: named by the number alone."""
    return Person(number, number, NEW_YORK, "en")
