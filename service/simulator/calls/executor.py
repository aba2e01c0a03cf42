"""TwiML carried out on a line, verb by verb, until it waits for the person, asks the product, or ends."""

from __future__ import annotations

from typing import Protocol
from urllib.parse import urljoin

from service.simulator.calls.call import Ask, Call
from service.simulator.calls.grammar import NOT_SIMULATED
from service.simulator.calls.reading import Document, Unusable, Verb, read_document
from service.simulator.network import Network
from service.simulator.outgoing.addresses import is_web_address
from service.simulator.outgoing.webhooks import Answer

APPLICATION_ERROR = "We are sorry. An application error has occurred. Goodbye."
BAD_URL, ENDLESS = 11100, 14106
DOCUMENTS = 30  # in a row without a sign of the person: more is a loop
MACHINE_SILENCES = 20  # about what fits on an answering machine
REPETITIONS = 5
SOUNDS = ("Say", "Play", "Pause")
ANY_KEY = "1234567890*#"


class Line(Protocol):
    """What the executor cannot do itself."""

    def pick_up(self, call: Call) -> None:
        """An incoming call is answered."""

    def ask(self, call: Call, ask: Ask) -> None:
        """Request the next document."""

    def end(self, call: Call, status: str, sip: int) -> None:
        """The line is closed."""


class Executor:
    """Carries out documents. What a person hears goes into the transcript at once: speech takes no time.

    Only a line that is held, hearing the same again and again, waits out its pauses: else it would ask hundreds of
    times in the second in which it asks once.
    """

    def __init__(self, network: Network, line: Line) -> None:
        self._network, self._line = network, line

    def receive(self, call: Call, ask: Ask, answer: Answer) -> None:
        """The product answered `ask`: carry the document out, or do what Twilio does when it cannot."""
        call.live.is_in_fallback = ask.is_fallback
        call.live.documents += 1
        if answer.error is not None:
            self.fail(call, answer.error, ask.url)
            return
        is_moved = answer.url != ask.url.partition("#")[0]
        url, method = (answer.url, "GET") if is_moved else (ask.url, ask.method)
        self.read(call, answer.content_type, answer.body, url=url, method=method)

    def read(self, call: Call, content_type: str, body: bytes, *, url: str, method: str) -> None:
        """Carry out the document that `body` is; it came from `url`, or with the order when that is empty."""
        try:
            document = read_document(content_type, body)
            if call.live.documents > DOCUMENTS:
                raise Unusable(ENDLESS)
        except Unusable as unusable:
            self.fail(call, unusable.code, url, unusable.detail)
            return
        self._warn(call, document)
        said = tuple(verb for verb in document.verbs if verb.name in SOUNDS)
        call.live.said, call.live.is_held = said, said == call.live.said
        call.live.verbs, call.live.url, call.live.method = list(document.verbs), url, method
        self.go_on(call)

    def go_on(self, call: Call) -> None:
        """The verbs that are left, as far as they come."""
        live = call.live
        try:
            while live.verbs and live.listening is None and not call.is_over:
                verb = live.verbs.pop(0)
                if call.status == "ringing" and verb.name != "Reject":
                    self._line.pick_up(call)
                self._do(call, verb)
        except Unusable as unusable:
            self.fail(call, unusable.code, live.url, unusable.detail)
            return
        if not live.verbs and live.listening is None and not call.is_over and not self._is_asking(call):
            if call.status == "ringing":
                self._line.pick_up(call)
            self._line.end(call, "completed", 200)

    def fail(self, call: Call, code: int, url: str, detail: str = "") -> None:
        """Twilio's way with what cannot be used: the fallback once, else one sentence and the end of the call."""
        self._network.record("call-error", sid=call.sid, code=code, url=url, detail=detail)
        call.live.verbs = []
        if call.order.fallback and not call.live.is_in_fallback:
            extra = (("ErrorCode", str(code)), ("ErrorUrl", url.partition("#")[0]))
            call.live.is_in_fallback = True
            self._line.ask(call, Ask(call.order.fallback, call.order.fallback_method, extra, is_fallback=True))
            return
        if call.status == "ringing":
            self._line.pick_up(call)
        self.hear(call, "network", APPLICATION_ERROR)
        self._line.end(call, "completed", 200)

    def hear(self, call: Call, who: str, text: str) -> None:
        """One line of the transcript."""
        self._network.record("call-heard", sid=call.sid, who=who, text=text)

    def request(
        self, call: Call, action: str, method: str, extra: tuple[tuple[str, str], ...] = (), *, after: int = 0
    ) -> None:
        """Ask for the next document at `action`, relative to this one; "" is this one again. Raises Unusable."""
        try:
            url = urljoin(call.live.url, action) if action else call.live.url
        except ValueError:
            url = ""
        if not is_web_address(url):
            raise Unusable(BAD_URL, "not an address")
        call.live.verbs = []
        self._line.ask(call, Ask(url, method, extra, after=after))

    def listen(self, call: Call, verb: Verb | None) -> None:
        """The call waits for the person as `verb` says; None: it no longer does."""
        call.live.listening, call.live.typed = verb, ""
        if verb is not None or call.waits_for is not None:
            self._network.record("call-waits", sid=call.sid, **{"for": _waits_for(verb) if verb else None})

    def _do(self, call: Call, verb: Verb) -> None:
        match verb.name:
            case name if name in SOUNDS:
                self._sound(call, verb)
            case "Gather":
                for inner in verb.inside:
                    self._sound(call, inner)
                self._wait(call, verb)
            case "Record":
                if verb.attribute("playBeep", "true") == "true":
                    self.hear(call, "network", "[beep]")
                self._wait(call, verb)
            case "Redirect":
                self.request(call, verb.text, verb.attribute("method", "POST"), after=_pauses(call))
            case "Hangup" | "Leave":
                self._line.end(call, "completed", 200)
            case "Reject":
                self._reject(call, verb)
            case name if name in NOT_SIMULATED:
                self._network.record("call-error", sid=call.sid, code=None, url=call.live.url, detail=name)
                self.hear(call, "network", f"[{name} is not simulated]")
                self._line.end(call, "completed", 200)

    def _sound(self, call: Call, verb: Verb) -> None:
        times = int(verb.attribute("loop", "1")[:4]) or 1000
        match verb.name:
            case "Say":
                text = verb.text
            case "Play":
                keys = verb.attribute("digits", "")
                text = f"[keys {keys}]" if keys else call.live.recordings.get(verb.text, f"[plays {verb.text}]")
            case _:
                text, times = f"[{verb.attribute('length', '1')} s]", 1
        for _ in range(min(times, REPETITIONS)):
            self.hear(call, "us", text)

    def _wait(self, call: Call, verb: Verb) -> None:
        if not call.is_machine:
            self.listen(call, verb)
            return
        call.live.silences += 1
        if call.live.silences > MACHINE_SILENCES:
            self._line.end(call, "completed", 200)
        elif verb.name == "Gather" and verb.attribute("actionOnEmptyResult", "false") == "true":
            self.gathered(call, verb, nothing_heard(verb, ""))

    def gathered(self, call: Call, verb: Verb, extra: tuple[tuple[str, str], ...]) -> None:
        """What a Gather or a Record caught goes to its action. Raises Unusable."""
        self.listen(call, None)
        if "action" in verb.attributes:
            self.request(call, verb.attributes["action"], verb.attribute("method", "POST"), extra)
        else:
            self.request(call, "", verb.attribute("method", call.live.method), extra)

    def _reject(self, call: Call, verb: Verb) -> None:
        if call.status != "ringing":
            self._line.end(call, "completed", 200)
        elif verb.attribute("reason", "rejected") == "busy":
            self._line.end(call, "busy", 486)
        else:
            self._line.end(call, "no-answer", 603)

    def _warn(self, call: Call, document: Document) -> None:
        for code, about in document.warnings:
            self._network.record("call-warning", sid=call.sid, code=code, about=about)

    def _is_asking(self, call: Call) -> bool:
        return any(each.sid == call.sid and each.act == "call-webhook" for each in self._network.pending.values())


def nothing_heard(verb: Verb, key: str) -> tuple[tuple[str, str], ...]:
    """The fields of an action that is called without input; `key` is the finish key that was pressed, or ""."""
    digits = (("Digits", ""),) if "dtmf" in verb.attribute("input", "dtmf") else ()
    return (("msg", "Gather End"), *digits, ("FinishedOnKey", key))


def finish_keys(verb: Verb) -> str:
    """The keys that end the input."""
    return verb.attribute("finishOnKey", ANY_KEY if verb.name == "Record" else "#")


def _waits_for(verb: Verb) -> dict[str, str | int | None]:
    count = verb.attributes.get("numDigits")
    timeout = verb.attribute("timeout", "5")
    return {
        "input": "record" if verb.name == "Record" else verb.attribute("input", "dtmf"),
        "num_digits": int(count) if count else None,
        "finish_on": finish_keys(verb),
        "timeout": int(timeout) if timeout.isdigit() else 5,
    }


def _pauses(call: Call) -> int:
    """Seconds that the document took, where that matters."""
    if not call.live.is_held:
        return 0
    return sum(int(verb.attribute("length", "1")[:4]) for verb in call.live.said if verb.name == "Pause")
