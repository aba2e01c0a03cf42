"""A host who asks whether Twilio can reach them gets a plain answer."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from threading import Thread

import pytest
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from service.errors import MalformedWebhook, SignatureRejected
from service.gateway import checking
from service.gateway.checking import check_public_address
from service.gateway.port import TextStatus
from service.gateway.wire import read_signed_form, read_status
from service.settings import TWILIO_API
from tests.service.test_gateway import settings_for
from tests.service.unruly_peer import peer_that, resets, says

SIMULATOR = "http://127.0.0.1:1/simulator"


class Service:
    """A service that takes status callbacks at `public_url`, whatever address the proxy before it really calls."""

    def __init__(self, *, token: str = "current") -> None:
        self.token = token
        self.public_url = ""
        self.statuses: list[TextStatus] = []

    async def receive(self, request: Request) -> Response:
        try:
            form = await read_signed_form(request, public_url=self.public_url, tokens=[self.token])
        except (SignatureRejected, MalformedWebhook):
            return Response(status_code=403)
        self.statuses.append(read_status(form))
        return Response(status_code=204)


@asynccontextmanager
async def running(service: Service) -> AsyncIterator[str]:
    app = Starlette(routes=[Route("/twilio/status", service.receive, methods=["POST"])])
    config = uvicorn.Config(app, lifespan="off", ws="none", log_level="warning")
    server = uvicorn.Server(config)
    listening = socket.create_server(("127.0.0.1", 0))
    thread = Thread(target=server.run, kwargs={"sockets": [listening]})
    thread.start()
    service.public_url = f"http://127.0.0.1:{listening.getsockname()[1]}"
    try:
        yield service.public_url
    finally:
        server.should_exit = True
        await asyncio.to_thread(thread.join, 10)
        listening.close()


async def sentences(public_url: str, *, api_url: str = SIMULATOR) -> list[tuple[bool, str]]:
    findings = await check_public_address(settings_for(api_url, PUBLIC_URL=public_url))
    assert all(finding.remedy or finding.ok for finding in findings)
    return [(finding.ok, finding.said) for finding in findings]


async def test_a_service_in_order_is_said_to_be_so_and_nothing_is_named():
    service = Service()
    async with running(service) as public_url:
        said = await sentences(public_url)

    assert said == [
        (True, "PUBLIC_URL is this machine's own, which the simulator reaches."),
        (True, "A signed request is taken."),
        (True, "An unsigned request is turned away."),
    ]
    (status,) = service.statuses
    assert (status.sid, status.token) == (checking.SID_OF_NOTHING, checking.TOKEN_OF_NOTHING)


async def test_another_token_or_address_in_the_running_service_is_named():
    async with running(Service(token="former")) as public_url:
        said = await sentences(public_url)

    assert said[1:] == [(False, "A signed request was turned away.")]


async def test_a_service_that_believes_everybody_is_dangerous():
    async with peer_that(says(204, "")) as peer:
        said = await sentences(peer.url)

    assert said[2] == (False, "An unsigned request was answered 204, not 403.")


@pytest.mark.parametrize(
    ("answer", "sentence"),
    [
        (says(301, "", {"Location": "https://a.example.org/x"}), "The address redirects to https://a.example.org/x; "),
        (says(404, ""), "Nothing answers under this path."),
        (says(502, ""), "The service or the proxy before it failed (502)."),
        (says(405, ""), "A signed request was answered 405."),
        (resets, "127.0.0.1 broke the connection off."),
    ],
)
async def test_what_is_in_the_way_is_named(answer, sentence):
    async with peer_that(answer) as peer:
        said = await sentences(peer.url)

    assert len(said) == 2
    assert said[1][0] is False
    assert said[1][1].startswith(sentence)


async def test_a_closed_port_and_a_host_without_address_are_told_apart():
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]

    assert (await sentences(f"http://127.0.0.1:{port}"))[1] == (False, "127.0.0.1 takes no connection.")
    assert (await sentences("http://nowhere.invalid"))[1] == (False, "nowhere.invalid has no address.")


async def test_a_port_that_speaks_no_tls_is_named():
    async def answer_plainly(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read(1)
        writer.write(b"HTTP/1.1 400 Bad Request\r\n\r\n")
        writer.close()

    plain = await asyncio.start_server(answer_plainly, "127.0.0.1", 0)
    async with plain:
        said = await sentences(f"https://127.0.0.1:{plain.sockets[0].getsockname()[1]}")

    assert said[1][0] is False
    assert said[1][1].startswith("TLS with 127.0.0.1 failed")


@pytest.mark.parametrize(
    ("public_url", "sentence"),
    [
        ("http://127.0.0.1:1", "Twilio cannot reach 127.0.0.1."),
        ("https://my_host.invalid", "Twilio refuses host names with an underscore: my_host.invalid."),
        ("http://mend.invalid", "Texts would cross the internet unencrypted."),
    ],
)
async def test_an_address_that_twilio_cannot_use_is_named_before_it_is_called(public_url, sentence):
    assert (await sentences(public_url, api_url=TWILIO_API))[0] == (False, sentence)
