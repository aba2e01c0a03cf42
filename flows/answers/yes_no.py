"""Yes, no, or unclear. A reply with no word of either kind has no reading, and a doubtful yes is no yes."""

from __future__ import annotations

from flows.answers.assent.listening import Listening
from flows.answers.assent.tokens import tokens_of
from flows.answers.assent.weighing import weigh
from flows.answers.reading import Reading, language_of, nothing, understood
from flows.folding import fold_opening


def read_yes_no(text: str, locale: str = "en") -> Reading:
    """`{"value": "yes" | "no" | "unclear"}`. English and Spanish are both read.

    Reasons: yes-word, no-word, sign, corrected; unclear-word, condition, yes-and-no for unclear; for none:
    no-answer-word. A Spanish `si` without its accent counts only where it cannot mean "if"; `y` is yes outside Spanish.
    """
    folded = fold_opening(text)
    listening = Listening([*tokens_of(text, folded)], language_of(locale))
    listening.listen()
    verdict = weigh(listening.answers, corrected_at=listening.corrected_at)
    if verdict is None:
        return nothing(text, "no-answer-word")
    value = "unclear" if verdict.worth == "unsure" else verdict.worth
    span = folded.span(verdict.said.start, verdict.said.end)
    return understood(text, {"value": value}, span, reason=verdict.reason)
