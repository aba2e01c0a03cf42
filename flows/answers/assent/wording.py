"""A reply as the words of the lexicon, with what can be asked of any place in it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from flows.answers.assent.kinds import ANSWERING, PLAIN_ANSWERS
from flows.answers.assent.lexicon import known_word, lexicon_for, words_run_together
from flows.answers.assent.spanish import IF_BEFORE, YES_BEFORE
from flows.answers.assent.tokens import Token
from flows.folding import word_set

_FEW_WORDS = 3  # words run together are looked for in a reply of so many
_FAR_ENOUGH = 4  # words behind "si" that decide whether it is "if": "si el trabajo me deja"
_TO_WHOM = word_set("me te nos")
_PAST_ENDINGS = ("e", "i")  # "camine", "comi", without their accents
_MOST_TAILS = 8  # "thanks so much my dear really" …; keeps a reply of nothing else quick


class Wording:
    """`tokens`, and for each the word of the lexicon that was meant, empty for stops and signs."""

    def __init__(self, tokens: Sequence[Token], language: str) -> None:
        self.language = language
        self.lexicon = lexicon_for(language)
        self.tokens = _separated(tokens, language)
        self.words = [known_word(each.text, language) if each.kind == "word" else "" for each in self.tokens]

    def __len__(self) -> int:
        return len(self.tokens)

    def is_word(self, place: int) -> bool:
        return place < len(self.tokens) and self.tokens[place].kind == "word"

    def is_among(self, place: int, *kinds: str) -> bool:
        """Whether the word there is on one of the lists of single words."""
        return place < len(self.words) and any(self.words[place] in self.lexicon.single[kind] for kind in kinds)

    def matches(self, place: int) -> list[tuple[int, str]]:
        """Where the phrases that begin there end, and of what kind they are, the longest first."""
        return self.lexicon.matches(self.words, place)

    def is_over(self, end: int) -> bool:
        """Whether a thought is over at `end`, but for words that add nothing."""
        for _ in range(_MOST_TAILS):
            if not self.is_word(end):
                return True
            tails = [stop for stop, kind in self.matches(end) if kind == "tail"]
            if not tails:
                break
            end = tails[0]
        return self.is_among(end, "connector", "reason", "hedge")

    def is_filled(self, end: int) -> bool:
        """Whether nothing but answers is left of a thought at `end`."""
        return self.is_over(end) or any(kind in PLAIN_ANSWERS for _, kind in self.matches(end))

    def may_stand(self, end: int, kind: str) -> bool:
        """Whether a phrase of that kind may end there."""
        place = ANSWERING[kind].place
        return place == "anywhere" or (self.is_over(end) if place == "alone" else self.is_filled(end))

    def speaks_of_another_time(self, start: int, end: int) -> bool:
        return any(self.is_among(place, "elsewhen") for place in range(start, end))

    def is_if(self, place: int) -> bool:
        """A Spanish `si` without its accent before a verb of the present: "si puedo"."""
        if self.words[place] != "si" or self.tokens[place].is_accented:
            return False
        after = [*self._words_after(place + 1)]
        if after and after[0] in _TO_WHOM:  # "si me siento mejor", and "si me gusta"
            return len(after) > 1 and after[1] not in YES_BEFORE and not after[1].endswith(_PAST_ENDINGS)
        return any(word in IF_BEFORE for word in after)

    def is_si(self, place: int) -> bool:
        """A Spanish yes, with its accent or where it cannot mean "if"."""
        if self.words[place] != "si" or self.begins_longer_answer(place):
            return False
        if self.tokens[place].is_accented:
            return True
        after = [*self._words_after(place + 1)]
        is_past = bool(after) and after[0].endswith(_PAST_ENDINGS)  # "si camine 20 minutos"
        return not self.is_if(place) and (len(after) < 3 or is_past or after[0] in YES_BEFORE or self.language != "es")

    def begins_longer_answer(self, place: int) -> bool:
        """Whether the `si` there opens a phrase of its own: "si y no"."""
        is_accented = self.tokens[place].is_accented
        return any(
            end > place + 1 and kind in ANSWERING and self.may_stand(end, kind)
            for end, kind in self.matches(place)
            if not (is_accented and kind == "condition")
        )

    def _words_after(self, start: int) -> Iterator[str]:
        for place in range(start, start + _FAR_ENOUGH):
            if not self.is_word(place):
                return
            yield self.words[place]


def _separated(tokens: Sequence[Token], language: str) -> Sequence[Token]:
    """The tokens, with words that were run together taken apart where there are few."""
    if sum(each.kind == "word" for each in tokens) > _FEW_WORDS:
        return tokens
    separated: list[Token] = []
    for token in tokens:
        parts = words_run_together(token.text, language) if token.kind == "word" else ()
        separated += [Token("word", part, token.start, token.end) for part in parts] or [token]
    return separated
