"""Twilio's REST API as far as calls go: create, list, fetch, cancel, end, send elsewhere."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from service.simulator.api.call_orders import read_call_order, read_method
from service.simulator.api.desk import Desk, Form, query_of
from service.simulator.api.listing import page_of_calls
from service.simulator.api.mishaps import answer_lost, refuse_unprocessed
from service.simulator.api.refusals import Refused
from service.simulator.api.resources import call_resource
from service.simulator.calls.call import Call
from service.simulator.exchange import Exchange
from service.simulator.forms import read_form
from service.simulator.outgoing.addresses import is_web_address


class CallApi(Desk):
    """The account's calls below /2010-04-01."""

    def __init__(self, exchange: Exchange) -> None:
        super().__init__(exchange.network)
        self._faults, self._board = exchange.faults, exchange.calls

    def routes(self) -> list[Route]:
        """The routes, to be mounted at the root and again below /simulator."""
        calls = "/2010-04-01/Accounts/{account}/Calls"
        return [
            self.route(f"{calls}.json", self.create, "POST"),
            self.route(f"{calls}.json", self.list_calls, "GET"),
            self.route(f"{calls}/{{sid}}.json", self.fetch, "GET"),
            self.route(f"{calls}/{{sid}}.json", self.update, "POST"),
        ]

    async def create(self, request: Request) -> Response:
        """Place a call; a fault may come before, between or instead, as with a text."""
        form: Form = request.state.form
        rule = self._faults.strike("calls.create", dict(form).get("To", ""))
        refusal = await refuse_unprocessed(rule)
        if refusal is not None:
            return refusal
        order = read_call_order(self.network, form)
        call = self._board.place(order, fate=rule.do if rule else "")
        request.state.sid = call.sid
        answer = JSONResponse(call_resource(self.network.account, call), 201)
        if rule is not None and rule.do == "callback-before-answer":
            await self._board.overtake(call)
        return answer_lost(rule, answer)

    async def list_calls(self, request: Request) -> Response:
        """Calls in both directions, newest first, filtered and paged."""
        return JSONResponse(page_of_calls(self.network, read_form(query_of(request))))

    async def fetch(self, request: Request) -> Response:
        """One call."""
        return JSONResponse(call_resource(self.network.account, self._call(request)))

    async def update(self, request: Request) -> Response:
        """Cancel or end a call, or have it go on with another document."""
        call, form = self._call(request), dict(request.state.form)
        if call.is_over:
            raise Refused(21220)
        match form.get("Status"):
            case "canceled":
                if call.status == "in-progress":
                    raise Refused(21220)
                self._board.end(call, "canceled", 487)
            case "completed":
                self._end(call)
            case None:
                self._send_elsewhere(call, form)
            case _:
                raise Refused(20001)
        return JSONResponse(call_resource(self.network.account, call))

    def _end(self, call: Call) -> None:
        if call.status == "in-progress":
            self._board.end(call, "completed", 200)
        else:
            self._board.end(call, "canceled", 487)

    def _send_elsewhere(self, call: Call, form: dict[str, str]) -> None:
        url, twiml = form.get("Url", ""), form.get("Twiml", "")
        if not url and not twiml:
            raise Refused(20001)
        if url and not is_web_address(url):
            raise Refused(21205)
        if call.status != "in-progress":
            raise Refused(21220)
        self._board.redirect(call, url, read_method(form, "Method"), twiml)

    def _call(self, request: Request) -> Call:
        call = self.network.ledger.calls.get(request.path_params["sid"])
        if call is None:
            raise Refused(20404)
        return call
