"""Which reader reads the reply to which wait: one place that knows both."""

from __future__ import annotations

from flows.answers.agreement import read_agreement
from flows.answers.choice import read_choice
from flows.answers.clock_time import read_clock_time
from flows.answers.country import read_country
from flows.answers.minutes import read_minutes
from flows.answers.rating import read_rating
from flows.answers.reading import Reading
from flows.answers.words import read_words
from flows.answers.yes_no import read_yes_no
from flows.conversation.script import Wait
from flows.conversation.turn import Moment
from flows.zones import read_zone


def read_answer(wait: Wait, text: str, moment: Moment) -> Reading:
    """What `text` says to the open question. A null reading carries the reason."""
    locale = moment.locale
    match wait.reply:
        case "rating":
            return read_rating(text, low=wait.low, high=wait.high, locale=locale)
        case "yes-no":
            return read_yes_no(text, locale=locale)
        case "choice":
            return read_choice(text, wait.options, locale=locale)
        case "clock-time":
            return read_clock_time(text)
        case "zone":
            return read_zone(text, at=moment.at, region=str(moment.facts.get("region", "")))
        case "minutes":
            return read_minutes(text)
        case "country":
            return read_country(text)
        case "words":
            return read_words(text)
        case "agreement":
            return read_agreement(text)
        case "offer":  # only the words of `also` and installed keywords answer an offer
            return Reading(None, None, "not-offered", text)
