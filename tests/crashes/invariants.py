"""What holds after every case, over the whole database and the network's own log (tests/invariants.yaml)."""

from __future__ import annotations

import re
from collections import Counter
from datetime import time
from typing import Any
from zoneinfo import ZoneInfo

from service.claiming import OPENINGS
from service.reconciling import TEXTS
from service.settling import POSTS, RANKS, STATES
from service.trials import TRIES
from tests.stories.running import RunningHouse

Log = list[dict[str, Any]]
# Of our own accord, between these hours on the person's clock: own hours end at nine, and what was owed then may take
# an hour to leave.
EARLIEST, LATEST = time(8), time(22)
# What may leave at any hour: answers, help, and the end of a break whose time the person set.
AT_ANY_HOUR = ("reply", "safety", "break-return")
# What a number that opted out may still get: the answer to STOP, START and HELP.
AFTER_STOP = ("G-STOP", "G-START", "G-HELP", "G-WRONG", "EN-11")
WHOLE_NUMBER = re.compile(r"\+\d{8,}")
SENTENCE_LETTERS = 12  # shorter replies, such as 7 or WHO, are in every log for other reasons


async def hold(house: RunningHouse, log: Log) -> list[str]:
    """Every invariant that is broken where nothing is under way, in words; none when all hold."""
    return [line for check in (*AT_REST, *AT_ANY_MOMENT) for line in await check(house, log)]


async def hold_at_any_moment(house: RunningHouse, log: Log) -> list[str]:
    """The same of those that hold also in the middle of things."""
    return [line for check in AT_ANY_MOMENT for line in await check(house, log)]


async def i1_one_effect_per_sid(house: RunningHouse, log: Log) -> list[str]:
    rows = await house.rows("SELECT sid_key FROM inbound_event WHERE kind = 'text'")
    known = Counter(row["sid_key"] for row in rows)
    sids = [entry["sid"] for entry in log if entry["kind"] == "text" and entry["by"] == "person"]
    return [
        f"I1: text {sid} is {known[key]} inbound rows"
        for sid in sids
        if known[key := house.house.vault.event_key(sid)] != 1
    ]


async def i2_one_text_per_item(_house: RunningHouse, log: Log) -> list[str]:
    taken = Counter(
        entry["callback"].partition("item=")[2].partition("&")[0].partition("#")[0]
        for entry in log
        if entry["kind"] == "text" and entry["by"] == "product" and entry["callback"]
    )
    return [f"I2: item {token} was taken {times} times" for token, times in taken.items() if times > 1]


async def i3_nothing_left_open(house: RunningHouse, _log: Log) -> list[str]:
    now = house.house.clock.now()
    owed = await house.rows(
        "SELECT id, state FROM outbox WHERE state IN ('owed', 'posting', 'unknown') AND not_before <= $1", now
    )
    due = await house.rows("SELECT id, kind FROM due WHERE state IN ('waiting', 'opening') AND due_at <= $1", now)
    calls = await house.rows("SELECT id, state FROM call WHERE state IN ('posting', 'unknown')")
    return [f"I3: left open: {row}" for row in (*owed, *due, *calls)]


async def i4_no_notice_before_all_was_taken(house: RunningHouse, log: Log) -> list[str]:
    said = await house.rows(
        "SELECT d.id, d.due_at FROM outbox o JOIN due d ON d.id = o.due_id WHERE d.kind IN ('notice', 'notice-went')"
    )
    if not said:
        return []
    read = await house.rows("SELECT read_until FROM watermark WHERE name = $1 AND read_until >= $2", TEXTS,
                            max(row["due_at"] for row in said))  # fmt: skip
    rows = await house.rows("SELECT sid_key FROM inbound_event WHERE kind = 'text'")
    aside = await house.rows("SELECT key AS sid_key FROM trial WHERE state = 'quarantined'")
    taken = {row["sid_key"] for row in (*rows, *aside)}
    latest = max(row["due_at"] for row in said).isoformat()
    missing = [
        entry["sid"] for entry in log
        if entry["kind"] == "text" and entry["by"] == "person" and entry["at"] <= latest
        and house.house.vault.event_key(entry["sid"]) not in taken
    ]  # fmt: skip
    unread = [] if read else ["I4: a notice left and the list was never read past its minute"]
    return [*unread, *(f"I4: a notice left before {sid} was taken" for sid in missing)]


async def i5_states_never_move_down(house: RunningHouse, _log: Log) -> list[str]:
    rows = await house.rows(
        "SELECT o.id, o.state, e.status FROM outbox o JOIN delivery_event e ON e.token = o.token"
        " WHERE o.state NOT IN ('withheld', 'expired')"
    )
    return [
        f"I5: item {row['id']} is {row['state']} after {row['status']}"
        for row in rows
        if RANKS.get(row["state"], 0) < RANKS.get(STATES.get(row["status"], "accepted"), 0)
    ]


async def i6_nothing_after_stop_nor_at_night(house: RunningHouse, _log: Log) -> list[str]:
    after = await house.rows(
        "SELECT o.id, o.phrase_id FROM outbox o JOIN suppression s ON s.number_key = o.recipient_key"
        " WHERE o.posted_at > s.opted_out_at AND (s.lifted_at IS NULL OR o.posted_at < s.lifted_at)"
        " AND o.state <> 'withheld'"
    )
    night = await house.rows(
        "SELECT o.id, o.purpose, o.posted_at, p.zone FROM outbox o JOIN person p ON p.id = o.person_id"
        " WHERE o.posted_at IS NOT NULL AND o.purpose <> ALL($1)",
        list(AT_ANY_HOUR),
    )  # fmt: skip
    broken = [f"I6: item {row['id']} left after a STOP" for row in after if not row["phrase_id"].startswith(AFTER_STOP)]
    for row in night:
        there = row["posted_at"].astimezone(ZoneInfo(row["zone"])).time()
        if not EARLIEST <= there < LATEST:
            broken.append(f"I6: item {row['id']}, a {row['purpose']}, left at {there:%H:%M}")
    return broken


async def i7_no_log_tells(house: RunningHouse, log: Log) -> list[str]:
    said = {entry["body"] for entry in log if entry["kind"] == "text" and len(entry["body"]) > SENTENCE_LETTERS}
    broken = []
    for name in ("web", "worker"):
        text = (house.folder / f"{name}.log").read_text()
        broken += [f"I7: {name} logged {each!r}" for each in said if each in text]
        broken += [f"I7: {name} logged a whole number" for _ in WHOLE_NUMBER.findall(text)]
    return broken


async def i12_tries_are_bounded(house: RunningHouse, _log: Log) -> list[str]:
    rows = [
        *await house.rows("SELECT 'outbox' AS kind, id FROM outbox WHERE attempts > $1", POSTS),
        *await house.rows("SELECT 'due' AS kind, id FROM due WHERE attempts > $1", OPENINGS + 1),
        *await house.rows("SELECT 'trial' AS kind, id FROM trial WHERE tries > $1", TRIES),
    ]
    return [f"I12: {row['kind']} {row['id']} was tried too often" for row in rows]


AT_REST = (i1_one_effect_per_sid, i3_nothing_left_open)
AT_ANY_MOMENT = (
    i2_one_text_per_item, i4_no_notice_before_all_was_taken, i5_states_never_move_down,
    i6_nothing_after_stop_nor_at_night, i7_no_log_tells, i12_tries_are_bounded,
)  # fmt: skip
