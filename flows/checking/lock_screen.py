"""Rule: what the service says first may stand on a lock screen, so it names no topic (PROGRAMME 3.2, invariant 3)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from flows.checking.knowing import is_recursive
from flows.checking.subject import Subject
from flows.conversation.engine import BLAND_OPENER
from flows.conversation.script import END
from flows.errors import Problem
from flows.folding import fold

TOPICS = re.compile(
    r"\b(partner|mood|trust|relationship|couple|therap|marriage|affair|cheat|betray|sex(?:o|ual\w*|y)?\b"
    r"|pareja|animo|confianza|relacion|terapia|matrimonio|infidel|engano|engana)"
)


def no_topic_on_a_lock_screen(subject: Subject) -> Iterator[Problem]:
    """In no language, in no wording, of anything that is said before the person wrote to us."""
    if not subject.script.opener:
        return
    for step, phrase in (*_said_first(subject), (subject.script.first_step, BLAND_OPENER)):
        for locale in subject.catalogue.locales:
            for wording in subject.catalogue.phrases[locale].get(phrase, ()):
                if found := TOPICS.search(fold(wording.text or "").text):
                    problem = f"may open with {phrase}, which says {found[1]!r} in {locale}"
                    yield subject.problem(step, problem, "word it without the topic; a lock screen shows it")


def _said_first(subject: Subject) -> Iterator[tuple[str, str]]:
    ahead, seen = [subject.script.first_step], set()
    while ahead:
        name = ahead.pop()
        if name in seen or name not in subject.steps:
            continue
        seen.add(name)
        step = subject.steps[name]
        if "text" not in subject.channels_of(step):
            ahead.append(step.otherwise or END)
            continue
        yield from ((name, say.phrase) for say in step.say)
        for way in subject.ways[name]:
            if not way.waits or way.part == "silence":
                yield from ((name, say.phrase) for say in way.exit.say)
                ahead.append(way.exit.go)
        if step.wait is not None and step.wait.remind is not None:
            yield from ((name, say.phrase) for say in step.wait.remind.say)
        if (inner := subject.run_of(step)) is not None and not is_recursive(subject, inner.name):
            yield from ((name, phrase) for _, phrase in _said_first(subject.of(inner)))
