"""English, whole: the rules and the words that stand between, before and beside times."""

from __future__ import annotations

from flows.answers.calendar.dates import DATE_RULES
from flows.answers.calendar.english_clock import CLOCK_RULES
from flows.answers.calendar.english_days import DAY_RULES
from flows.answers.calendar.english_lengths import LENGTH_RULES, length_alone
from flows.answers.calendar.english_periods import PERIOD_RULES
from flows.answers.calendar.english_words import HOLIDAYS, LONG_WEEKDAYS, MONTHS, NUMBERS, ORDINALS, WEEKDAYS
from flows.answers.calendar.language import Language, either, first_letters
from flows.answers.calendar.spelling import spelling
from flows.folding import word_set
from flows.patterns import late

_FIRST_WORDS = first_letters((*HOLIDAYS, *MONTHS, *NUMBERS, *ORDINALS, *WEEKDAYS)) | first_letters(word_set(
    "weekend around earlier once twice thrice an and alarm between countdown q1 q2 q3 q4 reminder timer bed bedtime"
    " bright same"
    " 2day 2moro"
    " 2morrow 2mro 2mrw"
    " 2night 2nite a aft aftenoon after afternon afternoon"
    " another any approx arvo as "
    "asap at b4 before between bst business by cdt cest cet close cob coming couple cst daily day days due during "
    "each early eastern edt end eod eom eow eoy est eve evenin evening evenings every everyday evning few final first "
    "following for from gmt half hour immediately in ist just last late later lunch lunchtime mdt mid midday middle "
    "midnight month monthly morn mornin morning mornings mst nex next nght night nights nite no noon noonish noontime "
    "not now nxt on or over pacific pair past pdt previous pst quarter quater right several since some sometime"
    " starting "
    "straight tday the this three til till tmoro tmorrow tmr tmrow tmrw tmw to thru through latest tops today"
    " todays tomarrow tommorow tommorrow "
    "tomo tomoro tomorow tomorro tomorrow tomorrows tomorrrow tomoz tonght tonight tonigt tonite until untill up "
    "upcoming utc week weekdays weekends weekly within wknd year yearly yesterday"
))
_CONNECTOR = r"\b(?:on|at|in|of|the|for|about|around|like|say|sometime|time|maybe|approximately|roughly|is|or so|a)\b"

ENGLISH = Language(
    rules=(*LENGTH_RULES, *DAY_RULES, *PERIOD_RULES, *DATE_RULES, *CLOCK_RULES),
    first_words=_FIRST_WORDS,
    gap=late(rf"(?:[\s,;.@()~:-]|{_CONNECTOR})*"),
    prefix=late(r"(?:\b(?:on|at|in|by|the|for|about|around|maybe|due|sometime)\b[\s,]*|@ *)+$"),
    leftover=late(
        r"\b(?:mondays?|tuesdays?|wednesdays?|thursdays?|fridays?|saturdays?|sundays?|tomorrow|today|tonight"
        r"|yesterday|noon"
        r"|midnight|january|february|april|june|july|august|september|october|november|december|ago|o'?clock|every|each"
        r"|\d{1,2} ?[ap]m|weekends?|fortnight)\b|\d:\d\d"
    ),
    cannot=late(r"\b(?:can'?t|can ?not|unable|busy|booked|not (?:free|available))\b"),
    counts=late(
        r"\b(?:feel|feeling|felt|mood|rate|score|have|has|had|got|take|took|pay|owe|do|read|run|walk|eat|drink|buy"
        r"|need|want"
        r"|send|give|only|over|under|than|another|write|make|clean|say|of|spend|save|call|finish|do|are|these|those"
        r"|my|his"
        r"|her|our|the|all|last|next|first|second|this|that|each|every|no|some|any|which|just|about|for)\s+$"
    ),
    before=late(
        r"(?:\b(?:not|except|unless|instead of|rather than|since|but not|other than"
        r"|week of|weekend of|than|first|second|third|fourth"
        r"|last|past)\s+(?:on |at |the )?|\b(?:i'?m|i am|was|were|mood|feeling|still|it's been) |\b(?:mid|middle of"
        r"|beginning of|start of|the) |\d(?:st|nd|rd|th)? ?(?:or|to|and|-|,) ?)$"
    ),
    behind=late(
        r"\s*(?:,?\s*(?:or|and|to|-|&|/|until|till|through|thru)\s*(?:at |on )?(?:\d|"
        + either([*NUMBERS, *WEEKDAYS])
        + r"\b)|\s+(?:was|were|went|has been|had been)\b|(?:ago|before last|week)\b|,? no(?=\s*(?:[,.!]|$))"
        r"|\s+past\b|\s*(?:plus|minus|\+)\s|\s+(?:at|@) ?\d|%)|\s+\d{1,2}\b(?!\s*(?:times|people))|\s+(?:"
        + either(MONTHS)
        + r")\b(?! (?:i|we|he|she|not|be)\b)"
    ),
    alone=length_alone,
    spelling=spelling(
        [*LONG_WEEKDAYS, *word_set(
            "january february august september october november december tomorrow tonight afternoon evening weekend "
            "midnight morning yesterday christmas thanksgiving"
        )],
        word_set("sundae sundry mourning mornin evenin tonite nighttime wednes thurs satur frida mondale augusta"),
    ),
    own=late(
        r"\b(?:mondays?|tuesdays?|wednesdays?|thursdays?|fridays?|saturdays?|sundays?|today|tomorrow|tonight|noon|midnight"
        r"|january|february|august|october|november|december|o'?clock|at \d|in the (?:morning|afternoon|evening)"
        r"|every|next (?:week|month)|(?:hours|minutes|days|weeks|months) from now)\b"
    ),
    about=late(r"\b(?:about|around|approximately|approx|roughly|or so|maybe|say|like)\b|~|\d ?-?ish\b|\bnoonish\b"),
)
