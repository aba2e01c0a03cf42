"""How people write words, and the words that phrases are made of: repeats, signs for letters, short forms, slips."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from flows.answers.slips import is_one_slip
from flows.folding import word_set
from flows.patterns import late

_LETTERS_FOR_SIGNS = str.maketrans("103@$!4", "ioeasia")
_REPEATED = late(r"([^\W\d_])\1+")
# In shorter words one letter more or less makes another word too often; longer ones are no words of ours.
_SLIP_LETTERS = range(5, 16)
_ENDINGS = "sdryn"  # one of these more or less at the end is another form of a word, not a slip
_SQUEEZED_LETTERS = 4  # "ill" is short for I will, "il" is French
# What follows an 's that is no sign of whose something is.
_BEHIND_IS = word_set(
    "on in at not out off up down after about outside inside downstairs upstairs behind under there here the a an"
    " my so too very always still just now never only all dead drunk unconscious armed blue swollen shut violent"
    " trapped"
)
_BEHIND_HAS = word_set(
    "got had been gone taken took done given fallen hit put cut come left lost made broken stuck thrown sent set run"
    " found held shot beaten swallowed drunk hidden bitten stolen written burnt begun went fell"
)
_SHORTEST_ING = 4  # "king", "ring"
_KEYBOARD = ("qwertyuiop", "asdfghjkl", "zxcvbnm")


def squeeze(word: str) -> str:
    """Every run of one letter becomes a single one, in phrases and in replies alike: "killl" and "kill" are "kil"."""
    return _REPEATED.sub(r"\1", word)


class Spelling:
    """Written words -> the words of the phrases. `dropped` words say nothing and are passed over.

    `pairs`: what two written words mean together, where that is something else than each alone.
    """

    def __init__(self, respelled: Mapping[str, str], dropped: Iterable[str]) -> None:
        """`respelled`: as written (two words joined by `_`) -> the words that are meant."""
        passed_over = {_plain(word) for word in dropped}
        self._meant: dict[str, tuple[str, ...]] = {}
        self.pairs: dict[str, dict[str, tuple[str, ...]]] = {}
        for written, meant in respelled.items():
            words = tuple(word for word in map(squeeze, meant.split()) if word not in passed_over)
            first, joined, second = written.partition("_")
            if joined:
                self.pairs.setdefault(first, {})[second] = words
                continue
            exact = _without_signs(first)
            self._meant[exact] = words
            if len(exact) >= _SQUEEZED_LETTERS:
                self._meant.setdefault(squeeze(exact), words)
        self._meant.update(dict.fromkeys(passed_over, ()))

    def __call__(self, word: str) -> tuple[str, ...]:
        """The words meant by one written in lower case without accents; none if it is passed over."""
        exact = _without_signs(word)
        known = self._meant.get(exact)
        plain = exact
        if known is None:
            plain = squeeze(exact)
            known = self._meant.get(plain)
        if known is None and "'" in exact:
            closed_up = exact.replace("'", "")
            plain = squeeze(closed_up)
            known = self._meant.get(closed_up, self._meant.get(plain))
        return (plain,) if known is None else known

    def verb_of_short_s(self, word: str, following: str) -> str:
        """ "is" or "has" where an 's stands for it ("my wife's got ..."); empty where it says whose something is."""
        if not word.endswith("'s") or word in self._meant:
            return ""
        if following in _BEHIND_IS or (following.endswith("ing") and len(following) > _SHORTEST_ING):
            return "is"
        return "has" if following in _BEHIND_HAS or following.endswith("ed") else ""


def _without_signs(word: str) -> str:
    is_number = word.isdecimal() or word.startswith("#")
    return word if is_number else word.translate(_LETTERS_FOR_SIGNS)


def _plain(word: str) -> str:
    return squeeze(_without_signs(word))


class Slips:
    """Words with one slip of the finger: a letter too many, one too few, two swapped, or the key beside it."""

    def __init__(self, vocabulary: Iterable[str], ordinary: Iterable[str]) -> None:
        """`ordinary` words are what they are, however near they come to one of the vocabulary."""
        self._ordinary = frozenset(squeeze(word) for word in ordinary)
        self._words: dict[str, list[str]] = defaultdict(list)  # by first letter
        for word in sorted(set(vocabulary)):
            if len(word) in _SLIP_LETTERS and word.isalpha():
                self._words[word[0]].append(word)
        self._near: dict[str, Mapping[str, list[str]]] = {}

    def meant(self, word: str) -> str:
        """The one word of the vocabulary that is a slip away; the word itself if there is none, or more than one."""
        if len(word) not in _SLIP_LETTERS or word in self._ordinary or word[0] not in self._words:
            return word
        with_less = self._with_less(word[0])
        near = {
            other
            for shorter in _one_letter_less(word)
            for other in with_less.get(shorter, ())
            if is_slip_of_finger(word, other)
        }
        return near.pop() if len(near) == 1 else word

    def _with_less(self, first: str) -> Mapping[str, list[str]]:
        """The words with that first letter by what is left of them without one letter, themselves too.

        Laid out when a word with that letter is first looked for.
        """
        if first not in self._near:
            near: dict[str, list[str]] = defaultdict(list)
            for word in self._words[first]:
                for shorter in _one_letter_less(word):
                    near[shorter].append(word)
            self._near[first] = near
        return self._near[first]


def is_slip_of_finger(written: str, meant: str) -> bool:
    """Whether one slip explains it: a letter more or less that is no ending, two swapped, or the key beside it."""
    if not is_one_slip(written, meant):
        return False
    if len(written) != len(meant):
        longer, shorter = sorted((written, meant), key=len, reverse=True)
        return not (longer[:-1] == shorter and longer[-1] in _ENDINGS)
    wrong = [place for place in range(len(meant)) if written[place] != meant[place]]
    return len(wrong) == 2 or meant[wrong[0]] in _NEIGHBOURS.get(written[wrong[0]], "")


def _one_letter_less(word: str) -> Iterator[str]:
    yield word
    for place in range(len(word)):
        yield word[:place] + word[place + 1 :]


def _neighbours() -> dict[str, str]:
    """Each letter -> the keys that touch it."""
    touching: dict[str, str] = defaultdict(str)
    for row, keys in enumerate(_KEYBOARD):
        for place, key in enumerate(keys):
            for other_row in range(max(row - 1, 0), min(row + 2, len(_KEYBOARD))):
                shift = other_row - row
                near = (place - 1, place + 1) if not shift else (place, place + 1) if shift < 0 else (place - 1, place)
                touching[key] += "".join(
                    _KEYBOARD[other_row][each] for each in near if 0 <= each < len(_KEYBOARD[other_row])
                )
    return dict(touching)


_NEIGHBOURS = _neighbours()
