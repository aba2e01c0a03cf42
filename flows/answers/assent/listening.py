"""Finds the answers in a reply: at the head of each thought, behind words that mean nothing by themselves."""

from __future__ import annotations

from collections.abc import Sequence

from flows.answers.assent.kinds import ANSWERING, Answering, Worth
from flows.answers.assent.tokens import SIGNS, Token
from flows.answers.assent.weighing import Said
from flows.answers.assent.wording import Wording
from flows.folding import word_set

_MOST_ANSWERS = 24  # a reply with more says nothing
_STORY = 25  # words before the first answer; what comes after them is no answer to us
_SHORT = 6  # words of a thought that may end in its yes or no: "I did it, yes"
_LEADS_ON = word_set("so but and then therefore pero que entonces y though aunque")
_SOMEBODY = word_set("he she they you el ella ellos ellas tu usted who quien")
_SPEAKERS = word_set("i we ill well im it yo si")
_ASKS = word_set(
    "do does did is are can could should will would what why how when which shall may que como cuando cual"
)
_LAST_WORDS: dict[str, Worth] = {"yes": "yes", "yep": "yes", "yeah": "yes", "no": "no", "nope": "no"}


class Listening:
    """One reply, heard word by word. `answers` in the order said; those before `corrected_at` were taken back."""

    def __init__(self, tokens: Sequence[Token], language: str) -> None:
        self.answers: list[Said] = []
        self.corrected_at = 0
        self._it = Wording(tokens, language)
        self._at = 0
        self._thought = 0  # where the present one begins
        self._passed_over = 0  # words that were no answer
        self._joiner = ""
        self._is_head = True
        self._is_behind = False  # right behind an answer, in the same breath
        self._is_reported = False

    def listen(self) -> None:
        """Hear the whole reply."""
        while self._at < len(self._it) and len(self.answers) < _MOST_ANSWERS:
            token = self._it.tokens[self._at]
            if token.kind in {"stop", "pause"}:
                self._begin_thought(token.text[0], self._at + 1)
            elif token.kind == "sign":
                self.answers.append(Said(SIGNS[token.text], "sign", token.start, token.end, "", is_bare=False))
                self._at += 1
            elif not ((self._is_head or self._is_behind) and self._take_phrase()):
                self._pass_over()
        self._end_thought()

    def _begin_thought(self, joiner: str, at: int) -> None:
        self._end_thought()
        self._at = self._thought = at
        self._joiner = joiner
        self._is_head, self._is_behind, self._is_reported = True, False, False

    def _end_thought(self) -> None:
        """ "I did it yes", "hoy no", "tomorrow maybe": a thought without an answer at its head may end in one."""
        it = self._it
        places = [place for place in range(self._thought, self._at) if it.is_word(place)]
        if not 1 < len(places) <= _SHORT or self._has_answer_since(it.tokens[places[0]].start):
            return
        if any(it.is_among(place, "saying") or it.words[place] in _SOMEBODY for place in places):
            return
        if it.words[places[0]] in _ASKS:
            return
        last = it.tokens[places[-1]]
        doubt: Worth | None = "unsure" if it.is_among(places[-1], "hedge") else None
        worth = "yes" if last.is_accented else doubt or _LAST_WORDS.get(it.words[places[-1]])
        if worth is not None:
            is_bare = not it.speaks_of_another_time(places[0], self._at)
            self.answers.append(Said(worth, "plain", last.start, last.end, self._joiner, is_bare))

    def _has_answer_since(self, start: int) -> bool:
        return any(start <= each.start for each in self.answers if each.how != "sign")

    def _take_phrase(self) -> bool:
        """Takes the longest phrase that begins here and may stand here; False when there is none."""
        it, at = self._it, self._at
        if it.is_si(at):
            self._answer(at + 1, Answering("yes"))
            return True
        found = it.matches(at)
        if self._is_behind and found and (found[0][0], "tail") in found:
            self._at = found[0][0]
            return True
        if it.is_if(at) and not it.begins_longer_answer(at):
            self._answer(at + 1, ANSWERING["condition"])
            return True
        return any(self._take(end, kind) for end, kind in found)

    def _take(self, end: int, kind: str) -> bool:
        """Whether that phrase has its meaning here; if so it is taken."""
        if kind in ANSWERING:
            return self._take_answer(end, kind)
        if kind in {"opener", "said"} or (kind == "tail" and self._is_behind):
            self._is_reported = self._is_reported or kind == "said"
            self._at = end
        elif kind == "correction" and self.answers:
            self.corrected_at = len(self.answers)
            self._begin_thought("", end)
        elif kind == "instead" and self.answers and not self._it.is_over(end):
            self._leave_thought(end)
        elif kind == "connector":
            self._begin_thought(self._it.words[end - 1], end)
        elif kind == "neither":
            self._passed_over += end - self._at
            self._at, self._is_head, self._is_behind = end, False, False
        else:
            return False
        return True

    def _take_answer(self, end: int, kind: str) -> bool:
        if not self._it.may_stand(end, kind) or not self._may_answer(end, kind):
            return False
        self._answer(end, ANSWERING[kind])
        self._is_behind = self._is_behind and kind != "no through"
        return True

    def _may_answer(self, end: int, kind: str) -> bool:
        """Behind a story only what is said plainly: "... so yes"; in "no kids with me" it is part of the story."""
        if not self._passed_over or any(each.how != "sign" for each in self.answers):
            return True
        if self._passed_over > _STORY:
            return False
        return self._joiner in _LEADS_ON or self._it.is_filled(end) or kind in {"yes", "assure"}

    def _answer(self, end: int, kind: Answering) -> None:
        it, before = self._it, self.answers[-1] if self._is_behind and self.answers else None
        start, self._at = self._at, end
        if before is not None and before.worth == "no" and self._is_denied(start, kind):
            return
        if before is not None and before.how == "assure" and kind.worth == "no":
            self.answers.pop()  # "of course not", "sure didn't"
        is_bare = it.is_over(end) and not it.speaks_of_another_time(start, end + 1)
        how = "said" if self._is_reported else kind.how
        first, last = it.tokens[start], it.tokens[end - 1]
        self.answers.append(Said(kind.worth, how, first.start, last.end, self._joiner, is_bare))
        is_statement = kind.how == "echo" and kind.worth == "no" and not it.is_over(end)
        self._is_head, self._is_behind, self._joiner = False, not is_statement, ""

    def _is_denied(self, start: int, kind: Answering) -> bool:
        """What follows a no in one breath and says yes only by itself: "no, definitely", "still not done"."""
        is_spoken_for = self._it.words[start] in _SPEAKERS
        return kind.how == "assure" or (kind.worth == "yes" and kind.place == "alone" and not is_spoken_for)

    def _pass_over(self) -> None:
        it, at = self._it, self._at
        if it.is_among(at, "reason") and not self._is_head:
            self._leave_thought(at + 1)
            return
        connector = next((end for end, kind in it.matches(at) if kind == "connector"), None)
        if connector is not None:
            self._begin_thought(it.words[connector - 1], connector)
            return
        if (it.is_among(at, "hedge") or it.is_if(at)) and self.answers and self.answers[-1].worth == "yes":
            how = "condition" if it.is_if(at) or any(kind == "condition" for _, kind in it.matches(at)) else "plain"
            token = it.tokens[at]
            self.answers.append(Said("unsure", how, token.start, token.end, "", is_bare=True))
        self._at += 1
        self._passed_over += 1
        self._is_head = self._is_behind = False

    def _leave_thought(self, at: int) -> None:
        """What follows gives a reason, or what it is not: it answers nothing."""
        while at < len(self._it) and self._it.tokens[at].kind not in {"stop", "pause"}:
            at += 1
        self._at = self._thought = at
