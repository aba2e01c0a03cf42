"""The people of a story on the handset page join like everybody; those of the story before are erased first."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

from flows.conversation.effects import SetPace
from service.database import fetch, in_transaction
from service.demo import bring_in
from service.erasing import erase_person
from service.house import House
from service.ledger import Cause
from service.recording import record
from service.simulator.cast import Person as Held
from service.someone import find_someone

ERASED_BY = "story"
JOINED_BEFORE = timedelta(days=1)


async def invite_players(house: House, players: Sequence[Held], *, leaving: Sequence[str]) -> None:
    """Erase whoever holds one of the numbers `leaving`, then let `players` join; couples are linked, phones empty.

    They joined the day before and want no check-ins, so that a story is about nothing else.

    Raises:
        ScriptInvalid, PairingRefused: the scripts at hand do not let people join as ours do.
    """
    house = replace(house, settings=replace(house.settings, pairing="facilitated"))
    now = house.clock.now()
    for person_id in await _holders(house, leaving):
        await erase_person(house, person_id, by=ERASED_BY, now=now)
    async with in_transaction("players-invited"):
        await bring_in(house, players, now - JOINED_BEFORE, part=f"{secrets.token_hex(8)} ")
        for held in players:
            someone = await find_someone(house.vault, house.vault.number_key(held.number))
            if someone is not None:
                await record(house, someone, [SetPace("off")], Cause(now=now, source="story", country="US"))


async def _holders(house: House, numbers: Sequence[str]) -> list[UUID]:
    keys = [house.vault.number_key(number) for number in numbers]
    rows = await fetch("SELECT id FROM person WHERE number_key = ANY($1)", keys)
    return [UUID(str(row["id"])) for row in rows]
