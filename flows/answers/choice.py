"""One of the numbered choices that were offered: by number, by keyword, or by its place."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from flows.answers.numbers import NUMBER_WORDS, find_numbers
from flows.answers.reading import Reading, nothing, understood
from flows.answers.scale.joins import is_corrected
from flows.answers.slips import is_one_slip
from flows.folding import fold_opening, spell, word_set
from flows.patterns import late

_PLACES = (
    "first 1st primera primero primer 1ra 1ro 1er",
    "second 2nd segunda segundo 2da 2do",
    "third 3rd tercera tercero tercer 3ra 3ro 3er",
    "fourth 4th forth cuarta cuarto 4ta 4to",
    "fifth 5th quinta quinto 5ta 5to",
    "sixth 6th sexta sexto 6ta 6to",
)
_PLACE_OF = {name: place for place, names in enumerate(_PLACES, start=1) for name in names.split()}
_FROM_THE_END = {
    "last": 0, "ultima": 0, "ultimo": 0, "bottom": 0, "penultima": 1, "penultimo": 1, "second to last": 1,
    "second last": 1, "last but one": 1,
}  # fmt: skip
_AT_THE_TOP = frozenset(("top", "de arriba"))
_OF_TWO = {"former": 1, "latter": 2}  # only where there are two
_MIDDLE = frozenset(("middle", "en medio", "del medio", "de en medio", "medio"))  # only where there are three
_PLACE_NAMES = (*_FROM_THE_END, *_AT_THE_TOP, "de abajo", *_OF_TWO, *_MIDDLE, *_PLACE_OF)
# What may stand around a number or a place; with any other word it may mean something else.
_AROUND = word_set(
    "the one ones option opcion choice number numero no nr please pls plz la el lo por favor porfa i i'd i'll i'm "
    "id ill im would want pick choose select like take go going with for a an my mine is it its it's that that's "
    "thats this answer respuesta quiero elijo escojo prefiero prefer me quedo con gracias thanks thank you u ty thx "
    "lets let's do say vote think creo que seria es mi voy digo ok okay yes yeah si sí sure hi hey hola um uh hmm "
    "well pues bueno then entonces just solo def definitely choosing picking give dame ponme pon will better best "
    "mejor sounds good"
)
_DENIALS = (
    r"(?:not|no|never|don'?t want|don'?t like|neither|nor|except|excepto|menos|sin|ni|instead of|rather than"
    r"|anything but|no quiero|en vez de|en lugar de|todo menos)"
)
_DENYING = late(rf"\b{_DENIALS}\b")
_DENIED = late(rf"\b{_DENIALS}(?: (?:the|any|a|la|el|las|los|option|number|opcion))* $")
_DENIED_BEHIND = late(r",? no\s*(?:$|[.!?\n])")
_CLAUSE = late(r"(?:[^.,;:!?\n()]|(?<=\d)[.,:](?=\d))+")
_MOST_MENTIONS = 12  # a reply with more is no choice, and not worth the time
_JOINING = word_set("or and o y u wait actually mean sorry perdon both")
_WORD = late(r"[\w']+")
_NUMBER = rf"(?<![\w.,:/$€£-])(?<!a la )(?:(?P<digits>\d{{1,4}})|{'|'.join(NUMBER_WORDS)})(?![\w%€$/-]|[.,:]\d)"

_BEFORE_A_PRONOUN = late(rf"\b(?:the|this|that|last|top|bottom|middle|{'|'.join(_PLACE_OF)}) $")
_NAMED = late(rf"(?P<place>(?<!\w)(?:{'|'.join(sorted(_PLACE_NAMES, key=len, reverse=True))})(?!\w))|{_NUMBER}")


class _Mention(NamedTuple):
    """One choice named at characters `start` to `end` of the folded reply, counted from 1 or off the list."""

    choice: int
    start: int
    end: int
    reason: str


def read_choice(text: str, options: int | Sequence[Sequence[str]], locale: str = "en") -> Reading:
    """`{"value": n}`, n counted from 1. `options` is their number, or the keywords of each in order.

    Reasons: number, keyword, place, corrected; for none: several-choices, out-of-range, no-choice.
    """
    count = options if isinstance(options, int) else len(options)
    keywords: Sequence[Sequence[str]] = () if isinstance(options, int) else options
    folded = fold_opening(text)
    named = [*_by_keyword(folded.text, keywords)]
    named = named or [*islice(_by_place_or_number(folded.text, count), _MOST_MENTIONS)]
    meant = [mention for mention in named if not _is_denied(folded.text, mention)]
    if not meant:
        return nothing(text, "no-choice") if named else _by_number_in_a_sentence(text, count, locale)
    if len({mention.choice for mention in meant}) > 1:
        gap = folded.text[meant[-2].end : meant[-1].start]
        if len(meant) > 2 or not is_corrected(gap):
            return nothing(text, "several-choices")
    last = meant[-1]
    if not 1 <= last.choice <= count:
        return nothing(text, "out-of-range")
    reason = last.reason if len({mention.choice for mention in meant}) == 1 else "corrected"
    return understood(text, {"value": last.choice}, folded.span(last.start, last.end), reason=reason)


def _is_denied(text: str, mention: _Mention) -> bool:
    before = text[max(0, mention.start - 40) : mention.start]
    return _DENIED.search(before) is not None or _DENIED_BEHIND.match(text, mention.end) is not None


def _by_keyword(text: str, keywords: Sequence[Sequence[str]]) -> Iterator[_Mention]:
    """Keywords that are the reply, open it, or stand in a reply hardly longer: never deep in a sentence."""
    said = _WORD.findall(text)
    listed = [(number, word) for number, words in enumerate(keywords, start=1) for word in words]
    hits = [hit for number, word in listed for hit in islice(_hits(text, word, number), _MOST_MENTIONS)]
    for hit in sorted(hits, key=lambda each: each.start):
        is_inside = any(each.start <= hit.start and hit.end <= each.end and each != hit for each in hits)
        words = len(_WORD.findall(text[hit.start : hit.end]))
        is_short = not text[: hit.start].strip().strip("'\"(") or len(said) <= words + 3
        if is_short and not is_inside:
            yield hit
    if not hits and len(alone := [word for word in said if word not in _AROUND]) == 1 and len(alone[0]) > 3:
        start = text.index(alone[0])
        for number, word in listed:
            if is_one_slip(alone[0], spell(word).text):
                yield _Mention(number, start, start + len(alone[0]), "keyword")


def _hits(text: str, keyword: str, number: int) -> Iterator[_Mention]:
    plain = spell(keyword).text
    if not plain:
        return
    pattern = r"(?<!\w)" + r"[\W_]+".join(r"'?".join(map(re.escape, word)) for word in plain.split()) + r"(?!\w)"
    for match in re.finditer(pattern, text):
        yield _Mention(number, match.start(), match.end(), "keyword")


def _by_place_or_number(text: str, count: int) -> Iterator[_Mention]:
    """Those in clauses that hold nothing else: "the second one, please"; not "on second thoughts"."""
    for clause in _CLAUSE.finditer(text):
        around = _NAMED.sub(" ", clause[0])
        around = _DENYING.sub(" ", around)
        if all(word in _AROUND or word in _JOINING for word in _WORD.findall(around)):
            yield from _mentions(text, clause.start(), clause.end(), count)


def _mentions(text: str, start: int, end: int, count: int) -> Iterator[_Mention]:
    for match in _NAMED.finditer(text, start, end):
        if match["place"]:
            if (choice := _place(match["place"], count)) is not None:
                yield _Mention(choice, match.start(), match.end(), "place")
        elif match[0] not in {"one", "uno"} or not _is_pronoun(text, match.start()):
            choice = int(match["digits"]) if match["digits"] else NUMBER_WORDS[match[0]]
            yield _Mention(choice, match.start(), match.end(), "number")


def _is_pronoun(text: str, start: int) -> bool:
    """ "The second one", "that one", "the first, that one": no number."""
    before = text[max(0, start - 10) : start]
    return _BEFORE_A_PRONOUN.search(before) is not None


def _place(name: str, count: int) -> int | None:
    if name in _OF_TWO:
        return _OF_TWO[name] if count == 2 else None
    if name in _MIDDLE:
        return 2 if count == 3 else None
    if name in _AT_THE_TOP:
        return 1
    if name == "de abajo":
        return count
    return count - _FROM_THE_END[name] if name in _FROM_THE_END else _PLACE_OF[name]


def _by_number_in_a_sentence(text: str, count: int, locale: str) -> Reading:
    found = find_numbers(text, locale).found
    if not found:
        return nothing(text, "no-choice")
    if len({each.value for each in found}) > 1:
        return nothing(text, "several-choices")
    first = found[0]
    if first.top is not None or first.value not in range(1, count + 1):
        return nothing(text, "out-of-range")
    return understood(text, {"value": first.value}, first.span, reason="number")
