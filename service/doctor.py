"""What a host should know about this installation, as plain lines: in order, worth a look, or to be mended."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal
from urllib.parse import urlsplit

from flows.catalogue import load_catalogue
from flows.checking import check_scripts
from flows.conversation.library import load_library
from flows.errors import AuthorMistakes
from flows.helplines import load_helplines
from service.clock import Clock
from service.database import NO_ANSWER, Database, fetch, is_current, open_database
from service.doorbell import Doorbell
from service.errors import SettingsInvalid
from service.house import ALWAYS_ANSWERED, answered_words
from service.measures import LATE_SECONDS, worker_age
from service.recordings import load_recordings
from service.sending import SENDING
from service.settings import LOOPBACK_HOSTS, TWILIO_API, Settings
from service.spool import Spool
from service.vault import SealBroken, Vault

# A worker that runs sends what is owed within seconds.
OWED_TOO_LONG = timedelta(minutes=15)
Level = Literal["ok", "warning", "problem"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at. `remedy` is empty when it is in order."""

    level: Level
    said: str
    remedy: str = ""


async def examine(settings: Settings) -> list[Finding]:
    """Everything that can be looked at from here; changes nothing and calls nobody but our own servers."""
    today = Clock(settings.simulation_clock).now().date()
    findings = [Finding("ok", "settings are whole"), *about_addresses(settings), *_about_texts(settings, today)]
    findings += await _about_database(settings)
    findings.append(await _about_redis(settings))
    return findings


def about_addresses(settings: Settings) -> list[Finding]:
    """Which telephone network is spoken to, and whether it can reach us."""
    api, public = urlsplit(settings.twilio_api_url), urlsplit(settings.public_url)
    if api.hostname in LOOPBACK_HOSTS:
        return [Finding("ok", f"the telephone network is simulated, at {api.hostname}")]
    findings = [Finding("ok", f"texts go to Twilio, at {api.hostname}")]
    if settings.twilio_api_url != TWILIO_API:
        findings = [Finding("warning", f"texts go to {api.hostname}, not to Twilio", "is TWILIO_API_URL meant so?")]
    if public.hostname in LOOPBACK_HOSTS:
        findings.append(Finding("problem", "Twilio cannot reach PUBLIC_URL", "give the address the internet knows"))
    elif public.scheme != "https":
        findings.append(Finding("problem", "texts would cross the internet unencrypted", "give PUBLIC_URL https"))
    return findings


def _about_texts(settings: Settings, today: date) -> list[Finding]:
    """Scripts, words and helplines, ours with the host's over them."""
    overlays = [settings.locales_dir] if settings.locales_dir else []
    try:
        library = load_library([settings.scripts_dir] if settings.scripts_dir else [])
        catalogue = load_catalogue(overlays, answered_words=answered_words(library))
        helplines = load_helplines(overlays)
    except AuthorMistakes as wrong:
        return [Finding("problem", f"{each.file}: {each.step}: {each.problem}", each.remedy) for each in wrong.problems]
    # Ours are proven before they are published, which takes seconds; a host's own are proven here.
    is_own = bool(overlays) or settings.scripts_dir is not None
    mistakes = check_scripts(library, catalogue, answered=ALWAYS_ANSWERED) if is_own else []
    findings = [Finding("problem", f"{each.file}: {each.step}: {each.problem}", each.remedy) for each in mistakes]
    if not mistakes:
        count, languages = len(library.scripts), len(catalogue.locales)
        findings.append(Finding("ok", f"{count} scripts and {languages} languages are sound"))
    recordings = load_recordings(settings.audio_dir, catalogue, str)
    findings += [Finding("problem", f"{each.file} {each.problem}", each.remedy) for each in recordings.problems]
    if recordings.by_name:
        findings.append(Finding("ok", f"{len(recordings.by_name)} recordings are played instead of speech"))
    stale = sorted(country for country, row in helplines.rows.items() if row.is_stale(today))
    if stale:
        remedy = "call the numbers, correct helplines.yaml, and set checked_on"
        findings.append(Finding("warning", f"helplines not checked for 180 days: {', '.join(stale)}", remedy))
    else:
        findings.append(Finding("ok", f"helplines of {len(helplines.rows)} countries were checked lately"))
    return findings


async def _about_database(settings: Settings) -> list[Finding]:
    try:
        database = await open_database(settings.database_url, pool=1)
    except SettingsInvalid as wrong:
        return [Finding("problem", problem, "correct DATABASE_URL") for problem in wrong.problems]
    try:
        with database.in_use():
            return await _about_tables(settings, database)
    except NO_ANSWER as away:
        said = f"the database does not answer ({type(away).__name__})"
        return [Finding("problem", said, "start it, or mend DATABASE_URL")]
    finally:
        await database.close()


async def _about_tables(settings: Settings, database: Database) -> list[Finding]:
    if not await is_current(database):
        return [Finding("problem", "the database has not the tables of this version", "mendline migrate")]
    size = int((await fetch("SELECT pg_database_size(current_database()) AS n"))[0]["n"])
    people = await _count("SELECT count(*) AS n FROM person WHERE status = 'active'")
    findings = [Finding("ok", f"the database is there, {size / 1e6:.0f} MB, {people} people")]
    for look in LOOKS:
        found = await look(settings)
        if found is not None:
            findings.append(found)
    return findings


async def _keys_open(settings: Settings) -> Finding | None:
    vault = Vault(settings.secret_keys, settings.lookup_key)
    closed = 0
    for row in await fetch("SELECT wrapped FROM person_key"):
        try:
            vault.open_person_key(row["wrapped"])
        except SealBroken:
            closed += 1
    if closed:
        remedy = "put the key that is missing back into SECRET_KEYS, behind the first"
        return Finding("problem", f"SECRET_KEYS do not open the keys of {closed} people", remedy)
    return None


async def _sending_is_on(_: Settings) -> Finding | None:
    if await fetch("SELECT 1 FROM switch WHERE name = $1 AND NOT is_on", SENDING):
        return Finding("warning", "sending is off", "when all is well: mendline outbox sending on")
    return None


async def _nothing_waits_long(settings: Settings) -> Finding | None:
    since = Clock(settings.simulation_clock).now() - OWED_TOO_LONG
    late = await _count("SELECT count(*) AS n FROM outbox WHERE state = 'owed' AND not_before < $1", since)
    if late:
        return Finding("warning", f"{late} texts wait for more than 15 minutes", "does the worker run?")
    return None


async def _nothing_is_unclear(_: Settings) -> Finding | None:
    unclear = await _count("SELECT count(*) AS n FROM outbox WHERE state = 'unknown'")
    if unclear:
        return Finding("warning", f"of {unclear} texts nobody knows whether they left", "mendline outbox list")
    return None


async def _nothing_is_set_aside(_: Settings) -> Finding | None:
    aside = await _count(
        "SELECT (SELECT count(*) FROM due WHERE state = 'quarantined')"
        " + (SELECT count(*) FROM outbox WHERE state = 'quarantined')"
        " + (SELECT count(*) FROM call WHERE state = 'quarantined')"
        " + (SELECT count(*) FROM trial WHERE state = 'quarantined' AND kind = 'inbound') AS n"
    )
    if aside:
        remedy = "mendline outbox list, and look at the worker's log"
        return Finding("warning", f"{aside} rows failed three times and were set aside", remedy)
    return None


async def _worker_sweeps(_: Settings) -> Finding | None:
    age = await worker_age()
    if age is not None and age > LATE_SECONDS:
        remedy = "look at its log; end it and start it again"
        return Finding("warning", f"no worker ended a sweep for {age / 60:.0f} minutes", remedy)
    return None


async def _nothing_waits_on_the_disk(settings: Settings) -> Finding | None:
    spool = Spool(settings.spool_dir, Vault(settings.secret_keys, settings.lookup_key))
    waiting = spool.depth()
    if waiting:
        remedy = "they are taken within seconds; if not, put the key back that is missing from SECRET_KEYS"
        return Finding("warning", f"{waiting} events wait in SPOOL_DIR", remedy)
    return None


LOOKS: tuple[Callable[[Settings], Awaitable[Finding | None]], ...] = (
    _keys_open, _sending_is_on, _nothing_waits_long, _nothing_is_unclear, _nothing_is_set_aside,
    _worker_sweeps, _nothing_waits_on_the_disk,
)  # fmt: skip


async def _about_redis(settings: Settings) -> Finding:
    if not settings.redis_url:
        return Finding("ok", "no Redis: everything works, follow-ups a second later")
    doorbell = Doorbell(settings.redis_url)
    try:
        if await doorbell.is_there():
            return Finding("ok", "Redis answers")
        return Finding("warning", "Redis does not answer: everything works, follow-ups a second later", "start it")
    finally:
        await doorbell.aclose()


async def _count(sql: str, *values: object) -> int:
    return int((await fetch(sql, *values))[0]["n"])
