"""Whether a reply speaks of danger, by lists of phrases; a soft answer too many is better than one too few.

Reads every text before any script does; keeps nothing of it but category and tier (PROGRAMME 7.4).
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import NamedTuple

from flows.phrases.book import Hit, PhraseBook
from flows.phrases.lists import read_lists

LANGUAGES = ("en", "es", "fr")
CRISIS = Path(__file__).parent / "crisis"
# Most severe first; an immediate danger stands beside a medical one.
_ORDER = ("MA", "LA", "SA", "VA", "HA", "CA", "SB", "VB", "HB", "CB", "MB", "LB")
_RANK = {name: rank for rank, name in enumerate(_ORDER)}
_IDIOM = "idiom"
_HARMLESS = "harmless"
_LOW_SCORE = 2
_SIGNS = frozenset("💊😢😭😥😿🥲😪")
# A text holds 1,600 characters at most; what is longer came by no telephone.
_READ_LETTERS = 1_600


class Danger(NamedTuple):
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


def read_danger(text: str, *, score: float | None = None) -> Danger | None:
    """The danger a reply speaks of, in English, Spanish or French, or None. `score` is the 0-10 mood that came with it.

    A denial ("I'm not going to ...") is still a hit. A pill or a crying face is a soft hit with a score of 0 to 2.
    """
    lists = _lists()
    read = text[:_READ_LETTERS]
    words = lists.book.words(read)
    is_low = score is not None and score <= _LOW_SCORE
    hits = _weighed(_outranked_removed(lists.book.hits(words)), is_low=is_low)
    found = [(_RANK[hit.label], words.span(hit.start, hit.end), hit.label, hit.source) for hit in hits]
    if is_low:
        found += [(_RANK["SB"], (at, at + 1), "SB", "sign") for at, char in enumerate(read) if char in _SIGNS]
    if not found:
        return None
    _, span, first, reason = min(found)
    ranked = dict.fromkeys(label for _, _, label, _ in sorted(found))
    also = tuple((label[0], label[1]) for label in ranked if label != first)
    return Danger(first[0], first[1], also, span, reason, lists.version)


class _Lists(NamedTuple):
    book: PhraseBook
    version: str


@cache
def _lists() -> _Lists:
    lists = [read_lists(CRISIS / f"{language}.yaml") for language in LANGUAGES]
    return _Lists(PhraseBook(lists, keeps_stops=False, taken_out=_HARMLESS), " ".join(each.version for each in lists))


def _outranked_removed(hits: Iterable[Hit]) -> list[Hit]:
    """The longer phrase says more: "afraid I'll hurt the kids" is not "hurt the kids"."""
    kept: list[Hit] = []
    around: list[Hit] = []  # those that began before and have not ended
    for hit in sorted(hits, key=lambda hit: (hit.start, -hit.end)):
        around = [other for other in around if other.end > hit.start]
        if not any(_outranks(other, hit) for other in around):
            kept.append(hit)
        around.append(hit)
    return kept


def _outranks(longer: Hit, hit: Hit) -> bool:
    """Across categories never by a softer tier, never by M or L, and L by none: those people need both answers."""
    if _IDIOM in {longer.label, hit.label}:
        return False
    if not (longer.start <= hit.start and hit.end <= longer.end and longer.end - longer.start > hit.end - hit.start):
        return False
    category, tier = longer.label[0], longer.label[1]
    return category == hit.label[0] or (tier <= hit.label[1] and category not in {"M", "L"} and hit.label[0] != "L")


def _weighed(hits: list[Hit], *, is_low: bool) -> list[Hit]:
    """An everyday saying lowers a soft hit it overlaps, and only when nothing else was hit and the score is not low."""
    sayings = [hit for hit in hits if hit.label == _IDIOM]
    real = [hit for hit in hits if hit.label != _IDIOM]
    if is_low:
        return real + [Hit("SB", saying.source, saying.start, saying.end) for saying in sayings]
    is_only_a_saying = all(
        hit.label[1] == "B" and any(saying.start < hit.end and hit.start < saying.end for saying in sayings)
        for hit in real
    )
    return [] if is_only_a_saying else real
