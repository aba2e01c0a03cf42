"""What was kept while the database was away is taken when it is back, whatever else lies beside it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from service.arrivals import dump
from service.gateway.wire import ArrivedText
from service.receiving import replay
from service.records import InboundEvent
from tests.service.conftest import EVENING, Installation

FROM_ANOTHER_VERSION = (
    '{"kind": "postcard", "event": {"at": "2026-01-05T23:30:00+00:00"}}', '{"kind": "text", "event": {}}', "no JSON",
    "[]",
)  # fmt: skip


async def test_what_another_version_kept_waits_for_it_and_holds_up_nobody(town: Installation):
    async with town.opened() as house:
        text = ArrivedText("SM" + "7" * 32, "+12125550101", "+12025550100", "WHO", EVENING)
        for line in (*FROM_ANOTHER_VERSION, dump(text)):
            await house.spool.keep(line)

        assert await replay(house)

        assert await InboundEvent.filter(sid_key=house.vault.event_key(text.sid)).count() == 1
        assert house.spool.depth() == len(FROM_ANOTHER_VERSION)
        waiting: list[str] = []
        assert await house.spool.replay(_noting(waiting))
        assert waiting == list(FROM_ANOTHER_VERSION)


def _noting(lines: list[str]) -> Callable[[str], Awaitable[bool]]:
    async def take(line: str) -> bool:
        lines.append(line)
        return True

    return take
