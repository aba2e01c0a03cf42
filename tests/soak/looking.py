"""What is looked at after every day: the whole database, the network's own log, what was logged and answered."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.calls.any_evening import AT_REST
from tests.crashes.invariants import Log, i7_no_log_tells
from tests.soak.fortnight import Fortnight
from tests.soak.partners import SECRET

LOOKED_AT = (*AT_REST, i7_no_log_tells)
HOUSES = {"web": ("service", "flows"), "worker": ("workers",)}
ASIDE = " UNION ALL ".join(
    f"SELECT '{table}' AS of, id::text FROM {table} WHERE state = 'quarantined'"
    for table in ("due", "outbox", "call", "trial")
)
# Who is asked at all, and has no check-in ahead.
FORGOTTEN = """
SELECT p.id FROM person p WHERE p.id = ANY($1::uuid[]) AND p.status = 'active'
AND p.settings ->> 'pace' IS DISTINCT FROM 'off' AND p.settings ->> 'channel' IS DISTINCT FROM 'inbound'
AND (SELECT count(*) FROM due d WHERE d.person_id = p.id AND d.kind = 'check-in' AND d.state = 'waiting') <> 1
"""
# Its first post came long after it was due. What nobody took as a call comes by text half an hour later.
LATE = """
SELECT o.id, d.kind, o.posted_at - greatest(d.due_at, o.not_before) AS late FROM outbox o JOIN due d ON d.id = o.due_id
WHERE o.attempts = 1 AND o.posted_at > greatest(d.due_at, o.not_before) + interval '2 minutes'
AND NOT EXISTS (SELECT 1 FROM call c WHERE c.due_id = d.id)
"""
# A second try is made only where the first came to nothing.
TWICE = "SELECT intent FROM outbox WHERE state = 'delivered' GROUP BY intent HAVING count(*) > 1"
BROUGHT = frozenset({"webhook", "callback", "call-webhook", "call-callback"})


@contextmanager
def written_down(folder: Path) -> Iterator[None]:
    """What the houses log meanwhile, as their processes would keep it."""
    handlers = []
    for name, houses in HOUSES.items():
        handler = logging.FileHandler(folder / f"{name}.log", mode="w", encoding="utf-8")
        for house in houses:
            logger = logging.getLogger(house)
            handlers.append((logger, handler, logger.level))
            logger.addHandler(handler)
            logger.setLevel(logging.INFO)
    try:
        yield
    finally:
        for logger, handler, level in handlers:
            logger.removeHandler(handler)
            logger.setLevel(level)
            handler.close()


async def broken(fortnight: Fortnight) -> list[str]:
    """Everything that does not hold though nothing is under way, in words; none when all does."""
    everything, log = fortnight.everything, fortnight.everything.log()
    lines = [line for check in LOOKED_AT for line in await check(everything, log)]
    lines += [*_misread(fortnight), *_failed(everything.folder), *_unanswered(log)]
    keys = [everything.house.vault.number_key(number) for number in fortnight.partners]
    people = await everything.rows("SELECT id FROM person WHERE number_key = ANY($1)", keys)
    forgotten = await everything.rows(FORGOTTEN, [row["id"] for row in people])
    return [
        *lines, *(f"set aside: {row}" for row in await everything.rows(ASIDE)),
        *(f"I2: said twice: {row}" for row in await everything.rows(TWICE)),
        *(f"I9: late: {row}" for row in await everything.rows(LATE)),
        *(f"I3: {row['id']} has not one check-in ahead" for row in forgotten),
    ]  # fmt: skip


def _misread(fortnight: Fortnight) -> Iterator[str]:
    """I7: a person's own words on a phone that is not theirs, nor of whom they were for."""
    readers = {secret: may for each in fortnight.partners.values() for secret, may in each.secrets.items()}
    for number, texts in fortnight.everything.exchange.network.phones.items():
        for text in texts:
            for secret in SECRET.findall(text.body):
                if number not in readers[secret]:
                    yield f"I7: {number} read {secret}"


def _failed(folder: Path) -> Iterator[str]:
    """What went wrong inside, and the words that no log may hold."""
    for name in HOUSES:
        for line in (folder / f"{name}.log").read_text(encoding="utf-8").splitlines():
            if line.startswith(("row_failed", "rows_failed")) or SECRET.search(line) or "Traceback" in line:
                yield f"{name}.log: {line}"


def _unanswered(log: Log) -> Iterator[str]:
    """I10: what the network brought and met a failure of ours."""
    for entry in log:
        if entry["kind"] in BROUGHT and (entry.get("answered") or 0) >= 500:
            yield f"I10: {entry['kind']} {entry['url']} was answered with {entry['answered']}"
