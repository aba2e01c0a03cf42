"""What somebody at a door might try: a caller ID that is not theirs, a picture to be fetched, an endless talk between
two machines, a session to steal, an answering machine that listens, the same key twice.
"""

from __future__ import annotations

from urllib.parse import parse_qsl, urlsplit

import pytest

from service.app import build_app
from service.settings import read_settings
from service.simulator.phones.calls import ATTESTATIONS
from tests.faults.letters import Fields, deliver, new_sid, said_to, text_from
from tests.service.conftest import REAL
from tests.service.unruly_peer import peer_that, says
from tests.stories.own_calls import CODE, calls_own_things, has_code
from tests.stories.people import Clock, HeldCall, Network, Phone
from tests.stories.running import SENDER, RunningHouse
from tests.stories.words import G_LOST, G_STOP, G_TEXT

ASKED_FOR_CODE = "Please enter your PIN. Take your time."
SAFE = "You did a wise thing by stepping back. Are you safe right now? For yes, press 1."
PRIVATE_PART = "You're in. Nothing you say here is shared unless you choose it."


def last_words(house: RunningHouse) -> dict[str, str]:
    """What a call was last answered with: url and document."""
    return [each for each in house.answered() if "/twilio/voice" in each["url"]][-1]


async def heard_until_the_code(phone: Phone, attestation: str | None) -> list[str]:
    """All that whoever shows this number hears before they would have to type the code, and after a wrong one."""
    status, answer = await phone.house.post(f"{phone.path}/calls", {"attestation": attestation})
    assert status == 201, answer
    call = HeldCall(phone.house, f"{phone.path}/calls/{answer['sid']}")
    for keys in ("1", "999999"):
        await call.presses(keys)
    await call.hangs_up()
    return [each["text"] for each in (await phone.house.get(call.path))["transcript"] if each["who"] == "us"]


@pytest.mark.promise(20)
async def test_whatever_vouches_for_a_caller_nothing_private_is_said_without_the_code(
    ada: Phone, clock: Clock, network: Network
):
    await has_code(ada)

    heard = {}
    for attestation in (None, *ATTESTATIONS):
        heard[attestation] = await heard_until_the_code(ada, attestation)
        await clock.forward(minutes=20)  # a lock after wrong codes is another story

    assert ASKED_FOR_CODE in heard[None]
    assert PRIVATE_PART not in " ".join(heard[None])
    assert all(each == heard[None] for each in heard.values()), heard
    assert await network.is_quiet()  # and no text tells anybody of it


@pytest.mark.promise(20)
async def test_a_stop_that_shows_somebodys_number_is_confirmed_to_that_number_alone(
    ada: Phone, ben: Phone, network: Network, house: RunningHouse
):
    await ada.all_heard()
    await ben.all_heard()

    assert await deliver(house, "/twilio/sms", text_from(ada, "please stop texting me")) == 200

    assert await ada.hears(G_STOP)
    assert await network.is_quiet()


@pytest.mark.promise(24)
async def test_a_picture_is_never_fetched_whatever_address_it_has(ada: Phone, network: Network, house: RunningHouse):
    async with peer_that(says(200, "a picture")) as elsewhere:
        for address in (elsewhere.url, elsewhere.url.replace("127.0.0.1", "localhost"), "http://169.254.169.254/"):
            fields: Fields = [each for each in text_from(ada, "") if each[0] != "NumMedia"]
            fields += [("NumMedia", "1"), ("MediaUrl0", f"{address}/picture"), ("MediaContentType0", "image/jpeg")]
            assert await deliver(house, "/twilio/sms", fields) == 200
            assert await ada.hears(G_TEXT)
        assert await deliver(house, "/twilio/sms", text_from(ada, f"look at {elsewhere.url}/page")) == 200
        assert await ada.hears(G_LOST)
        await network.settled()

        assert elsewhere.connections == 0
    assert await network.is_quiet()


@pytest.mark.promise(27)
async def test_two_machines_that_talk_to_each_other_come_to_an_end(
    ada: Phone, clock: Clock, network: Network, house: RunningHouse
):
    for turn in range(9):
        await ada.texts(f"your ticket {turn} was received and will be looked at")
    assert await ada.hears(*[G_LOST] * 5)
    assert await network.is_quiet()

    before = len(await house.rows("SELECT id FROM outbox"))
    itself = Phone(house, "ourselves", SENDER, ada.zone, "en")
    for sender in (itself, Phone(house, "a short code", "22395", ada.zone, "en")):
        assert await deliver(house, "/twilio/sms", text_from(sender, "hello")) == 200
    await network.settled()
    assert len(await house.rows("SELECT id FROM outbox")) == before


@pytest.mark.promise(25)
async def test_there_is_no_session_to_steal(ada: Phone, house: RunningHouse):
    settings = read_settings({**house.environment, **REAL, "TWILIO_AUTH_TOKEN": "a" * 32})
    paths = {getattr(route, "path", "") for route in build_app(settings).routes}
    assert paths == {
        "/twilio/sms", "/twilio/voice", "/twilio/voice/step", "/twilio/status", "/audio/{name}", "/health/live",
        "/health/ready", "/metrics",
    }  # fmt: skip

    for path in ("/health/live", "/health/ready", "/metrics", "/audio/none"):
        async with house.client.get(house.url + path) as answer:
            assert "Set-Cookie" not in answer.headers
    _, headers = await said_to(house, "/twilio/sms", text_from(ada, "HELP"))
    assert "Set-Cookie" not in headers


@pytest.mark.promise(30)
async def test_an_answering_machine_hears_nothing_of_anybody(ada: Phone, clock: Clock, network: Network):
    await ada.texts("CALL")
    await clock.forward(minutes=1)
    call = await ada.rings()
    await call.act("voicemail")
    await network.settled()

    lines = [each["text"] for each in (await ada.house.get(call.path))["transcript"] if each["who"] == "us"]
    assert lines == []


@pytest.mark.promise(1)
@pytest.mark.parametrize("pressed", ["2", "1"])
async def test_a_key_that_comes_twice_is_answered_with_the_same_bytes(ada: Phone, house: RunningHouse, pressed: str):
    await has_code(ada)
    call = await ada.calls()
    await call.presses(pressed)
    first = last_words(house)

    path, query = urlsplit(first["url"]).path, urlsplit(first["url"]).query
    fields: Fields = [
        ("CallSid", call.path.rsplit("/", 1)[1]), ("From", ada.number), ("To", SENDER), ("Direction", "inbound"),
        ("Digits", pressed),
    ]  # fmt: skip
    again = [(await said_to(house, f"{path}?{query}", fields))[0] for _ in range(3)]

    assert dict(parse_qsl(query))
    assert again == [first["document"]] * 3
    await call.hangs_up()


@pytest.mark.promise(19, 25)
async def test_a_right_code_on_one_call_opens_no_other(ada: Phone, house: RunningHouse):
    opened = await calls_own_things(ada)
    assert await opened.hears(PRIVATE_PART)
    last = last_words(house)
    path, query = urlsplit(last["url"]).path, urlsplit(last["url"]).query
    await opened.hangs_up()

    other: Fields = [
        ("CallSid", "CA" + new_sid()[2:]), ("From", ada.number), ("To", SENDER), ("Direction", "inbound"),
        ("Digits", "1"),
    ]  # fmt: skip
    said, _ = await said_to(house, f"{path}?{query}", other)
    assert "<Hangup" in said
    assert "<Gather" not in said
    assert CODE not in said
