"""Lists of phrases in several languages, looked for in a reply together: people mix languages, and phones have none."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from flows.folding import Folded, fold
from flows.phrases.automaton import Automaton
from flows.phrases.lists import Lists, short_forms
from flows.phrases.notation import Phrase, PhraseReader
from flows.phrases.spelling import Slips, Spelling
from flows.phrases.tokens import STOP, tokens_of

# Words once read are not worked out again; a text of ever new words must not fill the memory.
_MOST_WORDS = 20_000


class Hit(NamedTuple):
    """A phrase that stands in the reply: its words `start` to `end`, end excluded."""

    label: str
    source: str
    start: int
    end: int


class Words(NamedTuple):
    """The words of a reply as the phrases spell them; `places` are their characters in the folded reply.

    `passed_over`: how many written words say nothing here.
    """

    folded: Folded
    words: tuple[str, ...]
    places: tuple[tuple[int, int], ...]
    passed_over: int

    def whole_span(self) -> tuple[int, int]:
        """The code points from the first word to the last. There must be one."""
        return self.span(0, len(self.words))

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The code points of the reply that hold words `start` to `end`, end excluded, without stops at their ends."""
        while end - start > 1 and self.words[start] == STOP:
            start += 1
        while end - start > 1 and self.words[end - 1] == STOP:
            end -= 1
        return self.folded.span(self.places[start][0], self.places[end - 1][1])


class PhraseBook:
    """Finds listed phrases, however they are typed."""

    def __init__(self, lists: Sequence[Lists], *, keeps_stops: bool, taken_out: str = "") -> None:
        """Both ends of the reply are a word of their own, `.`; with `keeps_stops` the end of each sentence is one too.

        Phrases of the label `taken_out` are no hits: their words are taken out first and leave a gap.

        Raises:
            ValueError: a phrase cannot be read; the message names its source.
        """
        respelled = dict(short_forms())
        for each in lists:
            respelled.update(each.respelled)
        self._spelling = Spelling(respelled, {word for each in lists for word in each.dropped})
        phrases = [pair for each in lists for pair in zip(each.listed, _phrases(each, self._spelling), strict=True)]
        self._listed = [listed for listed, _ in phrases if listed.label != taken_out]
        self._automaton = Automaton([phrase for listed, phrase in phrases if listed.label != taken_out])
        self._taken_out = Automaton([phrase for listed, phrase in phrases if listed.label == taken_out])
        self._alphabet = self._automaton.alphabet | self._taken_out.alphabet
        ordinary = {word for each in lists for word in each.ordinary}
        self._slips = Slips(self._alphabet, ordinary | self._automaton.guards | self._taken_out.guards)
        self._keeps_stops = keeps_stops
        self._known: dict[str, tuple[str, ...]] = {}

    def hits(self, words: Words) -> Iterator[Hit]:
        """Every phrase that stands there, in the order of their first words, each with its longest reading."""
        for found in self._automaton.find(self._without_taken_out(words.words)):
            listed = self._listed[found.phrase]
            yield Hit(listed.label, listed.source, found.start, found.end)

    def _without_taken_out(self, words: Sequence[str]) -> Sequence[str]:
        """ "Cut the grass and then cut me" is still "cut me"."""
        out = {at for found in self._taken_out.find(words) for at in range(found.start, found.end)}
        return ["" if at in out else word for at, word in enumerate(words)] if out else words

    def words(self, reply: str) -> Words:
        """The reply in words."""
        folded = fold(reply)
        tokens = tokens_of(folded.text, keeps_stops=self._keeps_stops)
        words: list[str] = []
        places: list[tuple[int, int]] = []
        pairs = self._spelling.pairs
        passed_over = at = 0
        while at < len(tokens):
            written, start, end = tokens[at]
            at += 1
            verb = "" if at == len(tokens) else self._spelling.verb_of_short_s(written, tokens[at][0])
            word = written[:-2] if verb else written
            meant = self._known.get(word)
            if meant is None:
                meant = self._meant(word)
            if verb:
                meant = (*meant, verb)
            elif written in pairs and at < len(tokens) and (together := pairs[written].get(tokens[at][0])) is not None:
                meant, end = together, tokens[at][2]
                at += 1
            if meant == (STOP,) and words[-1:] == [STOP]:  # words passed over leave no empty sentence
                continue
            passed_over += not meant
            words.extend(meant)
            places.extend([(start, end)] * len(meant))
        if words and words[0] != STOP:
            words, places = [STOP, *words], [places[0], *places]
        if words and words[-1] != STOP:
            words, places = [*words, STOP], [*places, places[-1]]
        return Words(folded, tuple(words), tuple(places), passed_over)

    def _typed(self, word: str) -> str:
        """The word meant by one that no phrase holds: "hurtin" is "hurting", and a slip what it slipped from."""
        return f"{word}g" if word.endswith("in") and f"{word}g" in self._alphabet else self._slips.meant(word)

    def _meant(self, written: str) -> tuple[str, ...]:
        """Signs that no list names say nothing."""
        alphabet = self._alphabet
        meant: tuple[str, ...] = (STOP,)
        if written != STOP:
            spelled = (word for word in self._spelling(written) if word in alphabet or word[0].isalnum())
            meant = tuple(word if word in alphabet else self._typed(word) for word in spelled)
        if len(self._known) > _MOST_WORDS:
            self._known.clear()
        self._known[written] = meant
        return meant


def _phrases(lists: Lists, spelling: Spelling) -> Iterator[Phrase]:
    reader = PhraseReader(lists.sets, spelling)
    for listed in lists.listed:
        try:
            yield reader.phrase(listed.written)
        except ValueError as wrong:
            raise ValueError(f"{listed.source}: {wrong}") from wrong
