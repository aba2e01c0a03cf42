"""What holds after every fault, over the whole database and the referee's log (I1 to I6, I10)."""

from __future__ import annotations

from collections import Counter
from typing import Any

from service.settling import RANKS, STATES
from tests.stories.running import RunningHouse


async def hold(house: RunningHouse, log: list[dict[str, Any]]) -> list[str]:
    """Every invariant that is broken, in words; none when all hold."""
    return [
        *await _one_effect_per_sid(house, log),
        *await _one_text_per_item(house, log),
        *await _nothing_left_open(house),
        *await _states_never_move_down(house),
        *await _nothing_after_stop(house, log),
    ]


async def _one_effect_per_sid(house: RunningHouse, log: list[dict[str, Any]]) -> list[str]:
    """I1: each text that a person sent is one inbound row."""
    rows = await house.rows("SELECT sid_key FROM inbound_event WHERE kind = 'text'")
    known = Counter(row["sid_key"] for row in rows)
    sids = [entry["sid"] for entry in log if entry["kind"] == "text" and entry["by"] == "person"]
    return [
        f"I1: text {sid} is {known[key]} inbound rows"
        for sid in sids
        if known[key := house.house.vault.event_key(sid)] != 1
    ]


async def _one_text_per_item(house: RunningHouse, log: list[dict[str, Any]]) -> list[str]:
    """I2: the network took each item once at most."""
    taken = Counter(
        entry["callback"].partition("item=")[2].partition("&")[0].partition("#")[0]
        for entry in log
        if entry["kind"] == "text" and entry["by"] == "product" and entry["callback"]
    )
    return [f"I2: item {token} was taken {times} times" for token, times in taken.items() if times > 1]


async def _nothing_left_open(house: RunningHouse) -> list[str]:
    """I3: all that was due or owed came to an end."""
    now = house.house.clock.now()
    owed = await house.rows(
        "SELECT id, state FROM outbox WHERE state IN ('owed', 'posting', 'unknown') AND not_before <= $1", now
    )
    due = await house.rows("SELECT id, kind FROM due WHERE state IN ('waiting', 'opening') AND due_at <= $1", now)
    calls = await house.rows("SELECT id, state FROM call WHERE state IN ('posting', 'unknown')")
    return [f"I3: left open: {row}" for row in (*owed, *due, *calls)]


async def _states_never_move_down(house: RunningHouse) -> list[str]:
    """I5: an item's state is at least the highest that was ever told of it."""
    rows = await house.rows(
        "SELECT o.id, o.state, e.status FROM outbox o JOIN delivery_event e ON e.token = o.token"
        " WHERE o.state NOT IN ('withheld', 'expired')"
    )
    return [
        f"I5: item {row['id']} is {row['state']} after {row['status']}"
        for row in rows
        if RANKS.get(row["state"], 0) < RANKS.get(STATES.get(row["status"], "accepted"), 0)
    ]


async def _nothing_after_stop(house: RunningHouse, log: list[dict[str, Any]]) -> list[str]:
    """I6: after a STOP was kept, one text at most leaves until the person comes back."""
    broken, since = [], None
    for entry in log:
        if entry["kind"] != "text":
            continue
        if entry["by"] == "person":
            body = entry["body"].lower()
            since = 0 if body.startswith("stop") else None if body.startswith("start") else since
        elif entry["by"] == "product" and since is not None:
            since += 1
            if since > 1:
                broken.append(f"I6: {entry['sid']} left after a STOP and its confirmation")
    return broken
