"""People on the line who do as they like, and what must hold for every one of them."""

from __future__ import annotations

import base64
import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from hypothesis import strategies as st

from service.records import BreakSession, Due, Person, Session
from service.simulator.calls.call import Call
from service.simulator.calls.listening import HANGS_UP, NotListening
from service.simulator.calls.parameters import voice_parameters
from service.simulator.calls.switchboard import MACHINE_GREETING
from tests.calls.one_process import OneProcess
from tests.twiml.judging import judge_line

KEYS = "0123456789*#"
STAR = "*"
# Words into the line: an answer, a day, a wish to leave, danger, and what no recogniser should have made.
SAID = (
    "call the bank, friday at five", "saturday at ten in the morning", "yes", "no", "one", "stop calling me",
    "I want to kill myself", "llamar al banco el viernes a las cinco", "uh", "¿" * 40, "<Say>&amp;]]>", "press 1",
)  # fmt: skip
TEXTS = {
    "en": ("7", "BREAK 30", "PRIVATE", "PAUSE", "STOP", "OK", "CALL"),
    "es": ("7", "DESCANSO 30", "PRIVADO", "PAUSA", "STOP", "OK", "LLAMAR"),
}
OWN_CODE = "their own code"


@dataclass(frozen=True, slots=True)
class Act:
    """One thing a caller does; `what` is keys, early, nothing, says, repeats, texts, waits or hangs-up."""

    what: str
    given: str = ""


def acts(locale: str) -> st.SearchStrategy[list[Act]]:
    """What one caller does until they have had enough."""
    likely = st.sampled_from([*"1234", *"1234", OWN_CODE]).map(lambda keys: Act("keys", keys))
    each = st.one_of(
        likely, likely, likely,
        st.sampled_from(KEYS).map(lambda key: Act("keys", key)),
        st.text(KEYS, min_size=2, max_size=9).map(lambda keys: Act("keys", keys)),
        st.text(KEYS, min_size=2, max_size=2).map(lambda keys: Act("early", keys)),
        st.sampled_from(SAID).map(lambda words: Act("says", words)),
        st.sampled_from([Act("nothing"), Act("nothing"), Act("repeats"), Act("waits"), Act("hangs-up")]),
        st.sampled_from(TEXTS[locale]).map(lambda body: Act("texts", body)),
    )  # fmt: skip
    return st.lists(each, max_size=25)


def weather() -> st.SearchStrategy[dict[str, object]]:
    """What the network does to requests and callbacks meanwhile, seeded."""
    webhook = st.sampled_from(["", "duplicate"])
    callback = st.sampled_from(["", "drop", "duplicate", "swap", "delay"])
    return st.builds(_faults, st.integers(0, 999), webhook, callback)


def _faults(seed: int, webhook: str, callback: str) -> dict[str, object]:
    rules = [{"on": on, "do": do, "chance": 0.5, "for": 99}
             for on, do in (("webhook", webhook), ("callback", callback)) if do]  # fmt: skip
    return {"seed": seed, "rules": rules}


@dataclass(slots=True)
class Caller:
    """Somebody with a phone at their ear."""

    everything: OneProcess
    number: str
    code: str

    async def calls(self) -> Call:
        """They call us; the first words were said when this is back."""
        return await self.everything.exchange.calls.ring_in(
            self.number, shown_as=self.number, attestation="TN-Validation-Passed-A"
        )

    async def does(self, call: Call, doings: Sequence[Act]) -> None:
        """One thing after the other, until the call is over. What must hold is looked at after each."""
        for each in doings:
            if call.is_over:
                return
            await self._does(call, each)
            assert_goes_on_or_ends_well(call)

    async def lets_go(self, call: Call) -> None:
        """They put the phone down, if it is not down yet; then all that follows of it."""
        board = self.everything.exchange.calls
        if not call.is_over:
            await board.hang_up(call)
        await board.settled(call)
        # What came late has come, and the end of a call that nobody told us of was found in the network's list.
        for _ in range(2):
            await self.everything.passes(minutes=3)
            await self.everything.sweep()

    async def _does(self, call: Call, act: Act) -> None:
        board, line = self.everything.exchange.calls, self.everything.exchange.calls.person
        match act.what:
            case "keys":
                self._presses(call, act.given)
            case "early":
                for key in act.given:  # the second before the line listens again
                    self._presses(call, key)
            case "nothing":
                line.silence(call)
            case "says":
                try:
                    line.speech(call, act.given, 0.4)
                except NotListening:  # talking to a line that listens for keys is silence to it
                    line.silence(call)
            case "repeats":
                await self._comes_again(call)
            case "texts":
                await self.everything.exchange.take(self.number, act.given)
            case "waits":
                await self.everything.passes(seconds=40)
            case "hangs-up":
                await board.hang_up(call)
        await board.settled(call)
        while call.live.is_held and call.waits_for is None and not call.is_over:
            await self.everything.passes(seconds=2)  # a held line waits out its pauses; it ends after a minute of them

    def _presses(self, call: Call, keys: str) -> None:
        try:
            self.everything.exchange.calls.person.digits(call, self.code if keys == OWN_CODE else keys)
        except NotListening:  # lost, as on a real line
            return

    async def _comes_again(self, call: Call) -> None:
        """The network brings its last request once more, as after an answer that was lost."""
        ask, exchange = call.asks[-1], self.everything.exchange
        params = [*voice_parameters(exchange.network, call), *ask.extra]
        await exchange.postman.deliver(ask.url, params, method=ask.method)


def lines(call: Call, who: str) -> list[str]:
    """What one side of a call said, in order."""
    return [each.text for each in call.transcript if each.who == who]


def assert_goes_on_or_ends_well(call: Call) -> None:
    """No machine's error, ever; the line listens, or it was closed with a goodbye."""
    assert set(lines(call, "network")) <= {MACHINE_GREETING, "[beep]"}, call.transcript
    if not call.is_over:
        assert call.waits_for is not None, call.transcript
    elif call.transcript[-1].text != HANGS_UP:
        assert call.transcript[-1].who == "us", call.transcript
        assert says_goodbye(call.transcript[-1].text), call.transcript


def assert_is_framed(call: Call, opening: str) -> None:
    """A call of ours: who it is comes first; the number comes last, unless the person left by star or hung up."""
    ours = lines(call, "us")
    assert ours[0].startswith(opening), call.transcript
    if call.transcript[-1].who == "us" and STAR not in lines(call, "person")[-1]:
        assert "+ 1 2 0 2 5 5 5 0 1 0 0" in ours[-1], call.transcript


def says_goodbye(words: str) -> bool:
    """Whether these words end a call: their last sentence is one."""
    return words.rstrip(".").rpartition(". ")[2].startswith(("Goodbye", "Adiós", "Hasta"))


async def assert_nothing_is_left(everything: OneProcess) -> None:
    """After the last call: no conversation is open on the line, a break has its return, all answers are as Twilio
    takes them, and a request that came twice was answered twice with the same bytes.
    """
    now = everything.house.clock.now()
    active = await Person.filter(status="active").values_list("id", flat=True)  # who said STOP is asked nothing
    for kept in await BreakSession.filter(state="running", back_at__gt=now, caller_id__in=list(active)):
        assert await Due.exists(
            person_id=kept.caller_id, kind="break-return", state="waiting", due_at=kept.back_at
        ), kept.back_at
    assert await Session.filter(channel="voice", is_open=True).count() == 0
    answered: dict[str, set[bytes]] = defaultdict(set)
    for line in everything.answers.read_text().splitlines() if everything.answers.exists() else []:
        assert judge_line(line) == []
        answer = json.loads(line)
        if "/voice/step" in answer["url"]:
            answered[answer["url"]].add(base64.b64decode(answer["body"]))
    assert [url for url, bodies in answered.items() if len(bodies) > 1] == []
