"""One text, one POST, and an honest word about what came of it, whatever the other end does."""

from __future__ import annotations

import base64
import socket
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from zoneinfo import ZoneInfo

import pytest

from service.clock import real_now
from service.errors import GatewayRefused, GatewayUnavailable, GatewayUnclear
from service.gateway.port import Accepted, Gateway, OutgoingText
from service.gateway.transport import swap_host
from service.gateway.twilio_rest import TwilioGateway
from service.settings import TWILIO_API, Settings, read_settings
from tests.service.unruly_peer import breaks_off, peer_that, resets, says, stays_silent

ACCOUNT = "AC" + "0" * 32
SERVICE = "MG" + "0" * 32
US, ADA = "+12125550100", "+12125550101"
SINCE = datetime(2026, 3, 2, 12, tzinfo=UTC)
TEXT = OutgoingText(
    to=ADA,
    body="¿Tu día? Reply 0-10 & no hurry #1",
    callback_url="https://mend.example.org/twilio/status?item=tok#rc=3",
    validity_seconds=3600,
)
TAKEN = {"sid": "SM" + "1" * 32, "status": "queued", "error_code": None}


def settings_for(api_url: str, **changed: str) -> Settings:
    key = base64.b64encode(bytes(32)).decode()
    return read_settings({
        "PUBLIC_URL": "https://mend.example.org",
        "TWILIO_ACCOUNT_SID": ACCOUNT,
        "TWILIO_AUTH_TOKEN": "current",
        "TWILIO_SENDER": US,
        "TWILIO_API_URL": api_url,
        "DATABASE_URL": "postgres://localhost/mend",
        "SECRET_KEYS": key,
        "LOOKUP_KEY": key,
        **changed,
    })  # fmt: skip


@asynccontextmanager
async def gateway_to(api_url: str, *, deadline_seconds: float = 10.0, **changed: str):
    gateway = TwilioGateway(settings_for(api_url, **changed), deadline_seconds=deadline_seconds)
    try:
        yield gateway
    finally:
        await gateway.aclose()


def message(number: int, *, minutes: int, **changed: object) -> dict[str, object]:
    at = format_datetime(SINCE + timedelta(minutes=minutes))
    return {
        "sid": f"SM{number:032x}", "to": ADA, "from": US, "body": f"text {number}", "status": "sent",
        "direction": "outbound-api", "error_code": None, "num_media": "0", "date_created": at, "date_sent": None,
        **changed,
    }  # fmt: skip


def page(*messages: dict[str, object], then: str | None = None) -> dict[str, object]:
    return {"messages": list(messages), "next_page_uri": then, "page": 0, "page_size": 100, "uri": "/"}


async def test_a_text_is_posted_once_with_all_that_twilio_needs():
    async with peer_that(says(201, TAKEN)) as peer, gateway_to(peer.url + "/simulator") as gateway:
        accepted = await gateway.send_text(TEXT)

    assert accepted == Accepted(sid=TAKEN["sid"], status="queued")
    (asked,) = peer.asked
    assert (asked.method, asked.path) == ("POST", f"/simulator/2010-04-01/Accounts/{ACCOUNT}/Messages.json")
    assert asked.form == {
        "To": ADA, "From": US, "Body": TEXT.body, "StatusCallback": TEXT.callback_url, "ValidityPeriod": "3600",
    }  # fmt: skip
    assert asked.headers["authorization"] == "Basic " + base64.b64encode(f"{ACCOUNT}:current".encode()).decode()


async def test_a_messaging_service_chooses_the_number_itself():
    async with (
        peer_that(says(201, {**TAKEN, "status": "accepted"})) as peer,
        gateway_to(peer.url, TWILIO_SENDER=SERVICE, TWILIO_VOICE_NUMBER=US) as gateway,
    ):
        accepted = await gateway.send_text(TEXT)

    assert accepted.status == "accepted"
    assert peer.asked[0].form["MessagingServiceSid"] == SERVICE
    assert "From" not in peer.asked[0].form


async def test_a_text_that_was_taken_and_failed_at_once_was_taken():
    async with (
        peer_that(says(201, {**TAKEN, "status": "failed", "error_code": 21610})) as peer,
        gateway_to(peer.url) as gateway,
    ):
        assert (await gateway.send_text(TEXT)).status == "failed"


@pytest.mark.promise(8)
@pytest.mark.parametrize(
    "answer",
    [
        stays_silent,
        resets,
        breaks_off,
        says(500, {"code": 20500, "message": "Internal"}),
        says(503, "<html>busy</html>"),
        says(502, ""),
        says(408, ""),
        says(201, "<html>welcome</html>"),
        says(201, ""),
        says(201, []),
        says(201, {"sid": None}),
        says(201, {**TAKEN, "date_created": "Sat, 99 Mar 2026 99:00:00 +0000"}),
    ],
)
async def test_after_an_unclear_answer_nobody_posts_again(answer):
    async with peer_that(answer) as peer, gateway_to(peer.url, deadline_seconds=0.3) as gateway:
        with pytest.raises(GatewayUnclear):
            await gateway.send_text(TEXT)

    assert len(peer.asked) == 1


@pytest.mark.promise(7)
@pytest.mark.parametrize(
    ("retry_after", "seconds"), [({}, 1), ({"Retry-After": "7"}, 7), ({"Retry-After": "99999"}, 300),
                                 ({"Retry-After": "-4"}, 1), ({"Retry-After": "soon"}, 1), ({"Retry-After": "nan"}, 1)],
)  # fmt: skip
async def test_too_many_requests_were_not_processed_and_may_be_repeated(retry_after, seconds):
    async with (
        peer_that(says(429, {"code": 20429, "status": 429}, retry_after)) as peer,
        gateway_to(peer.url) as gateway,
    ):
        with pytest.raises(GatewayUnavailable) as busy:
            await gateway.send_text(TEXT)

    assert (busy.value.code, busy.value.retry_after_seconds, len(peer.asked)) == (20429, seconds, 1)


async def test_a_retry_after_may_be_a_date():
    date = format_datetime(real_now() + timedelta(seconds=60), usegmt=True)
    async with peer_that(says(429, {}, {"Retry-After": date})) as peer, gateway_to(peer.url) as gateway:
        with pytest.raises(GatewayUnavailable) as busy:
            await gateway.send_text(TEXT)

    assert 30 < busy.value.retry_after_seconds <= 60
    assert busy.value.code == 429


async def test_where_nothing_listens_nothing_was_sent():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    for address in (f"http://127.0.0.1:{port}", "http://nowhere.invalid"):
        async with gateway_to(address) as gateway:
            with pytest.raises(GatewayUnavailable):
                await gateway.send_text(TEXT)


@pytest.mark.parametrize(
    ("answer", "code", "status"),
    [
        (says(400, {"code": 21610, "message": "opted out", "status": 400}), 21610, 400),
        (says(404, {"type": "t", "title": "gone", "status": 404, "code": 20404}), 20404, 404),
        (says(403, "<html>no</html>"), 403, 403),
        (says(302, "", {"Location": "https://elsewhere.example.org"}), 302, 302),
    ],
)
async def test_a_refusal_is_for_good_and_names_its_code(answer, code, status):
    async with peer_that(answer) as peer, gateway_to(peer.url) as gateway:
        with pytest.raises(GatewayRefused) as refused:
            await gateway.send_text(TEXT)

    assert (refused.value.code, refused.value.status, len(peer.asked)) == (code, status, 1)


async def test_while_the_token_is_changed_the_next_one_is_tried_and_kept():
    unauthorised = says(401, {"code": 20003, "status": 401})
    async with (
        peer_that(unauthorised, says(201, TAKEN)) as peer,
        gateway_to(peer.url, TWILIO_AUTH_TOKEN="current,next") as gateway,
    ):
        await gateway.send_text(TEXT)
        await gateway.send_text(TEXT)

    used = [base64.b64decode(asked.headers["authorization"][6:]).decode().partition(":")[2] for asked in peer.asked]
    assert used == ["current", "next", "next"]


async def test_a_wrong_token_is_refused():
    async with peer_that(says(401, {"code": 20003, "status": 401})) as peer, gateway_to(peer.url) as gateway:
        with pytest.raises(GatewayRefused) as refused:
            await gateway.send_text(TEXT)

    assert refused.value.code == 20003


async def test_what_left_is_listed_newest_first_over_pages_until_it_is_too_old():
    first = page(message(4, minutes=9), message(3, minutes=5, status="failed", error_code=30003), then="/next?Page=1")
    second = page(message(2, minutes=1), message(1, minutes=-1), then="/next?Page=2")
    third = page(message(0, minutes=-5), then="/next?Page=3")
    pages = [says(200, listed) for listed in (first, second, third)]
    async with peer_that(*pages) as peer, gateway_to(peer.url) as gateway:
        texts = [text async for text in gateway.sent_texts(ADA, SINCE)]

    assert [text.body for text in texts] == ["text 4", "text 3", "text 2"]
    assert (texts[1].status, texts[1].error_code) == ("failed", 30003)
    assert texts[1].created_at == SINCE + timedelta(minutes=5)
    assert peer.asked[0].query == {"To": ADA, "From": US, "PageSize": "100"}
    assert [asked.target for asked in peer.asked[1:]] == ["/next?Page=1", "/next?Page=2"]


async def test_what_arrived_at_our_numbers_is_listed_and_nothing_else():
    listed = page(
        message(5, minutes=9, direction="inbound", to=US, **{"from": ADA}, body="7\x00\u202e", num_media="1"),
        message(4, minutes=8, direction="inbound", to="+12125550999"),
        message(3, minutes=7, direction="outbound-api", to=US),
        message(2, minutes=-1, direction="inbound", to=US),
    )
    in_madrid = SINCE.astimezone(ZoneInfo("Europe/Madrid"))
    async with peer_that(says(200, listed)) as peer, gateway_to(peer.url) as gateway:
        (text,) = [text async for text in gateway.arrived_texts(in_madrid)]

    assert (text.sender, text.to, text.body, text.has_media) == (ADA, US, "7", True)
    assert text.at == SINCE + timedelta(minutes=9)
    assert peer.asked[0].query["DateSent>"] == "2026-03-02T12:00:00Z"


async def test_calls_to_and_from_our_number_are_listed_over_pages_until_they_are_too_old():
    def call(n: int, *, minutes: int, **fields: str) -> dict[str, object]:
        at = (SINCE + timedelta(minutes=minutes)).strftime("%a, %d %b %Y %H:%M:%S +0000")
        told = {"direction": "inbound", "from": ADA, "to": US, "status": "completed", "date_created": at}
        return {"sid": f"CA{n:032d}", **told, **fields}

    def listed(*calls: dict[str, object], then: str | None = None) -> dict[str, object]:
        return {"calls": list(calls), "next_page_uri": then, "page": 0, "page_size": 100, "uri": "/", "start": 0}

    outbound = {"direction": "outbound-api", "from": US, "to": ADA}
    first = listed(call(4, minutes=9), call(3, minutes=8, status="no-answer", **outbound), then="/next?Page=1")
    second = listed(call(2, minutes=7, to="+12125550999"), call(1, minutes=1), call(0, minutes=-1), then="/next?Page=2")
    third = listed(call(9, minutes=-2), then="/next?Page=3")
    pages = [says(200, each) for each in (first, second, third)]
    async with peer_that(*pages) as peer, gateway_to(peer.url) as gateway:
        calls = [each async for each in gateway.calls_since(SINCE)]

    assert [each.sid[-1] for each in calls] == ["4", "3", "1"]
    assert [(each.other, each.is_inbound, each.status) for each in calls[:2]] == [
        (ADA, True, "completed"), (ADA, False, "no-answer"),
    ]  # fmt: skip
    assert calls[0].created_at == SINCE + timedelta(minutes=9)
    assert [asked.target for asked in peer.asked[1:]] == ["/next?Page=1", "/next?Page=2"]


async def test_a_messaging_service_hears_what_came_to_any_of_its_numbers():
    listed = page(
        message(2, minutes=9, direction="inbound", to="+12125550777", messaging_service_sid=SERVICE),
        message(1, minutes=8, direction="inbound", to="+12125550999", messaging_service_sid=None),
    )
    async with (
        peer_that(says(200, listed)) as peer,
        gateway_to(peer.url, TWILIO_SENDER=SERVICE, TWILIO_VOICE_NUMBER=US) as gateway,
    ):
        texts = [text async for text in gateway.arrived_texts(SINCE)]

    assert [text.to for text in texts] == ["+12125550777"]


@pytest.mark.parametrize("listed", [{"sorry": 1, "really": 2}, {"messages": [{"sid": None}]}, {"messages": [7]}])
async def test_a_list_of_a_strange_shape_is_unclear(listed):
    async with peer_that(says(200, listed)) as peer, gateway_to(peer.url) as gateway:
        with pytest.raises(GatewayUnclear):
            [text async for text in gateway.sent_texts(ADA, SINCE)]


async def test_a_body_is_forgotten_by_writing_nothing_over_it():
    async with peer_that(says(200, TAKEN)) as peer, gateway_to(peer.url) as gateway:
        await gateway.redact(TAKEN["sid"])

    assert peer.asked[0].path.endswith(f"/Messages/{TAKEN['sid']}.json")
    assert peer.asked[0].form == {"Body": ""}


async def test_texts_in_a_row_share_a_connection():
    async with peer_that(says(201, TAKEN)) as peer, gateway_to(peer.url) as gateway:
        for _ in range(3):
            await gateway.send_text(TEXT)

    assert (len(peer.asked), peer.connections) == (3, 1)


async def test_a_gateway_is_built_without_a_loop_and_closed_without_a_request():
    gateway: Gateway = TwilioGateway(settings_for(TWILIO_API))

    await gateway.aclose()


def test_the_environment_cannot_move_twilio_elsewhere():
    moved = "https://api.sydney.au1.twilio.com/2010-04-01/Accounts"

    assert swap_host(moved, TWILIO_API) == "https://api.twilio.com/2010-04-01/Accounts"
    assert swap_host("https://messaging.twilio.com/v1/Services", TWILIO_API) == "https://messaging.twilio.com/v1/Services"
    assert swap_host("https://messaging.twilio.com/v1/S", "http://127.0.0.1:8000/simulator") == (
        "http://127.0.0.1:8000/simulator/v1/S"
    )
