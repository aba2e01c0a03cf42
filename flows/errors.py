"""Every refusal of the house that decides. A reply we cannot read is not one of them: that is a turn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """One author's mistake: the file, the step or phrase in it, what is wrong, and what would put it right."""

    file: str
    step: str
    problem: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.file}: {self.step}: {self.problem}; {self.remedy}"


class AuthorMistakes(Exception):
    """What an author wrote cannot be used. `problems` lists every mistake found, not only the first."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = tuple(problems)


class ScriptInvalid(AuthorMistakes):
    """Scripts that would leave a person stuck, or that ask for what does not exist."""


class CatalogueInvalid(AuthorMistakes):
    """Words that are missing, too long for one SMS segment, or outside its alphabet."""


class HelplinesInvalid(AuthorMistakes):
    """A helpline table that would send somebody in need an empty or unreadable line."""


class PhraseUnknown(Exception):
    """No language has words for this phrase on this channel."""

    def __init__(self, phrase_id: str, locale: str, channel: str) -> None:
        super().__init__(f"{phrase_id}: no words in {locale} or its fallbacks for {channel}")
        self.phrase_id, self.locale, self.channel = phrase_id, locale, channel


class ArgumentMissing(Exception):
    """A phrase has a placeholder that the caller gave nothing for."""

    def __init__(self, phrase_id: str, placeholder: str) -> None:
        super().__init__(f"{phrase_id}: nothing given for {{{placeholder}}}")
        self.phrase_id, self.placeholder = phrase_id, placeholder


class ArgumentTooLong(Exception):
    """An argument that may not be cut (a number, a time, a helpline) is longer than its room in the phrase."""

    def __init__(self, phrase_id: str, placeholder: str, *, units: int, limit: int) -> None:
        super().__init__(f"{phrase_id}: {{{placeholder}}} takes {units} of at most {limit}")
        self.phrase_id, self.placeholder, self.units, self.limit = phrase_id, placeholder, units, limit
