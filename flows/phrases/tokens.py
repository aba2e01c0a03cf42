"""A folded reply cut into written words, with the place of each: amounts apart, spelled-out letters together."""

from __future__ import annotations

from flows.folding import word_set
from flows.patterns import late

STOP = "."
_TOKEN = late(
    r"[^\W_]+(?:['@$!*][^\W_]+)*(?:(?<=[a-z])\$)?|[@$][^\W_]+(?:[@$'][^\W_]+)*\$?"
    r"|(?P<stop>[.!?;\n]+)|(?P<sign>[\U0001f300-\U0001faff])"
)
_AMOUNT = late(r"(\d+)([a-z]{1,8})")
_SPELLED_OUT = 3  # letters in a row that make a word: "k m s", "k.m.s."
# Signs for letters begin a word too: "1m", "0ff". Behind them these are amounts all the same.
_LETTER_DIGITS = frozenset("013")
_UNITS = word_set(
    "mg mgs g gr gram grams mcg ml kg oz x k st nd rd th am pm h hr hrs min mins yo yr yrs pill pills tab tabs box"
    " boxes pack packs year years month months week weeks day days times bottle bottles"
)

Token = tuple[str, int, int]


def tokens_of(folded: str, *, keeps_stops: bool) -> list[Token]:
    """Written word, start and end. With `keeps_stops` the end of a sentence is a `.`; else it is passed over."""
    tokens: list[Token] = []
    letters = 0  # single letters in a row at the end of `tokens`
    for match in _TOKEN.finditer(folded):
        word, start, end = match[0], match.start(), match.end()
        if match.lastgroup == "stop":
            if keeps_stops and not (letters and start == tokens[-1][2] and word == STOP):  # "s.t.o.p."
                _join(tokens, letters)
                letters = 0
                tokens.append((STOP, start, end))
            continue
        is_letter = len(word) == 1 and word.isalpha()
        if not is_letter:
            _join(tokens, letters)
        letters = letters + 1 if is_letter else 0
        amount = None if word.isalpha() else _AMOUNT.fullmatch(word)
        if amount is not None and (amount[1] not in _LETTER_DIGITS or amount[2] in _UNITS):
            # "500mg" is a number and a word; "k1ll" and "1m" are words
            middle = start + len(amount[1])
            tokens += [(amount[1], start, middle), (amount[2], middle, end)]
        else:
            tokens.append((word, start, end))
    _join(tokens, letters)
    return tokens


def _join(tokens: list[Token], count: int) -> None:
    """The last `count` letters become the word they spell, if they are enough for one."""
    if count < _SPELLED_OUT:
        return
    letters = tokens[-count:]
    tokens[-count:] = [("".join(letter for letter, _, _ in letters), letters[0][1], letters[-1][2])]
