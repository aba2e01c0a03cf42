"""POST /twilio/sms: a person's text. Verify, read, take the turn, answer an empty document."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from service.gateway.twiml import MEDIA_TYPE, empty_twiml
from service.gateway.wire import read_signed_form, read_text
from service.house import House
from service.receiving import Reception

# A database that restarts is back within a second or two; Twilio waits fifteen.
RESTART_SECONDS = 5.0


async def receive_text(request: Request) -> Response:
    """The answer leaves through the outbox; this one is always empty.

    Raises:
        SignatureRejected, MalformedWebhook: answered with 403 at the edge.
        SpoolFull: answered with 503, so that the network tries again or the text is found by listing.
    """
    house: House = request.app.state.house
    reception: Reception = request.app.state.reception
    form = await read_signed_form(
        request, public_url=house.settings.public_url, tokens=house.settings.twilio_auth_tokens
    )
    arrived = read_text(form, house.clock.now())
    await reception.receive(arrived, patience_seconds=RESTART_SECONDS)
    return Response(empty_twiml(), media_type=MEDIA_TYPE)
