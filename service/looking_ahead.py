"""The agenda in development: what is due or owed now, what comes next, what lately left and why. No content."""

from __future__ import annotations

import time
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from flows.explaining.words import reading_words
from service.database import fetch
from service.house import House
from service.someone import NAME
from service.web.agenda import Agenda, ComingMatter, LateMatter, OpenMatter, ReadMatter

COMING, LATELY = 12, 30
# Why a text left, by its purpose.
WHY: Mapping[str, str] = {
    "reply": "an answer to a text", "safety": "safety, at once", "check-in": "the hour this person chose",
    "digest": "the receiver's own evening line", "break-return": "the promised return of a break",
    "promise-due": "a promise is due", "review": "a look back", "lesson": "a reminder of what this is",
    "set-up": "a question of the first days",
}  # fmt: skip
# What a due row is shown as, where the name of its kind says too little.
COMES: Mapping[str, str] = {
    "remind": "reminder", "later": "asked again", "screen": "the private questions again",
    "screen-counts": "a look at what may open", "unheard": "asked by text",
}  # fmt: skip
DETAILS_LAST = 0.3  # seconds
# What stands in the way of the clock: due and not opened, owed and not accepted. And, as the last row, what is next.
AHEAD = (
    "(SELECT 'due' AS kind, id::text AS id, kind AS what, due_at AS at FROM due"
    " WHERE state IN ('waiting', 'opening') AND due_at <= $1"
    " UNION ALL SELECT 'outbox', id::text, phrase_id, not_before FROM outbox"
    " WHERE state IN ('owed', 'posting', 'unknown') AND not_before <= $1"
    " AND NOT EXISTS (SELECT 1 FROM switch WHERE name = 'sending' AND NOT is_on)"
    " UNION ALL SELECT 'call', id::text, script, not_before FROM call"
    " WHERE state IN ('owed', 'posting', 'unknown') AND not_before <= $1"
    " AND NOT EXISTS (SELECT 1 FROM switch WHERE name = 'sending' AND NOT is_on)"
    " ORDER BY at LIMIT 50)"
    " UNION ALL SELECT 'next', '', '', min(at) FROM ("
    "SELECT min(due_at) AS at FROM due WHERE state = 'waiting' AND due_at > $1"
    " UNION ALL SELECT min(not_before) FROM outbox WHERE state = 'owed' AND not_before > $1"
    " UNION ALL SELECT min(not_before) FROM call WHERE state = 'owed' AND not_before > $1) AS ahead"
)


class Lookout:
    """Looks at the product for the handset page and for the simulator's clock, which asks many times a second.

    What is open and what is next is read each time; the lists for people at most every `DETAILS_LAST` seconds.
    """

    def __init__(self, house: House) -> None:
        self._house = house
        self._coming: tuple[ComingMatter, ...] = ()
        self._lately: tuple[LateMatter, ...] = ()
        self._names: Mapping[str, str] = {}
        self._read_at = 0.0

    async def agenda(self) -> Agenda:
        """One look, at the product's now."""
        now = self._house.clock.now()
        if time.monotonic() - self._read_at > DETAILS_LAST:
            self._names = await _names(self._house)
            self._coming, self._lately = await _coming(now, self._names), await _lately(self._names)
            self._read_at = time.monotonic()
        *open_rows, ahead = await fetch(AHEAD, now)
        return Agenda(
            now=now,
            next=ahead["at"],
            open=(*self._kept(now), *(OpenMatter(row["kind"], row["id"], row["what"], row["at"]) for row in open_rows)),
            coming=self._coming,
            lately=self._lately,
            read=_read(self._house, self._names),
        )

    def _kept(self, now: datetime) -> tuple[OpenMatter, ...]:
        """What came in while the database was away comes before anything else."""
        return () if self._house.spool.is_empty() else (OpenMatter("spool", "-", "kept events", now),)


async def _coming(now: datetime, names: Mapping[str, str]) -> tuple[ComingMatter, ...]:
    rows = await fetch(
        "SELECT kind, slot, payload ->> 'script' AS script, person_id, due_at FROM due"
        " WHERE state = 'waiting' AND due_at > $1 AND NOT (kind = 'timer' AND slot = 'close') ORDER BY due_at LIMIT $2",
        now, COMING,
    )  # fmt: skip
    return tuple(
        ComingMatter(row["script"] or _worded(row), names.get(str(row["person_id"]), "somebody"), row["due_at"])
        for row in rows
    )


async def _lately(names: Mapping[str, str]) -> tuple[LateMatter, ...]:
    rows = await fetch(
        "SELECT phrase_id, purpose, person_id, owed_at, state, error_code FROM outbox ORDER BY id DESC LIMIT $1", LATELY
    )
    return tuple(
        LateMatter(
            f"{row['phrase_id']}, {WHY.get(row['purpose'], row['purpose'])}",
            names.get(str(row["person_id"]), "a stranger"), row["owed_at"],
            row["state"] if row["error_code"] is None else f"{row['state']} {row['error_code']}",
        )
        for row in rows
    )  # fmt: skip


def _read(house: House, names: Mapping[str, str]) -> tuple[ReadMatter, ...]:
    """How texts were lately read in this process, newest first. The page around it is in English."""
    words = reading_words("en")
    return tuple(
        ReadMatter(words.reason(text.code, "turn"), _named(names, text.person_id), text.at)
        for text in reversed(house.lately_read)
    )


def _named(names: Mapping[str, str], person_id: UUID | None) -> str:
    return "a stranger" if person_id is None else names.get(str(person_id), "somebody")


def _worded(row: Mapping[str, Any]) -> str:
    return COMES.get(row["slot"]) or COMES.get(row["kind"]) or str(row["kind"])


async def _names(house: House) -> dict[str, str]:
    """Names of demo people by id: this page exists in simulation only. Read with their keys, in one look."""
    rows = await fetch(
        "SELECT person.id, name_sealed, wrapped FROM person JOIN person_key ON person_key.person_id = person.id"
        " WHERE name_sealed IS NOT NULL LIMIT 50"
    )
    return {str(row["id"]): house.vault.open_person_key(row["wrapped"]).open(row["name_sealed"], NAME) for row in rows}
