"""The phones: what people text and what they received. Also the carrier, the faults, the log and a fresh start."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Awaitable, Callable, Iterator
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from service.simulator.api.rest import BODY_LETTERS
from service.simulator.exchange import Exchange
from service.simulator.faults import is_number
from service.simulator.forms import Unreadable, read_json, refuse_unprintable
from service.simulator.network import Text
from service.simulator.outgoing.addresses import E164

PICTURE = "https://api.twilio.com/2010-04-01/Accounts/{account}/Messages/MM/Media/ME{turn:032d}"
CARRIER_REPLIES = ("stop", "start", "help")
RATES = ("segments_per_second", "calls_per_second")
Endpoint = Callable[[Request], Awaitable[Response]]


def refusal(error: str, remedy: str, status: int) -> JSONResponse:
    """An error as /simulator words it: what is wrong, and what to do instead."""
    return JSONResponse({"error": error, "remedy": remedy}, status)


def plain(endpoint: Endpoint) -> Endpoint:
    """`endpoint`, with a body it cannot read answered by 400."""

    async def guarded(request: Request) -> Response:
        try:
            return await endpoint(request)
        except Unreadable as unreadable:
            return refusal("The request cannot be read.", f"Please {unreadable}.", 400)

    return guarded


class Handsets:
    """The people's side of the network, below /simulator."""

    def __init__(self, exchange: Exchange) -> None:
        self._exchange, self._network = exchange, exchange.network

    def routes(self) -> list[Route]:
        """Paths below /simulator."""
        return [
            Route("/handsets", self.people, methods=["GET"]),
            Route("/handsets/{number}/texts", plain(self.send), methods=["POST"]),
            Route("/handsets/{number}/messages", self.messages, methods=["GET"]),
            Route("/carrier", plain(self.set_carrier), methods=["POST"]),
            Route("/faults", plain(self.set_faults), methods=["POST"]),
            Route("/faults", self.clear_faults, methods=["DELETE"]),
            Route("/faults", self.faults, methods=["GET"]),
            Route("/log", self.log, methods=["GET"]),
            Route("/reset", self.reset, methods=["POST"]),
        ]

    async def people(self, _request: Request) -> Response:
        """Every phone: the demo cast first, then whoever else texted or was texted."""
        return JSONResponse([dataclasses.asdict(each) for each in self._network.people.values()])

    async def send(self, request: Request) -> Response:
        """The person texts the product; answered once the product answered, or could not be reached."""
        number = request.path_params["number"]
        if not is_handset(number, self._network.account.numbers):
            return no_such_number()
        given = await read_json(request)
        body = given.get("body")
        if not isinstance(body, str):
            return refusal("There is no text.", 'Send {"body": "the words"}.', 400)
        if len(body) > BODY_LETTERS:
            return refusal("The text is too long.", f"Send at most {BODY_LETTERS} letters.", 400)
        refuse_unprintable(body)
        media = (PICTURE.format(account=self._network.account.sid, turn=0),) if given.get("media") is True else ()
        text = await self._exchange.take(number, body, media)
        return JSONResponse({"sid": text.sid}, 201)

    async def messages(self, request: Request) -> Response:
        """What this phone sent and received, oldest first; `?since=SID` leaves out that text and all before it."""
        number = request.path_params["number"]
        if not is_handset(number, self._network.account.numbers):
            return no_such_number()
        texts = self._network.phones.get(number, [])
        since = request.query_params.get("since")
        return JSONResponse([_message(each) for each in _later_than(texts, since) if each.is_on_the_phone])

    async def set_carrier(self, request: Request) -> Response:
        """Whether the carrier answers STOP, START and HELP, and in which words; and how fast the network sends."""
        given = await read_json(request)
        carrier = self._network.carrier
        replies = dict(carrier.replies)
        for word in CARRIER_REPLIES:
            if isinstance(given.get(word), str):
                refuse_unprintable(given[word])
                replies[word] = given[word]
        answers, advanced = given.get("answers", carrier.answers), given.get("advanced", carrier.advanced)
        if not isinstance(answers, bool) or not isinstance(advanced, bool):
            raise Unreadable('say {"answers": true} or {"advanced": true}')
        rates = {name: given.get(name, getattr(carrier, name)) for name in RATES}
        if not all(is_number(rate) and rate >= 0 for rate in rates.values()):
            raise Unreadable('say {"segments_per_second": 1}, or 0 for no limit')
        self._network.record("carrier-settings", answers=answers, advanced=advanced, replies=replies, **rates)
        return JSONResponse({"answers": answers, "advanced": advanced, **rates, **replies})

    async def set_faults(self, request: Request) -> Response:
        """Replace the rules of what goes wrong."""
        given = await read_json(request)
        try:
            self._exchange.faults.set(given)
        except ValueError as wrong:
            return refusal("The rules cannot be used.", str(wrong), 400)
        return JSONResponse({"rules": len(given["rules"])})

    async def faults(self, _request: Request) -> Response:
        """The rules in force, each with how often it `struck`; it is spent when that is as often as it may."""
        return JSONResponse(self._exchange.faults.shown())

    async def clear_faults(self, _request: Request) -> Response:
        """Nothing goes wrong any more."""
        self._exchange.faults.clear()
        return Response(status_code=204)

    async def log(self, _request: Request) -> Response:
        """Everything since the last reset, in order, as JSON lines."""
        return StreamingResponse(_bunched(self._network.journal.lines_since_reset()), media_type="application/jsonl")

    async def reset(self, _request: Request) -> Response:
        """Empty phones, no blocks, no faults, an empty log. The clock stays."""
        self._exchange.reset()
        return Response(status_code=204)


def is_handset(number: str, own: tuple[str, ...]) -> bool:
    """Whether a person can hold it: E.164, and none of the product's `own`."""
    return bool(E164.fullmatch(number)) and number not in own


def no_such_number() -> JSONResponse:
    """The answer to every other number."""
    return refusal("That is not a person's number.", "Percent-encode it with its country code: %2B12125550101.", 400)


def _message(text: Text) -> dict[str, Any]:
    return {
        "sid": text.sid, "from": text.sender, "to": text.to, "body": text.body, "at": text.at.isoformat(),
        "status": text.status, "segments": text.segments,
    }  # fmt: skip


def _later_than(texts: list[Text], since: str | None) -> list[Text]:
    if since is None or not re.fullmatch(r"[SM]M[0-9a-f]{32}", since):
        return texts
    for place in range(len(texts) - 1, -1, -1):
        if texts[place].sid == since:
            return texts[place + 1 :]
    return texts


def _bunched(lines: Iterator[bytes]) -> Iterator[bytes]:
    bunch: list[bytes] = []
    for line in lines:
        bunch.append(line)
        if len(bunch) == 500:
            yield b"".join(bunch)
            bunch = []
    yield b"".join(bunch)
