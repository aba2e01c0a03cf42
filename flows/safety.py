"""Whether a reply speaks of danger, by lists of phrases; a soft answer too many is better than one too few.

Reads every text before any script does; keeps nothing of it but category and tier (PROGRAMME 7.4).
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from ruamel.yaml import YAML

from flows.crisis_phrases import Phrase, compile_phrase, squeeze
from flows.folding import Folded, fold

LANGUAGES = ("en", "es", "fr")
# Most severe first; an immediate danger stands beside a medical one.
_ORDER = ("MA", "LA", "SA", "VA", "HA", "CA", "SB", "VB", "HB", "CB", "MB", "LB")
_LOW_SCORE = 2
_SIGNS = frozenset("💊😢😭😥😿🥲😪")
_LETTERS_FOR_SIGNS = str.maketrans("103@$!4", "ioeasia")
_TOKEN = re.compile(r"[^\W_]+(?:['’@$!*][^\W_]+)*|[@$][^\W_]+(?:[@$'][^\W_]+)*")
_AMOUNT = re.compile(r"(\d+)([a-z]{1,8})")


@dataclass(frozen=True, slots=True)
class Danger:
    """The most severe hit; `also` holds the other (category, tier) pairs, most severe first.

    Category: S self-harm, V harm from the partner, H harm to others, C a child, M medical, L immediate.
    Tier A: act now; B: ask softly. `span` counts code points; `reason` names the file and line of the list;
    `version` the lists read. Nothing in it quotes the person.
    """

    category: str
    tier: str
    also: tuple[tuple[str, str], ...]
    span: tuple[int, int]
    reason: str
    version: str


@dataclass(frozen=True, slots=True)
class _Hit:
    category: str
    tier: str
    start: int
    end: int
    reason: str


@dataclass(frozen=True, slots=True)
class _Lists:
    phrases: dict[str, tuple[Phrase, ...]]
    version: str


@dataclass(frozen=True, slots=True)
class _Line:
    """The words of a reply, squeezed, one space apart; `places` are their characters in the folded text."""

    text: str
    starts: tuple[int, ...]
    places: tuple[tuple[int, int], ...]


def read_danger(text: str, *, score: float | None = None) -> Danger | None:
    """The danger a reply speaks of, in English, Spanish or French, or None. `score` is the 0-10 mood that came with it.

    A denial ("I'm not going to ...") is still a hit. A pill or a crying face is a soft hit with a score of 0 to 2.
    """
    lists = _lists()
    folded = fold(text)
    line = _words_of(folded)
    found = _outranked_removed(_find(line, lists))
    is_low = score is not None and score <= _LOW_SCORE
    hits = _weighed(found, is_low=is_low)
    spans = [(_RANK[hit.category + hit.tier], hit, _span(folded, line, hit)) for hit in hits]
    if is_low:
        spans += [
            (_RANK["SB"], _Hit("S", "B", 0, 0, "sign"), (place, place + 1))
            for place, char in enumerate(text)
            if char in _SIGNS
        ]
    if not spans:
        return None
    spans.sort(key=lambda each: (each[0], each[2]))
    _, first, span = spans[0]
    pairs = dict.fromkeys((hit.category, hit.tier) for _, hit, _ in spans)
    also = tuple(pair for pair in pairs if pair != (first.category, first.tier))
    return Danger(first.category, first.tier, also, span, first.reason, lists.version)


_RANK = {name: rank for rank, name in enumerate(_ORDER)}


def _find(line: _Line, lists: _Lists) -> list[_Hit]:
    hits: list[_Hit] = []
    for index, start in enumerate(line.starts):
        end = line.text.find(" ", start)
        word = line.text[start : end if end >= 0 else len(line.text)]
        for phrase in lists.phrases.get("#" if word.isdigit() else word, ()):
            match = phrase.pattern.match(line.text, start)
            if match:
                last = index + match[0].rstrip().count(" ")
                hits.append(_Hit(phrase.category, phrase.tier, index, last, phrase.source))
    return hits


def _outranked_removed(hits: list[_Hit]) -> list[_Hit]:
    """The longer phrase says more: "afraid I'll hurt the kids" is not "hurt the kids"."""
    return [hit for hit in hits if not any(_outranks(other, hit) for other in hits)]


def _outranks(longer: _Hit, hit: _Hit) -> bool:
    """Across categories never by a softer tier, and never by M or L: those people need both answers."""
    if longer.category == "idiom" or hit.category == "idiom":
        return False
    if not (longer.start <= hit.start and hit.end <= longer.end and longer.end - longer.start > hit.end - hit.start):
        return False
    return longer.category == hit.category or (longer.tier <= hit.tier and longer.category not in {"M", "L"})


def _weighed(hits: list[_Hit], *, is_low: bool) -> list[_Hit]:
    """An everyday saying lowers a soft hit it overlaps, and only when nothing else was hit and the score is not low."""
    sayings = [hit for hit in hits if hit.category == "idiom"]
    real = [hit for hit in hits if hit.category != "idiom"]
    if is_low:
        return real + [_Hit("S", "B", saying.start, saying.end, saying.reason) for saying in sayings]
    is_only_a_saying = all(
        hit.tier == "B" and any(saying.start <= hit.end and hit.start <= saying.end for saying in sayings)
        for hit in real
    )
    return [] if is_only_a_saying else real


def _span(folded: Folded, line: _Line, hit: _Hit) -> tuple[int, int]:
    return folded.span(line.places[hit.start][0], line.places[hit.end][1])


def _words_of(folded: Folded) -> _Line:
    words: list[str] = []
    places: list[tuple[int, int]] = []
    for match in _TOKEN.finditer(folded.text):
        word = match[0].replace("'", "")
        amount = _AMOUNT.fullmatch(word)
        if amount:  # "500mg" is a number and a word; "k1ll" is a word
            middle = match.start() + len(amount[1])
            words += amount.groups()
            places += [(match.start(), middle), (middle, match.end())]
            continue
        words.append(word if word.isdigit() else squeeze(word.translate(_LETTERS_FOR_SIGNS)))
        places.append(match.span())
    words, places = _letters_joined(words, places)
    starts: list[int] = []
    at = 0
    for word in words:
        starts.append(at)
        at += len(word) + 1
    return _Line(" ".join(words), tuple(starts), tuple(places))


def _letters_joined(words: list[str], places: list[tuple[int, int]]) -> tuple[list[str], list[tuple[int, int]]]:
    """Three or more single letters in a row are one word: "k m s", "k.m.s."."""
    joined: list[str] = []
    joined_places: list[tuple[int, int]] = []
    at = 0
    while at < len(words):
        end = at
        while end < len(words) and len(words[end]) == 1 and words[end].isalpha():
            end += 1
        if end - at < 3:
            end = at + 1
        joined.append("".join(words[at:end]))
        joined_places.append((places[at][0], places[end - 1][1]))
        at = end
    return joined, joined_places


@cache
def _lists() -> _Lists:
    """All languages together: people mix them, and a phone has no language."""
    by_first: dict[str, list[Phrase]] = defaultdict(list)
    versions: list[str] = []
    for language in LANGUAGES:
        read = YAML(typ="safe", pure=True).load((files("flows") / "crisis" / f"{language}.yaml").read_text("utf-8"))
        versions.append(read["version"])
        sets = read["sets"]
        written = [
            (category, tier, number, phrase)
            for category, tiers in read["danger"].items()
            for tier, phrases in tiers.items()
            for number, phrase in enumerate(phrases, start=1)
        ]
        written += [("idiom", "", number, phrase) for number, phrase in enumerate(read["idioms"], start=1)]
        for category, tier, number, phrase in written:
            for each in compile_phrase(phrase, sets, f"{language} {category}{tier} {number}", category, tier):
                by_first[each.first].append(each)
    return _Lists({first: tuple(phrases) for first, phrases in by_first.items()}, " ".join(versions))
