"""Numbers in a reply that can be an answer; those that are a date, a time, a dose or a count are left alone."""

from __future__ import annotations

import re
from dataclasses import dataclass

from flows.answers.reading import language_of
from flows.folding import fold, word_set

_ENGLISH = (
    "zero|nought|naught one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen twenty"
)
_SPANISH = (
    "cero uno dos tres cuatro cinco seis siete ocho nueve diez - doce trece catorce quince dieciseis diecisiete "
    "dieciocho diecinueve veinte"
)


def _spelled(words: str) -> dict[str, int]:
    return {word: value for value, names in enumerate(words.split()) for word in names.split("|") if word != "-"}


NUMBER_WORDS = {**_spelled(_ENGLISH), **_spelled(_SPANISH), "hundred": 100, "cien": 100}
_ELEVEN_IN_SPANISH = {"once": 11}  # an English adverb, so only where Spanish is spoken

_NAMES = "|".join(sorted([*NUMBER_WORDS, "once"], key=len, reverse=True))
_NUMBER = re.compile(
    r"(?<![\w.,/#$])(?P<minus>-|minus |menos )?"
    rf"(?:(?P<digits>(?!00)\d{{1,3}})(?P<part>[.,]\d{{1,2}})?|(?P<name>{_NAMES})\b)"
    r"(?P<half>½| and a half\b| y media?\b| y medio\b)?"
    r"(?P<scale> ?/ ?(?P<top>\d{1,3})| (?:out )?of (?:10|ten)\b| (?:sobre|de) (?:10|diez)\b)?"
    r"(?P<ish>[ -]?ish\b|\+)?(?![\w/%]|[.,:]\d)"
)
_NOT_AN_ANSWER = re.compile(
    r"""\d{1,4}[/.-]\d{1,2}[/.-]\d{1,4}            # a date
    | \d{1,2}[:h]\d{2}(?:\ ?[ap]\.?m\b)? | \b\d{1,2}\ ?(?:[ap]\.?m\b\.?|h\b|hrs?\b|o'?clock)  # a time
    | \+?\d[\d().\ -]{5,}\d                        # a telephone number
    | [$€£]\ ?\d+(?:[.,]\d+)* | \d+(?:[.,]\d+)?\ ?(?:[$€£]|mg\b|ml\b|kg\b|lbs?\b|mins?\b)   # money or a measure
    | \#\d+ | \d+(?:st|nd|rd|th)\b | \S+@\S+ | https?://\S+ | \bwww\.\S+""",
    re.VERBOSE,
)
_LARGE = (
    r"(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundreds?|thousand|[mbtr]+illion|dozen|lakh|crore"
    r"|veinte|veinti\w+|treinta|cuarenta|cincuenta|sesenta|setenta|ochenta|noventa|cien(?:tos?)?|\w{3,7}cientos"
    r"|quinientos|mil|[mbtr]+ill?on(?:es)?)"
)
# "fifty-two" must not be read as 2: a large number is taken whole, with the small ones around it.
_TOO_LARGE = re.compile(
    rf"(?<!\w)(?:(?:\d{{1,3}}|{_NAMES})[ -](?:y |and )?){{0,3}}{_LARGE}"
    rf"(?:[ -](?:y |and )?(?:{_LARGE}|{_NAMES}|\d{{1,3}})){{0,9}}(?!\w)|(?<!\w)\d{{4,}}(?!\w)"
)
_MONTHS = (
    "january|february|march|april|june|july|august|september|october|november|december|enero|febrero|marzo|abril|mayo"
    "|junio|julio|agosto|septiembre|octubre|noviembre|diciembre"
)
_BROKEN = re.compile(  # "1 over 3", "uno con cinco", "punto cinco", "2 1/4", "-12e-1", "2.3 k"
    rf"(?<!\w)(?:\d{{1,3}}|{_NAMES}|una?)? ?\b(?:over|point|punto|coma|con|in|out of|sobre) (?!10\b|ten\b|diez\b)"
    rf"(?:\d{{1,3}}|{_NAMES}|x+)(?!\w)|(?<!\w)(?:(?:\d{{1,2}}|{_NAMES}) ){{1,3}}"
    r"(?:[ap]m|(?:de|por|en) la (?:tarde|noche|manana|madrugada)|(?:de )?(?:" + _MONTHS + r"))\b"
    r"|\d{1,3} +\d{1,3}/\d{1,3}|\d+(?:\.\d+)?e-?\d+|\d(?:\.\d+)? ?k\b"
)

_ABOUT = re.compile(r"(?:~|\b(?:about|around|roughly|approx(?:imately)?|maybe|como(?: un)?|casi|quizas)(?: an?)?) *$")

_CUES = word_set(
    "mood feeling feel score rating rate about around like maybe probably perhaps roughly approximately approx a "
    "an is its it's im i'm am today now still only just say animo soy un una como quizas tal vez estoy hoy ahora "
    "casi aprox aproximadamente ~ es number body cuerpo solo"
)
_TIME_OR_COUNT_BEFORE = word_set(
    "half quarter past this that which at since until till by before after room day step chapter page level week "
    "year age aged number line las la dia semana for slept ate drank took had have got bought dormi tome bebi "
    "over under version bus route january february march april may june july august september october november "
    "december enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre these "
    "those the every each last next first"
)
_SELF_BEFORE_AT = word_set("im i'm am mood feeling still it's its body sitting")
_LOOK = 100  # characters on either side that decide; keeps the reading linear in the length of the reply
_JOINS = word_set("or to and y o u between entre a")
_UNITS = word_set(
    "m tomorrow upcoming am pm min minute minutes minuto hour hora day dia week semana month mes year ano time "
    "percent mg people of kids men women children beers drinks pill pastilla pills gente veces hundred thousand "
    "million mil am. pm. in at o'clock more another things person one degrees hrs hr secs"
)
_PLURALS_THAT_ARE_NOT_COUNTED = word_set(
    "as is was this yes has does its it's he's she's that's thanks gracias always sometimes perhaps besides "
    "nervios ganas ups lots things buenas buenos menos mas despues pues unos unas estres quizas tras ademas "
    "entonces"
)
_NEGATIONS = word_set("no not isn't wasn't never ni tampoco")


@dataclass(frozen=True, slots=True)
class Found:
    """One number that may be an answer. `top` is the 10 of `7/10`; the span counts code points of the reply."""

    value: int | float
    span: tuple[int, int]
    approximate: bool
    top: int | None
    spelled: bool
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Numbers:
    """What stands in a reply. `passed_over` is a reason code when a number was seen that is no answer."""

    found: tuple[Found, ...]
    passed_over: str | None
    folded: str


def find_numbers(reply: str, locale: str = "en") -> Numbers:
    """Numbers that stand as an answer, in the order written; a count, a clock time, a date, a dose are passed over."""
    folded = fold(reply)
    text, passed_over = _blot_out(folded.text)
    found: list[Found] = []
    for match in _NUMBER.finditer(text):
        value = _value(match, language_of(locale))
        if value is None:
            continue
        refusal = _refusal(text, match)
        if refusal is not None:
            passed_over = passed_over or refusal
            continue
        start = match.start("minus") if match["minus"] else match.start("digits" if match["digits"] else "name")
        end = match.end("scale") if match["scale"] else match.end()
        found.append(
            Found(
                value,
                folded.span(start, end),
                bool(match["ish"]) or _is_about(text[: match.start()]),
                _top(match),
                match["name"] is not None,
                match.start(),
                match.end(),
            )
        )
    return Numbers(tuple(found), passed_over, text)


def _blot_out(text: str) -> tuple[str, str | None]:
    reason: str | None = None
    if _NOT_AN_ANSWER.search(text):
        text, reason = _NOT_AN_ANSWER.sub(lambda match: "x" * len(match[0]), text), "other-number"
    for pattern, refusal in ((_TOO_LARGE, "out-of-range"), (_BROKEN, "other-number")):
        if pattern.search(text):
            text, reason = pattern.sub(lambda match: "x" * len(match[0]), text), reason or refusal
    return text, reason


def _value(match: re.Match[str], language: str) -> int | float | None:
    if match["digits"]:
        whole = int(match["digits"])
        part = match["part"]
        if part and part[0] == "," and language not in {"es", "fr"}:
            return None
        value: int | float = float(f"{whole}.{part[1:]}") if part else whole
    else:
        known = {**NUMBER_WORDS, **_ELEVEN_IN_SPANISH} if language == "es" else NUMBER_WORDS
        if match["name"] not in known:
            return None
        value = known[match["name"]]
    value = value + 0.5 if match["half"] else value
    value = -value if match["minus"] else value
    return int(value) if value == int(value) else value


def _top(match: re.Match[str]) -> int | None:
    if match["top"]:
        return int(match["top"])
    return 10 if match["scale"] else None


def _is_about(before: str) -> bool:
    return bool(_ABOUT.search(before[-30:]))


def _refusal(text: str, match: re.Match[str]) -> str | None:
    """Why this number is no answer here; None when it may be one."""
    if match["scale"]:
        return None
    before, after = text[max(0, match.start() - _LOOK) : match.start()], text[match.end() : match.end() + _LOOK]
    words_before = re.findall(r"[\w'~]+", before)
    last = words_before[-1] if words_before else ""
    follows = re.match(r" ?([a-z']+)", after)
    next_word = follows[1] if follows else ""
    if last in _NEGATIONS:
        return "negated"
    if next_word in _UNITS or (next_word and _is_counted(next_word, match)):
        return "other-number"
    if re.search(r"@\s*$", before) or after.startswith(("'", '"')):
        return "other-number"
    if not words_before or re.search(r"[.,:;!?\n(=-]\s*$", before):
        return None if _opens(match, after, next_word) else "other-number"
    if last == "at" and len(words_before) > 1 and words_before[-2] in _SELF_BEFORE_AT:
        return None
    if last in _TIME_OR_COUNT_BEFORE:
        return "other-number"
    if last in _CUES or last in _JOINS or last.isdigit() or last in NUMBER_WORDS:
        return None
    is_last = not re.search(r"\w", after)
    return None if is_last and len(words_before) <= 5 else "other-number"


def _is_counted(next_word: str, match: re.Match[str]) -> bool:
    if match["digits"] == "1" or next_word in _PLURALS_THAT_ARE_NOT_COUNTED:
        return False
    return len(next_word) > 3 and next_word.endswith("s") and not next_word.endswith(("ss", "us", "is"))


def _opens(match: re.Match[str], after: str, next_word: str) -> bool:
    """A number word may open a sentence that is no answer ("one of those days"); a digit hardly does."""
    if match["digits"] or not next_word or re.match(r"\s*[.,:;!?\n)-]", after):
        return True
    return match["name"] not in {"one", "uno"} and len(re.findall(r"\w+", after)) <= 3
