"""Many phrases looked for at once, in one walk over the words from each place; steps once taken are remembered."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from flows.phrases.notation import Choice, Part, Phrase, Row, Run

# Texts made to be walked in ever new ways must not fill the memory: past so many places the table starts anew.
_MOST_PLACES = 10_000
_NOWHERE, _START = 0, 1
_ANY = ""
_STOP = "."
_NUMBER = "#"  # any number; `#5` is one of five or more
_HIGHEST = 999  # all numbers from here on are alike


Ends = int | tuple[int, ...]  # one node nearly always, and then no tuple for it: there are hundreds of thousands


class Found(NamedTuple):
    """Phrase number `phrase` stands at words `start` to `end`, end excluded."""

    phrase: int
    start: int
    end: int


class Automaton:
    """Finds phrases in rows of words. What was walked before is walked faster; what is found never depends on it."""

    def __init__(self, phrases: Sequence[Phrase]) -> None:
        # By the phrase; most have none. As lists of their lengths and what must not stand there.
        self._never_before = {at: _by_length(each.never_before) for at, each in enumerate(phrases) if each.never_before}
        self._never_after = {at: _by_length(each.never_after) for at, each in enumerate(phrases) if each.never_after}
        self._roads: dict[str, dict[int, Ends]] = {}  # by the word that opens them: from a node to others
        self._free: dict[int, tuple[int, ...]] = {}  # where nothing has to be said to get from a node to others
        self._count = 0  # of nodes
        self._any: dict[int, Ends] = {}  # roads that every word opens
        self._behind: dict[tuple[int, Part], int] = {}
        self._node()
        self._said_at: dict[int, int] = {}  # node -> the phrase that ends there
        for number, phrase in enumerate(phrases):
            self._said_at[self._laid(phrase.words, 0, self._node())] = number
        self._behind.clear()
        named = set(self._roads)
        self._bounds = [(word, int(word[1:] or 0)) for word in sorted(named) if word.startswith(_NUMBER)]
        guards = {run for each in phrases for run in each.never_before | each.never_after}
        self.guards = frozenset(word for run in guards for word in run)
        self._has_any = frozenset(self._any)
        self._freed: dict[Ends, frozenset[int]] = {}  # nodes -> all reached from them for nothing
        self.alphabet = frozenset(named - {_ANY, *(word for word, _ in self._bounds)} | {_STOP})
        self._forget()

    def find(self, words: Sequence[str]) -> Iterator[Found]:
        """Every place of every phrase, each with its longest reading, in the order of their first words."""
        alphabet = self.alphabet
        keys = [word if word in alphabet else _key_of_number(word) if word.isdecimal() else _ANY for word in words]
        count = len(keys)
        for start, first in enumerate(keys):
            place = self._next(_START, first)
            if place == _NOWHERE:
                continue
            longest: dict[int, int] = {}
            at = start + 1
            while place != _NOWHERE:
                for phrase in self._said[place]:
                    if self._may_stand(phrase, words, start, at):
                        longest[phrase] = at
                if at == count:
                    break
                place = self._next(place, keys[at])
                at += 1
            for phrase, end in longest.items():
                yield Found(phrase, start, end)

    def _may_stand(self, number: int, words: Sequence[str], start: int, end: int) -> bool:
        before, after = self._never_before.get(number, ()), self._never_after.get(number, ())
        return not any(tuple(words[max(start - length, 0) : start]) in runs for length, runs in before) and not any(
            tuple(words[end : end + length]) in runs for length, runs in after
        )

    def _next(self, place: int, key: str) -> int:
        known = self._moves[place].get(key)
        return known if known is not None else self._explored(place, key)

    def _explored(self, place: int, key: str) -> int:
        nodes = self._nodes[place]
        if len(self._nodes) > _MOST_PLACES:
            self._forget()
            place = self._number_of(nodes)
        named = {key} - {_ANY}
        if key.isdecimal():
            named.update(bound for bound, least in self._bounds if int(key) >= least)
        reached: set[int] = set()
        if key != _STOP:
            reached.update(*self._with_free([self._any[node] for node in nodes & self._has_any]))
        for word in named:
            self._reach(word, nodes, reached)
        found = self._number_of(frozenset(reached)) if reached else _NOWHERE
        self._moves[place][key] = found
        return found

    def _reach(self, word: str, nodes: frozenset[int], reached: set[int]) -> None:
        """This is most of what a text never seen before costs: one look for all nodes, and no word built."""
        roads = self._roads.get(word)
        if roads is not None:
            reached.update(*self._with_free([roads[node] for node in nodes & roads.keys()]))

    def _forget(self) -> None:
        """Nothing has been walked yet."""
        self._nodes: list[frozenset[int]] = []
        self._moves: list[dict[str, int]] = []
        self._said: list[tuple[int, ...]] = []
        self._numbers: dict[frozenset[int], int] = {}
        for nodes in (frozenset[int](), self._free_from(0)):
            self._number_of(nodes)

    def _number_of(self, nodes: frozenset[int]) -> int:
        number = self._numbers.setdefault(nodes, len(self._nodes))
        if number == len(self._nodes):
            self._nodes.append(nodes)
            self._moves.append({})
            self._said.append(tuple(sorted(self._said_at[node] for node in nodes if node in self._said_at)))
        return number

    def _with_free(self, roads: Sequence[Ends]) -> list[frozenset[int]]:
        freed = self._freed
        return [freed[ends] if ends in freed else self._free_from(ends) for ends in roads]

    def _free_from(self, ends: Ends) -> frozenset[int]:
        left = list(ends) if isinstance(ends, tuple) else [ends]
        reached = set(left)
        while left:
            for node in self._free.get(left.pop(), ()):
                if node not in reached:
                    reached.add(node)
                    left.append(node)
        self._freed[ends] = frozenset(reached)
        return self._freed[ends]

    def _node(self) -> int:
        self._count += 1
        return self._count - 1

    def _road(self, words: Iterable[str], start: int, end: int) -> None:
        every = self._roads
        for word in words:
            roads = every.get(word) if word != _ANY else self._any
            if roads is None:
                every[word] = {start: end}
            elif start in roads:
                others = roads[start]
                roads[start] = (*others, end) if isinstance(others, tuple) else (others, end)
            else:
                roads[start] = end

    def _led_to(self, part: Part, start: int) -> int:
        """The node behind a part; phrases that begin alike share it, so that their common words are walked once."""
        if (start, part) not in self._behind:
            self._behind[start, part] = self._laid(part, start, self._node())
        return self._behind[start, part]

    def _laid(self, part: Part, start: int, end: int) -> int:
        """Roads for the part from one node to another; the latter comes back."""
        match part:
            case Choice():
                self._road(part.words, start, end)
                for option in part.options:
                    self._laid(option, start, end)
            case Row():
                for each in part.parts[:-1]:
                    start = self._led_to(each, start)
                self._laid(part.parts[-1], start, end)
            case Run(words=()):
                self._free[start] = (*self._free.get(start, ()), end)
            case Run(words=words):
                for word in words[:-1]:
                    following = self._node()
                    self._road((word,), start, following)
                    start = following
                self._road(words[-1:], start, end)
        return end


def _key_of_number(word: str) -> str:
    return str(min(int(word[:4]), _HIGHEST))


def _by_length(runs: Iterable[tuple[str, ...]]) -> list[tuple[int, frozenset[tuple[str, ...]]]]:
    kept = set(runs)
    return [(length, frozenset(run for run in kept if len(run) == length)) for length in sorted({*map(len, kept)})]
