"""POST /twilio/voice: somebody calls. This line works by text; it says so and never plays an error."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from service.gateway.twiml import MEDIA_TYPE, say_and_hang_up
from service.gateway.wire import read_signed_form
from service.house import House
from service.someone import region_of

LANGUAGES = {"en": "en-US", "es": "es-MX"}


async def receive_call(request: Request) -> Response:
    """The caller's number selects the language only (PROGRAMME 3.9).

    Raises: as `receive_text`.
    """
    house: House = request.app.state.house
    form = await read_signed_form(
        request, public_url=house.settings.public_url, tokens=house.settings.twilio_auth_tokens
    )
    locale = "es" if region_of(form.one("From") or "") in {"ES", "MX"} else "en"
    words = house.catalogue.render("V-TEXTS", locale, {}, channel="voice")
    return Response(say_and_hang_up(words, language=LANGUAGES[locale], voice="woman"), media_type=MEDIA_TYPE)
