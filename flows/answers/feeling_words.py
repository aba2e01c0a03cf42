"""The vocabulary of feeling as its files hold it (flows/answers/feelings), with the forms that each word takes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from flows.answers.reading import Json
from flows.patterns import late
from flows.phrases.lists import Listed, Lists, lines_of, named, sets_of, words_of
from flows.phrases.spelling import squeeze
from flows.yaml_text import read_yaml

KINDS = ("body", "feeling", "thought", "urge", "wish")
_FILES = Path(__file__).parent / "feelings"
_LINE = late(r"(?P<word>.+?) (?P<valence>-1|0|1) (?P<intensity>[1-5]) = (?P<forms>.+)")
_MARKED = late(r"(?P<stem>[a-z]+)(?P<mark>[@+~])")
_WITH_ENDING = late(r"[a-z]+(?:@|e)")


class Feeling(NamedTuple):
    """A word of the vocabulary: `valence` 1 pleasant, -1 unpleasant, 0 neither; `intensity` from 1 to 5."""

    word: str
    kind: str
    valence: int
    intensity: int

    def as_json(self, intensity: int) -> dict[str, Json]:
        """Plain data, with the strength it was said with."""
        return {"word": self.word, "kind": self.kind, "valence": self.valence, "intensity": intensity}


class Vocabulary(NamedTuple):
    """`feelings` by the label of their phrases; `groups` of words that strengthen, weaken, deny, turn and join."""

    lists: tuple[Lists, ...]
    feelings: Mapping[str, Feeling]
    groups: Mapping[str, frozenset[str]]


def read_vocabulary(languages: Sequence[str]) -> Vocabulary:
    """All words of these languages together.

    Raises:
        ValueError: a line is not `word valence intensity = forms`. KeyError: a kind or a group is missing.
    """
    contents = {language: read_yaml((_FILES / f"{language}.yaml").read_text("utf-8")) for language in languages}
    feelings: dict[str, Feeling] = {}
    lists: list[Lists] = []
    for language, content in contents.items():
        listed: list[Listed] = []
        for kind in KINDS:
            for number, line in enumerate(lines_of(named(content["vocabulary"])[kind]), start=1):
                for feeling, forms in _read_line(kind, line):
                    label = f"{language} {kind} {number} {feeling.intensity}"
                    feelings[label] = feeling
                    listed.append(Listed(label, label, forms))
        version = words_of(content["version"])
        lists.append(Lists(language, version, sets_of(content), {}, frozenset(), frozenset(), tuple(listed)))
    groups = {
        name: frozenset(squeeze(word) for content in contents.values() for word in words_of(content[name]).split())
        for name in ("stronger", "weaker", "denying", "turning", "joining")
    }
    return Vocabulary(tuple(lists), feelings, groups)


def _read_line(kind: str, line: str) -> Iterator[tuple[Feeling, str]]:
    """The feeling with its forms in the notation of phrases; a Spanish -isimo is the same feeling, stronger.

    The word itself is always one when it is the whole sentence: what we offer is understood when it comes back.
    """
    read = _LINE.fullmatch(line)
    if read is None:
        raise ValueError(f"not `word valence intensity = forms`: {line}")
    feeling = Feeling(read["word"], kind, int(read["valence"]), int(read["intensity"]))
    yield feeling, f"({_MARKED.sub(_inflected, read['forms'])} | . {feeling.word} .)"
    greatest = [
        f"{form[:-1]}isim{ending}"
        for form in (form.strip() for form in read["forms"].split("|"))
        if _WITH_ENDING.fullmatch(form)
        for ending in ("o", "a", "os", "as")
    ]
    if greatest:
        yield feeling._replace(intensity=min(feeling.intensity + 1, 5)), f"({'|'.join(greatest)})"


def _inflected(marked: re.Match[str]) -> str:
    """`@` Spanish gender and number, `+` an English verb, `~` an English adjective with its noun and adverb."""
    stem = marked["stem"]
    if marked["mark"] == "@":
        return f"({'|'.join(stem + ending for ending in ('o', 'a', 'os', 'as'))})"
    if marked["mark"] == "+":
        short = stem.removesuffix("e")
        if re.search(r"[^aeiou]y$", stem):
            return f"({stem}|{stem[:-1]}ies|{stem[:-1]}ied|{stem}ing)"
        es = "es" if re.search(r"(?:s|x|z|ch|sh)$", stem) else "s"
        return f"({stem}|{stem}{es}|{short}ed|{short}ing)"
    soft = f"{stem[:-1]}i" if stem.endswith("y") else stem
    return f"({stem}|{soft}ly|{soft}ness|{soft}er|{soft}est)"
