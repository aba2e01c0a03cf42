"""Twilio's REST API, as far as texts and numbers go: the same paths, refusals and shapes."""

from __future__ import annotations

import asyncio
import base64
import binascii
import hmac
import re
from collections.abc import Awaitable, Callable
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from service.simulator.api.listing import page_of_texts
from service.simulator.api.refusals import Refused
from service.simulator.api.resources import account_path, account_resource, number_resource, number_sid, text_resource
from service.simulator.api.sockets import Reset, Silence
from service.simulator.exchange import LONGEST_VALIDITY, Exchange, Order
from service.simulator.faults import Rule
from service.simulator.forms import Unreadable, read_bytes, read_form
from service.simulator.network import Text

E164 = re.compile(r"\+[1-9]\d{6,14}", re.ASCII)
VISIBLE = re.compile(r"[!-~]+")
BODY_LETTERS = 1600
SLOW_SECONDS = 9.0
RETRY_AFTER_SECONDS = 1
NUMBER_SETTINGS = {
    "SmsUrl": "sms_url", "SmsMethod": "sms_method", "SmsFallbackUrl": "sms_fallback_url",
    "SmsFallbackMethod": "sms_fallback_method", "VoiceUrl": "voice_url", "VoiceMethod": "voice_method",
    "VoiceFallbackUrl": "voice_fallback_url", "VoiceFallbackMethod": "voice_fallback_method",
    "StatusCallback": "status_callback", "StatusCallbackMethod": "status_callback_method",
}  # fmt: skip
Form = list[tuple[str, str]]
Endpoint = Callable[[Request], Awaitable[Response]]


class RestApi:
    """The account's resources below /2010-04-01. Every request leaves a line in the log."""

    def __init__(self, exchange: Exchange) -> None:
        self._exchange, self._network = exchange, exchange.network

    def routes(self) -> list[Route]:
        """The routes, to be mounted at the root and again below /simulator."""
        account = "/2010-04-01/Accounts/{account}"
        return [
            self._route(f"{account}.json", self.account, "GET"),
            self._route(f"{account}/Messages.json", self.create, "POST"),
            self._route(f"{account}/Messages.json", self.list_texts, "GET"),
            self._route(f"{account}/Messages/{{sid}}.json", self.fetch, "GET"),
            self._route(f"{account}/Messages/{{sid}}.json", self.update, "POST"),
            self._route(f"{account}/Messages/{{sid}}.json", self.delete, "DELETE"),
            self._route(f"{account}/IncomingPhoneNumbers.json", self.list_numbers, "GET"),
            self._route(f"{account}/IncomingPhoneNumbers/{{sid}}.json", self.fetch_number, "GET"),
            self._route(f"{account}/IncomingPhoneNumbers/{{sid}}.json", self.update_number, "POST"),
        ]

    async def account(self, _request: Request) -> Response:
        """The account itself."""
        return JSONResponse(account_resource(self._network.account))

    async def create(self, request: Request) -> Response:
        """Send a text: first it is taken, then answered, and a fault may come before, between or instead."""
        form: Form = request.state.form
        rule = self._exchange.faults.strike("messages.create", dict(form).get("To", ""))
        refusal = await _refuse_unprocessed(rule)
        if refusal is not None:
            return refusal
        order = self._read_order(dict(form), [value for name, value in form if name == "MediaUrl"])
        is_hasty = rule is not None and rule.do == "callback-before-answer"
        text = self._exchange.accept(order, is_hasty=is_hasty)
        request.state.sid = text.sid
        answer = JSONResponse(text_resource(self._network.account, text), status_code=201)
        if is_hasty:
            await self._exchange.first_callback(text)
        return _answer_lost(rule) or answer

    async def list_texts(self, request: Request) -> Response:
        """Texts in both directions, newest first, filtered and paged."""
        return JSONResponse(page_of_texts(self._network, read_form(_query(request))))

    async def fetch(self, request: Request) -> Response:
        """One text."""
        return JSONResponse(text_resource(self._network.account, self._text(request)))

    async def update(self, request: Request) -> Response:
        """Empty the body of a text that is final; nothing else can be changed."""
        text = self._text(request)
        if dict(request.state.form).get("Body") != "":
            raise Refused(20001)
        if not text.is_final:
            raise Refused(20009)
        self._network.record("redacted", sid=text.sid)
        return JSONResponse(text_resource(self._network.account, text))

    async def delete(self, request: Request) -> Response:
        """Remove the account's record of a text that is final. The phone keeps its own."""
        text = self._text(request)
        if not text.is_final:
            raise Refused(20009)
        self._network.record("deleted", sid=text.sid)
        return Response(status_code=204)

    async def list_numbers(self, request: Request) -> Response:
        """The product's own numbers."""
        wanted = request.query_params.get("PhoneNumber", "")
        numbers = [number_resource(self._network, each) for each in self._network.numbers if wanted in each]
        path = f"{account_path(self._network.account)}/IncomingPhoneNumbers.json"
        return JSONResponse({
            "incoming_phone_numbers": numbers, "page": 0, "page_size": 50, "start": 0, "end": max(0, len(numbers) - 1),
            "uri": path, "first_page_uri": path, "next_page_uri": None, "previous_page_uri": None,
        })  # fmt: skip

    async def fetch_number(self, request: Request) -> Response:
        """One of the product's own numbers."""
        return JSONResponse(number_resource(self._network, self._number(request)))

    async def update_number(self, request: Request) -> Response:
        """Point a number's webhooks elsewhere."""
        number = self._number(request)
        settings = {NUMBER_SETTINGS[name]: value for name, value in request.state.form if name in NUMBER_SETTINGS}
        if not all(_is_setting(name, value) for name, value in settings.items()):
            raise Refused(20001)
        self._network.record("number", number=number, settings=settings)
        return JSONResponse(number_resource(self._network, number))

    def _route(self, path: str, endpoint: Endpoint, method: str) -> Route:
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
        self._network.record(
            "rest", method=request.method, path=request.url.path, query=_query(request), form=request.state.form,
            code=code,
            status=None if isinstance(response, Silence | Reset) else response.status_code,
            sid=getattr(request.state, "sid", request.path_params.get("sid")),
        )  # fmt: skip

    def _authenticate(self, request: Request) -> None:
        account = self._network.account
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

    def _read_order(self, form: dict[str, str], media: list[str]) -> Order:
        account, to, sender = self._network.account, form.get("To", ""), form.get("From", "")
        body, callback = form.get("Body", ""), form.get("StatusCallback")
        service = form.get("MessagingServiceSid") or None
        if not to:
            raise Refused(21604)
        if not sender and not service:
            raise Refused(21603)
        if not body and not media:
            raise Refused(21602 if "Body" in form else 21619)
        if not E164.fullmatch(to):
            raise Refused(21211)
        if service and service != account.sender:
            raise Refused(21701)
        sender = sender or account.texting_number
        if not E164.fullmatch(sender):
            raise Refused(21212)
        if sender not in self._network.numbers:
            raise Refused(21606)
        if to == sender:
            raise Refused(21266)
        if len(body) > BODY_LETTERS:
            raise Refused(21617)
        if callback and not _is_web_address(callback):
            raise Refused(21609)
        if not service and (to, sender) in self._network.blocked:
            raise Refused(21610)
        validity = _read_validity(form.get("ValidityPeriod"))
        return Order(to, body, sender, callback or None, service, validity, tuple(media))

    def _text(self, request: Request) -> Text:
        text = self._network.texts.get(request.path_params["sid"])
        if text is None or text.deleted:
            raise Refused(20404)
        return text

    def _number(self, request: Request) -> str:
        for number in self._network.numbers:
            if number_sid(number) == request.path_params["sid"]:
                return number
        raise Refused(20404)


def _is_setting(name: str, value: str) -> bool:
    return value in {"GET", "POST"} if name.endswith("_method") else value == "" or _is_web_address(value)


def _read_validity(raw: str | None) -> int:
    if raw is None or raw == "":
        return LONGEST_VALIDITY
    if not (raw.isascii() and raw.isdigit() and len(raw) <= 6 and 1 <= int(raw) <= LONGEST_VALIDITY):
        raise Refused(21624)
    return int(raw)


def _query(request: Request) -> str:
    raw: bytes = request.scope["query_string"]
    return raw.decode("ascii", "replace")


def _is_web_address(url: str) -> bool:
    if not VISIBLE.fullmatch(url):
        return False
    try:
        parts = urlsplit(url)
        return parts.scheme in {"http", "https"} and bool(parts.hostname) and "_" not in (parts.hostname or "_")
    except ValueError:
        return False


async def _refuse_unprocessed(rule: Rule | None) -> Response | None:
    """What is answered instead of taking the text, if the fault is of that kind; the slow answer waits here."""
    match rule.do if rule else "":
        case "429":
            raise Refused(20429)
        case "429-retry-after":
            too_many = Refused(20429)
            return JSONResponse(too_many.as_json(), 429, headers={"Retry-After": str(RETRY_AFTER_SECONDS)})
        case "500-not-processed":
            raise Refused(20500)
        case "timeout-not-processed":
            return Silence()
        case "reset-not-processed":
            return Reset()
        case "slow":
            await asyncio.sleep(rule.seconds if rule and rule.seconds is not None else SLOW_SECONDS)
        case str(do) if do.startswith("error:"):
            raise Refused(int(do.partition(":")[2]))
    return None


def _answer_lost(rule: Rule | None) -> Response | None:
    """What is answered although the text was taken, if the fault is of that kind."""
    match rule.do if rule else "":
        case "500-processed":
            return JSONResponse(Refused(20500).as_json(), 500)
        case "timeout-processed":
            return Silence()
        case "reset-processed":
            return Reset()
    return None
