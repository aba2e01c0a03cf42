"""Rule: no script answers to a word on which carriers act before we see it (PROGRAMME 3.3, invariant 2)."""

from __future__ import annotations

from collections.abc import Iterator

from flows.checking.subject import Subject
from flows.commands import RESERVED_WORDS
from flows.errors import Problem
from flows.folding import spell

RESERVED = frozenset(spell(word).text.replace(" .", "") for word in RESERVED_WORDS)
# CR-1 asks "Are you safe?". Whoever answers a plain yes to that is heard, whatever carriers may make of the word.
HEARD_IN_DANGER = frozenset({"yes"})


def no_reserved_word_is_asked_for(subject: Subject) -> Iterator[Problem]:
    """Not as a keyword, an option or a word under `also`."""
    heard = HEARD_IN_DANGER if subject.script.purpose == "safety" else frozenset()
    for step, part, word in _words(subject):
        plain = spell(word).text.replace(" .", "")
        if plain in RESERVED - heard:
            problem = f"takes the reserved word {word} as {part}"
            yield subject.problem(step, problem, "choose another word; carriers act on this one before we see it")


def _words(subject: Subject) -> Iterator[tuple[str, str, str]]:
    for word in subject.script.keywords:
        yield "", "a keyword", word
    for name, step in subject.steps.items():
        if step.wait is None or "text" not in subject.channels_of(step):  # on a call no carrier listens
            continue
        for word in step.wait.also:
            yield name, "a word under also", word
        options = step.wait.options if not isinstance(step.wait.options, int) else ()
        for words in options:
            for word in words:
                yield name, "an option", word
