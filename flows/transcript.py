"""Golden transcripts: a whole conversation as a text that anybody can review, and its replay to the letter.

The author writes the heading, the person's lines and the passing of time; our lines are made by the replay.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from ruamel.yaml.error import YAMLError

from flows.conversation.turn import FACT_KINDS
from flows.rehearsal import INDENT, US, House, Rehearsal
from flows.yaml_text import read_yaml

DEFAULTS = {"locale": "en", "zone": "America/New_York", "status": "active"}
KEYS = frozenset({"script", "at", "locale", "zone", "status", "facts"})
STATUSES = frozenset({"stranger", "invited", "active", "opted_out", "erasing"})
_STEP = re.compile(r"\+(?P<count>\d+)(?P<unit>[mhd])|at (?P<hour>\d\d):(?P<minute>\d\d)|begin (?P<script>[a-z0-9-]+)")
_SAID = re.compile(r"(?P<who>[A-Z]{3,12})  ?(?P<text>.*)|(?P<short>[A-Z]{3,12})")
_UNITS = {"m": "minutes", "h": "hours", "d": "days"}


class TranscriptInvalid(Exception):
    """A line that is neither the person's, nor ours, nor time passing; `line` counts from 1."""

    def __init__(self, line: int, problem: str) -> None:
        super().__init__(f"line {line}: {problem}")
        self.line, self.problem = line, problem


@dataclass(frozen=True, slots=True)
class Transcript:
    """`heading` and `lines` are the author's, in order, as written; `settings` is what the heading says."""

    heading: tuple[str, ...]
    settings: dict[str, Any]
    lines: tuple[tuple[int, str], ...]  # with their place in the file


def read_transcript(text: str) -> Transcript:
    """What the author wrote in a transcript; our own lines in it are left aside.

    Raises:
        TranscriptInvalid: the heading cannot be used. Lines of the conversation are judged by `replay`.
    """
    lines = text.splitlines()
    size = next((place for place, line in enumerate(lines) if not line.strip()), len(lines))
    body = [(place, line) for place, line in enumerate(lines[size + 1 :], start=size + 2)]
    kept = tuple((place, line) for place, line in body if not (line.startswith((US, INDENT)) or line == US.strip()))
    return Transcript(tuple(lines[:size]), _settings(lines[:size]), kept)


def replay(transcript: Transcript, house: House) -> str:
    """The complete transcript, both sides, as the conversation goes today.

    Raises:
        TranscriptInvalid: a line cannot be read.
        KeyError: a script is named that is not installed.
    """
    settings = transcript.settings
    rehearsal = Rehearsal(
        house, at=settings["at"], zone=settings["zone"], locale=settings["locale"], status=settings["status"],
        facts=settings["facts"],
    )  # fmt: skip
    out = [*transcript.heading, ""]
    if settings["script"]:
        out.extend(rehearsal.service_begins(settings["script"]))
    for place, line in transcript.lines:
        out.append(line)
        out.extend(take_line(rehearsal, line, place))
    return "\n".join(out).rstrip("\n") + "\n"


def take_line(rehearsal: Rehearsal, line: str, place: int = 1) -> list[str]:
    """One line of the author's and the lines it causes: time passing, a script begun, or a person's text.

    Raises TranscriptInvalid for a line that is none of these, and for a time that has passed.
    """
    if not line.strip() or line.startswith("#"):
        return []
    if (step := _STEP.fullmatch(line.rstrip())) is not None:
        if step["script"]:
            if step["script"] not in rehearsal.house.library.scripts:
                raise TranscriptInvalid(place, f"there is no script {step['script']}")
            return rehearsal.service_begins(step["script"])
        return rehearsal.time_passes(_until(rehearsal, step))
    if (said := _SAID.fullmatch(line)) is not None:
        return rehearsal.person_says((said["text"] or "").strip())
    raise TranscriptInvalid(place, "write NAME and their words, or +90m, +13h, at 08:10, or begin check-in")


def is_step(line: str) -> bool:
    """Whether a line lets time pass or begins a script, rather than being somebody's words."""
    return _STEP.fullmatch(line.strip()) is not None


def _until(rehearsal: Rehearsal, step: re.Match[str]) -> datetime:
    if step["count"]:
        return rehearsal.now + timedelta(**{_UNITS[step["unit"]]: int(step["count"])})
    wanted = time(int(step["hour"]), int(step["minute"]))
    local = rehearsal.local_now
    day = local.date() + timedelta(days=wanted <= local.time())
    return datetime.combine(day, wanted, ZoneInfo(rehearsal.zone)).astimezone(UTC)


def _settings(heading: list[str]) -> dict[str, Any]:
    settings: dict[str, Any] = {"script": "", "facts": {}, **DEFAULTS}
    for place, line in enumerate(heading, start=1):
        if line.startswith("#"):
            continue
        key, colon, value = line.partition(":")
        if key not in KEYS or not colon:
            raise TranscriptInvalid(place, f"use {', '.join(sorted(KEYS))}, each with a colon")
        settings[key] = _setting(place, key, value.strip())
    if "at" not in settings:
        raise TranscriptInvalid(len(heading), "say when it begins, at: 2026-03-02T18:30-05:00")
    return settings


def _setting(place: int, key: str, value: str) -> Any:
    match key:
        case "at":
            try:
                at = datetime.fromisoformat(value)
            except ValueError:
                raise TranscriptInvalid(place, "write at: 2026-03-02T18:30-05:00") from None
            if at.tzinfo is None:
                raise TranscriptInvalid(place, "give the offset too, at: 2026-03-02T18:30-05:00")
            return at.astimezone(UTC)
        case "facts":
            return _facts(place, value)
        case "status" if value not in STATUSES:
            raise TranscriptInvalid(place, f"a status is one of {', '.join(sorted(STATUSES))}")
        case _:
            return value


def _facts(place: int, value: str) -> dict[str, Any]:
    try:
        facts: Any = read_yaml(value)
    except YAMLError:
        facts = None
    if not isinstance(facts, dict) or not facts.keys() <= FACT_KINDS.keys():
        raise TranscriptInvalid(place, "write facts: {discretion: D2}, with facts that scripts know")
    return facts
