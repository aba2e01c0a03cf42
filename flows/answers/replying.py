"""A reply made ready for the readers of times: its opening, folded, in the words of its language."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from flows.answers.calendar.english import ENGLISH
from flows.answers.calendar.language import Language
from flows.answers.calendar.spanish import SPANISH
from flows.answers.calendar.spelling import respelled
from flows.answers.reading import Reading, language_of, nothing
from flows.folding import Folded, fold
from flows.patterns import late

# Six segments of a text. A longer reply is a story: what it says of time further on is not an answer.
_READ_LETTERS = 918
_TRAILING = ".!?,;:"
_CLOSES = {"(": ")", "[": "]", "\u00ab": "\u00bb", "\u201c": "\u201d", "\u201e": "\u201c"}
_CLOSES |= {sign: sign for sign in ("'", '"', "*", "_", "\u201d")}
_SPACE_OR_LETTER = late(r"\s+|\S")
_SPACES = late(r"\s\s|[^\S ]")
_LANGUAGES = {"en": ENGLISH, "es": SPANISH}


@lru_cache(maxsize=64)
def language_for(locale: str) -> Language:
    """The words of that locale's language; English where there are none."""
    return _LANGUAGES.get(language_of(locale), ENGLISH)


def in_either_language(text: str, locale: str, read: Callable[[Language], Reading]) -> Reading:
    """The reading in the locale's language, or in the other one where that one's words of time would be left over.

    Refused as unclear-time when each language leaves words of the other.
    """
    language = language_for(locale)
    other = SPANISH if language is ENGLISH else ENGLISH
    first = read(language)
    if not other.own.search(fold(first.rest[:_READ_LETTERS]).text):
        return first
    second = read(other)
    if second.reading is not None and not language.own.search(fold(second.rest[:_READ_LETTERS]).text):
        return second
    if first.reading is None and second.reading is None:
        return second if first.reason.startswith("no-") else first
    return nothing(text, "unclear-time")


def fold_reply(text: str, language: Language) -> Folded:
    """The opening of the reply, folded, with one space where it has several, and slips in names mended."""
    return respelled(_spaced(_undressed(fold(text[:_READ_LETTERS]))), language.spelling)


def _undressed(folded: Folded) -> Folded:
    """Without the space around it, the points behind it, and quotes or brackets around all of it."""
    text, start, end = folded.text, 0, len(folded.text)
    while start < end:
        if text[start].isspace():
            start += 1
        elif text[end - 1] in _TRAILING or text[end - 1].isspace():
            end -= 1
        elif _CLOSES.get(text[start]) == text[end - 1] and end - start > 1:
            start, end = start + 1, end - 1
        else:
            break
    if end - start == len(text):
        return folded
    return Folded(text[start:end], folded.starts[start:end], folded.ends[start:end])


def _spaced(folded: Folded) -> Folded:
    if not _SPACES.search(folded.text):
        return folded
    kept = [m.start() for m in _SPACE_OR_LETTER.finditer(folded.text)]
    letters = "".join(" " if folded.text[place].isspace() else folded.text[place] for place in kept)
    return Folded(letters, tuple(folded.starts[place] for place in kept), tuple(folded.ends[place] for place in kept))
