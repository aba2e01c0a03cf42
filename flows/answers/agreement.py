"""The one word that joins. Nothing softer than YES counts as consent."""

from __future__ import annotations

from flows.answers.reading import Reading, nothing, understood
from flows.folding import spell

_AGREEMENTS = frozenset(
    ("yes", "yes please", "yes thanks", "yes thank you", "yes i agree", "si", "si por favor", "si gracias", "si acepto")
)


def read_agreement(text: str) -> Reading:
    """`{"value": "agree"}` for YES or SI and nothing else, whatever the locale. Reason for none: not-yes."""
    spelled = spell(text)
    words = spelled.text.replace(" .", "").strip()
    if words not in _AGREEMENTS:
        return nothing(text, "not-yes")
    return understood(text, {"value": "agree"}, spelled.span(0, len(words.split()[0])), reason="yes-word")
