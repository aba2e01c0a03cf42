"""Calls behind a private code: how a story gets there, and what is written down of them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from service.database import in_transaction
from service.demo import go_through_set_up
from service.pins import has_pin, set_pin
from service.someone import lock_someone
from tests.flows.rewriting import REWRITE
from tests.stories.keeping import person_of
from tests.stories.people import HeldCall, Phone

CODE = "246810"
GOLDEN = Path(__file__).parents[1] / "transcripts" / "calls"


async def has_code(phone: Phone) -> None:
    """The person set their private code on an earlier call, and went through the private set-up on it."""
    house, person = phone.house.house, await person_of(phone)
    now = house.clock.now()
    if await has_pin(person.id):
        return
    await set_pin(person.id, CODE, now=now)
    async with in_transaction("test"):
        someone = await lock_someone(house.vault, person.id)
        assert someone is not None
        await go_through_set_up(house, someone, country="US", now=now)


async def calls_own_things(phone: Phone, *keys: str) -> HeldCall:
    """The person calls, chooses their own things and types their code; then these keys."""
    await has_code(phone)
    call = await phone.calls()
    for key in ("1", CODE, *keys):
        await call.presses(key)
    return call


async def says(call: HeldCall, text: str, **more: Any) -> None:
    """The person speaks."""
    await call.act("speech", {"text": text, **more})


async def written_down(call: HeldCall, name: str) -> str:
    """Both sides of a call, a line each, as a person who was on it would write it down."""
    lines = (await call.house.get(call.path))["transcript"]
    who = {"us": "US", "person": name.upper()}
    return "".join(f"{who[each['who']]:<8}{each['text']}\n" for each in lines)


def agrees(said: str, file: str, request: pytest.FixtureRequest) -> bool:
    """The call went to the letter as its golden transcript says."""
    path = GOLDEN / file
    if request.config.getoption(REWRITE):
        path.write_text(said, encoding="utf-8")
    return path.read_text(encoding="utf-8") == said
