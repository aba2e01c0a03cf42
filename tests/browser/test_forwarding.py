"""What goes to /simulator/ arrives there as it was sent, and only this machine may send it."""

from __future__ import annotations

import aiohttp
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.types import Message
from yarl import URL

from service.web.forwarding import forward_routes
from tests.browser.small_product import SmallProduct, free_port, served

BEN = "%2B12125550102"


async def echo(request: Request) -> JSONResponse:
    return JSONResponse(
        {
            "method": request.method,
            "path": request.scope["raw_path"].decode(),
            "query": request.url.query,
            "body": (await request.body()).decode(),
            "authorization": request.headers.get("authorization", ""),
        },
        418,
    )


async def test_method_path_query_and_body_arrive_untouched():
    port, other = free_port(), free_port()
    away = Starlette(routes=[])
    away.add_route("/{path:path}", echo, methods=["GET", "POST", "DELETE"])
    async with aiohttp.ClientSession() as client, served(away, other):
        front = Starlette(routes=forward_routes(f"http://127.0.0.1:{other}"))
        front.state.client = client
        async with served(front, port):
            path = "/simulator/handsets/%2B12125550102/a%20b%2Fc?since=%2B1&x=a+b"
            url = URL(f"http://127.0.0.1:{port}{path}", encoded=True)
            headers = {"Authorization": "Basic eA=="}
            for method in ("POST", "DELETE"):
                async with client.request(method, url, data=b'{"a": 1}', headers=headers) as got:
                    assert got.status == 418
                    assert await got.json() == {
                        "method": method, "path": path.partition("?")[0], "query": "since=%2B1&x=a+b",
                        "body": '{"a": 1}', "authorization": "Basic eA==",
                    }  # fmt: skip


async def test_the_real_simulator_is_spoken_to_through_the_product(product: SmallProduct):
    texts = URL(f"{product.url}/simulator/handsets/{BEN}/texts", encoded=True)
    async with product.client.post(texts, json={"body": "7"}) as answer:
        assert answer.status == 201
    async with product.client.get(URL(f"{product.url}/simulator/handsets/{BEN}/messages", encoded=True)) as answer:
        bodies = [each["body"] for each in await answer.json()]
    async with product.client.get(f"{product.url}/simulator/log") as answer:
        assert answer.content_type == "application/jsonl"
        assert b"7" in await answer.read()
    async with product.client.delete(f"{product.url}/simulator/faults") as answer:
        assert answer.status == 204

    assert bodies[0] == "7"


async def test_an_endless_body_is_refused(product: SmallProduct):
    async with product.client.post(f"{product.url}/simulator/faults", data=b"x" * 70_000) as answer:
        assert answer.status == 413


async def test_an_absent_simulator_is_admitted():
    port = free_port()
    async with aiohttp.ClientSession() as client:
        front = Starlette(routes=forward_routes(f"http://127.0.0.1:{free_port()}"))
        front.state.client = client
        async with served(front, port), client.get(f"http://127.0.0.1:{port}/simulator/clock") as answer:
            assert answer.status == 502
            assert set(await answer.json()) == {"error", "remedy"}


@pytest.mark.parametrize(
    ("caller", "host", "extra"),
    [
        ("203.0.113.9", "127.0.0.1:8000", []),
        ("127.0.0.1", "mend.example.org", []),
        ("127.0.0.1", "127.0.0.1:8000", [(b"sec-fetch-site", b"cross-site")]),
    ],
)
async def test_nobody_else_may_play_telephone_network(caller, host, extra):
    front = Starlette(routes=forward_routes("http://127.0.0.1:9"))
    said: list[Message] = []
    scope = {
        "type": "http", "method": "GET", "path": "/simulator/clock", "raw_path": b"/simulator/clock", "scheme": "http",
        "query_string": b"", "headers": [(b"host", host.encode()), *extra], "client": (caller, 4000),
        "server": ("127.0.0.1", 8000), "http_version": "1.1",
    }  # fmt: skip

    async def receive() -> Message:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Message) -> None:
        said.append(message)

    await front(scope, receive, send)

    assert said[0]["status"] == 403
