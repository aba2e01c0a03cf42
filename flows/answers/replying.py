"""A reply made ready for the readers of times: its opening, folded, in the words of its language."""

from __future__ import annotations

from functools import lru_cache

from flows.answers.calendar.english import ENGLISH
from flows.answers.calendar.language import Language
from flows.answers.calendar.spanish import SPANISH
from flows.answers.calendar.spelling import respelled
from flows.answers.reading import language_of
from flows.folding import Folded, fold
from flows.patterns import late

# Six segments of a text. A longer reply is a story: what it says of time further on is not an answer.
_READ_LETTERS = 918
_SPACE_OR_LETTER = late(r"\s+|\S")
_SPACES = late(r"\s\s|[^\S ]")
_LANGUAGES = {"en": ENGLISH, "es": SPANISH}


@lru_cache(maxsize=64)
def language_for(locale: str) -> Language:
    """The words of that locale's language; English where there are none."""
    return _LANGUAGES.get(language_of(locale), ENGLISH)


def fold_reply(text: str, language: Language) -> Folded:
    """The opening of the reply, folded, with one space where it has several, and slips in names mended."""
    return respelled(_spaced(fold(text[:_READ_LETTERS])), language.spelling)


def _spaced(folded: Folded) -> Folded:
    if not _SPACES.search(folded.text):
        return folded
    kept = [m.start() for m in _SPACE_OR_LETTER.finditer(folded.text)]
    letters = "".join(" " if folded.text[place].isspace() else folded.text[place] for place in kept)
    return Folded(letters, tuple(folded.starts[place] for place in kept), tuple(folded.ends[place] for place in kept))
