"""What each list of phrases is worth, and where its phrases may stand."""

from __future__ import annotations

from typing import Literal, NamedTuple

Worth = Literal["yes", "no", "unsure"]
# Of phrases that are equally long the kind that comes first here is tried first.
ORDER = (
    "neither", "instead", "correction", "not yet", "assure", "yes", "no through", "no", "unsure", "attempt",
    "condition", "agree", "weak yes", "yes alone", "assure alone", "no alone", "unsure alone", "agree alone",
    "weak yes alone", "echo no", "echo yes", "mild", "said", "tail", "opener", "connector", "reason", "hedge",
    "saying", "elsewhen",
)  # fmt: skip
SINGLE_WORDS = ("connector", "reason", "hedge", "saying", "elsewhen")


class Answering(NamedTuple):
    """A kind of phrase that answers. `how` decides who gives way where a reply says more than one thing.

    `place`: anywhere; `alone` where nothing else is said in its thought; `gently` where only other answers follow.
    """

    worth: Worth
    how: str = "plain"
    place: Literal["anywhere", "alone", "gently"] = "anywhere"


ANSWERING: dict[str, Answering] = {
    "yes": Answering("yes"),
    "yes alone": Answering("yes", place="alone"),
    "assure": Answering("yes", "assure"),
    "assure alone": Answering("yes", "assure", "gently"),
    "weak yes": Answering("yes", "weak"),
    "weak yes alone": Answering("yes", "weak", "gently"),
    "agree": Answering("yes", "agree"),
    "agree alone": Answering("yes", "agree", "alone"),
    "echo yes": Answering("yes", "echo", "alone"),
    "no": Answering("no"),
    "no alone": Answering("no", place="alone"),
    "no through": Answering("no"),
    "not yet": Answering("no", "yet"),
    "echo no": Answering("no", "echo"),
    "unsure": Answering("unsure"),
    "unsure alone": Answering("unsure", place="alone"),
    "mild": Answering("unsure", "mild", "gently"),
    "attempt": Answering("unsure", "attempt"),
    "condition": Answering("unsure", "condition"),
}
# What shows that only answers are left of a thought.
PLAIN_ANSWERS = frozenset(("yes", "assure", "no", "no through", "unsure", "attempt", "condition", "echo no"))
