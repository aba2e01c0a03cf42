"""A reply as words, stops and signs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

from flows.answers.assent.kinds import Worth
from flows.folding import Folded
from flows.patterns import late

Kind = Literal["word", "stop", "pause", "sign"]

# Signs that people answer with. Skin tones are folded away before.
_YES = "👍👌✅✔☑🆗💯🙆🤝🫡💪🙌👏🎉"
_NO = "👎❌✖🚫🙅⛔✋🖐❎🛑"
_UNSURE = "🤷🤔🤞🤏😕🫤"
SIGNS: dict[str, Worth] = {
    **dict.fromkeys(_YES, "yes"), **dict.fromkeys(_NO, "no"), **dict.fromkeys(_UNSURE, "unsure"), "+1": "yes",
}  # fmt: skip

_HALVES = late("50[/-]50")
_TOKEN = late(
    r"(?P<word>\d+%|50[/-]50|[^\W_](?:[^\W_]|'(?=\w))*)|(?P<stop>[.!?;:\n…]+)|(?P<pause>[,/()|–]|(?<=\s)-+(?=\s))"
    rf"|(?P<sign>[{_YES}{_NO}{_UNSURE}]|(?<![\w+])\+1(?!\d))"
)


class Token(NamedTuple):
    """Characters `start` to `end` of the folded reply. A word has its apostrophes closed up: `don't` is `dont`."""

    kind: Kind
    text: str
    start: int
    end: int
    is_accented: bool = False


def tokens_of(reply: str, folded: Folded) -> Iterator[Token]:
    """Words, stops (. ! ?), pauses (, / brackets) and signs from left to right; everything else is passed over."""
    for match in _TOKEN.finditer(folded.text):
        kind: Kind = match.lastgroup  # type: ignore[assignment]
        text = match[0]
        if kind == "word":
            text = "fiftyfifty" if _HALVES.fullmatch(text) else text.replace("'", "").replace("%", "percent")
        accented = text == "si" and any(char in "íìÍÌ\u0301\u0300" for char in _as_written(reply, folded, match))
        yield Token(kind, text, match.start(), match.end(), accented)


def _as_written(reply: str, folded: Folded, match: re.Match[str]) -> str:
    start, end = folded.span(match.start(), match.end())
    return reply[start:end]
