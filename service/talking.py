"""A script talked through in a terminal: our words, the reply that is typed, time that passes on request.

What is printed is the golden transcript itself, so that a talk that went well can be kept as a test.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime

from flows.catalogue import Catalogue
from flows.conversation.hearing import Status
from flows.conversation.library import Library
from flows.helplines import HelplineTable
from flows.rehearsal import House, Rehearsal
from flows.transcript import TranscriptInvalid, is_step, take_line

HELP = "Type a reply. +90m, +13h, +1d or at 08:10 lets time pass, begin NAME opens a script, an empty line ends."


def talk(
    name: str,
    library: Library,
    catalogue: Catalogue,
    helplines: HelplineTable,
    *,
    locale: str,
    zone: str,
    at: datetime,
    lines_in: Iterable[str],
    lines_out: Callable[[str], object],
    who: str = "ADA",
) -> str:
    """Hold a conversation with script `name` (or none: "") from `at` (aware) on; the result is its golden transcript.

    `lines_in` gives what is typed, one line each; it ends with an empty line or with its last. `lines_out` is told
    each line of ours. A script that strangers meet (join) begins with the person invited. Nothing is stored or sent.

    Raises:
        KeyError: there is no such script.
    """
    status: Status = "invited" if name == "join" else "active"
    rehearsal = Rehearsal(House(library, catalogue, helplines), at=at, zone=zone, locale=locale, status=status)
    written = [f"# A talk with {name or 'no script'}.", *([f"script: {name}"] if name else [])]
    began = at.isoformat(timespec="minutes")
    written += [f"at: {began}", f"locale: {locale}", f"zone: {zone}", f"status: {status}", ""]
    lines_out(HELP)
    _tell(rehearsal.service_begins(name) if name else [], written, lines_out)
    for typed in lines_in:
        line = typed.rstrip("\r\n")
        if not line.strip():
            break
        author = line.strip() if is_step(line) else f"{who}  {line}"
        try:
            ours = take_line(rehearsal, author)
        except TranscriptInvalid as invalid:
            lines_out(invalid.problem)
            continue
        written.append(author)
        _tell(ours, written, lines_out)
    return "\n".join(written) + "\n"


def _tell(ours: list[str], written: list[str], lines_out: Callable[[str], object]) -> None:
    for line in ours:
        written.append(line)
        lines_out(line)
