"""All calls and how they follow from the journal's entries; nothing else changes a call's lasting state."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

from service.simulator.calls.call import OVER, Ask, Call, Event, Heard, Order
from service.simulator.journal import Entry
from service.simulator.pending import Pending


class Ledger:
    """Calls by SID, oldest first. `owe` adds something pending to the network's, which is `pending`."""

    def __init__(self, pending: dict[str, Pending], owe: Callable[[Pending], None]) -> None:
        self.calls: dict[str, Call] = {}
        self._pending, self._owe = pending, owe

    def of(self, number: str) -> list[Call]:
        """The calls that rang one phone or were made from it, oldest first."""
        return [each for each in self.calls.values() if each.person == number and each.rang_at is not None]

    def newest_first(self) -> Iterator[Call]:
        """Every call, as lists show them."""
        return reversed(self.calls.values())

    def apply(self, entry: Entry) -> None:
        """Take over one entry whose kind begins with "call"."""
        at = datetime.fromisoformat(entry["at"])
        match entry["kind"]:
            case "call":
                self._add(entry, at)
            case "call-step":
                self._step(entry, at)
            case "call-heard":
                self.calls[entry["sid"]].transcript.append(Heard(entry["who"], entry["text"], at))
            case "call-waits":
                self.calls[entry["sid"]].waits_for = entry["for"]
            case "call-asks":
                self._ask(entry)
            case "call-detected":
                self._detected(entry, at)
            case "call-callback" | "call-webhook":
                self._pending.pop(entry["pending"], None)

    def drop_pending(self, sid: str, acts: tuple[str, ...]) -> None:
        """Forget what is still to do for a call, as far as it is one of `acts`."""
        for pending in [each for each in self._pending.values() if each.sid == sid and each.act in acts]:
            del self._pending[pending.id]

    def _add(self, entry: Entry, at: datetime) -> None:
        given: dict[str, Any] = entry["order"]
        order = Order(**{**given, "events": tuple(given["events"])})
        call = Call(entry["sid"], entry["direction"], entry["person"], order, at, entry["status"], updated_at=at)
        call.rang_at = at if call.status == "ringing" else None
        self.calls[call.sid] = call
        self._owe_steps(call, entry["plan"])

    def _step(self, entry: Entry, at: datetime) -> None:
        call, status = self.calls[entry["sid"]], entry["status"]
        self._pending.pop(f"{call.sid}:{status}", None)
        call.status, call.updated_at, call.sip = status, at, entry["sip"]
        if status == "ringing":
            call.rang_at = at
        if status == "in-progress":
            call.answered_at = at
            call.answered_by, call.is_machine = entry.get("answered_by"), entry.get("machine", False)
            self.drop_pending(call.sid, ("call-status",))
        if status in OVER:
            call.ended_at, call.waits_for = at, None
            self.drop_pending(call.sid, ("call-status", "call-webhook"))
        if entry["callbacks"] is not None:
            self._owe_callbacks(call, Event(status, call.sequence, at), entry)
            call.sequence += 1
        self._owe_steps(call, entry["plan"])

    def _owe_steps(self, call: Call, plan: list[Any]) -> None:
        for status, sip, due in plan:
            at = datetime.fromisoformat(due)
            self._owe(Pending(f"{call.sid}:{status}", at, "call-status", call.sid, status, sip))

    def _detected(self, entry: Entry, at: datetime) -> None:
        call = self.calls[entry["sid"]]
        call.answered_by = entry["answered_by"]
        self._owe_callbacks(call, Event("detected", 0, at), entry)

    def _owe_callbacks(self, call: Call, event: Event, entry: Entry) -> None:
        place = len(call.events)
        call.events.append(event)
        for turn, due in enumerate(entry["callbacks"]):
            name = f"{call.sid}:callback:{place}:{turn}"
            self._owe(
                Pending(
                    name, datetime.fromisoformat(due), "call-callback", call.sid, event.status, number=place,
                    is_forged=entry.get("forged", False),
                )
            )  # fmt: skip

    def _ask(self, entry: Entry) -> None:
        call = self.calls[entry["sid"]]
        place = len(call.asks)
        call.asks.append(
            Ask(entry["url"], entry["method"], tuple((k, v) for k, v in entry["extra"]), entry["fallback"])
        )
        for turn, due in enumerate(entry["due"]):
            name = f"{call.sid}:webhook:{place}:{turn}"
            at, is_forged = datetime.fromisoformat(due), entry.get("forged", False)
            self._owe(Pending(name, at, "call-webhook", call.sid, number=place, is_forged=is_forged))


