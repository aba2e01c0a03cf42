"""What people keep for themselves: notes sealed under their own key, for their eyes and ears only."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from flows.timing import local_day
from service.records import Note
from service.someone import NOTE, Someone
from service.writing import insert_later

KEEP_NOTES = timedelta(days=90)


def keep_note(someone: Someone, kind: str, text: str, day: date, *, keep: timedelta = KEEP_NOTES) -> None:
    """Words of this kind, of the person's `day`, for so long. Part of the turn's transaction.

    Raises:
        RuntimeError: outside `in_transaction`.
    """
    _keep(someone, kind, someone.key.seal(text, NOTE), day, keep)


def keep_entry(someone: Someone, kind: str, entry: Mapping[str, str], now: datetime) -> None:
    """An entry of a log, with its moment. As `keep_note`."""
    sealed = someone.key.seal_json({**entry, "at": now.isoformat()}, NOTE)
    _keep(someone, kind, sealed, local_day(now, someone.zone), KEEP_NOTES)


async def entries_of(someone: Someone, kind: str) -> list[dict[str, str]]:
    """The entries of one log, the oldest first; each has its moment under `at`, ISO."""
    notes = await Note.filter(person_id=someone.id, kind=kind)
    entries: list[dict[str, str]] = [someone.key.open_json(note.text_sealed, NOTE) for note in notes]
    return sorted(entries, key=lambda entry: entry["at"])


def _keep(someone: Someone, kind: str, sealed: str, day: date, keep: timedelta) -> None:
    insert_later(
        Note.construct(
            person_id=someone.id, kind=kind, text_sealed=sealed, local_date=day, keep_until=day + keep
        )
    )  # fmt: skip
