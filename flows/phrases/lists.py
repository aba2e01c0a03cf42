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
        ValueError: it holds something else than words and words by their names.
        ruamel.yaml.error.YAMLError: it is no YAML, or says a thing twice.
    """
    content = read_yaml(path.read_text("utf-8"))
    if not isinstance(content, dict):
        raise ValueError(f"not words by their names: {path.name}")
    language = path.stem
    listed = tuple(
        Listed(label, f"{language} {label} {number}", line)
        for label, phrases in named(content["phrases"]).items()
        for number, line in enumerate(lines_of(phrases), start=1)
    )
    return Lists(
        language=language,
        version=words_of(content["version"]),
        sets=sets_of(content),
        respelled=spellings(words_of(content.get("spellings", ""))),
        dropped=frozenset(words_of(content.get("dropped", "")).split()),
        ordinary=frozenset(words_of(content.get("ordinary", "")).split()),
        listed=listed,
    )


def sets_of(content: Mapping[str, Any]) -> dict[str, str]:
    """The groups of words of a file, each as one choice."""
    return {name: " | ".join(lines_of(words)) for name, words in named(content.get("sets", {})).items()}


def named(content: Any) -> Mapping[str, str]:
    """Words by their names. Raises ValueError: they have none, or the names hold names."""
    if not isinstance(content, dict) or not all(isinstance(words, str) for words in content.values()):
        raise ValueError(f"not words by their names: {content}")
    return content


def words_of(content: Any) -> str:
    """Raises ValueError: names or a number instead of words."""
    if not isinstance(content, str):
        raise ValueError(f"not words: {content}")
    return content


def lines_of(block: str) -> Iterator[str]:
    """The lines of a block that say something."""
    return (line.strip() for line in block.splitlines() if line.strip() and not line.strip().startswith(NOTE))


def spellings(block: str) -> dict[str, str]:
    """As written -> what is meant, from lines like `want to = wanna wana want_2`.

    Raises:
        ValueError: more than two words are joined, or a word to nothing.
    """
    respelled: dict[str, str] = {}
    for line in lines_of(block):
        meant, _, written = line.partition("=")
        for form in written.split():
            if form.count("_") > 1 or form.startswith("_") or form.endswith("_"):
                raise ValueError(f"not one word or two: {form}")
            respelled[form] = meant.strip()
    return respelled


@cache
def short_forms() -> Mapping[str, str]:
    """What every list knows: how people shorten common words, in all languages."""
    content = read_yaml(_SHORT_FORMS.read_text("utf-8"))
    return {
        written: meant
        for name, block in content.items()
        if name != "version"
        for written, meant in spellings(words_of(block)).items()
    }
