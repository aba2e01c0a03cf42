"""Adults only (PROGRAMME 4.1): whether somebody who is joining says that they are under eighteen."""

from __future__ import annotations

import re

ADULT_YEARS = 18
UNDER_AGE = re.compile(
    r"\bunder ?(?:18|eighteen)\b|\bi(?:'|’)?m a minor\b|\bmenor(?: de edad| de 18)\b|"
    r"\b(?:i(?:'|’| a)?m|i am|im|age|tengo|edad)[:\s]+(\d{1,2})\b(?!\s*(?:min|hour|day|week|hora|d[ií]a|%|:|am|pm))",
    re.IGNORECASE,
)


def is_minor(text: str) -> bool:
    """True when the text says so plainly; a bare number is an answer to the question, not an age."""
    found = UNDER_AGE.search(text)
    return found is not None and (found[1] is None or int(found[1]) < ADULT_YEARS)
