"""Whatever a signed request to a webhook holds, field by field: a valid answer, and what is taken is known once."""

from __future__ import annotations

import re
import uuid
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlencode

import aiohttp
import pytest
import pytest_asyncio
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st
from yarl import URL

from service.gateway.wire import BODY_BYTES
from service.simulator.outgoing.webhooks import sign
from tests.calls.one_process import OneProcess
from tests.faults.letters import FORM
from tests.service.conftest import ADA, CARMEN, STRANGER
from tests.stories.running import SENDER
from tests.twiml.judging import judge

FEW, MANY = 100, 10_000
SID = re.compile("(SM|MM|CA)[0-9a-fA-F]{32}")
Pairs = tuple[tuple[str, str], ...]
# These stand for what they name until it is sent, so that an example can be read and played again.
NEW, ENDLESS = "a new one", "a text without an end"
# What no form should hold: nothing, a NUL, half a pair, marks that turn a line around, digits of other scripts, markup.
HOSTILE = st.one_of(
    st.text(max_size=30),
    st.sampled_from([
        "", "\x00", "7\x00", "\ud83d", "half \udc00 pair", "\u202e7", "\ufeff", "\x1b[2J", "a" * 1601, "😀" * 1600,
        "%00", "&=;+", "<Say>&amp;", "]]>", "0", "-1", "9" * 30, "١٢٣", "1e9", "'; DROP TABLE person; --",
        ENDLESS,
    ]),
)  # fmt: skip
PEOPLE = st.sampled_from([ADA, CARMEN, STRANGER, "+1", "anonymous", "whatsapp:+12125550101", "22395"])
BODIES = st.one_of(
    st.sampled_from(["7", "4 tired", "JOIN", "YES", "BREAK 20", "PROMISE call the bank, Fri 4pm", "stop it", "START"]),
    HOSTILE,
)


GOOD: Mapping[str, Mapping[str, st.SearchStrategy[str]]] = {
    "/twilio/sms": {
        "MessageSid": st.just("SM" + NEW), "From": PEOPLE, "To": st.just(SENDER), "Body": BODIES,
        "NumMedia": st.sampled_from("012"), "OptOutType": st.sampled_from(["STOP", "START", "HELP"]),
    },
    "/twilio/status": {
        "MessageSid": st.just("SM" + NEW),
        "MessageStatus": st.sampled_from(["queued", "sent", "delivered", "undelivered"]),
        "ErrorCode": st.sampled_from(["30003", "21610", "0"]), "?item": st.uuids().map(str),
    },
    "/twilio/voice": {
        "CallSid": st.just("CA" + NEW), "From": PEOPLE, "To": st.just(SENDER),
        "Direction": st.sampled_from(["inbound", "outbound-api"]),
        "AnsweredBy": st.sampled_from(["human", "machine_start", "fax"]), "?call": st.uuids().map(str),
    },
    "/twilio/voice/step": {
        "CallSid": st.just("CA" + NEW), "From": PEOPLE, "To": st.just(SENDER), "Direction": st.just("inbound"),
        "Digits": st.text("0123456789*#ABCD", max_size=70), "SpeechResult": BODIES,
        "FinishedOnKey": st.sampled_from("*#"),
        "?at": st.sampled_from(["1.1.1", f"1.{'9' * 18}.{'9' * 9}", f"1.{'9' * 19}.1", "2.1.1"]),
        "?again": st.sampled_from(["0", "11", "12", "999"]),
    },
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Request:
    """One request, as somebody with our token would sign it."""

    path: str
    query: Pairs
    fields: Pairs

    def all(self, name: str) -> list[str]:
        return [value for key, value in self.fields if key == name]


@st.composite
def requests(draw: st.DrawFn) -> Request:
    """A good request of which a field or two are missing, there twice, or hold what they never hold; others beside."""
    path = draw(st.sampled_from(sorted(GOOD)))
    pairs: list[tuple[str, str]] = []
    bent = draw(st.lists(st.sampled_from(sorted(GOOD[path])), max_size=2))
    for name, good in GOOD[path].items():
        match draw(st.sampled_from(["hostile", "absent", "twice"])) if name in bent else "good":
            case "good":
                pairs.append((name, draw(good)))
            case "hostile":
                pairs.append((name, draw(HOSTILE)))
            case "twice":
                pairs += [(name, draw(good)), (name, draw(HOSTILE))]
    pairs += draw(st.lists(st.tuples(st.one_of(HOSTILE, HOSTILE.map(lambda each: f"?{each}")), HOSTILE), max_size=2))
    query = tuple((name[1:], value) for name, value in pairs if name.startswith("?"))
    return Request(path, query, tuple(pair for pair in pairs if not pair[0].startswith("?")))


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def client() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as opened:
        yield opened


async def arrives(everything: OneProcess, client: aiohttp.ClientSession, request: Request) -> int:
    """How it was answered: with a document or without, never with a failure of ours."""
    house = everything.house.settings
    query = urlencode(request.query, errors="surrogatepass")
    url = f"{house.public_url}{request.path}" + (f"?{query}" if query else "")
    signature = sign(house.twilio_auth_tokens[0], url, _as_utf8(request.fields))
    body = urlencode(request.fields, errors="surrogatepass").encode()
    headers = {"X-Twilio-Signature": signature, "Content-Type": FORM}
    async with client.post(URL(url, encoded=True), data=body, headers=headers) as answer:
        document = await answer.read()
    # An address longer than any server reads is refused before it is ours.
    refusals = {403, 413} if len(url) < BODY_BYTES else {400, 403}
    assert answer.status in {200, 204, *refusals}, (answer.status, document[:200])
    if answer.status == 200:
        assert judge(document, answer.headers["Content-Type"], is_voice="/voice" in request.path) == []
    return answer.status


def _as_utf8(fields: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """As they are read at the other end: Twilio would not sign half a pair, but whoever has our token may."""
    return [(_read(name), _read(value)) for name, value in fields]


def _read(part: str) -> str:
    return part.encode("utf-8", "surrogatepass").decode("utf-8", "replace")


async def is_well(everything: OneProcess, client: aiohttp.ClientSession, request: Request) -> None:
    """Answered well, twice the same, and known once."""
    sid, endless = uuid.uuid4().hex, "a" * BODY_BYTES
    fields = [(name, value.replace(NEW, sid).replace(ENDLESS, endless)) for name, value in request.fields]
    request = replace(request, fields=tuple(fields))
    status = await arrives(everything, client, request)
    again = await arrives(everything, client, request)

    assert again == status
    assert everything.house.spool.is_empty()
    if status in {200, 204}:
        # Of a call only its person's end is read.
        read = {"CallSid", "Direction"} if "/voice" in request.path else GOOD[request.path]
        assert [name for name in read if len(request.all(name)) > 1] == []
        assert SID.fullmatch(request.all("CallSid" if "/voice" in request.path else "MessageSid")[0])
    if request.path == "/twilio/sms" and len(request.all("MessageSid")) == 1:
        key = everything.house.vault.event_key(_read(request.all("MessageSid")[0]))
        known = await everything.rows("SELECT count(*) AS n FROM inbound_event WHERE sid_key = $1", key)
        assert known[0]["n"] == (1 if status == 200 else 0)


SETTINGS = settings(
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large],
)
NUL_IN_A_TEXT = Request(
    "/twilio/sms", (), (("MessageSid", "SM" + NEW), ("From", ADA), ("To", SENDER), ("Body", "7\x00"))
)


STOPPED_BESIDE_ANOTHER_WORD = Request("/twilio/sms", (), (
    ("MessageSid", "SM" + NEW), ("From", "+1"), ("To", SENDER), ("Body", "YES"), ("NumMedia", "1"),
    ("OptOutType", "STOP"),
))  # fmt: skip


@pytest.mark.promise(21, 22)
@settings(SETTINGS, max_examples=FEW, derandomize=True)
@example(request_=STOPPED_BESIDE_ANOTHER_WORD)
@example(request_=NUL_IN_A_TEXT)
@given(request_=requests())
async def test_any_signed_request_is_answered_well_and_known_once(everything: OneProcess, client, request_: Request):
    await is_well(everything, client, request_)


@pytest.mark.slow
@pytest.mark.timeout(3600)
@settings(SETTINGS, max_examples=MANY)
@given(request_=requests())
async def test_a_great_many_signed_requests_are_answered_well(everything: OneProcess, client, request_: Request):
    await is_well(everything, client, request_)
