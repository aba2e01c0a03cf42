"""The words for what readers say in codes, from one file a language. For people who look at readings, never sent."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from flows.yaml_text import read_yaml

LANGUAGES = ("en", "es")
ANY = "any"


@dataclass(frozen=True, slots=True)
class ReadingWords:
    """`reasons` are words by kind (or `any`), then code; `answers` the patterns of each kind, filled in elsewhere."""

    locale: str
    reasons: Mapping[str, Mapping[str, str]]
    answers: Mapping[str, Any]
    labels: Mapping[str, str]
    conjunction: str
    dates: Mapping[str, Any]

    def reason(self, code: str, kind: str = ANY) -> str:
        """Why a reply was read so: in the words of its kind, else those of any; the code where it has no words."""
        return self.reasons.get(kind, {}).get(code) or self.reasons[ANY].get(code, code)

    def listed(self, parts: Sequence[str]) -> str:
        """One, two and three."""
        first, last = parts[:-1], parts[-1:]
        return self.conjunction.join([*([", ".join(first)] if first else []), *last])


def reading_words(locale: str) -> ReadingWords:
    """The words of that locale's language; English where there are none."""
    language = locale.replace("_", "-").split("-")[0].lower()
    return _load(language if language in LANGUAGES else LANGUAGES[0])


@cache
def _load(language: str) -> ReadingWords:
    source = (files("flows") / "locales" / "readings" / f"{language}.yaml").read_text("utf-8")
    read: Any = read_yaml(source)
    return ReadingWords(
        read["locale"], read["reasons"], read["answers"], read["labels"], read["and"], read["dates"]
    )
