"""Yes, no, or unclear. A reply with no word of either kind has no reading, and a doubtful yes is no yes."""

from __future__ import annotations

from collections.abc import Sequence

from flows.answers.assent.listening import Listening
from flows.answers.assent.tokens import Token, tokens_of
from flows.answers.assent.weighing import Said, weigh
from flows.answers.reading import Reading, language_of, nothing, understood
from flows.folding import fold_opening


def read_yes_no(text: str, locale: str = "en") -> Reading:
    """`{"value": "yes" | "no" | "unclear"}`. English and Spanish are both read.

    Reasons: yes-word, no-word, sign, corrected; unclear-word, condition, yes-and-no, asked-back ("yes?") for unclear;
    for none: no-answer-word. A Spanish `si` without its accent counts only where it cannot mean "if"; `y` is yes
    outside Spanish.
    """
    folded = fold_opening(text)
    tokens = [*tokens_of(text, folded)]
    listening = Listening(tokens, language_of(locale))
    listening.listen()
    verdict = weigh(listening.answers, corrected_at=listening.corrected_at)
    if verdict is None:
        return nothing(text, "no-answer-word")
    value = "unclear" if verdict.worth == "unsure" else verdict.worth
    span = folded.span(verdict.said.start, verdict.said.end)
    if value != "unclear" and _asks_back(tokens, listening.answers):
        return understood(text, {"value": "unclear"}, span, reason="asked-back")
    return understood(text, {"value": value}, span, reason=verdict.reason)


def _asks_back(tokens: Sequence[Token], answers: Sequence[Said]) -> bool:
    """ "Yes?" is doubtful; "yes, at five?" is a yes and asks something else."""
    words = [token for token in tokens if token.kind == "word"]
    if not words or not any("?" in token.text for token in tokens if token.start > words[-1].start):
        return False
    return all(any(each.start <= word.start and word.end <= each.end for each in answers) for word in words)
