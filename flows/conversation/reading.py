"""Which reader reads the reply to which wait: one place that knows both."""

from __future__ import annotations

from flows.answers.agreement import read_agreement
from flows.answers.choice import read_choice
from flows.answers.clock_time import read_clock_time
from flows.answers.country import read_country
from flows.answers.minutes import read_minutes
from flows.answers.outcome import read_outcome
from flows.answers.promised import SoFar, read_new_time, read_promised
from flows.answers.rating import read_one_rating
from flows.answers.reading import Reading, nothing
from flows.answers.words import read_words
from flows.answers.yes_no import read_yes_no
from flows.commands import is_reserved
from flows.conversation.script import Wait
from flows.conversation.turn import Facts, Moment
from flows.zones import read_zone


def read_answer(wait: Wait, text: str, moment: Moment, so_far: Facts) -> Reading:
    """What `text` says to the open question; `so_far` are the answers kept. A null reading carries the reason."""
    locale, zone, at = moment.locale, moment.zone, moment.at
    match wait.reply:
        case "rating":
            return read_one_rating(text, low=wait.low, high=wait.high, locale=locale)
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
            return nothing(text, "reserved-word") if is_reserved(text) else read_words(text)
        case "agreement":
            return read_agreement(text)
        case "promise":
            before = SoFar(str(so_far.get(f"{wait.name}_title", "")), str(so_far.get(f"{wait.name}_time", "")))
            return read_promised(text, locale=locale, zone=zone, at=at, so_far=before)
        case "when":
            return read_new_time(text, locale=locale, zone=zone, at=at)
        case "outcome":
            return read_outcome(text, locale=locale, zone=zone, at=at)
        case "pin":  # looked at outside the transaction, where hashing takes its time; only what came of it is here
            outcome = str(moment.facts.get("pin_outcome", ""))
            hashed = str(moment.facts.get("pin_hash", ""))
            return Reading({"value": outcome, "hash": hashed} if outcome else None, None, outcome or "no-pin", "")
        case "offer":  # only the words of `also` and installed keywords answer an offer
            return Reading(None, None, "not-offered", text)
