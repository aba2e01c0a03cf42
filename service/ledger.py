"""The ledger of consent: what a turn came out of, and one line of proof for each thing a person agreed to or heard."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from flows.conversation.turn import Channel, Prompt
from service.delivery import words_of
from service.house import House
from service.records import ConsentEntry
from service.someone import Someone


@dataclass(frozen=True, slots=True)
class Cause:
    """What an effect came out of: for the ledger and the audit trail, without content."""

    now: datetime
    source: str  # a keyed hash of the text's SID, `schedule`, or an operator's name
    country: str
    channel: str = "text"
    script: str | None = None
    script_hash: str | None = None
    has_danger: bool = False  # the number came with words of danger: kept, and not passed on
    may_share_mood: bool = True  # as it was when the turn began; what may be shared never grows within a turn
    has_code: bool = False  # the private code was typed on this call: nothing is widened without


async def enter_in_ledger(house: House, someone: Someone, *, act: str, subject: str, wording: str | None,
                          cause: Cause) -> ConsentEntry:  # fmt: skip
    """One line of proof: the exact wording the person had before them, its version, where it came from."""
    said = ""
    if wording is not None:
        spoken: Channel = "voice" if cause.channel == "voice" else "text"
        _, said = words_of(
            house, Prompt(wording), locale=someone.person.locale, country=cause.country, channel=spoken
        )
    return await ConsentEntry.create(
        person_ref=someone.id, number_key=someone.person.number_key or "", act=act, subject=subject, wording=said,
        phrase_id=wording, words_version=house.catalogue.version, script=cause.script, script_hash=cause.script_hash,
        channel=cause.channel, source=cause.source, at=cause.now,
    )  # fmt: skip
