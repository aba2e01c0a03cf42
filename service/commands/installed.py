"""Scripts and words as an author has them here: ours with the host's over them. No database, no account."""

from __future__ import annotations

from pathlib import Path

from flows.catalogue import Catalogue, load_catalogue
from flows.conversation.library import Library, load_library
from flows.conversation.script import Script
from service.commands.here import environment_here
from service.commands.refusals import Refused
from service.house import answered_words


def installed() -> tuple[Library, Catalogue]:
    """Both. An author has no account, so no setting but the two folders is asked for.

    Raises:
        AuthorMistakes: a file cannot be read; with all problems.
        Refused: a folder that was named is none.
    """
    library = load_library(overlay("SCRIPTS_DIR"))
    return library, load_catalogue(overlay("LOCALES_DIR"), answered_words=answered_words(library))


def find_script(library: Library, name: str) -> Script:
    """The script of this name. Raises Refused when there is none."""
    if name not in library.scripts:
        raise Refused(f"there is no script {name}", f"there are: {', '.join(sorted(library.scripts))}")
    return library.scripts[name]


def overlay(setting: str) -> list[Path]:
    """The host's own folder that a setting names, if it names one. Raises Refused when it is no folder."""
    given = environment_here().get(setting, "")
    if given and not Path(given).is_dir():
        raise Refused(f"{setting} is no folder: {given}", "correct it, or leave it out")
    return [Path(given)] if given else []
