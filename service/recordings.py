"""Recordings that a host put into AUDIO_DIR: `en/V-TO-5.mp3` is played where the phrase V-TO-5 would be spoken.

They are served under names that tell nothing and change with the sound, so nobody can ask for anything else.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from flows.catalogue import Catalogue
from flows.errors import PhraseUnknown, Problem

AUDIO_PATH = "/audio"
MEDIA_TYPES = {".mp3": "audio/mpeg", ".wav": "audio/wav"}
# What is the same for everybody; a phrase with anything else in it is spoken.
OF_THE_HOUSE = frozenset({"brand", "ph"})


@dataclass(frozen=True, slots=True)
class Recording:
    """One file. `name` is what it is served under."""

    name: str
    path: Path
    locale: str
    phrase: str

    @property
    def media_type(self) -> str:
        """Of its kind of file."""
        return MEDIA_TYPES[self.path.suffix.lower()]


@dataclass(frozen=True, slots=True)
class Recordings:
    """Those that can be played, by language and phrase and by name; `problems` are files that cannot, with a remedy."""

    by_phrase: Mapping[tuple[str, str], Recording] = field(default_factory=dict)
    by_name: Mapping[str, Recording] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()

    def find(self, phrase: str, locale: str) -> Recording | None:
        """The recording of a phrase in a person's language: es-MX, else es. None: it is spoken."""
        for language in (locale, locale.split("-")[0]):
            if (found := self.by_phrase.get((language, phrase))) is not None:
                return found
        return None


def load_recordings(folder: Path | None, catalogue: Catalogue, name_of: Callable[[str], str]) -> Recordings:
    """What lies in `folder`. `name_of` makes a name nobody can guess of what a file is and holds.

    Raises:
        OSError: a file cannot be read.
    """
    if folder is None:
        return Recordings()
    found: list[Recording] = []
    problems: list[Problem] = []
    for path in sorted(each for each in folder.rglob("*") if each.is_file() and not each.name.startswith(".")):
        locale, phrase = path.parent.relative_to(folder).as_posix(), path.stem
        wrong = next(_faults(catalogue, path, locale, phrase), None)
        if wrong is None:
            sound = hashlib.sha256(path.read_bytes()).hexdigest()
            name = name_of(f"{locale} {phrase} {sound}")[:40] + path.suffix.lower()
            found.append(Recording(name, path, locale, phrase))
        else:
            problems.append(Problem(path.relative_to(folder).as_posix(), "", *wrong))
    by_phrase = {(each.locale, each.phrase): each for each in found}
    return Recordings(by_phrase, {each.name: each for each in found}, tuple(problems))


def _faults(catalogue: Catalogue, path: Path, locale: str, phrase: str) -> Iterator[tuple[str, str]]:
    """What is wrong, and the remedy."""
    if path.suffix.lower() not in MEDIA_TYPES:
        yield "is no recording that can be played", f"save it as {' or '.join(MEDIA_TYPES)}"
    if locale not in catalogue.locales:
        yield "lies in no folder of a language", f"put it into {' or '.join(f'{each}/' for each in catalogue.locales)}"
        return
    try:
        wording = catalogue.wording(phrase, locale)
    except PhraseUnknown:
        wording = None
    if wording is None or wording.voice is None:
        yield "matches no phrase that is spoken", "name it after one, such as V-TO-5; see flows/locales"
    elif foreign := sorted(wording.placeholders() - OF_THE_HOUSE):
        yield f"would say the same {', '.join(foreign)} to everybody", "take it out: this phrase is spoken"
