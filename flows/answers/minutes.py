"""A length of time in whole minutes."""

from __future__ import annotations

import re

from flows.answers.numbers import NUMBER_WORDS
from flows.answers.reading import Reading, nothing, understood
from flows.folding import fold
from flows.patterns import late

DAY_MINUTES = 24 * 60
_TENS = {
    "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "ninety": 90,
    "treinta": 30, "cuarenta": 40, "cincuenta": 50, "sesenta": 60, "noventa": 90,
}  # fmt: skip
_NAMED = {word: value for word, value in NUMBER_WORDS.items() if value < 100} | _TENS
_SINGLE = {"an": 1, "a": 1, "una": 1, "un": 1}
_NUMBER = "|".join(sorted([*_NAMED, *_SINGLE], key=len, reverse=True))
_MINUTE_WORD = r"(?:minutes?|minutos?|mins?|m|')"
_HOUR_WORD = r"(?:hours?|horas?|hrs?|h)"
_LENGTH = late(
    rf"(?<![\w.,:/-])(?:(?P<quarters>three quarters of an hour|tres cuartos de hora)"
    rf"|(?P<quarter>(?:a )?quarter of an hour|un cuarto de hora)"
    rf"|(?P<and_a_half>hora y media|hour and a half)|(?P<half>half an? hour|half hour|media hora)"
    rf"|(?P<hours>\d{{1,2}}(?:[.,]\d{{1,2}})?|{_NUMBER})\s?{_HOUR_WORD}(?![a-z])"
    rf"(?:\s?(?P<and_half>and a half|y media)|\s?(?:and |y )?(?P<more>\d{{1,2}})\s?{_MINUTE_WORD}?(?![\w]))?"
    rf"|(?P<written>\d{{1,5}}|{_NUMBER})(?:[ -](?P<ones>one|two|three|four|five|six|seven|eight|nine)|"
    rf" y (?P<unos>uno|dos|tres|cuatro|cinco|seis|siete|ocho|nueve))?\s?-?(?P<unit>{_MINUTE_WORD}(?![a-z]))?"
    r")(?![\w:/%]|[.,]\d)"
)  # fmt: skip
_BESIDE = late(r"(?:\W|\b(?:about|around|for|maybe|please|unos|como|por favor|in|en|just|solo)\b)*")


def read_minutes(text: str) -> Reading:
    """`{"value": 45}`, 1 to 1440 whole minutes; a bare number is minutes.

    Reasons: minutes, hours; for none: out-of-range, several-lengths, no-length.
    """
    folded = fold(text)
    found = [match for match in _LENGTH.finditer(folded.text) if _is_a_length(match, folded.text)]
    if len(found) != 1:
        return nothing(text, "several-lengths" if found else "no-length")
    match = found[0]
    value = _minutes(match)
    if not 1 <= value <= DAY_MINUTES:
        return nothing(text, "out-of-range")
    reason = "minutes" if match["written"] else "hours"
    return understood(text, {"value": value}, folded.span(*match.span()), reason=reason)


def _is_a_length(match: re.Match[str], text: str) -> bool:
    """A number without a unit is minutes only when the reply holds nothing else."""
    if not match["written"] or match["unit"]:
        return match["written"] not in _SINGLE
    if match["written"] in _SINGLE:
        return False
    return bool(_BESIDE.fullmatch(text[: match.start()]) and _BESIDE.fullmatch(text[match.end() :]))


def _minutes(match: re.Match[str]) -> int:
    if match["quarters"]:
        return 45
    if match["quarter"]:
        return 15
    if match["and_a_half"]:
        return 90
    if match["half"]:
        return 30
    if match["hours"]:
        extra = 30 if match["and_half"] else int(match["more"] or 0)
        return round(_number(match["hours"]) * 60) + extra
    ones = match["ones"] or match["unos"]
    return int(_number(match["written"])) + (_NAMED[ones] if ones else 0)


def _number(written: str) -> float:
    named = {**_NAMED, **_SINGLE}
    return named[written] if written in named else float(written.replace(",", "."))
