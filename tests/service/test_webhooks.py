"""The doors of the web process at real HTTP: what Twilio did not sign, or did not write, changes nothing. Never 500."""
# ruff: noqa: F811  # fixtures of the running house are named where they are used

from __future__ import annotations

from collections.abc import AsyncIterator
from urllib.parse import urlencode

import aiohttp
import pytest
import pytest_asyncio

from service.simulator.outgoing.webhooks import sign
from tests.faults.journey import G_WHO, comes_true
from tests.faults.letters import FORM, Fields, deliver, new_sid, post, status_of, text_from
from tests.stories.conftest import clock, house, network, running, stranger  # noqa: F401
from tests.stories.people import Network, Phone
from tests.stories.running import RunningHouse, free_port
from tests.twiml.judging import judge

DOORS = ("/twilio/sms", "/twilio/status", "/twilio/voice")
NEXT = "the-next-token-of-a-rotation"


async def send(house: RunningHouse, path: str, body: bytes, *, fields: Fields | None = None, **headers: str) -> int:
    """Post `body` with a true signature over `fields`."""
    url = house.url + path
    signed = {"X-Twilio-Signature": sign(house.environment["TWILIO_AUTH_TOKEN"], url, fields or [])}
    given = {"Content-Type": FORM, **{name.replace("_", "-"): value for name, value in headers.items()}}
    return await post(house, url, body, {**signed, **{name: value for name, value in given.items() if value}})


async def rows_there(house: RunningHouse) -> int:
    """Rows that an input could have left."""
    counted = await house.rows(
        "SELECT (SELECT count(*) FROM inbound_event) + (SELECT count(*) FROM outbox) + (SELECT count(*) FROM person)"
        " + (SELECT count(*) FROM stranger) + (SELECT count(*) FROM delivery_event) AS n"
    )
    return int(counted[0]["n"])


@pytest.mark.promise(18)
@pytest.mark.invariant("I8")
@pytest.mark.parametrize("door", DOORS)
async def test_a_forged_text_changes_nothing(stranger: Phone, network: Network, house: RunningHouse, door: str):
    fields = [*text_from(stranger, "hello"), ("MessageStatus", "delivered")]
    if door == "/twilio/voice":  # a whole call, so that nothing but its signature is wrong
        fields.append(("CallSid", "CA" + "0" * 32))
    body, url = urlencode(fields).encode(), house.url + door
    forged = sign("not-the-token", url, fields)
    elsewhere = sign(house.environment["TWILIO_AUTH_TOKEN"], house.url + "/elsewhere", fields)

    for signature in ({}, *({"X-Twilio-Signature": each} for each in (forged, elsewhere, "", "é", "A" * 5000))):
        assert await post(house, url, body, {"Content-Type": FORM, **signature}) == 403
    changed = urlencode([(name, value + "!" if name == "Body" else value) for name, value in fields]).encode()
    assert await send(house, door, changed, fields=fields) == 403
    two = [("X-Twilio-Signature", sign(house.environment["TWILIO_AUTH_TOKEN"], url, fields))] * 2
    async with house.client.post(url, data=body, headers=[("Content-Type", FORM), *two]) as answer:
        assert answer.status == 403

    assert await rows_there(house) == 0
    assert await network.is_quiet()


async def test_a_signed_text_of_a_stranger_is_answered(stranger: Phone, network: Network, house: RunningHouse):
    assert await deliver(house, "/twilio/sms", text_from(stranger, "hello")) == 200

    assert await stranger.hears(G_WHO)
    assert await network.is_quiet()


@pytest_asyncio.fixture(loop_scope="session")
async def rotating(house: RunningHouse) -> AsyncIterator[str]:
    """A second web process while the auth token is being changed."""
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    tokens = f"{house.environment['TWILIO_AUTH_TOKEN']},{NEXT}"
    house.start("web", known_as="rotating-web", PORT=str(port), PUBLIC_URL=url, TWILIO_AUTH_TOKEN=tokens)

    async def is_up() -> bool:
        try:
            async with house.client.get(f"{url}/health/live") as answer:
                return answer.status == 200
        except aiohttp.ClientError:
            return False

    await comes_true(is_up)
    yield url
    await house.make_whole()


async def test_while_the_token_changes_both_are_believed(stranger: Phone, house: RunningHouse, rotating: str):
    fields = status_of(new_sid(), "delivered")

    for token in (None, NEXT):
        assert await deliver(house, "/twilio/status", fields, token=token, to=rotating) == 204
    assert await deliver(house, "/twilio/status", fields, token="an-older-one", to=rotating) == 403
    assert await deliver(house, "/twilio/status", fields, token=NEXT) == 403


@pytest.mark.invariant("I8")
@pytest.mark.parametrize("door", DOORS)
async def test_what_twilio_never_sends_is_refused_and_leaves_nothing(stranger: Phone, house: RunningHouse, door: str):
    fields = [*text_from(stranger, "hello"), ("MessageStatus", "sent")]
    body = urlencode(fields).encode()
    part = b'--x\r\nContent-Disposition: form-data; name="Body"\r\n\r\nhello\r\n--x--\r\n'
    many = fields + [(f"Extra{n}", "1") for n in range(200)]
    long = [*fields[:3], ("Body", "a" * 70_000)]

    refused = {
        "multipart": await send(house, door, part, Content_Type="multipart/form-data; boundary=x"),
        "json": await send(house, door, b'{"Body": "hello"}', Content_Type="application/json"),
        "no content type": await send(house, door, body, fields=fields, Content_Type=""),
        "bytes that are no text": await send(house, door, b"Body=%ff%fe\xff\x00&From=\xc3\x28", fields=[("Body", "")]),
        "over 200 fields": await send(house, door, urlencode(many).encode(), fields=many),
        "over 64 kB": await send(house, door, urlencode(long).encode(), fields=long),
        "another path": await send(house, door + "/", body, fields=fields),
    }
    assert {why: status for why, status in refused.items() if status not in {403, 404, 413}} == {}
    assert refused["over 64 kB"] == 413
    async with house.client.get(house.url + door) as answer:
        assert answer.status == 405
    prefixed = await send(house, "/prefix" + door, body, fields=fields)
    assert prefixed == 404


async def test_a_text_with_fields_missing_or_repeated_is_refused(stranger: Phone, house: RunningHouse):
    whole = text_from(stranger, "hello")

    bent = [[each for each in whole if each[0] != name] for name in ("MessageSid", "From", "To")]
    bent += [[*whole, (name, "again")] for name in ("MessageSid", "From", "To", "Body")]
    bent += [[("MessageSid", "SMnothex"), *whole[1:]], [], [("Body", "")]]
    assert [await deliver(house, "/twilio/sms", fields) for fields in bent] == [403] * len(bent)
    assert await rows_there(house) == 0


@pytest.mark.promise(22)
@pytest.mark.parametrize(
    "body",
    ["", " ", "\x00", "a\x00b", "\ufeff7", "\u202e7", "\U0001f642", "7" * 1600],
    ids=["nothing", "a space", "only NUL", "NUL inside", "a mark", "right to left", "an emoji", "1600 digits"],
)
async def test_any_body_that_twilio_signs_is_taken(stranger: Phone, house: RunningHouse, body: str):
    assert await deliver(house, "/twilio/sms", text_from(stranger, body)) == 200


async def test_a_signature_never_covers_the_fragment(stranger: Phone, house: RunningHouse):
    fields = status_of(new_sid(), "sent")
    url = f"{house.url}/twilio/status"
    with_fragment = sign(house.environment["TWILIO_AUTH_TOKEN"], url + "#rc=3&rp=all", fields)

    signed = {"X-Twilio-Signature": with_fragment, "Content-Type": FORM}
    assert await post(house, url, urlencode(fields).encode(), signed) == 403
    assert await deliver(house, "/twilio/status", fields) == 204


async def test_a_caller_hears_a_sentence_in_their_language(stranger: Phone, house: RunningHouse):
    for number, language in (("+12125550107", "en-US"), ("+34600000105", "es-MX"), ("anonymous", "en-US")):
        fields = [("CallSid", "CA" + "1" * 32), ("From", number), ("To", "+12025550100")]
        url = f"{house.url}/twilio/voice"
        headers = {"X-Twilio-Signature": sign(house.environment["TWILIO_AUTH_TOKEN"], url, fields)}
        async with house.client.post(url, data=dict(fields), headers=headers) as answer:
            said = await answer.text()
        assert answer.status == 200
        assert language in said
        assert "<Hangup" in said
        assert judge(said.encode(), answer.headers["Content-Type"]) == []
