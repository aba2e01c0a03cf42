"""What Prometheus may read: counts and ages, from the database, so that any web process tells the same. No content."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from service.clock import real_now
from service.database import UNREACHABLE, execute, fetch
from service.house import House
from service.reconciling import CALLS, FOUND, TEXTS
from service.records import Watermark

MEDIA_TYPE = "text/plain; version=0.0.4; charset=utf-8"
HEARTBEAT = "worker"
# A sweep takes a second; with a herd and no Redis a minute.
LATE_SECONDS = 180.0
AGES = (
    "SELECT state, count(*) AS n, min(not_before) AS oldest FROM {} WHERE state IN"
    " ('owed', 'posting', 'unknown', 'quarantined') GROUP BY state"
)
DAY = (
    "SELECT state, coalesce(error_code, 0) AS code, count(*) AS n FROM outbox"
    " WHERE settled_at > $1::timestamptz - interval '24 hours' GROUP BY 1, 2 ORDER BY 1, 2"
)
FOUND_DAY = (
    "SELECT detail ->> 'kind' AS kind, sum((detail ->> 'count')::int) AS n FROM audit_event"
    " WHERE act = $1 AND at > $2::timestamptz - interval '24 hours' GROUP BY 1"
)
DUE = "SELECT min(due_at) AS oldest FROM due WHERE state IN ('waiting', 'opening') AND due_at <= $1"
QUARANTINED = (
    "SELECT (SELECT count(*) FROM due WHERE state = 'quarantined') AS due,"
    " (SELECT count(*) FROM outbox WHERE state = 'quarantined') AS text,"
    " (SELECT count(*) FROM call WHERE state = 'quarantined') AS call,"
    " (SELECT count(*) FROM trial WHERE state = 'quarantined') AS inbound"
)


@dataclass(frozen=True, slots=True)
class Measure:
    """One number. `labels` hold states, codes and kinds: never a person, never a word of theirs."""

    name: str
    value: float
    labels: Mapping[str, str]


MEANINGS = {
    "database_up": "1 while the database answers.",
    "spool_events": "Events that wait on the disk for the database.",
    "spool_bytes": "Bytes of the spool; its limit is 16 MiB.",
    "due_lag_seconds": "How long the oldest due row has been waiting to be opened.",
    "outbox_items": "Texts that are not settled, by state.",
    "outbox_age_seconds": "How long the oldest text in this state could have left.",
    "calls": "Calls that are not settled, by state.",
    "texts_day": "Texts settled in the last 24 hours, by state and Twilio's error code (0: none).",
    "quarantined": "Rows set aside after their third failure, by kind.",
    "listing_age_seconds": "How long ago Twilio's list was read to its end, by kind.",
    "found_day": "What the network had and nobody had told us, found on its list in the last 24 hours, by kind.",
    "worker_age_seconds": "How long ago a worker ended a sweep in which nothing failed.",
    "sending_on": "0 while an operator holds every text back.",
    "webhook_seconds": "How long this process took to answer the network.",
}


async def beat() -> None:
    """A worker ended a whole sweep. Machine time."""
    await execute(
        "INSERT INTO watermark (name, read_until) VALUES ($1, $2)"
        " ON CONFLICT (name) DO UPDATE SET read_until = $2",
        HEARTBEAT, real_now(),
    )  # fmt: skip


async def worker_age() -> float | None:
    """Seconds since a worker ended a whole sweep; None when none ever did.

    Raises:
        UNREACHABLE: the database is away.
    """
    mark = await Watermark.get_or_none(name=HEARTBEAT)
    return None if mark is None else (real_now() - mark.read_until).total_seconds()


async def measure(house: House) -> list[Measure]:
    """Everything that can be told now; without the database only what lies here."""
    spool = house.spool
    found = [Measure("spool_events", spool.depth(), {}), Measure("spool_bytes", spool.size(), {})]
    try:
        return [Measure("database_up", 1, {}), *found, *await _of_the_database(house.clock.now())]
    except UNREACHABLE:
        return [Measure("database_up", 0, {}), *found]


def exposed(measures: list[Measure]) -> str:
    """In Prometheus's text format: each name with its meaning, then its values."""
    return "".join(f"{line}\n" for line in _lines(measures))


def _lines(measures: list[Measure]) -> Iterator[str]:
    for name, meaning in MEANINGS.items():
        values = [each for each in measures if each.name == name]
        if values:
            yield f"# HELP mendline_{name} {meaning}"
            yield f"# TYPE mendline_{name} gauge"
        for each in values:
            told = ",".join(f'{key}="{value}"' for key, value in each.labels.items())
            yield f"mendline_{name}{'{' + told + '}' if told else ''} {each.value:g}"


async def _of_the_database(now: datetime) -> list[Measure]:
    due = (await fetch(DUE, now))[0]["oldest"]
    found = [Measure("due_lag_seconds", _age(due, now), {})]
    for row in await fetch(AGES.format("outbox")):
        found.append(Measure("outbox_items", row["n"], {"state": row["state"]}))
        found.append(Measure("outbox_age_seconds", _age(row["oldest"], now), {"state": row["state"]}))
    found += [Measure("calls", row["n"], {"state": row["state"]}) for row in await fetch(AGES.format("call"))]
    found += [
        Measure("texts_day", row["n"], {"state": row["state"], "code": str(row["code"])})
        for row in await fetch(DAY, now)
    ]
    aside = (await fetch(QUARANTINED))[0]
    found += [Measure("quarantined", count, {"kind": kind}) for kind, count in aside.items()]
    for mark in await Watermark.exclude(name=HEARTBEAT):
        found.append(Measure("listing_age_seconds", _age(mark.read_until, now), {"kind": mark.name}))
    by_kind = {row["kind"]: row["n"] for row in await fetch(FOUND_DAY, FOUND, now)}
    found += [Measure("found_day", by_kind.get(kind, 0), {"kind": kind}) for kind in (TEXTS, CALLS)]
    age = await worker_age()
    if age is not None:
        found.append(Measure("worker_age_seconds", age, {}))
    is_off = bool(await fetch("SELECT 1 FROM switch WHERE name = 'sending' AND NOT is_on"))
    return [*found, Measure("sending_on", not is_off, {})]


def _age(since: datetime | None, now: datetime) -> float:
    return 0.0 if since is None else max(0.0, (now - since).total_seconds())
