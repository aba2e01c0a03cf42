"""What the network knows: texts, calls, blocks, phones, what is due. All of it follows from the journal's entries."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from service.clock import Clock
from service.simulator.calls.ledger import Ledger
from service.simulator.cast import CAST, Person, unknown_person
from service.simulator.journal import Entry, Journal
from service.simulator.pending import Pending

FINAL = frozenset({"delivered", "undelivered", "failed", "canceled", "received"})


@dataclass(frozen=True, slots=True)
class Account:
    """The one account that the simulator serves. The first token signs; each of them opens the REST API."""

    sid: str
    tokens: tuple[str, ...]
    sender: str
    voice_number: str
    public_url: str

    @property
    def numbers(self) -> tuple[str, ...]:
        """The product's own numbers, E.164."""
        return tuple(dict.fromkeys(each for each in (self.sender, self.voice_number) if each.startswith("+")))

    @property
    def texting_number(self) -> str:
        """The number that people see on a text."""
        return self.sender if self.sender.startswith("+") else self.voice_number


@dataclass(slots=True)
class Text:
    """One text. `body` is what the phone holds; `redacted` empties only the account's own record. Times are UTC."""

    sid: str
    direction: str
    sender: str
    to: str
    body: str
    at: datetime
    status: str
    segments: int
    by: str
    callback: str | None = None
    service: str | None = None
    media: tuple[str, ...] = ()
    lands: bool = True
    error: int | None = None
    sent_at: datetime | None = None
    updated_at: datetime | None = None
    redacted: bool = False
    deleted: bool = False

    @property
    def is_inbound(self) -> bool:
        """It came from a person."""
        return self.direction == "inbound"

    @property
    def is_final(self) -> bool:
        """Nothing more will happen to it."""
        return self.status in FINAL

    @property
    def is_on_the_phone(self) -> bool:
        """The person wrote it, has it, or will have it; what never arrives is not seen, as on a real phone."""
        return self.is_inbound or self.lands


@dataclass(slots=True)
class Carrier:
    """How the carrier treats STOP, START and HELP, and how fast it sends; a rate of 0 is no limit.

    Without `answers` the words are left to the product altogether.
    """

    answers: bool = True
    advanced: bool = False
    replies: dict[str, str] = field(default_factory=dict)
    segments_per_second: float = 0.0  # of each sender
    calls_per_second: float = 0.0  # of the account


class Network:
    """The state of the network. Change it with `record` only: the entry is journalled first, then applied."""

    def __init__(self, account: Account, clock: Clock, folder: Path, usual_replies: dict[str, str]) -> None:
        self.account, self.clock, self.usual_replies = account, clock, usual_replies
        self.journal = Journal(folder)
        self.texts: dict[str, Text] = {}
        self.phones: dict[str, list[Text]] = {}
        self.people: dict[str, Person] = {each.number: each for each in CAST}
        self.blocked: set[tuple[str, str]] = set()
        self.pending: dict[str, Pending] = {}
        self.free_at: dict[str, datetime] = {}  # when each sender has sent what waits, where it has a rate
        self.ledger = Ledger(self.pending, self._owe)
        self.numbers: dict[str, dict[str, str]] = {number: {} for number in account.numbers}
        self.carrier = Carrier()
        self.faults: Entry = {}
        for entry in self.journal.entries():
            self._apply(entry)

    def now(self) -> datetime:
        """Product time, aware UTC."""
        return self.clock.now()

    def record(self, kind: str, **facts: Any) -> Entry:
        """Journal one entry, apply it, and return it."""
        entry: Entry = {"kind": kind, "at": self.now().isoformat(), **facts}
        self.journal.append(entry)
        self._apply(entry)
        return entry

    def next_pending(self) -> datetime | None:
        """When the earliest pending thing is due, overdue ones included."""
        return min((each.at for each in self.pending.values()), default=None)

    def newest_first(self) -> Iterator[Text]:
        """Every text that the account can still see."""
        return (text for text in reversed(self.texts.values()) if not text.deleted)

    def _apply(self, entry: Entry) -> None:
        match entry["kind"]:
            case "text":
                self._add_text(entry)
            case "status":
                self._step(entry)
            case "callback" | "webhook":
                self.pending.pop(entry["pending"], None)
            case "redacted":
                self.texts[entry["sid"]].redacted = True
            case "deleted":
                self.texts[entry["sid"]].deleted = True
            case "carrier":
                self._carrier_acted(entry)
            case "carrier-settings":
                rates = {name: entry[name] for name in ("segments_per_second", "calls_per_second") if name in entry}
                self.carrier = Carrier(entry["answers"], entry["advanced"], entry["replies"], **rates)
            case "number":
                self.numbers.setdefault(entry["number"], {}).update(entry["settings"])
            case "faults":
                self.faults = {"seed": entry["seed"], "rules": entry["rules"], "counts": {}}
            case "fault":
                self.faults["counts"][str(entry["rule"])] = [entry["seen"], entry["fired"]]
            case "reset":
                self._forget()
            case "call":
                self._know(entry["person"])
                self.ledger.apply(entry)
            case str(kind) if kind.startswith("call-"):
                self.ledger.apply(entry)

    def _add_text(self, entry: Entry) -> None:
        at = datetime.fromisoformat(entry["at"])
        text = Text(
            entry["sid"], entry["direction"], entry["from"], entry["to"], entry["body"], at, entry["status"],
            entry["segments"], entry["by"], callback=entry.get("callback"), service=entry.get("service"),
            media=tuple(entry.get("media", ())), lands=entry.get("lands", True), updated_at=at,
            sent_at=at if entry["status"] in {"received", "delivered"} else None,
        )  # fmt: skip
        self.texts[text.sid] = text
        if entry.get("free_at"):
            self.free_at[text.sender] = datetime.fromisoformat(entry["free_at"])
        is_forged = entry.get("forged", False)
        number = text.sender if text.is_inbound else text.to
        self._know(number)
        self.phones.setdefault(number, []).append(text)
        for status, error, due in entry.get("plan", ()):
            self._owe(Pending(f"{text.sid}:{status}", datetime.fromisoformat(due), "status", text.sid, status, error))
        for turn, due in enumerate(entry.get("webhooks", ())):
            due_at = datetime.fromisoformat(due)
            self._owe(
                Pending(f"{text.sid}:webhook:{turn}", due_at, "webhook", text.sid, is_forged=is_forged)
            )

    def _step(self, entry: Entry) -> None:
        text, status = self.texts[entry["sid"]], entry["status"]
        self.pending.pop(f"{text.sid}:{status}", None)
        text.status, text.error = status, entry["error"]
        text.updated_at = datetime.fromisoformat(entry["at"])
        if status == "sent":
            text.sent_at = text.updated_at
        for turn, due in enumerate(entry["callbacks"]):
            due_at = datetime.fromisoformat(due)
            self._owe(
                Pending(
                    f"{text.sid}:{status}:{turn}", due_at, "callback", text.sid, status, text.error,
                    is_forged=entry.get("forged", False),
                )
            )  # fmt: skip

    def _know(self, number: str) -> None:
        self.people.setdefault(number, unknown_person(number))

    def _owe(self, pending: Pending) -> None:
        self.pending[pending.id] = pending

    def _carrier_acted(self, entry: Entry) -> None:
        pair = (entry["number"], entry["to"])
        if entry["act"] == "block":
            self.blocked.add(pair)
        elif entry["act"] == "unblock":
            self.blocked.discard(pair)

    def _forget(self) -> None:
        for each in (
            self.texts, self.phones, self.blocked, self.pending, self.faults, self.free_at, self.ledger.calls,
        ):  # fmt: skip
            each.clear()
        self.people = {each.number: each for each in CAST}


def after(at: datetime, seconds: float) -> str:
    """`at` and `seconds` later, as the journal writes times."""
    return (at + timedelta(seconds=seconds)).isoformat()
