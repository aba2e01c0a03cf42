"""Joining by a paper form or a phone call: the same two turns as by text, with the ledger naming the paper."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

import phonenumbers

from flows.conversation.hearing import JOINING, begin, hear
from flows.conversation.turn import Prompt
from flows.timing import is_open, next_open
from service.circle import circle_of
from service.conversation import save_session
from service.database import fetch, in_transaction
from service.delivery import owe, words_of
from service.house import House
from service.ledger import Cause
from service.recording import record
from service.records import AuditEvent
from service.someone import Someone, find_someone, lock_number, make_someone, region_of
from service.standing import moment_of, open_session, standing_of
from service.writing import update_later

E164 = re.compile(r"\+[1-9]\d{6,14}")
ASKED = "EN-1"
ANSWER_LASTS = timedelta(hours=4)


class JoiningRefused(Exception):
    """This number cannot be joined by an operator. `reason` and `remedy` are for them."""

    def __init__(self, reason: str, remedy: str) -> None:
        super().__init__(reason)
        self.reason = reason
        self.remedy = remedy


def wording_shown(house: House, locale: str, region: str) -> str:
    """The words that a form has to show, or that are read out, before somebody says yes."""
    return words_of(house, Prompt(ASKED), locale=locale, country=region or house.settings.country)[1]


async def join_on_paper(house: House, number: str, *, source: str, locale: str, channel: str, by: str,
                        now: datetime) -> UUID:  # fmt: skip
    """A person who agreed on `source` is active, and is asked by text what a form cannot ask. All in one transaction.

    `channel` (paper, voice) and `source` go into the ledger with the exact wording. The first texts wait for the
    person's day: an operator's hour need not be theirs.

    Raises:
        JoiningRefused: no number, one of ours, opted out, or joined already.
    """
    _check(house, number)
    key = house.vault.number_key(number)
    async with in_transaction("paper-joined"):
        await lock_number(key)
        if await fetch("SELECT 1 FROM suppression WHERE number_key = $1 AND lifted_at IS NULL", key):
            raise JoiningRefused("this number opted out", "only its holder can come back, by texting START")
        someone = await find_someone(house.vault, key)
        if someone is not None and someone.person.status != "invited":
            raise JoiningRefused("this person joined already", "nothing is to be done")
        if someone is None:
            someone = await make_someone(house.vault, number, locale=locale, status="invited", now=now)
        someone.person.locale = locale
        await _ask(house, someone, now)
        await _agree(house, someone, Cause(now=now, source=source, country=_country(house, number), channel=channel))
        detail: dict[str, object] = {"source": source, "channel": channel}
        await AuditEvent.create(at=now, actor=by, act="join", person_ref=someone.id, detail=detail)
    await house.doorbell.ring()
    return someone.id


async def _ask(house: House, someone: Someone, now: datetime) -> None:
    """The form asked what the first text asks: that conversation is open, and its text is not sent."""
    moment = await moment_of(house, someone, now)
    session = await open_session(someone)
    await save_session(house, someone, session, begin(house.library, JOINING, moment), now=now)


async def _agree(house: House, someone: Someone, cause: Cause) -> None:
    """The YES of the form, heard as one by text would be."""
    now = cause.now
    circle = await circle_of(house.vault, someone, now)
    standing = await standing_of(house, circle, has_media=False, answered=False)
    heard = hear(house.library, standing, "YES")
    session = await save_session(house, someone, circle.session, heard.turn, now=now)
    if session is not None:
        cause = replace(cause, script=session.script, script_hash=session.script_hash)
    await record(house, someone, heard.turn.effects, cause)
    owed = owe(
        house, someone, heard.turn.prompts, purpose="reply", now=now, country=cause.country,
        script_hash=cause.script_hash,
    )  # fmt: skip
    if not is_open(now, someone.zone):
        for item in owed:
            item.not_before = next_open(now, someone.zone)
            item.expires_at = item.not_before + ANSWER_LASTS
            update_later(item)
    await someone.person.save()


def _check(house: House, number: str) -> None:
    try:
        is_possible = phonenumbers.is_possible_number(phonenumbers.parse(number))
    except phonenumbers.NumberParseException:
        is_possible = False
    if not E164.fullmatch(number) or not is_possible:
        raise JoiningRefused("this is no telephone number", "write it with + and country code, as +12125550101")
    if number in {house.settings.twilio_sender, house.settings.voice_number}:
        raise JoiningRefused("this is our own number", "give the person's")


def _country(house: House, number: str) -> str:
    return region_of(number) or house.settings.country
