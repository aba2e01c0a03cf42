"""Calls from the first ring to the last callback: who is rung, who answers, what the product is told."""

from __future__ import annotations

import dataclasses
import uuid
from datetime import datetime, timedelta

from service.simulator.bell import Bell
from service.simulator.calls.call import OVER, Ask, Call, Order
from service.simulator.calls.executor import Executor
from service.simulator.calls.listening import HANGS_UP, Listening
from service.simulator.calls.parameters import answer_parameters, callback_parameters, voice_parameters
from service.simulator.calls.reading import addresses_played
from service.simulator.faults import Faults, Times, times_of
from service.simulator.network import Network, after
from service.simulator.outgoing.recordings import Unplayable, fetch_recording
from service.simulator.outgoing.webhooks import Answer, Postman
from service.simulator.pacing import wait_for_line
from service.simulator.pending import Pending

INITIATED_AFTER, RINGING_AFTER = 0.05, 0.25  # seconds of product time
CALLBACK_DELAY, WEBHOOK_DELAY, SWAPPED_BY = 30.0, 60.0, 5.0
UNREACHED = 11200
# StatusCallbackEvent of each status; every end is "completed".
EVENTS = {"initiated": "initiated", "ringing": "ringing", "in-progress": "answered"}
INLINE = "text/xml"
VERDICTS = {
    "Enable": ("human", "machine_start"), "DetectMessageEnd": ("human", "machine_end_beep"),
}  # fmt: skip
# What a fault makes of a call: (status, SIP answer, seconds after it was taken).
FATES: dict[str, list[tuple[str, int | None, float]]] = {
    "unreachable": [("initiated", None, INITIATED_AFTER), ("failed", 404, RINGING_AFTER)],
    "callback-before-answer": [("initiated", None, 0.0), ("ringing", None, 0.001), ("busy", 486, 0.002)],
}
MACHINE_GREETING = "[answering machine: greeting and beep]"


class Switchboard:
    """Every call of the network. Steps are journalled; a document at work lives only as long as this process."""

    def __init__(self, network: Network, postman: Postman, faults: Faults, bell: Bell) -> None:
        self._network, self._postman, self._faults, self._bell = network, postman, faults, bell
        self._executor = Executor(network, self)
        self.person = Listening(network, self._executor)

    def place(self, order: Order, *, fate: str = "") -> Call:
        """The product calls somebody: queued, then rung in product time. `fate` is a fault's word for what then is."""
        at, sid = self._network.now(), "CA" + uuid.uuid4().hex
        turn = at + wait_for_line(self._network, at)
        plan = [(status, sip, after(turn, seconds)) for status, sip, seconds in _plan(order, fate)]
        self._network.record(
            "call", by="product", sid=sid, direction="outbound-api", person=order.to, status="queued",
            order=dataclasses.asdict(order), plan=plan,
        )  # fmt: skip
        self._bell.ring()
        return self._network.ledger.calls[sid]

    async def overtake(self, call: Call) -> None:
        """Until a call that is declined at once has been told of."""
        await self._bell.finished(f"{call.sid}:busy")
        await self.settled(call)

    async def ring_in(self, number: str, *, shown_as: str, attestation: str | None) -> Call:
        """A person calls the product's number; back once it said something, or could not be reached.

        `shown_as` is the caller's number as the product sees it: the same, or a word where it is withheld.
        """
        account = self._network.account
        own = self._network.numbers.get(account.voice_number, {})
        order = Order(
            to=account.voice_number, sender=shown_as, attestation=attestation,
            url=own.get("voice_url") or f"{account.public_url}/twilio/voice", method=own.get("voice_method", "POST"),
            fallback=own.get("voice_fallback_url", ""), fallback_method=own.get("voice_fallback_method", "POST"),
            callback=own.get("status_callback", f"{account.public_url}/twilio/status"),
            callback_method=own.get("status_callback_method", "POST"),
        )  # fmt: skip
        sid = "CA" + uuid.uuid4().hex
        self._network.record(
            "call", by="person", sid=sid, direction="inbound", person=number, status="ringing",
            order=dataclasses.asdict(order), plan=[],
        )  # fmt: skip
        call = self._network.ledger.calls[sid]
        self.ask(call, Ask(order.url, order.method))
        await self.settled(call)
        return call

    async def answer(self, call: Call, *, is_machine: bool, verdict: str | None = None) -> None:
        """A ringing phone is answered, by a person or by an answering machine. `verdict` overrides the detection's."""
        order, at = call.order, self._network.now()
        usual = VERDICTS[order.detection][is_machine] if order.detection else None
        found = (verdict or usual) if order.detection else None
        self._step(
            call, "in-progress", None, machine=is_machine, answered_by=None if order.is_detected_later else found,
            plan=[("completed", 200, after(at, order.time_limit))],
        )  # fmt: skip
        if is_machine:
            self._executor.hear(call, "network", MACHINE_GREETING)
        if found and order.is_detected_later:
            times = self._callback_times(call) if order.detection_callback else Times([])
            self._network.record(
                "call-detected", sid=call.sid, answered_by=found, callbacks=times.due, forged=times.is_forged
            )
        if order.url:
            self.ask(call, Ask(order.url, order.method, tuple(answer_parameters(call))))
        else:
            self._executor.read(call, INLINE, order.twiml.encode(), url="", method="POST")
        await self.settled(call)

    def redirect(self, call: Call, url: str, method: str, twiml: str) -> None:
        """The product sends a call in progress elsewhere, whatever it was doing."""
        self._executor.listen(call, None)
        for each in [each for each in self._network.pending.values() if each.sid == call.sid]:
            if each.act == "call-webhook":
                self._network.record("call-webhook", pending=each.id, sid=call.sid, dropped=True)
                self._bell.tell(each.id)
        call.live.verbs = []
        if url:
            self.ask(call, Ask(url, method))
        else:
            self._executor.read(call, INLINE, twiml.encode(), url="", method="POST")

    async def hang_up(self, call: Call) -> None:
        """The person puts the phone down; one who called and heard nothing yet was not answered."""
        self._executor.hear(call, "person", HANGS_UP)
        if call.status == "ringing":
            self.end(call, "no-answer", 487)
        else:
            self.end(call, "completed", 200)
        await self.settled(call)

    def pick_up(self, call: Call) -> None:
        """Our side answers a call that came in."""
        at = self._network.now()
        self._step(call, "in-progress", None, plan=[("completed", 200, after(at, call.order.time_limit))])

    def ask(self, call: Call, ask: Ask) -> None:
        """Owe the product a request for TwiML; a lost one is what an unreachable product is."""
        at = self._network.now() + timedelta(seconds=ask.after)
        times = times_of(self._faults.strike("webhook", call.person), at, late=WEBHOOK_DELAY)
        self._network.record(
            "call-asks", sid=call.sid, url=ask.url, method=ask.method, extra=ask.extra, fallback=ask.is_fallback,
            due=times.due, forged=times.is_forged,
        )  # fmt: skip
        self._bell.ring()
        if not times.due:
            call.live.is_in_fallback = ask.is_fallback
            self._executor.fail(call, UNREACHED, ask.url)

    def end(self, call: Call, status: str, sip: int) -> None:
        """The call is over; whatever was still to do on the line is dropped."""
        if not call.is_over:
            self._step(call, status, sip)

    def cut_off(self) -> None:
        """After a restart nobody knows what was being said: calls that were under way end."""
        for call in list(self._network.ledger.calls.values()):
            if call.status == "in-progress":
                self.end(call, "completed", 200)
            elif call.is_inbound and call.status == "ringing":
                self.end(call, "no-answer", 487)

    def step(self, pending: Pending) -> None:
        """What was planned for a call falls due."""
        self._step(self._network.ledger.calls[pending.sid], pending.status, pending.error)

    async def carry(self, pending: Pending) -> None:
        """Make the request that is due, and go on with what comes back."""
        call = self._network.ledger.calls.get(pending.sid)
        if call is None or pending.id not in self._network.pending:
            return
        if pending.act == "call-callback":
            await self._call_back(call, pending)
            return
        ask = call.asks[pending.number]
        params = [*voice_parameters(self._network, call), *ask.extra]
        postman = self._postman.signing(pending)
        answer = await postman.deliver(ask.url, params, method=ask.method, cookies=call.live.cookies)
        if pending.sid not in self._network.ledger.calls:
            return
        is_wanted = pending.id in self._network.pending
        self._network.record(
            "call-webhook", pending=pending.id, sid=call.sid, url=answer.url, answered=answer.status,
            error=answer.error, attempts=answer.attempts,
        )  # fmt: skip
        # Of a request that went out twice the second answer counts: the first was lost on its way back.
        is_last = not any(
            each.sid == call.sid and each.act == pending.act and each.number == pending.number
            for each in self._network.pending.values()
        )
        if is_wanted and is_last and not call.is_over:
            await self._fetch_recordings(call, answer)
        if is_wanted and is_last and not call.is_over:
            self._executor.receive(call, ask, answer)

    async def _fetch_recordings(self, call: Call, answer: Answer) -> None:
        """What the document will play, once a call: one that cannot be had is passed over, and the log says so."""
        for address in addresses_played(answer.content_type, answer.body):
            if address in call.live.recordings:
                continue
            try:
                call.live.recordings[address] = await fetch_recording(address)
            except Unplayable as unplayable:
                call.live.recordings[address] = "[cannot be played]"
                self._network.record("call-error", sid=call.sid, code=unplayable.code, url=address, detail="Play")

    async def settled(self, call: Call) -> None:
        """Until no request about this call is due or on its way."""
        while due := self._requests(call):
            await self._bell.finished(due[0])

    async def _call_back(self, call: Call, pending: Pending) -> None:
        event, order = call.events[pending.number], call.order
        is_detection = event.status == "detected"
        url, method = (
            (order.detection_callback, order.detection_method) if is_detection
            else (order.callback, order.callback_method)
        )  # fmt: skip
        params = callback_parameters(self._network, call, event)
        answer = await self._postman.signing(pending).deliver(url, params, method=method)
        if pending.id in self._network.pending:
            self._network.record(
                "call-callback", pending=pending.id, sid=call.sid, status=event.status, sequence=event.sequence,
                url=answer.url, answered=answer.status, error=answer.error, attempts=answer.attempts,
            )  # fmt: skip

    def _requests(self, call: Call) -> list[str]:
        now = self._network.now()
        return [
            each.id for each in self._network.pending.values()
            if each.sid == call.sid and each.act != "call-status" and each.at <= now
        ]  # fmt: skip

    def _step(
        self, call: Call, status: str, sip: int | None, *, plan: list[tuple[str, int, str]] | None = None,
        **facts: object,
    ) -> None:  # fmt: skip
        wanted = "completed" if status in OVER else EVENTS[status]
        is_silent = call.status == "queued" and status == "canceled"  # Twilio calls nobody back for that
        is_wanted = bool(call.order.callback) and wanted in call.order.events and not is_silent
        before = {each.id for each in self._network.pending.values() if each.sid == call.sid}
        times = self._callback_times(call) if is_wanted else None
        self._network.record(
            "call-step", sid=call.sid, status=status, sip=sip, callbacks=times.due if times else None,
            forged=bool(times and times.is_forged), plan=plan or [], **facts,
        )  # fmt: skip
        for dropped in before - set(self._network.pending):
            self._bell.tell(dropped)
        self._bell.ring()

    def _callback_times(self, call: Call) -> Times:
        at: datetime = self._network.now()
        rule = self._faults.strike("callback", call.person)
        return times_of(rule, at, late=CALLBACK_DELAY, swapped=SWAPPED_BY)


def _plan(order: Order, fate: str) -> list[tuple[str, int | None, float]]:
    usual = [
        ("initiated", None, INITIATED_AFTER), ("ringing", None, RINGING_AFTER),
        ("no-answer", 487, RINGING_AFTER + order.timeout),
    ]  # fmt: skip
    return FATES.get(fate, usual)
