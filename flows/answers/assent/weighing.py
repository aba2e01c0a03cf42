"""What the answers in a reply come to together. A doubtful yes is none; what says both is unclear."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from flows.answers.assent.kinds import Worth


class Said(NamedTuple):
    """One answer in a reply. `how`: plain; weak ("ok"), agree ("right") and echo ("I did") give way to others; said
    ("I said no") is reported; hedge ("maybe", "if") came behind another answer; sign is an emoji.

    `start` and `end` are characters of the folded reply; `joiner` is what stood before its thought; `is_bare`: nothing
    was said beside it.
    """

    worth: Worth
    how: str
    start: int
    end: int
    joiner: str
    is_bare: bool


class Verdict(NamedTuple):
    """`worth` with the answer that decided it and a reason code."""

    worth: Worth
    said: Said
    reason: str


_REASONS = {"yes": "yes-word", "no": "no-word", "unsure": "unclear-word"}
_STANDS = {("yes", "plain"), ("yes", "assure")}
_TURNS = frozenset(("but", "pero", "though", "although", "aunque", "however", "except", "excepto", "salvo", "yet"))


def weigh(answers: Sequence[Said], *, corrected_at: int) -> Verdict | None:
    """The verdict on all answers of a reply, in the order said; those before `corrected_at` were taken back."""
    spoken = [each for each in answers if each.how != "sign"]
    if not spoken:
        return _of_signs(answers)
    counted = _own(spoken[corrected_at:] or spoken)
    verdict = _of_words(counted)
    if corrected_at and verdict.worth != "unsure":
        return Verdict(verdict.worth, verdict.said, "corrected")
    against = next((each for each in answers if each.how == "sign" and each.worth != verdict.worth), None)
    if against is not None and verdict.worth == "yes":
        return Verdict("unsure", against, "yes-and-no" if against.worth == "no" else "unclear-word")
    if verdict.worth == "yes" and answers[0].how == "sign":
        return Verdict("yes", answers[0], "sign")
    return verdict


def _of_signs(signs: Sequence[Said]) -> Verdict | None:
    if not signs:
        return None
    if len({sign.worth for sign in signs}) > 1:
        return Verdict("unsure", signs[0], "yes-and-no")
    return Verdict(signs[0].worth, signs[0], "sign")


def _own(spoken: Sequence[Said]) -> Sequence[Said]:
    """ "Yes. I said no onions" is a yes, "I said no" alone is a no; "I guess" is a doubt only where it stands alone."""
    own = [each for each in spoken if each.how not in {"said", "mild"}]
    return own or spoken


def _of_words(spoken: Sequence[Said]) -> Verdict:
    first = spoken[0]
    worths = {each.worth for each in spoken}
    if worths == {first.worth}:
        telling = next((each for each in spoken if each.how in {"plain", "assure", "said"}), first)
        return Verdict(first.worth, telling, _REASONS[first.worth])
    if first.how == "yet":
        return Verdict("no", first, "no-word")  # "not yet, but I will"
    if "unsure" in worths:
        return _with_doubt(spoken)
    return _both(spoken)


def _with_doubt(spoken: Sequence[Said]) -> Verdict:
    doubt = next(each for each in spoken if each.worth == "unsure")
    rest = [each for each in spoken if each.worth != "unsure"]
    is_plain_no = all(each.worth == "no" for each in rest)
    if is_plain_no and all(each.how == "attempt" for each in spoken if each.worth == "unsure"):
        return Verdict("no", rest[0], "no-word")  # "I tried but couldn't"
    # "No, maybe tomorrow" is a no for what was asked; "no, I don't know" is none.
    if is_plain_no and spoken[0].worth == "no" and not doubt.is_bare:
        return Verdict("no", spoken[0], "no-word")
    if _settles(spoken):
        return Verdict(spoken[-1].worth, spoken[-1], _REASONS[spoken[-1].worth])
    return Verdict("unsure", doubt, "condition" if doubt.how == "condition" else "unclear-word")


def _settles(spoken: Sequence[Said]) -> bool:
    """ "Barely, but yes", "I wish, but no": a doubt that is turned by one last plain word."""
    last = spoken[-1]
    is_plain = last.how == "plain" and last.worth != "unsure" and last.is_bare
    are_doubts = all(each.worth == "unsure" and each.how == "plain" for each in spoken[:-1])
    return is_plain and are_doubts and last.joiner in _TURNS


def _both(spoken: Sequence[Said]) -> Verdict:
    """A yes and a no: one may give way, else it is unclear."""
    yes = [each for each in spoken if each.worth == "yes"]
    no = [each for each in spoken if each.worth == "no"]
    if all(each.how == "agree" for each in yes):
        return Verdict("no", no[0], "no-word")
    is_turned = any(each.joiner in _TURNS for each in spoken)
    if spoken[0] is no[0] and no[0].how == "plain" and all(_is_of_another_time(each) for each in yes):
        return Verdict("no", no[0], "no-word")  # "no, but I will tomorrow"
    if not is_turned and all(each.how in {"weak", "agree"} for each in yes):
        return Verdict("no", no[0], "no-word")  # "ok, no thanks"; "no, it's fine"
    first = spoken[0]
    if not is_turned and (first.worth, first.how) in _STANDS and all(_elaborates(each) for each in no):
        return Verdict("yes", first, "yes-word")  # "yes, I couldn't sleep"
    return Verdict("unsure", first, "yes-and-no")


def _is_of_another_time(said: Said) -> bool:
    return said.how == "echo" and not said.is_bare


def _elaborates(said: Said) -> bool:
    """A whole sentence in the negative tells more of the yes before it; "I can't" alone denies it."""
    return said.how == "echo" and not said.is_bare
