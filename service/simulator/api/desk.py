"""What every part of the REST API shares: who may ask, how forms are read, and a line in the log for each request."""

from __future__ import annotations

import base64
import binascii
import hmac
from collections.abc import Awaitable, Callable

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from service.simulator.api.refusals import Refused
from service.simulator.api.sockets import Reset, Silence
from service.simulator.forms import Unreadable, read_bytes, read_form
from service.simulator.network import Network

Form = list[tuple[str, str]]
Endpoint = Callable[[Request], Awaitable[Response]]


class Desk:
    """One counter of the API. An endpoint finds its form in `request.state.form` and may leave a SID beside it."""

    def __init__(self, network: Network) -> None:
        self.network = network

    def route(self, path: str, endpoint: Endpoint, method: str) -> Route:
        """The route at which `endpoint` is asked, once the caller is known."""

        async def logged(request: Request) -> Response:
            request.state.form, code = [], None
            try:
                self._authenticate(request)
                if method == "POST":
                    request.state.form = read_form((await read_bytes(request)).decode("ascii", "replace"))
                response = await endpoint(request)
            except Refused as refused:
                code, response = refused.code, JSONResponse(refused.as_json(), refused.status)
            except Unreadable:
                code, response = 20001, JSONResponse(Refused(20001).as_json(), 400)
            self._log(request, response, code)
            return response

        return Route(path, logged, methods=[method])

    def _log(self, request: Request, response: Response, code: int | None) -> None:
        self.network.record(
            "rest", method=request.method, path=request.url.path, query=query_of(request), form=request.state.form,
            code=code,
            status=None if isinstance(response, Silence | Reset) else response.status_code,
            sid=getattr(request.state, "sid", request.path_params.get("sid")),
        )  # fmt: skip

    def _authenticate(self, request: Request) -> None:
        account = self.network.account
        kind, _, secret = request.headers.get("Authorization", "").partition(" ")
        try:
            name, _, token = base64.b64decode(secret, validate=True).decode().partition(":")
        except (binascii.Error, UnicodeDecodeError, ValueError):
            raise Refused(20003) from None
        is_known = any(hmac.compare_digest(token.encode(), each.encode()) for each in account.tokens)
        if kind.lower() != "basic" or name != account.sid or not is_known:
            raise Refused(20003)
        if request.path_params["account"] != account.sid:
            raise Refused(20404)


def query_of(request: Request) -> str:
    """The query as it came."""
    raw: bytes = request.scope["query_string"]
    return raw.decode("ascii", "replace")
