"""What the person does on the line: keys, words, silence. Each is taken as the Gather or Record at work takes it."""

from __future__ import annotations

from service.simulator.calls.call import Call
from service.simulator.calls.executor import Executor, finish_keys, nothing_heard
from service.simulator.calls.reading import Unusable, Verb
from service.simulator.network import Network

USUAL_CONFIDENCE = 0.9
SILENCE = "[silence]"
HANGS_UP = "[hangs up]"


class NotListening(Exception):
    """The call cannot take that now. The text says what it waits for."""


class Listening:
    """The person's side of the line."""

    def __init__(self, network: Network, executor: Executor) -> None:
        self._network, self._executor = network, executor

    def digits(self, call: Call, digits: str) -> None:
        """Keys pressed, one after another. Keys after the last one that was wanted are lost and logged.

        Raises:
            NotListening: the call waits for nothing, or only for words.
        Source: Twilio, "Troubleshooting issues with Gather": keys pressed before a Gather has begun do not reach it.
        """
        verb = _listening(call)
        if verb.name == "Gather" and "dtmf" not in verb.attribute("input", "dtmf"):
            raise NotListening("it listens for words only")
        self._executor.hear(call, "person", digits)
        _is_there(call)
        for place, key in enumerate(digits):
            if self._press(call, verb, key):
                if rest := digits[place + 1 :]:
                    self._network.record("call-lost-keys", sid=call.sid, count=len(rest))
                return

    def speech(self, call: Call, text: str, confidence: float | None) -> None:
        """Words said; keys typed before them are dropped, as the first input wins. None leaves Confidence out.

        Raises:
            NotListening: the call waits for nothing, or only for keys.
        """
        verb = _listening(call)
        if verb.name == "Gather" and "speech" not in verb.attribute("input", "dtmf"):
            raise NotListening("it listens for keys only")
        self._executor.hear(call, "person", text)
        _is_there(call)
        if verb.name == "Record":
            self._recorded(call, verb, seconds=max(1, len(text) // 15), key="")
            return
        sure = (("Confidence", str(confidence)),) if confidence is not None else ()
        self._submit(call, verb, (("msg", "Gather End"), ("SpeechResult", text), *sure))

    def silence(self, call: Call) -> None:
        """The time-out passes at once: what was typed so far is the input; nothing is no input.

        Raises:
            NotListening: the call waits for nothing.
        """
        verb = _listening(call)
        self._executor.hear(call, "person", SILENCE)
        _is_there(call)
        if call.live.typed:
            self._typed(call, verb, "")
        else:
            self._nothing(call, verb, "")

    def _press(self, call: Call, verb: Verb, key: str) -> bool:
        """Whether this key ended the input."""
        if verb.name == "Record":
            if key in finish_keys(verb):
                self._recorded(call, verb, seconds=1, key=key)
                return True
            return False
        if key in finish_keys(verb):
            if call.live.typed:
                self._typed(call, verb, key)
            else:
                self._nothing(call, verb, key)
            return True
        call.live.typed += key
        if str(len(call.live.typed)) == verb.attribute("numDigits", ""):
            self._typed(call, verb, "")
            return True
        return False

    def _typed(self, call: Call, verb: Verb, key: str) -> None:
        fields = (("msg", "Gather End"), ("Digits", call.live.typed), ("FinishedOnKey", key))
        self._submit(call, verb, fields)

    def _nothing(self, call: Call, verb: Verb, key: str) -> None:
        if verb.name == "Gather" and verb.attribute("actionOnEmptyResult", "false") == "true":
            self._submit(call, verb, nothing_heard(verb, key))
            return
        self._executor.listen(call, None)
        self._executor.go_on(call)

    def _recorded(self, call: Call, verb: Verb, *, seconds: int, key: str) -> None:
        account = self._network.account.sid
        name = "RE" + call.sid[2:]
        url = f"https://api.twilio.com/2010-04-01/Accounts/{account}/Recordings/{name}"
        fields = (("RecordingUrl", url), ("RecordingSid", name), ("RecordingDuration", str(seconds)), ("Digits", key))
        self._submit(call, verb, fields)

    def _submit(self, call: Call, verb: Verb, fields: tuple[tuple[str, str], ...]) -> None:
        try:
            self._executor.gathered(call, verb, fields)
        except Unusable as unusable:
            self._executor.fail(call, unusable.code, call.live.url, unusable.detail)


def _listening(call: Call) -> Verb:
    if call.live.listening is None:
        raise NotListening("it waits for nothing")
    return call.live.listening


def _is_there(call: Call) -> None:
    call.live.documents = 0
