"""All that a process of ours holds while it runs: settings, clock, scripts, words, vault, database, doorbell, spool."""

from __future__ import annotations

import gc
import logging
from collections import deque
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from pathlib import Path
from uuid import UUID

from flows.catalogue import Catalogue, load_catalogue
from flows.commands import read_opt_out
from flows.conversation.hearing import OF_THE_QUESTION
from flows.conversation.library import Library, load_library
from flows.helplines import HelplineTable, load_helplines
from flows.safety import read_danger
from service.clock import Clock
from service.database import Database, open_database
from service.doorbell import Doorbell
from service.recordings import Recordings, load_recordings
from service.settings import Settings
from service.spool import Spool
from service.vault import Vault

# Words that need no script: the network's own, joining, and those that mean the open question.
ALWAYS_ANSWERED = frozenset({"STOP", "START", "HELP", "YES"}) | OF_THE_QUESTION


# As many as the handset page lists.
LATELY_READ = 30
log = logging.getLogger(__name__)

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class ReadText:
    """A text that was read, without a word of it: when, whose (None: a stranger's), and the code of how it was read."""

    at: datetime
    person_id: UUID | None
    code: str


@dataclass(frozen=True, slots=True)
class House:
    """One per process, opened at its start."""

    settings: Settings
    clock: Clock
    library: Library
    catalogue: Catalogue
    helplines: HelplineTable
    vault: Vault
    database: Database
    doorbell: Doorbell
    spool: Spool
    recordings: Recordings = field(default_factory=Recordings)
    lately_read: deque[ReadText] = field(default_factory=lambda: deque(maxlen=LATELY_READ))
    session_numbers: deque[int] = field(default_factory=deque)  # of the sequence, for conversations yet to begin
    kept_versions: set[str] = field(default_factory=set)  # hashes of scripts that the database is known to hold

    async def aclose(self) -> None:
        """Close what is connected."""
        await self.doorbell.aclose()
        await self.database.close()


def answered_words(library: Library) -> frozenset[str]:
    """The reply words that a phrase may offer: those somebody answers."""
    return ALWAYS_ANSWERED | frozenset(library.keywords)


def lay_out_words() -> None:
    """The words of danger and of leaving, laid out now, not while the first person waits: half a second, once.

    All of it stays: looking through it for garbage, again and again while it grows, would take a quarter more.
    """
    was_looking = gc.isenabled()
    gc.disable()
    try:
        for read in (read_danger, read_opt_out):
            read("hello")
    finally:
        if was_looking:
            gc.enable()


async def open_house(settings: Settings, *, pool: int = 10) -> House:
    """Everything ready for work; the database is dialled by the first query.

    Raises:
        ScriptInvalid, CatalogueInvalid, HelplinesInvalid: an author's mistake, found before a person meets it.
        SettingsInvalid: DATABASE_URL is no PostgreSQL address.
    """
    library, catalogue, helplines = _texts(settings)
    vault = Vault(settings.secret_keys, settings.lookup_key)
    return House(
        settings=settings,
        clock=Clock(settings.simulation_clock),
        library=library,
        catalogue=catalogue,
        helplines=helplines,
        vault=vault,
        database=await open_database(settings.database_url, pool=pool),
        doorbell=Doorbell(settings.redis_url),
        spool=Spool(settings.spool_dir, vault),
        recordings=_recordings(settings, catalogue, vault),
    )


def _recordings(settings: Settings, catalogue: Catalogue, vault: Vault) -> Recordings:
    """A file that cannot be played is passed over: its phrase is spoken, and the log says so."""
    recordings = load_recordings(settings.audio_dir, catalogue, vault.body_hash)
    for wrong in recordings.problems:
        log.warning("recording_left_out file=%s reason=%s", wrong.file, wrong.problem)
    return recordings


def _texts(settings: Settings) -> tuple[Library, Catalogue, HelplineTable]:
    if settings.scripts_dir is None and settings.locales_dir is None:
        return _our_texts()
    return _read_texts(settings.scripts_dir, settings.locales_dir)


@cache
def _our_texts() -> tuple[Library, Catalogue, HelplineTable]:
    """Ours are part of the program and read once; a host's folders are read at each opening."""
    return _read_texts(None, None)


def _read_texts(scripts: Path | None, locales: Path | None) -> tuple[Library, Catalogue, HelplineTable]:
    library, overlays = load_library([scripts] if scripts else []), [locales] if locales else []
    return library, load_catalogue(overlays, answered_words=answered_words(library)), load_helplines(overlays)
