"""What a person heard of their private set-up: read from the ledger, which is the only place where it is kept."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from flows.conversation.turn import Scalar
from service.records import ConsentEntry

HEARD = "heard"  # the act of such an entry
NOTICE_ENTRY, SCREEN_ENTRY, CHOICES_ENTRY = "privacy", "screen", "choices"
LESSON_ENTRIES = tuple(f"lesson-{part}" for part in range(1, 7))


async def entries_of(person_id: UUID) -> dict[str, datetime]:
    """Subject -> when it was last heard."""
    rows = await ConsentEntry.filter(person_ref=person_id, act=HEARD).order_by("id").values_list("subject", "at")
    return {str(subject): at for subject, at in rows if isinstance(at, datetime)}


def was_asked_to_choose(entries: Mapping[str, datetime], pin_set_at: datetime | None) -> bool:
    """Whether this person said, in this set-up, what they would share."""
    at = entries.get(CHOICES_ENTRY)
    return at is not None and (pin_set_at is None or at >= pin_set_at)


def heard_facts(entries: Mapping[str, datetime], pin_set_at: datetime | None) -> dict[str, Scalar]:
    """What scripts may ask of it. A new code begins a new set-up; the lesson stays heard."""
    since = {subject for subject, at in entries.items() if pin_set_at is None or at >= pin_set_at}
    left = [part for part, subject in enumerate(LESSON_ENTRIES, start=1) if subject not in entries]
    return {
        "heard_notice": NOTICE_ENTRY in since,
        "lesson_part": left[0] if left else 0,
        "is_set_up": {NOTICE_ENTRY, SCREEN_ENTRY} <= since and not left,
    }
