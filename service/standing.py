"""What `flows` needs to know of a person to decide: read from the rows, handed over as plain values."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime

from flows.conversation.hearing import Standing
from flows.conversation.library import Bundle, pinned_bundle
from flows.conversation.session import SessionState
from flows.conversation.turn import Facts, Moment, Scalar
from flows.errors import PhraseUnknown
from flows.programme.codes import NEW_CODE_AFTER, may_set_new_code, waits_for_new_code
from flows.programme.dose import pace_now, stepped
from flows.timing import OWN_HOURS, is_open, local_day
from service.break_facts import break_facts
from service.circle import LATE_ANSWER, Circle, circle_of
from service.heard import heard_facts, was_asked_to_choose
from service.house import House
from service.promise_facts import open_promises, promise_facts
from service.records import ScriptVersion, Session
from service.screening import HOUSEHOLD, is_due
from service.sharing import MOOD_GIVES, MOOD_TAKES, received
from service.someone import STATE, Someone, region_of
from service.switching import switches_in

SELF_SERVE = "self"  # PAIRING


async def moment_of(house: House, someone: Someone, now: datetime, *, chance: float = 0.0) -> Moment:
    """Now, where this person is, with the facts that a script may ask about."""
    return moment_in(house, await circle_of(house.vault, someone, now), chance=chance)


def moment_in(house: House, circle: Circle, *, chance: float = 0.0) -> Moment:
    """The same for somebody whose circle was read."""
    someone = circle.someone
    promises = tuple(each.given() for each in open_promises(circle))
    return Moment(circle.at, someone.zone, someone.person.locale, facts_in(house, circle), chance, promises)


def facts_in(house: House, circle: Circle) -> Facts:
    """Every key of FACT_KINDS, worked out when it is asked for: a turn asks for a few of ninety."""
    return WhenAsked(
        lambda: _own_facts(house, circle),
        lambda: break_facts(circle),
        lambda: _set_up_facts(house, circle),
        lambda: promise_facts(circle),
        lambda: switches_in(circle),
        lambda: _spoken_facts(house, circle),
    )


class WhenAsked(Mapping[str, Scalar]):
    """Facts in parts, each worked out when something is asked that those before it do not hold. No two parts hold the
    same, and none changes while a turn is decided: they read the circle, which does not follow.
    """

    def __init__(self, *parts: Callable[[], Facts]) -> None:
        self._known: dict[str, Scalar] = {}
        self._left = list(reversed(parts))

    def __getitem__(self, key: str) -> Scalar:
        while key not in self._known:
            if not self._left:
                raise KeyError(key)
            self._known.update(self._left.pop()())
        return self._known[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._whole())

    def __len__(self) -> int:
        return len(self._whole())

    def _whole(self) -> dict[str, Scalar]:
        while self._left:
            self._known.update(self._left.pop()())
        return self._known


def _own_facts(house: House, circle: Circle) -> Facts:
    now, someone, grants = circle.at, circle.someone, circle.grants
    region = region_of(someone.number)
    return {
        "discretion": someone.setting("discretion"),
        "target": "",
        "talks_by_text": "text" in circle.channels,
        "talks_by_voice": "voice" in circle.channels,
        "wants_calls": someone.setting("channel") == "both",
        "checked_in_today": circle.last_mood_on == local_day(now, someone.zone),
        "may_call": is_open(now, someone.zone, OWN_HOURS),
        "shares_mood": MOOD_GIVES in grants and MOOD_TAKES in circle.takes,
        "is_paired": circle.partner is not None,
        "awaits_partner": circle.pair is not None and circle.pair.state == "proposed",
        "country": someone.setting("country") or region or house.settings.country,
        "region": region,
        "reminder_after_minutes": int(someone.setting("reminder_after_minutes")),
        "silent_safety": someone.setting("silent_safety") == "on",
        "checkin_time": someone.setting("checkin_time"),
        "number": "",
        "is_shared": False,
        "label": "",
        "danger": "",
    }


def _set_up_facts(house: House, circle: Circle) -> Facts:
    """Of the code and of the private set-up by call."""
    now, someone = circle.at, circle.someone
    anew = may_set_new_code(circle.new_pin_asked_at, now)  # whoever sets it begins with nothing
    since = now if anew else circle.pin_set_at
    return {
        "has_pin": circle.has_pin and not anew,
        "new_pin_asked": waits_for_new_code(circle.new_pin_asked_at, now),
        "new_pin_at": _new_pin_at(circle).isoformat(),
        **heard_facts(circle.heard, since),
        "chooses_sharing": house.settings.pairing == SELF_SERVE and not was_asked_to_choose(circle.heard, since),
        "screen_due": anew or is_due(circle.screen, local_day(now, someone.zone)),
        "is_household": house.settings.pairing == HOUSEHOLD,
        "pin_outcome": "",
        "pin_hash": "",
    }


def _spoken_facts(house: House, circle: Circle) -> Facts:
    """What is read out as it is."""
    now, someone, grants = circle.at, circle.someone, circle.grants
    person, locale = someone.person, someone.person.locale
    joined = local_day(person.joined_at or now, someone.zone)
    pace = pace_now(someone.setting("pace"), joined, local_day(now, someone.zone))
    question, question_script = _last_question(house, person.last_phrase or "", locale)
    return {
        "sharing_list": _sharing_in_words(house, grants, locale),
        "receiving_list": _sharing_in_words(house, received(grants), locale),
        "tools_list": house.catalogue.tools(locale),
        "pace_after_more": _in_words(house, f"PACE-{stepped(pace, 1).upper()}", locale),
        "pace_after_less": _in_words(house, f"PACE-{stepped(pace, -1).upper()}", locale),
        "question": question,
        "question_script": question_script,
    }


def _new_pin_at(circle: Circle) -> datetime:
    waits = waits_for_new_code(circle.new_pin_asked_at, circle.at)
    return (circle.new_pin_asked_at if circle.new_pin_asked_at and waits else circle.at) + NEW_CODE_AFTER


async def standing_of(house: House, circle: Circle, *, has_media: bool, answered: bool) -> Standing:
    """Where this person stands when a text of theirs arrives. The caller holds their bond."""
    now, someone, session, missed = circle.at, circle.someone, circle.session, circle.missed_mood_on
    state = read_state(someone, session) if session is not None else None
    status = someone.person.status
    return Standing(
        status=status,  # type: ignore[arg-type]  # the column holds no other word
        moment=moment_in(house, circle),
        session=state,
        bundle=await bundle_of_session(house, session) if session is not None else None,
        join_words=join_words(house),
        carrier_answers=house.settings.opt_out_by != "us",
        network_answered=answered,
        has_media=has_media,
        choices_offered=0 if session is not None else _choices_offered(house, someone, now),
        missed_mood_day="" if session is not None or missed is None else missed.isoformat(),
        lost_this_hour=circle.lost_this_hour,
        promises=open_promises(circle),
    )


def join_words(house: House) -> dict[str, str]:
    """Join word -> locale."""
    return {house.settings.join_word: "en", house.settings.join_word_es: "es"}


async def open_session(someone: Someone, channel: str = "text") -> Session | None:
    """The conversation under way on that channel."""
    return await Session.get_or_none(person_id=someone.id, channel=channel, is_open=True)


def read_state(someone: Someone, session: Session) -> SessionState:
    """The conversation's own data, unsealed."""
    return SessionState.from_json(someone.key.open_json(session.state_sealed, STATE))


async def bundle_of_session(house: House, session: Session) -> Bundle:
    """The script as it was when the session began: the present one if it is the same, else the kept version."""
    if session.script in house.library.scripts:
        present = house.library.bundle(session.script)
        if present.hash == session.script_hash:
            return present
    version = await ScriptVersion.get(hash=session.script_hash)
    return pinned_bundle(version.name, json.loads(version.source))


def _choices_offered(house: House, someone: Someone, now: datetime) -> int:
    person = someone.person
    if not person.last_phrase or person.last_said_at is None or now - person.last_said_at > LATE_ANSWER:
        return 0
    if not _last_question(house, person.last_phrase, person.locale)[1]:
        return 0
    return house.catalogue.numbered_choices(person.last_phrase, person.locale)


def _last_question(house: House, phrase: str, locale: str) -> tuple[str, str]:
    """What our last text asked, in words, and the script that asked it; empty for a text that asked nothing."""
    if phrase not in house.library.questions:
        return "", ""
    title, script = house.library.questions[phrase]
    return _in_words(house, title, locale), script


def _sharing_in_words(house: House, grants: frozenset[str], locale: str) -> str:
    listed = sorted(grant for grant in grants if grant.startswith("C"))
    if not listed:
        return _in_words(house, "SHARE-NOTHING", locale)
    return ", ".join(_in_words(house, f"SHARE-{grant}", locale) for grant in listed)


def _in_words(house: House, phrase: str, locale: str) -> str:
    try:
        return house.catalogue.render(phrase, locale, {})
    except PhraseUnknown:
        return ""
