"""The words of the stories, from one YAML file a language: what the page says, and what the people of a play text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from flows.yaml_text import read_yaml

HERE = Path(__file__).parent
LANGUAGES = ("en", "es")


@dataclass(frozen=True, slots=True)
class Words:
    """All words in one language."""

    language: str
    told: Mapping[str, Any]

    def page(self, key: str, **given: object) -> str:
        """A word of the page, with its `{…}` filled in."""
        return str(self.told["page"][key]).format(**given)

    def title(self, play: str) -> str:
        """What a play is called."""
        return str(self.told[play]["title"])

    def part(self, play: str, number: int) -> str:
        """What a part is called, counted from 0."""
        return str(self.told[play]["parts"][number])

    def scene(self, play: str, name: str, **given: object) -> tuple[str, str]:
        """(what happens, why) in a scene."""
        scene = self.told[play]["scenes"][name]
        return str(scene["says"]).format(**given), str(scene["why"]).format(**given)

    def line(self, play: str, name: str) -> str:
        """What somebody texts."""
        return str(self.told[play]["lines"][name])


@cache
def words_in(language: str) -> Words:
    """The words of `en` or `es`."""
    return Words(language, read_yaml((HERE / f"{language}.yaml").read_text(encoding="utf-8")))
