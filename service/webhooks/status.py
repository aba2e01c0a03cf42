"""POST /twilio/status: what became of a text or a call. In any order, doubled, before the POST was answered."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from service.calls import take_call_status
from service.gateway.voice_wire import read_call_status
from service.gateway.wire import read_signed_form, read_status
from service.house import House
from service.persisting import persistently
from service.settling import take_status
from service.webhooks.sms import RESTART_SECONDS


async def receive_status(request: Request) -> Response:
    """204, also for a message that is none of ours: the network has nothing to mend.

    Raises: as `receive_text`.
    """
    house: House = request.app.state.house
    form = await read_signed_form(
        request, public_url=house.settings.public_url, tokens=house.settings.twilio_auth_tokens
    )
    if form.one("CallSid") is not None:
        progress = read_call_status(form, house.clock.now())
        await persistently(lambda: take_call_status(house, progress), seconds=RESTART_SECONDS)
    else:
        status = read_status(form)
        await persistently(lambda: take_status(house, status, house.clock.now()), seconds=RESTART_SECONDS)
    return Response(status_code=204)
