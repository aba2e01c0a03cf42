"""A file of phrases: one language, with its own groups of words and its own ways of spelling."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from flows.yaml_text import read_yaml

NOTE = "//"
_SHORT_FORMS = Path(__file__).parent / "short_forms.yaml"


class Listed(NamedTuple):
    """A phrase as written in a list: `label` is what it stands for, `source` names language, list and line."""

    label: str
    source: str
    written: str


class Lists(NamedTuple):
    """What one file brings. `respelled` maps a written word, or two joined by `_`, to the words that are meant;

    `dropped` words say nothing here; `ordinary` words are no slips of others.
    """

    language: str
    version: str
    sets: Mapping[str, str]
    respelled: Mapping[str, str]
    dropped: frozenset[str]
    ordinary: frozenset[str]
    listed: tuple[Listed, ...]


def read_lists(path: Path) -> Lists:
    """The file of one language, named after it.

    Raises:
        KeyError: `version` or `phrases` is missing. OSError: the file cannot be read.
    """
    content: Mapping[str, Any] = read_yaml(path.read_text("utf-8"))
    language = path.stem
    listed = tuple(
        Listed(label, f"{language} {label} {number}", line)
        for label, phrases in content["phrases"].items()
        for number, line in enumerate(lines_of(phrases), start=1)
    )
    sets = {name: " | ".join(lines_of(words)) for name, words in content.get("sets", {}).items()}
    return Lists(
        language=language,
        version=content["version"],
        sets=sets,
        respelled=spellings(content.get("spellings", "")),
        dropped=frozenset(content.get("dropped", "").split()),
        ordinary=frozenset(content.get("ordinary", "").split()),
        listed=listed,
    )


def lines_of(block: str) -> Iterator[str]:
    """The lines of a block that say something."""
    return (line.strip() for line in block.splitlines() if line.strip() and not line.strip().startswith(NOTE))


def spellings(block: str) -> dict[str, str]:
    """As written -> what is meant, from lines like `want to = wanna wana want_2`."""
    respelled: dict[str, str] = {}
    for line in lines_of(block):
        meant, _, written = line.partition("=")
        respelled.update(dict.fromkeys(written.split(), meant.strip()))
    return respelled


@cache
def short_forms() -> Mapping[str, str]:
    """What every list knows: how people shorten common words, in all languages."""
    content: Mapping[str, Any] = read_yaml(_SHORT_FORMS.read_text("utf-8"))
    return {
        written: meant
        for name, block in content.items()
        if name != "version"
        for written, meant in spellings(block).items()
    }
