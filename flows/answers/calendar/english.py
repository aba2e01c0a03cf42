"""English, whole: the rules and the words that stand between, before and beside times."""

from __future__ import annotations

import re

from flows.answers.calendar.dates import DATE_RULES
from flows.answers.calendar.english_clock import CLOCK_RULES
from flows.answers.calendar.english_days import DAY_RULES
from flows.answers.calendar.english_lengths import LENGTH_RULES, length_alone
from flows.answers.calendar.english_words import HOLIDAYS, MONTHS, NUMBERS, ORDINALS, WEEKDAYS
from flows.answers.calendar.language import Language, either

_FIRST_WORDS = {
    word.split()[0].split("-")[0] for words in (HOLIDAYS, MONTHS, NUMBERS, ORDINALS, WEEKDAYS) for word in words
}
_FIRST_WORDS |= set(
    ["a", "after", "afternoon", "aft", "afternon", "aftenoon", "another", "any", "approx", "arvo", "as", "asap", "at", "before", "between", "b4", "business", "by", "close", "coming", "couple", "daily", "day", "days", "due", "during", "each", "early", "end", "eod", "eom", "eow", "eoy", "cob", "est", "edt", "cst", "cdt", "mst", "mdt", "pst", "pdt", "utc", "gmt", "cet", "cest", "bst", "ist", "eastern", "pacific", "evening", "evenings", "every", "everyday", "eve", "evenin", "evning", "few", "final", "first", "following", "for", "from", "half", "immediately", "in", "ist", "just", "last", "late", "later", "lunch", "lunchtime", "mid", "middle", "midday", "midnight", "monthly", "morn", "mornin", "morning", "mornings", "next", "nex", "next", "nxt", "night", "nights", "nite", "nght", "no", "noon", "noonish", "noontime", "not", "now", "nxt", "on", "over", "pair", "past", "previous", "quarter", "quater", "right", "several", "since", "sometime", "some", "starting", "straight", "the", "this", "til", "till", "today", "2day", "tday", "todays", "tmr", "tmrw", "tmrow", "tmw", "tmoro", "tmorrow", "tomo", "tomoz", "tomoro", "tomorow", "tomorrow", "tommorow", "tommorrow", "tomorro", "tomarrow", "tomorrrow", "tomorrows", "tonight", "tonite", "tonght", "tonigt", "2nite", "2night", "2moro", "2morrow", "2mrw", "2mro", "until", "untill", "up", "upcoming", "week", "weekdays", "weekends", "weekly", "within", "wknd", "year", "yearly", "yesterday", "month", "hour", "three"]
)
_CONNECTOR = r"\b(?:on|at|in|of|the|for|about|around|like|say|sometime|time|maybe|approximately|roughly|is|or so|a)\b"

ENGLISH = Language(
    rules=(*LENGTH_RULES, *DAY_RULES, *DATE_RULES, *CLOCK_RULES),
    starts=re.compile(rf"(?<![\w$#£€.,/:'])(?:\d|[@+½]|(?:{either(sorted(_FIRST_WORDS))})(?![a-z]))"),
    gap=re.compile(rf"(?:[\s,;.@()~:-]|{_CONNECTOR})*"),
    prefix=re.compile(r"(?:\b(?:on|at|in|by|the|for|about|around|maybe|due|sometime)\b[\s,]*|@ *)+$"),
    leftover=re.compile(
        r"\b(?:mondays?|tuesdays?|wednesdays?|thursdays?|fridays?|saturdays?|sundays?|tomorrow|today|tonight|yesterday|noon"
        r"|midnight|january|february|april|june|july|august|september|october|november|december|ago|o'?clock|every|each"
        r"|\d{1,2} ?[ap]m|weekends?|fortnight)\b|\d:\d\d"
    ),
    before=re.compile(r"(?:\b(?:not|except|unless|instead of|rather than|since|but not|other than|than|last)\s+(?:on |at |the )?)$"),
    behind=re.compile(
        r"\s*(?:,?\s*(?:or|and|to|-|&|/|until|till|through|thru)\s*(?:at |on )?(?:\d|"
        + either([*NUMBERS, *WEEKDAYS])
        + r"\b)|(?:ago|before last)\b|\s+past\b|%)"
    ),
    alone=length_alone,
)
