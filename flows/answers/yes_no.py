"""Yes, no, or unclear. A reply with no word of either kind has no reading."""

from __future__ import annotations

import re

from flows.answers.reading import Reading, language_of, nothing, understood
from flows.folding import Folded, fold, spell

_UNCLEAR = re.compile(
    r"(?:im |i am )?not (?:so |too |really |quite |entirely )?(?:sure|certain)|i dont know|dont know|dunno|idk|no idea"
    r"|maybe|perhaps|possibly|it depends|depends|kind of|kinda|sort of|sorta|partly|half and half|yes and no|yes no"
    r"|we(?:ll)? see|more or less|tal vez|talvez|quizas?|a lo mejor|puede ser|depende|mas o menos|si y no|no (?:lo )?se"
    r"|ni idea|no estoy segur[oa]|a medias|en parte"
)
_YES_AFTER_ALL = re.compile(
    r"no (?:problem|worries|doubt|question)s?|why not|(?:sin|no hay) problema|sin duda|como no|por que no"
)
_NEITHER = re.compile(r"(?:no one|never ?mind|no body|ok(?:ay)? (?:but|so)|si no)\b")
_NO = re.compile(
    r"no|nope|nah|naw|never|not yet|not really|not at all|not today|not this time"
    r"|(?:absolutely|definitely|certainly|of course) not|no way"
    r"|i (?:did|do|have|will|would|can|could)(?:nt| not)|(?:didnt|havent|wont|cant)|i dont think so|i wont|i cant"
    r"|negative|nunca|jamas|todavia no|aun no|para nada|claro que no|por supuesto que no"
    r"|tampoco|en absoluto|de ninguna manera|creo que no"
)
_YES = re.compile(
    r"yes|yep|yeah|yea|yup|ok|okay|okey|sure|sure thing|of course|absolutely|definitely|certainly"
    r"|affirmative|i did|i think so|for sure|sounds good|agreed|all right|alright"
    r"|claro|claro que si|por supuesto|desde luego|vale|de acuerdo|exacto|correcto|asi es|creo que si|afirmativo|sip"
)
# Too common in other sentences ("right now", "i have a cold") to count unless they are the whole sentence.
_YES_ALONE = re.compile(r"right|indeed|correct|agree|i (?:do|have|will|can|am)")
_YES_ALONE_IN_ENGLISH = re.compile(r"y|ya|ye")
_NO_ALONE = re.compile(r"n")
_SIGNS = {"👍": "yes", "✅": "yes", "👌": "yes", "✔": "yes", "👎": "no", "❌": "no"}
_SI_STANDS = re.compile(r"si(?= ?$| \.| (?:claro|por|gracias|quiero|senor|senora|si|lo|acepto|ya|ok|vale|esta))")


def read_yes_no(text: str, locale: str = "en") -> Reading:
    """`{"value": "yes" | "no" | "unclear"}`. English and Spanish are both read.

    Reasons: yes-word, no-word, unclear-word, yes-and-no; for none: no-answer-word. A Spanish `si` without its accent
    counts only where it cannot mean "if"; `y` and `ya` are yes outside Spanish only.
    """
    spelled = spell(text)
    answers = _answers(text, spelled, language_of(locale))
    if not answers:
        return _read_sign(text)
    value, start, end = answers[0]
    kinds = {kind for kind, _, _ in answers}
    span = spelled.span(start, end)
    if "unclear" in kinds:
        first = next(answer for answer in answers if answer[0] == "unclear")
        return understood(text, {"value": "unclear"}, spelled.span(first[1], first[2]), reason="unclear-word")
    if len(kinds) > 1:
        return understood(text, {"value": "unclear"}, span, reason="yes-and-no")
    return understood(text, {"value": value}, span, reason=f"{value}-word")


def _answers(text: str, spelled: Folded, language: str) -> list[tuple[str, int, int]]:
    """The answer at the head of each sentence, as kind, start and end in the spelled text."""
    answers: list[tuple[str, int, int]] = []
    at = 0
    for sentence in spelled.text.split(" . "):
        words = sentence.removesuffix(" .")
        kind, length = _at_head(words, language)
        if not length and words.split(" ")[0] == "si" and (_SI_STANDS.match(words) or _accented(text, spelled, at)):
            kind, length = "yes", 2
        if length:
            answers.append((kind, at, at + length))
        at += len(sentence) + 3
    return answers


def _at_head(words: str, language: str) -> tuple[str, int]:
    if _NEITHER.match(words):
        return "", 0
    if _NO_ALONE.fullmatch(words):
        return "no", len(words)
    if _YES_ALONE.fullmatch(words) or (language != "es" and _YES_ALONE_IN_ENGLISH.fullmatch(words)):
        return "yes", len(words)
    for kind, pattern in (("unclear", _UNCLEAR), ("yes", _YES_AFTER_ALL), ("no", _NO), ("yes", _YES)):
        length = _longest(pattern, words)
        if length:
            return kind, length
    return "", 0


def _longest(pattern: re.Pattern[str], sentence: str) -> int:
    """Length of the longest phrase that the sentence opens with, 0 for none."""
    ends = [0]
    for match in re.finditer(r"(?= |$)", sentence):
        if match.start() > 32:
            break
        if pattern.fullmatch(sentence, 0, match.start()):
            ends.append(match.start())
    return max(ends)


def _accented(text: str, spelled: Folded, at: int) -> bool:
    start, end = spelled.span(at, at + 2)
    return text[start:end].lower() in {"sí", "si\u0301"}


def _read_sign(text: str) -> Reading:
    folded = fold(text)
    seen = [(place, _SIGNS[char]) for place, char in enumerate(folded.text) if char in _SIGNS]
    if not seen:
        return nothing(text, "no-answer-word")
    if len({value for _, value in seen}) > 1:
        return understood(text, {"value": "unclear"}, folded.span(seen[0][0], seen[0][0] + 1), reason="yes-and-no")
    place, value = seen[0]
    return understood(text, {"value": value}, folded.span(place, place + 1), reason="sign")
