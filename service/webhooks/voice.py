"""POST /twilio/voice and its steps: verify, read, take the turn, speak. A caller never hears a machine's error."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from service.calls import take_call, take_step
from service.gateway.twiml import MEDIA_TYPE
from service.gateway.voice_wire import read_call, read_step
from service.gateway.wire import SignedForm, read_signed_form
from service.house import House
from service.persisting import persistently

# Twilio hangs up after fifteen seconds of nothing; a caller wonders after two.
SPEAK_SECONDS = 1.5


async def receive_call(request: Request) -> Response:
    """The first request of a call, ours or theirs.

    Raises:
        SignatureRejected, MalformedWebhook: answered with 403 at the edge.
        UNREACHABLE: answered at the edge with a sentence and the same step once more.
    """
    house: House = request.app.state.house
    call = read_call(await _signed(request, house), house.clock.now())
    return _twiml(await persistently(lambda: take_call(house, call), seconds=SPEAK_SECONDS))


async def receive_step(request: Request) -> Response:
    """What came of one prompt. Raises: as `receive_call`."""
    house: House = request.app.state.house
    step = read_step(await _signed(request, house), house.clock.now())
    return _twiml(await persistently(lambda: take_step(house, step), seconds=SPEAK_SECONDS))


async def _signed(request: Request, house: House) -> SignedForm:
    settings = house.settings
    return await read_signed_form(request, public_url=settings.public_url, tokens=settings.twilio_auth_tokens)


def _twiml(document: str) -> Response:
    return Response(document, media_type=MEDIA_TYPE)
