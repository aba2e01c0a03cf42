"""A person's own words, kept as they were written."""

from __future__ import annotations

from flows.answers.reading import Reading, nothing, understood


def read_words(text: str) -> Reading:
    """`{"value": "the words"}` without the space around them. Reason for none: nothing-written."""
    words = text.strip()
    if not words:
        return nothing(text, "nothing-written")
    start = text.index(words)
    return understood(text, {"value": words}, (start, start + len(words)), reason="own-words")
