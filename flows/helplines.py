"""Whom a person can reach, by country: the lines of flows/locales/helplines.yaml as arguments of phrases."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Literal

from ruamel.yaml.error import YAMLError

from flows.catalogue import HELPLINES_FILE, OUR_WORDS, fallbacks
from flows.errors import HelplinesInvalid, Problem
from flows.segments import is_gsm7, septets
from flows.wording import PLACEHOLDERS, Channel
from flows.yaml_text import read_yaml

OTHER = "OTHER"
# Our name of each line -> its placeholder in the phrases.
LINES: Mapping[str, str] = {"emergency": "e", "crisis": "c", "dv": "dv", "child": "k", "own_behaviour": "o"}
# A helpline moves about once in years; PROGRAMME 7.5 has the host look every half year.
CONFIRM_EVERY = timedelta(days=180)


@dataclass(frozen=True, slots=True)
class Line:
    """`words` by language ("" for all). `confirmed`: s = seen in the row's sources, GK = to be confirmed first."""

    words: Mapping[str, str]
    spoken: str | None
    confirmed: Literal["s", "GK"]


@dataclass(frozen=True, slots=True)
class Helplines:
    """One country's lines by name (`emergency`, `crisis`, `dv`, `child`, `own_behaviour`).

    Only OTHER, for countries without a row, has no `emergency`: its phrases say "your local emergency number".
    """

    country: str
    lines: Mapping[str, Line]
    hours: str
    source: tuple[str, ...]
    checked_on: date

    def arguments(self, locale: str, *, channel: Channel = "text") -> dict[str, str]:
        """The arguments e, c, dv, k and o in the person's language; on a call, digit by digit."""
        if channel == "voice":
            return {LINES[name]: _digit_by_digit(line.spoken or _in(line, locale)) for name, line in self.lines.items()}
        return {LINES[name]: _in(line, locale) for name, line in self.lines.items()}

    def is_stale(self, on: date) -> bool:
        """The row was last looked at more than 180 days before `on`. It is still used; the operator's page warns."""
        return on - self.checked_on > CONFIRM_EVERY

    def to_confirm(self) -> tuple[str, ...]:
        """Names of the lines that nobody has seen in a source yet."""
        return tuple(name for name, line in self.lines.items() if line.confirmed == "GK")


@dataclass(frozen=True, slots=True)
class HelplineTable:
    """All countries, and the phrases that a country says otherwise."""

    rows: Mapping[str, Helplines]
    variants: Mapping[str, Mapping[str, str]]

    def of(self, country: str) -> Helplines:
        """The row of an ISO 3166-1 code, or OTHER's. UK is read as GB."""
        return self.rows[self._row(country)]

    def phrase_for(self, phrase_id: str, country: str) -> str:
        """The phrase to say in this country instead of `phrase_id`; mostly the same."""
        return self.variants.get(self._row(country), {}).get(phrase_id, phrase_id)

    def _row(self, country: str) -> str:
        code = country.strip().upper()
        code = "GB" if code == "UK" else code
        return code if code in self.rows else OTHER


def load_helplines(folders: Sequence[Path] = ()) -> HelplineTable:
    """Our table, overlaid row by row by a helplines.yaml in any of `folders`; later folders win.

    Raises:
        HelplinesInvalid: with every problem of every file.
        OSError: a file cannot be read.
    """
    files = [path for folder in (OUR_WORDS, *folders) if (path := folder / HELPLINES_FILE).is_file()]
    return read_helplines(file.read_text(encoding="utf-8") for file in files)


def read_helplines(sources: Iterable[str]) -> HelplineTable:
    """A table from YAML texts, later rows over earlier. Raises HelplinesInvalid with every problem of every source."""
    rows: dict[str, Helplines] = {}
    variants: dict[str, Mapping[str, str]] = {}
    problems: list[Problem] = []
    for source in sources:
        content = _content(source, problems)
        checked_on: Any = content.get("checked_on")
        for country, row in content.get("countries", {}).items():
            found = list(_row_problems(str(country), row, checked_on))
            problems += found
            if not found:
                rows[str(country)] = _row(str(country), row, checked_on)
        variants |= content.get("variants", {})
    if OTHER not in rows and not problems:
        problems.append(Problem(HELPLINES_FILE, OTHER, "is missing", "keep the row for every country without one"))
    if problems:
        raise HelplinesInvalid(problems)
    return HelplineTable(rows, variants)


def helplines_for(country: str) -> Helplines:
    """Our own row for an ISO 3166-1 code (UK for GB too), or the one for countries without a row."""
    return _our_table().of(country)


def phrase_for(phrase_id: str, country: str) -> str:
    """The phrase our own table says in this country instead of `phrase_id`: CR-3US for CR-3 in the US."""
    return _our_table().phrase_for(phrase_id, country)


@functools.cache
def _our_table() -> HelplineTable:
    return load_helplines()


def _content(source: str, problems: list[Problem]) -> dict[str, Any]:
    try:
        content: Any = read_yaml(source)
    except YAMLError as exc:
        problems.append(Problem(HELPLINES_FILE, "whole file", str(exc), "correct the YAML"))
        return {}
    named = content if isinstance(content, dict) else {}
    if not named or not all(isinstance(named.get(part, {}), dict) for part in ("countries", "variants")):
        problems.append(Problem(HELPLINES_FILE, "whole file", "is no table of helplines", "write countries: {US: …}"))
        return {}
    return named


def _row(country: str, row: Mapping[str, Any], checked_on: date) -> Helplines:
    lines = {name: _line(row[name]) for name in LINES if name in row}
    return Helplines(country, lines, str(row["hours"]), tuple(row["source"]), row.get("checked_on", checked_on))


def _line(form: Mapping[str, Any]) -> Line:
    words = form["words"]
    return Line(words if isinstance(words, dict) else {"": words}, form.get("spoken"), form["confirmed"])


def _row_problems(country: str, row: Any, checked_on: Any) -> Iterable[Problem]:
    if not isinstance(row, dict) or not {"hours", "source"} <= row.keys() or not isinstance(row["source"], list):
        yield Problem(HELPLINES_FILE, country, "cannot be read", "give its lines, hours and source")
        return
    if not isinstance(row.get("checked_on", checked_on), date):
        yield Problem(HELPLINES_FILE, country, "was never checked", "give the day you called, checked_on: 2026-11-18")
    for name, placeholder in LINES.items():
        if name not in row and not (name == "emergency" and country == OTHER):
            yield Problem(HELPLINES_FILE, country, f"has no {name}", "give it, or findahelpline.com")
        elif name in row:
            yield from _line_problems(country, name, row[name], limit=PLACEHOLDERS[placeholder])


def _line_problems(country: str, name: str, form: Any, *, limit: int) -> Iterable[Problem]:
    words = form.get("words") if isinstance(form, dict) else None
    said: list[Any] = list(words.values()) if isinstance(words, dict) else [words]
    if not all(isinstance(each, str) and each.strip() for each in said) or not said:
        yield Problem(HELPLINES_FILE, country, f"{name} cannot be read", 'write {words: "116 123", confirmed: s}')
        return
    if form.get("confirmed") not in {"s", "GK"}:
        yield Problem(HELPLINES_FILE, country, f"{name} does not say who confirmed it", "write confirmed: s or GK")
    for each in said:
        if septets(each) > limit or not is_gsm7(each):
            yield Problem(HELPLINES_FILE, country, f"{name} does not fit: {each}", f"use {limit} plain letters at most")


def _in(line: Line, locale: str) -> str:
    chosen = next((line.words[language] for language in (*fallbacks(locale), "") if language in line.words), None)
    return chosen if chosen is not None else next(iter(line.words.values()))


def _digit_by_digit(words: str) -> str:
    """A voice would read 116 as a hundred and sixteen; "1 1 6, 1 2 3" is dictated."""
    return re.sub(r"(?<=\d)(?=\d)", " ", re.sub(r"(?<=\d)[ -](?=\d)", ", ", words))
