"""All that a process of ours holds while it runs: settings, clock, scripts, words, vault, database, doorbell."""

from __future__ import annotations

from dataclasses import dataclass

from flows.catalogue import Catalogue, load_catalogue
from flows.conversation.hearing import OF_THE_QUESTION
from flows.conversation.library import Library, load_library
from flows.helplines import HelplineTable, load_helplines
from service.clock import Clock
from service.database import Database, open_database
from service.doorbell import Doorbell
from service.settings import Settings
from service.vault import Vault

# Words that need no script: the network's own, joining, and those that mean the open question.
ALWAYS_ANSWERED = frozenset({"STOP", "START", "HELP", "YES"}) | OF_THE_QUESTION


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

    async def aclose(self) -> None:
        """Close what is connected."""
        await self.doorbell.aclose()
        await self.database.close()


def answered_words(library: Library) -> frozenset[str]:
    """The reply words that a phrase may offer: those somebody answers."""
    return ALWAYS_ANSWERED | frozenset(library.keywords)


async def open_house(settings: Settings, *, pool: int = 10) -> House:
    """Everything ready for work; the database is dialled by the first query.

    Raises:
        ScriptInvalid, CatalogueInvalid, HelplinesInvalid: an author's mistake, found before a person meets it.
        SettingsInvalid: DATABASE_URL is no PostgreSQL address.
    """
    library = load_library([settings.scripts_dir] if settings.scripts_dir else [])
    overlays = [settings.locales_dir] if settings.locales_dir else []
    return House(
        settings=settings,
        clock=Clock(settings.simulation_clock),
        library=library,
        catalogue=load_catalogue(overlays, answered_words=answered_words(library)),
        helplines=load_helplines(overlays),
        vault=Vault(settings.secret_keys, settings.lookup_key),
        database=await open_database(settings.database_url, pool=pool),
        doorbell=Doorbell(settings.redis_url),
    )
