"""What the telephone network saw of some phones, counted and compared from its own log, never from our rows."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from service.web.stories.cast import Player

PRINT_LETTERS = 12


@dataclass(frozen=True, slots=True)
class Seen:
    """The texts that one phone received since a moment, oldest first: (when, aware; the body)."""

    player: Player
    texts: tuple[tuple[datetime, str], ...]

    @property
    def sizes(self) -> str:
        """How many bytes each has, in UTF-8."""
        return ", ".join(str(len(body.encode())) for _, body in self.texts)

    @property
    def prints(self) -> str:
        """The beginning of each body's SHA-256."""
        return ", ".join(hashlib.sha256(body.encode()).hexdigest()[:PRINT_LETTERS] for _, body in self.texts)


@dataclass(frozen=True, slots=True)
class Evidence:
    """What several phones received since `since` (aware)."""

    since: datetime
    seen: tuple[Seen, ...]

    @property
    def is_one_line(self) -> bool:
        """Every phone got exactly one text, all with the same bytes within the same minute of the clock."""
        bodies = {body for each in self.seen for _, body in each.texts}
        minutes = {at.replace(second=0, microsecond=0) for each in self.seen for at, _ in each.texts}
        return all(len(each.texts) == 1 for each in self.seen) and len(bodies) == len(minutes) == 1


def gather(log: Iterable[Mapping[str, Any]], players: Sequence[Player], since: datetime) -> Evidence:
    """What `log` (the network's entries, in order) says of the phones of `players`. A text that never lands is none."""
    texts: dict[str, list[tuple[datetime, str]]] = {player.number: [] for player in players}
    for entry in log:
        if entry["kind"] != "text" or entry["by"] != "product" or not entry.get("lands", True):
            continue
        at = datetime.fromisoformat(entry["at"])
        if entry["to"] in texts and at >= since:
            texts[entry["to"]].append((at, entry["body"]))
    return Evidence(since, tuple(Seen(player, tuple(texts[player.number])) for player in players))
