"""What may stand between two numbers, and what it makes of them: a range, a correction, a change."""

from __future__ import annotations

from flows.patterns import alternatives, late

_TOWARDS = alternatives("""
    or | to | o | u | a | y | and | through | thru | hasta | going on | verging on | bordering on | closer to
    close to
    leaning(?: towards?| to)? | almost | nearly | casi | tirando a | cerca de | maybe | perhaps | possibly
    probably
    quizas? | tal vez | a lo mejor | como | mas | bien | even | but | pero | an? | un | una | el | like
""")
_BETWEEN = late(rf"[\s,]*(?:-+|~|\.{{2,3}}|\b{_TOWARDS}\b|\s|,)*")
_JUST_AND = late(r"[\s,]*(?:\b(?:y|and)\b\s*(?:an?|un|una|el)?)?[\s,]*")
_FROM = late(r"\b(?:between|entre|from|de|del|desde)(?: (?:like|maybe|about|como|an?|un|una|el))*\s*$")

_CORRECTING = alternatives("""
    no | nope | wait | actually | i mean | i meant | sorry | oops | scratch that | make (?:it|that) | correction
    rather
    better | perdon | digo | mejor(?: dicho)? | espera | quise decir | quiero decir | de hecho | en realidad
    more like
    mas bien
""")
_CORRECTED = late(rf"(?:[\s,.;:!()-]|\b(?:{_CORRECTING}|or|it'?s|that'?s|the|an?|el|la|un|una|es|o)\b|\*)*")
_CORRECTS = late(rf"\b{_CORRECTING}\b|\*")

_MOVED = late(
    r"\s*(?:->|→|=+>|-+>|>+|\b(?:down|up|back) to\b|(?:,| )*(?:and )?(?:now|then|later|ahora|luego|despues|ya)\b[ :,]*)"
    r"(?: (?:an?|un|una|at|down to|up to|to))*\s*"
)
_WENT = late(
    r"\b(?:went|gone|going|moved|dropped|fell|jumped|rose|climbed|slid|got|pase|pasado|subi|baje|cai|subio|bajo|paso"
    r"|salte)\b[^.;!?\n]*$"
)


def is_range(before: str, gap: str) -> bool:
    """Whether the words between two numbers make a range of them: "6 or 7", "between 6 and 7"; not "6 and 7"."""
    if not gap.strip(" \n\t,") or not _BETWEEN.fullmatch(gap):
        return False
    return not _JUST_AND.fullmatch(gap) or bool(_FROM.search(before))


def is_one_more(gap: str) -> bool:
    """Whether nothing but "and" stands between two numbers, or nothing at all."""
    return "," not in gap and "\n" not in gap and bool(_JUST_AND.fullmatch(gap))


def is_corrected(gap: str) -> bool:
    """Whether the second number puts the first right: "8 no wait 7"."""
    return bool(_CORRECTED.fullmatch(gap) and _CORRECTS.search(gap))


def is_moved(before: str, gap: str) -> bool:
    """Whether the second number is where the first went: "3 -> 6", "went from 3 to 6"."""
    return bool(_MOVED.fullmatch(gap) or (ends_in_going(before) and _BETWEEN.fullmatch(gap)))


def without_from(left: str) -> str:
    """The words before "from" or "between"."""
    return _FROM.sub("", left).rstrip()


def ends_in_going(left: str) -> bool:
    """Whether the words say that something went somewhere."""
    return _WENT.search(left) is not None
