"""Invariant 17 over the rows: only a yes with the code, a day and a second yes with the code widen anything."""

from __future__ import annotations

from datetime import timedelta

import pytest

from flows.conversation.effects import AskSharing, ConfirmSharing, Effect, KeepSharing
from flows.conversation.library import load_library
from service.database import in_transaction
from service.ledger import Cause
from service.recording import record
from service.sharing import live_grants
from service.someone import find_someone
from tests.service.conftest import ADA, EVENING, Installation

WIDENING = {"ask_sharing", "confirm_sharing", "keep_sharing"}
FIRST, SECOND = AskSharing("C1", "V-SHU-C1"), ConfirmSharing("C1", "V-SHU-C1")
Step = tuple[float, Effect, str, bool]  # hours from now, effect, channel, whether the code was typed
CODED, CODELESS, TEXTED = ("voice", True), ("voice", False), ("text", True)


@pytest.mark.parametrize(
    ("steps", "is_on"),
    [
        ([(0, FIRST, *CODED), (24, SECOND, *CODED)], True),
        ([(0, FIRST, *CODED), (23.9, SECOND, *CODED)], False),
        ([(0, FIRST, *CODED), (30 * 24, SECOND, *CODED)], False),
        ([(0, FIRST, *CODED), (12, FIRST, *CODED), (24, SECOND, *CODED)], True),
        ([(0, SECOND, *CODED)], False),
        ([(0, FIRST, *CODED)], False),
        ([(0, FIRST, *CODELESS), (24, SECOND, *CODED)], False),
        ([(0, FIRST, *CODED), (24, SECOND, *CODELESS)], False),
        ([(0, FIRST, *TEXTED), (24, SECOND, *CODED)], False),
        ([(0, FIRST, *CODED), (24, SECOND, *TEXTED)], False),
        ([(0, KeepSharing("V-SHR-2"), *CODED)], False),
    ],
)
def test_invariant_17_nothing_else_turns_a_switch_on(town: Installation, steps: list[Step], is_on: bool):
    async def take(house):
        async with in_transaction("test"):
            ada = await find_someone(house.vault, house.vault.number_key(ADA))
            for hours, effect, channel, has_code in steps:
                at = EVENING + timedelta(hours=hours)
                cause = Cause(now=at, source="test", country="US", channel=channel, has_code=has_code)
                await record(house, ada, [effect], cause)
            return "C1" in await live_grants(ada, at)

    assert town.work(take) == is_on


def test_invariant_17_no_script_that_a_text_or_the_service_begins_can_widen_anything():
    for script in load_library().scripts.values():
        parts = [(step.do, *(exit_.do for exit_ in step.answer)) for step in script.steps.values()]
        named = {act.effect for step in parts for acts in step for act in acts}
        if named & WIDENING:
            assert script.channels == ("voice",), script.name
            assert not script.keywords, script.name
            assert not script.opener, script.name
