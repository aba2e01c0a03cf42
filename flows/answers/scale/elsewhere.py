"""Numbers that are something else: dates, times, telephone numbers, money, measures, and the scale itself."""

from __future__ import annotations

import re
from functools import cache

from flows.answers.scale.names import NAMES

_MONTHS = (
    "january|february|march|april|may|june|july|august|september|october|november|december|enero|febrero|marzo|abril"
    "|mayo|junio|julio|agosto|septiembre|setiembre|octubre|noviembre|diciembre"
)
_SHORT_MONTHS = r"(?:jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec|ene|abr|ago|dic)\b\.?"
_DAYS = (
    r"(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\b\.?|lunes|martes|miercoles|jueves|viernes|sabado"
    "|domingo"
)
_PART_OF_DAY = (
    r"(?:[ap]\.? ?m\b\.?|o ?'? ?clock|(?:de|por|en) la (?:tarde|noche|manana|madrugada)|del mediodia"
    r"|in the (?:morning|afternoon|evening)|at night)"
)
_MEASURES = (
    r"[$€£%°]|mgs?\b|mcg\b|ml\b|cl\b|kgs?\b|lbs?\b|oz\b|km\b|cm\b|mm\b|ft\b|mph\b|bpm\b|k\b|x\b|hrs?\b|h\b|mins?\b|secs?\b"
    r"|percent\b|per cent\b|por ?ciento\b|grados\b|degrees?\b|dollars?\b|bucks\b|pesos\b|euros?\b|libras\b"
)
_FRACTIONS = (
    "third|fifth|sixth|seventh|eighth|ninth|tenth|hundredth|tercio|cuarto|quinto|sexto|septimo|octavo|noveno|decimo"
    "|centesimo"
)
_OTHER = rf"""\d{{1,4}}(?P<between>[/.-])\d{{1,2}}(?P=between)\d{{1,4}}   # a date
    | \d{{1,2}}[:h]\d{{2}}(?:\ ?[ap]\.?m\b)?                         # a time
    | \d{{1,2}}\.\d{{2}}\ ?[ap]\.?m\b
    | \b(?:\d{{1,2}}|@NAMES@)\ ?{_PART_OF_DAY.replace(" ", r"[ ]")}
    | \+?\d(?:[().\ -]{{0,3}}\d){{6,}}                                 # a telephone number
    | [$€£]\ ?\d+(?:[.,]\d+)* | \d+(?:[.,]\d+)?\ ?(?:{_MEASURES.replace(" ", r"[ ]")})
    | \d+(?:st|nd|rd|th|er|ro|do|to|mo|vo|no|a|o)\b | (?<!\S)[^\s@]+@\S+ | https?://\S+ | \bwww\.\S+
    | \b(?:\d{{1,2}}|@NAMES@)\ (?:de[ ])?(?:{_MONTHS}|{_SHORT_MONTHS})(?!\w)
    | \b(?:{_MONTHS}|{_SHORT_MONTHS}|{_DAYS})\ \d{{1,2}}(?!\w|[./:,]\d)
    | \b(?:\d{{1,3}}|@NAMES@)\ (?:and|y|con|&)\ (?:an?|one|una?|two|dos)\ (?:{_FRACTIONS})s?\b | \^-?\d+
    | \d+(?:\.\d+)?e-?\d+ | \d{{1,3}}(?:[.,]\d{{3}})+ | \b[a-z]+\d+\w*
    | \d+(?P<also>[-.])\d+(?P=also)\d[-.\d]* | (?<!')\d+'\d+"""
_LARGE = (
    r"(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundreds?|thousand|[mbtr]+illion|dozen|lakh|crore"
    r"|veinte|veinti\w+|treinta|cuarenta|cincuenta|sesenta|setenta|ochenta|noventa|cien(?:tos?)?|\w{3,7}cientos"
    r"|quinientos|mil|[mbtr]+ill?on(?:es)?)"
)
# "fifty-two" must not be read as 2: a large number is taken whole, with the small ones around it.
_TOO_LARGE = (
    rf"(?<!\w)(?:(?:\d{{1,3}}|@NAMES@)[ -](?:y |and )?){{0,3}}{_LARGE}"
    rf"(?:[ -](?:y |and )?(?:{_LARGE}|@NAMES@|\d{{1,3}})){{0,9}}(?!\w)|(?<!\w)\d{{4,}}(?!\w)"
)
# The question's own scale, said back: "on a scale of 1 to 10 I'm a 6".
_SCALE = (
    r"(?:(?:on|in|en|from|out of|de|del) )?(?:(?:a|an|una|the|la) )?(?:scale|escala)"
    r"(?: (?:of|from|de|del|entre))? \(?(?:@N@) ?(?:to|-|a|al|y|and|/) ?(?:@N@)\)?"
    r"|(?<![\w.,-])(?:(?:from|between|del?|entre) )?(?:0|1|zero|one|cero|uno) ?(?:to|-|al?|y|and) ?(?:10|ten|diez)"
    r"(?![\w/])(?: scale)?"
    r"|(?:^|(?<=[.,;!?\n(]))\s*(?:so )?(?:out of|sobre|de) (?:10|ten|diez)(?!\w)"
)


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], str, str | None], ...]:
    names = "|".join(sorted(NAMES, key=len, reverse=True))
    written = rf"\d{{1,3}}|{names}"
    return (
        (re.compile(_SCALE.replace("@N@", written)), ",", None),
        (re.compile(_OTHER.replace("@NAMES@", names), re.VERBOSE), "x", "other-number"),
        (re.compile(_TOO_LARGE.replace("@NAMES@", names)), "x", "out-of-range"),
    )


def without_others(folded: str) -> tuple[str, str | None]:
    """The text, as long as before, with those numbers blotted out; and a reason code when there were any."""
    reason: str | None = None
    for pattern, blot, refusal in _patterns():
        blotted = pattern.sub(lambda match, blot=blot: blot * len(match[0]), folded)  # type: ignore[misc]
        if blotted != folded:
            folded, reason = blotted, reason or refusal
    return folded, reason
