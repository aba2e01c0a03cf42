"""Whether a reply asks for all texts and calls to end. Read before anything else, in every language, at every point."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import Enum
from functools import cache
from pathlib import Path
from typing import NamedTuple

from flows.folding import word_set
from flows.phrases.book import Hit, PhraseBook, Words
from flows.phrases.lists import read_lists
from flows.phrases.tokens import STOP

LANGUAGES = ("en", "es", "fr")
ENDINGS = Path(__file__).parent / "endings"
# Twilio acts on these by itself, in any case, as the whole body (TWILIO.md 1).
_CARRIER_WORDS = word_set("stop unsubscribe end quit stopall revoke optout cancel")
# A sentence of its own inside a longer text: "Stop. I mean what I said". The others mean too much else.
_STRONG = word_set("stop unsubscribe alto desabonner")
# And only as the last word, or where the person goes on about themselves or us: not "Stop! Look at this".
_GOES_ON = word_set("i you u we this these no do not leave who my stop enough me take remove que no ya me je ne")
# A text holds 1,600 characters at most; what is longer came by no telephone.
_READ_LETTERS = 1_600
# Somebody else is told, or quoted: not us. "She said leave me alone" is no wish to us.
_OTHERS = word_set(
    "he she him her them husband wife partner boyfriend girlfriend ex ella marido esposa esposo pareja mujer novio "
    "novia lui elle mari femme copain copine dile diganle"
)


class Wish(Enum):
    """How an opt-out was worded (PROGRAMME 3.5.3). A doubtful one is asked about once; silence for 24 h ends all."""

    WORD = "word"
    BEGINS = "begins"
    PHRASE = "phrase"
    DOUBTFUL = "doubtful"


class OptOut(NamedTuple):
    """`aimed_at_partner` asks for a look at safety too. `wrong_number` means a stranger holds this phone (G-WRONG).

    `carrier_handles`: the network already blocked and answered this exact text.
    """

    wish: Wish
    span: tuple[int, int]
    carrier_handles: bool
    aimed_at_partner: bool = False
    wrong_number: bool = False


def read_opt_out(text: str) -> OptOut | None:
    """An opt-out in English, Spanish or French, or None. Everything but `Wish.DOUBTFUL` ends all at once."""
    book = _book()
    words = book.words(text[:_READ_LETTERS])
    hits = list(book.hits(words))
    if not hits:
        return None
    found = _wish(text, words, hits)
    if found is not None and (found.wish is not Wish.DOUBTFUL or found.aimed_at_partner):
        return found
    core = _unframed(words, hits)
    if core is words:
        return found
    meant = _wish("", core, list(book.hits(core)))
    return found if meant is None or meant.aimed_at_partner else meant


def _wish(text: str, words: Words, hits: Sequence[Hit]) -> OptOut | None:
    return _by_word(text, words, hits) or _by_phrase(words, hits) or _in_doubt(words, hits)


def _unframed(words: Words, hits: Iterable[Hit]) -> Words:
    """Without what frames a wish and says none: "look, ..." before it, "... I mean it" behind it."""
    frames = [hit for hit in hits if hit.label == "frame"]
    first = max((hit.end for hit in frames if hit.start == 0), default=1)
    last = min((hit.start for hit in frames if hit.end == len(words.words)), default=len(words.words) - 1)
    if (first, last) == (1, len(words.words) - 1) or first >= last:
        return words
    inner, places = words.words[first:last], words.places[first:last]
    framed = len(words.words) - 2 - len(inner)
    return Words(
        words.folded, (STOP, *inner, STOP), (places[0], *places, places[-1]), passed_over=words.passed_over + framed
    )


@cache
def _book() -> PhraseBook:
    return PhraseBook([read_lists(ENDINGS / f"{language}.yaml") for language in LANGUAGES], keeps_stops=True)


def _by_word(text: str, words: Words, hits: Iterable[Hit]) -> OptOut | None:
    """ "stop. thank you" and "stop please" end all; "stop by the store" and "end of the day" do not."""
    whole = next((hit for hit in hits if hit.label in {"word", "begins"} and _is_all(words, hit)), None)
    if whole is None:
        return None
    is_alone = whole.label == "word" and words.passed_over == 0
    wish = Wish.WORD if is_alone else Wish.BEGINS
    return OptOut(wish, words.whole_span(), text.strip().lower() in _CARRIER_WORDS)


def _by_phrase(words: Words, hits: Iterable[Hit]) -> OptOut | None:
    asked = [hit for hit in hits if hit.label in {"phrase", "wrong"}]
    if not asked:
        return None
    first = asked[0]
    span = words.span(first.start, first.end)
    if _is_of_another(words, first):
        return OptOut(Wish.DOUBTFUL, span, False, aimed_at_partner=True)
    return OptOut(Wish.PHRASE, span, False, wrong_number=any(hit.label == "wrong" for hit in asked))


def _in_doubt(words: Words, hits: Iterable[Hit]) -> OptOut | None:
    aimed = [hit for hit in hits if hit.label == "partner"]
    strong = [hit for hit in hits if hit.label == "word" and _is_strong(words, hit)]
    doubtful = [hit for hit in hits if hit.label == "doubtful" or (hit.label == "alone" and _is_all(words, hit))]
    for found in (aimed, doubtful, strong):
        if found:
            span = words.span(found[0].start, found[0].end)
            return OptOut(Wish.DOUBTFUL, span, False, aimed_at_partner=found is aimed)
    return None


def _is_strong(words: Words, hit: Hit) -> bool:
    follows = words.words[hit.end : hit.end + 1]
    return words.words[hit.start + 1] in _STRONG and (not follows or follows[0] in _GOES_ON)


def _is_all(words: Words, hit: Hit) -> bool:
    return hit.start == 0 and hit.end == len(words.words)


def _is_of_another(words: Words, hit: Hit) -> bool:
    """Whether somebody else was named before it in the same sentence."""
    sentence = words.words[: hit.start]
    begin = len(sentence) - 1 - sentence[::-1].index(STOP) if STOP in sentence else 0
    return any(word in _OTHERS for word in sentence[begin:])
