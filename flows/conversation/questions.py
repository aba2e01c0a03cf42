"""One question on two channels: which question an effect answers, so that it is closed on the other channel too."""

from __future__ import annotations

from collections.abc import Iterable

from flows.conversation.effects import AnswerReturn, ChooseTalk, Effect, KeepRating
from flows.conversation.script import Question

OF_THE_DAY = frozenset({"mood", "body"})


def questions_answered(effects: Iterable[Effect]) -> frozenset[Question]:
    """The questions that these effects of one turn answer."""
    return frozenset(question for effect in effects if (question := _answered(effect)))


def _answered(effect: Effect) -> Question:
    match effect:
        case KeepRating(item) if item in OF_THE_DAY:
            return "check-in"
        case AnswerReturn(_, side) | ChooseTalk(_, side):
            return "break-return" if side == "own" else "break-partner"
        case _:
            return ""
