"""The notation in which the phrases of danger are written (flows/crisis/README.md), made into patterns."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

_ELEMENT = re.compile(
    r"\s*(?:~\((?P<no>[^()]*)\)|\((?P<any>[^()]*)\)|\[(?P<maybe>[^\[\]]*)\]|(?P<gap>\.\.)|(?P<word>[\w#+\\]+))\s*"
)
_GAP = r"(?: \w+){0,3}"


@dataclass(frozen=True, slots=True)
class Phrase:
    """`pattern` matches at the start of a word; `first` is that word, or `#` for any number."""

    first: str
    pattern: re.Pattern[str]
    category: str
    tier: str
    source: str


def squeeze(words: str) -> str:
    """Every run of one letter becomes a single one, in phrases and in replies alike: "killl" and "kill" are "kil"."""
    return re.sub(r"([a-z])\1+", r"\1", words)


def compile_phrase(
    written: str, sets: Mapping[str, Sequence[str]], source: str, category: str, tier: str
) -> list[Phrase]:
    """One phrase for each word that it can begin with.

    Raises:
        ValueError: the notation is broken, a set is unknown, or the phrase begins with something that may be absent.
    """
    elements = _elements(_with_sets(written, sets), source)
    kind, openings = elements[0]
    if kind not in {"any", "word"}:
        raise ValueError(f"{source}: a phrase begins with a word, a choice or a set: {written}")
    tail = "".join(_element_pattern(*element) for element in elements[1:])
    by_first: dict[str, list[str]] = {}
    for opening in openings:
        by_first.setdefault(opening.split(" ")[0], []).append(opening)
    return [
        Phrase(first, re.compile(f"(?:{_choice(same)}){tail}(?= |$)"), category, tier, source)
        for first, same in by_first.items()
    ]


def _with_sets(written: str, sets: Mapping[str, Sequence[str]]) -> str:
    def spelled_out(match: re.Match[str]) -> str:
        if match[1] not in sets:
            raise ValueError(f"unknown set {match[1]}: {written}")
        return "|".join(sets[match[1]])

    inside = re.sub(r"(?<=[(|\[ ])\{(\w+)\}(?=[)|\]])", spelled_out, written)
    return re.sub(r"\{(\w+)\}", lambda match: f"({spelled_out(match)})", inside)


def _elements(written: str, source: str) -> list[tuple[str, list[str]]]:
    elements: list[tuple[str, list[str]]] = []
    at = 0
    while at < len(written):
        match = _ELEMENT.match(written, at)
        if match is None or match.end() == at:
            raise ValueError(f"{source}: cannot be read from character {at}: {written}")
        kind = str(match.lastgroup)
        parts = [squeeze(part.strip()) for part in match[kind].split("|")]
        if not all(parts):
            raise ValueError(f"{source}: an empty choice: {written}")
        elements.append((kind, parts))
        at = match.end()
    return elements


def _element_pattern(kind: str, parts: list[str]) -> str:
    match kind:
        case "gap":
            return _GAP
        case "maybe":
            return f"(?: (?:{_choice(parts)}))?"
        case "no":
            return rf"(?! (?:{_choice(parts)})(?: |$))"
        case _:
            return f" (?:{_choice(parts)})"


def _choice(parts: list[str]) -> str:
    return "|".join(part.replace("#", r"\d+") for part in sorted(parts, key=len, reverse=True))
