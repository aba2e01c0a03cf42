"""POST /twilio/status: what became of a text or a call. In any order, doubled, before the POST was answered."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from service.arrivals import StatusCame
from service.gateway.voice_wire import CallStatus, read_call_status
from service.gateway.wire import read_signed_form, read_status
from service.house import House
from service.receiving import Reception
from service.webhooks.sms import RESTART_SECONDS


async def receive_status(request: Request) -> Response:
    """204, also for a message that is none of ours: the network has nothing to mend.

    Raises: as `receive_text`.
    """
    house: House = request.app.state.house
    reception: Reception = request.app.state.reception
    form = await read_signed_form(
        request, public_url=house.settings.public_url, tokens=house.settings.twilio_auth_tokens
    )
    if form.one("CallSid") is not None:
        event: CallStatus | StatusCame = read_call_status(form, house.clock.now())
    else:
        event = StatusCame(read_status(form), house.clock.now())
    await reception.receive(event, patience_seconds=RESTART_SECONDS)
    return Response(status_code=204)
