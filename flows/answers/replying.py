"""A reply made ready for the readers of times: its opening, folded, in the words of its language."""

from __future__ import annotations

import re

from flows.answers.calendar.english import ENGLISH
from flows.answers.calendar.language import Language
from flows.answers.calendar.spanish import SPANISH
from flows.answers.calendar.spelling import respelled
from flows.answers.reading import language_of
from flows.folding import Folded, fold

# Six segments of a text. A longer reply is a story: what it says of time further on is not an answer.
_READ_LETTERS = 918
_SPACE_OR_LETTER = re.compile(r"\s+|\S")
_OTHER_SPACE = re.compile(r"[^\S ]")
_LANGUAGES = {"en": ENGLISH, "es": SPANISH}


def language_for(locale: str) -> Language:
    """The words of that locale's language; English where there are none."""
    return _LANGUAGES.get(language_of(locale), ENGLISH)


def fold_reply(text: str, language: Language) -> Folded:
    """The opening of the reply, folded, with one space where it has several, and slips in names mended."""
    return respelled(_spaced(fold(text[:_READ_LETTERS])), language.spelling)


def _spaced(folded: Folded) -> Folded:
    kept = [m.start() for m in _SPACE_OR_LETTER.finditer(folded.text)]
    if len(kept) == len(folded.text) and not _OTHER_SPACE.search(folded.text):
        return folded
    letters = "".join(" " if folded.text[place].isspace() else folded.text[place] for place in kept)
    return Folded(letters, tuple(folded.starts[place] for place in kept), tuple(folded.ends[place] for place in kept))
