"""Twilio's REST API, as far as texts and numbers go: the same paths, refusals and shapes."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from service.simulator.api.desk import Desk, Form, query_of
from service.simulator.api.listing import page_of_texts
from service.simulator.api.mishaps import answer_lost, refuse_unprocessed
from service.simulator.api.refusals import Refused
from service.simulator.api.resources import account_path, account_resource, number_resource, number_sid, text_resource
from service.simulator.exchange import LONGEST_VALIDITY, Exchange, Order
from service.simulator.forms import read_form
from service.simulator.network import Text
from service.simulator.outgoing.addresses import E164, is_web_address
from service.simulator.pacing import QUEUE_FULL_AT_ONCE, is_queue_full

BODY_LETTERS = 1600
NUMBER_SETTINGS = {
    "SmsUrl": "sms_url", "SmsMethod": "sms_method", "SmsFallbackUrl": "sms_fallback_url",
    "SmsFallbackMethod": "sms_fallback_method", "VoiceUrl": "voice_url", "VoiceMethod": "voice_method",
    "VoiceFallbackUrl": "voice_fallback_url", "VoiceFallbackMethod": "voice_fallback_method",
    "StatusCallback": "status_callback", "StatusCallbackMethod": "status_callback_method",
}  # fmt: skip


class RestApi(Desk):
    """The account's resources below /2010-04-01. Every request leaves a line in the log."""

    def __init__(self, exchange: Exchange) -> None:
        super().__init__(exchange.network)
        self._exchange = exchange

    def routes(self) -> list[Route]:
        """The routes, to be mounted at the root and again below /simulator."""
        account = "/2010-04-01/Accounts/{account}"
        return [
            self.route(f"{account}.json", self.account, "GET"),
            self.route(f"{account}/Messages.json", self.create, "POST"),
            self.route(f"{account}/Messages.json", self.list_texts, "GET"),
            self.route(f"{account}/Messages/{{sid}}.json", self.fetch, "GET"),
            self.route(f"{account}/Messages/{{sid}}.json", self.update, "POST"),
            self.route(f"{account}/Messages/{{sid}}.json", self.delete, "DELETE"),
            self.route(f"{account}/IncomingPhoneNumbers.json", self.list_numbers, "GET"),
            self.route(f"{account}/IncomingPhoneNumbers/{{sid}}.json", self.fetch_number, "GET"),
            self.route(f"{account}/IncomingPhoneNumbers/{{sid}}.json", self.update_number, "POST"),
        ]

    async def account(self, _request: Request) -> Response:
        """The account itself."""
        return JSONResponse(account_resource(self.network.account))

    async def create(self, request: Request) -> Response:
        """Send a text: first it is taken, then answered, and a fault may come before, between or instead."""
        form: Form = request.state.form
        rule = self._exchange.faults.strike("messages.create", dict(form).get("To", ""))
        refusal = await refuse_unprocessed(rule)
        if refusal is not None:
            return refusal
        order = self._read_order(dict(form), [value for name, value in form if name == "MediaUrl"])
        is_hasty = rule is not None and rule.do == "callback-before-answer"
        text = self._exchange.accept(order, is_hasty=is_hasty)
        request.state.sid = text.sid
        answer = JSONResponse(text_resource(self.network.account, text), status_code=201)
        if is_hasty:
            await self._exchange.first_callback(text)
        return answer_lost(rule, answer)

    async def list_texts(self, request: Request) -> Response:
        """Texts in both directions, newest first, filtered and paged."""
        return JSONResponse(page_of_texts(self.network, read_form(query_of(request))))

    async def fetch(self, request: Request) -> Response:
        """One text."""
        return JSONResponse(text_resource(self.network.account, self._text(request)))

    async def update(self, request: Request) -> Response:
        """Empty the body of a text that is final; nothing else can be changed."""
        text = self._text(request)
        if dict(request.state.form).get("Body") != "":
            raise Refused(20001)
        if not text.is_final:
            raise Refused(20009)
        self.network.record("redacted", sid=text.sid)
        return JSONResponse(text_resource(self.network.account, text))

    async def delete(self, request: Request) -> Response:
        """Remove the account's record of a text that is final. The phone keeps its own."""
        text = self._text(request)
        if not text.is_final:
            raise Refused(20009)
        self.network.record("deleted", sid=text.sid)
        return Response(status_code=204)

    async def list_numbers(self, request: Request) -> Response:
        """The product's own numbers."""
        wanted = request.query_params.get("PhoneNumber", "")
        numbers = [number_resource(self.network, each) for each in self.network.numbers if wanted in each]
        path = f"{account_path(self.network.account)}/IncomingPhoneNumbers.json"
        return JSONResponse({
            "incoming_phone_numbers": numbers, "page": 0, "page_size": 50, "start": 0, "end": max(0, len(numbers) - 1),
            "uri": path, "first_page_uri": path, "next_page_uri": None, "previous_page_uri": None,
        })  # fmt: skip

    async def fetch_number(self, request: Request) -> Response:
        """One of the product's own numbers."""
        return JSONResponse(number_resource(self.network, self._number(request)))

    async def update_number(self, request: Request) -> Response:
        """Point a number's webhooks elsewhere."""
        number = self._number(request)
        settings = {NUMBER_SETTINGS[name]: value for name, value in request.state.form if name in NUMBER_SETTINGS}
        if not all(_is_setting(name, value) for name, value in settings.items()):
            raise Refused(20001)
        self.network.record("number", number=number, settings=settings)
        return JSONResponse(number_resource(self.network, number))

    def _read_order(self, form: dict[str, str], media: list[str]) -> Order:
        account, to, sender = self.network.account, form.get("To", ""), form.get("From", "")
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
        if sender not in self.network.numbers:
            raise Refused(21606)
        if to == sender:
            raise Refused(21266)
        if len(body) > BODY_LETTERS:
            raise Refused(21617)
        if callback and not is_web_address(callback):
            raise Refused(21609)
        if not service and (to, sender) in self.network.blocked:
            raise Refused(21610)
        if not service and is_queue_full(self.network, sender, self.network.now()):
            raise Refused(QUEUE_FULL_AT_ONCE)
        validity = _read_validity(form.get("ValidityPeriod"))
        return Order(to, body, sender, callback or None, service, validity, tuple(media))

    def _text(self, request: Request) -> Text:
        text = self.network.texts.get(request.path_params["sid"])
        if text is None or text.deleted:
            raise Refused(20404)
        return text

    def _number(self, request: Request) -> str:
        for number in self.network.numbers:
            if number_sid(number) == request.path_params["sid"]:
                return number
        raise Refused(20404)


def _is_setting(name: str, value: str) -> bool:
    return value in {"GET", "POST"} if name.endswith("_method") else value == "" or is_web_address(value)


def _read_validity(raw: str | None) -> int:
    if raw is None or raw == "":
        return LONGEST_VALIDITY
    if not (raw.isascii() and raw.isdigit() and len(raw) <= 6 and 1 <= int(raw) <= LONGEST_VALIDITY):
        raise Refused(21624)
    return int(raw)
