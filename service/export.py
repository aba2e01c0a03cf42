"""A person's own records, for them to keep: their words and numbers, and what others gave them, as it reached them.

Days, not hours: when a grant began or a copy came tells when the other person did something.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from flows.timing import local_day
from service.changes import CHANGED
from service.covering import APART
from service.database import in_transaction
from service.house import House
from service.people import NobodyThere
from service.records import AuditEvent, ConsentEntry, Grant, Note, Promise, PromiseRule, PublishedItem, Rating
from service.someone import ITEM, NOTE, TITLE, VALUE, Someone, lock_someone

HEADER = "Self-reported, not verified, may be incomplete."
WARNING = "Open it when you are alone."
# Which danger somebody was in, and that they have a second code, is sealed for them; this file passes through an
# operator's hands (PROGRAMME 2.7, S0).
LEFT_OUT = frozenset({"danger", APART, CHANGED})


@dataclass(frozen=True, slots=True)
class Export:
    """The same content twice: JSON data, and plain text to read."""

    content: dict[str, Any]
    text: str


async def export_person(house: House, person_id: UUID, *, by: str, now: datetime) -> Export:
    """Everything of this person's own. Entered in the audit trail, without content.

    Raises:
        NobodyThere: they were erased.
        SealBroken: their key is gone.
    """
    async with in_transaction("person-exported"):
        someone = await lock_someone(house.vault, person_id)
        if someone is None:
            raise NobodyThere
        content = await _content(someone, now)
        await AuditEvent.create(at=now, actor=by, act="export", person_ref=person_id, detail={})
    return Export(content, _as_text(content))


async def _content(someone: Someone, now: datetime) -> dict[str, Any]:
    person, key = someone.person, someone.key
    ratings = await Rating.filter(person_id=someone.id).order_by("local_date", "item")
    notes = await Note.filter(person_id=someone.id).exclude(kind__in=list(LEFT_OUT)).order_by("local_date", "id")
    received = await PublishedItem.filter(receiver_id=someone.id).order_by("local_date", "id")
    promises = await Promise.filter(person_id=someone.id).order_by("made_at")
    repeating = await PromiseRule.filter(person_id=someone.id).order_by("made_at")
    grants = await Grant.filter(person_id=someone.id).order_by("given_at", "kind")
    agreed = await ConsentEntry.filter(person_ref=someone.id).order_by("id")
    acts = await AuditEvent.filter(person_ref=someone.id).order_by("id")
    return {
        "about": f"{HEADER} {WARNING}",
        "made_on": _day(someone, now),
        "person": {
            "number": someone.number, "name": someone.name, "language": person.locale, "zone": someone.zone,
            "status": person.status, "joined_on": _day(someone, person.joined_at), "settings": dict(person.settings),
        },
        "ratings": [
            {"day": row.local_date.isoformat(), "item": row.item, "value": key.open(row.value_sealed, VALUE)}
            for row in ratings
        ],
        "notes": [
            {"day": row.local_date.isoformat(), "kind": row.kind, "text": key.open(row.text_sealed, NOTE)}
            for row in notes
        ],
        "received": [
            {"day": row.local_date.isoformat(), "kind": row.kind, "text": _received_words(someone, row)}
            for row in received
        ],
        "promises": [
            {
                "day": _day(someone, row.made_at), "text": key.open(row.title_sealed, TITLE),
                "due_on": _day(someone, row.due_at), "state": row.state, "who_hears": row.level,
            }
            for row in promises
        ],
        "repeating_promises": [
            {
                "day": _day(someone, row.made_at), "text": key.open(row.title_sealed, TITLE), "rule": row.rule,
                "time": row.clock, "ended_on": _day(someone, row.ended_at),
            }
            for row in repeating
        ],
        "sharing": [
            {
                "kind": row.kind, "given_on": _day(someone, row.given_at), "ends_on": _day(someone, row.expires_at),
                "taken_back_on": _day(someone, row.withdrawn_at),
            }
            for row in grants
        ],
        "agreed": [
            {
                "day": _day(someone, row.at), "act": row.act, "subject": row.subject, "wording": row.wording,
                "channel": row.channel,
            }
            for row in agreed
        ],
        "changes": [{"day": _day(someone, row.at), "act": row.act} for row in acts],
    }  # fmt: skip


def _received_words(someone: Someone, row: PublishedItem) -> str:
    """What a copy says; of a line about a promise its title, since times of the other person stay out."""
    words = someone.key.open(row.item_sealed, ITEM)
    return str(json.loads(words)["item"]) if row.kind == "promise" else words


def _day(someone: Someone, at: datetime | None) -> str:
    return local_day(at, someone.zone).isoformat() if at is not None else ""


def _as_text(content: dict[str, Any]) -> str:
    """Headings and one line a record, for somebody without a program that shows JSON."""
    lines = [str(content["about"]), f"Made on {content['made_on']}.", ""]
    for heading, records in content.items():
        if heading in {"about", "made_on"}:
            continue
        lines.append(heading.upper())
        if isinstance(records, dict):
            lines += [f"  {name}: {value}" for name, value in records.items()]
        else:
            lines += ["  " + ", ".join(f"{name}: {value}" for name, value in record.items()) for record in records]
            lines += [] if records else ["  none"]
        lines.append("")
    return "\n".join(lines)
