"""POST /twilio/voice and its steps: verify, read, take the turn, speak. A caller never hears a machine's error."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from flows.conversation.turn import Prompt
from service.calls import CLOSING
from service.delivery import words_of
from service.gateway.twiml import MEDIA_TYPE
from service.gateway.voice_wire import CallStarted, CallStep, once_more, read_call, read_step, tries_before
from service.gateway.wire import SignedForm, read_signed_form
from service.house import House
from service.receiving import Reception, Taken
from service.someone import region_of
from service.speaking import call_document, one_moment, to_say, voice_of
from service.spool import SpoolFull

# Twilio hangs up after fifteen seconds of nothing; a caller wonders after two.
SPEAK_SECONDS = 1.5
# A caller who heard "one moment" for more than a minute is let go; what they pressed is kept.
MOMENTS = 12


async def receive_call(request: Request) -> Response:
    """The first request of a call, ours or theirs. While the database is away: a sentence, and the same once more.

    Raises:
        SignatureRejected, MalformedWebhook: answered with 403 at the edge.
    """
    house: House = request.app.state.house
    form = await _signed(request, house)
    call = read_call(form, house.clock.now())
    return await _speak(request, form, call)


async def receive_step(request: Request) -> Response:
    """What came of one prompt. Raises: as `receive_call`."""
    house: House = request.app.state.house
    form = await _signed(request, house)
    step = read_step(form, house.clock.now())
    return await _speak(request, form, step)


async def _signed(request: Request, house: House) -> SignedForm:
    settings = house.settings
    return await read_signed_form(request, public_url=settings.public_url, tokens=settings.twilio_auth_tokens)


async def _speak(request: Request, form: SignedForm, event: CallStarted | CallStep) -> Response:
    """The turn's words; or, while nobody can take it, words of patience.

    The request that follows them has the same key but no digits: when the first one was taken from the spool
    meanwhile, it hears the answer to that one.
    """
    house: House = request.app.state.house
    reception: Reception = request.app.state.reception
    try:
        received = await reception.receive(event, patience_seconds=SPEAK_SECONDS)
    except SpoolFull:
        received = None
    if isinstance(received, Taken):
        return _twiml(received.answer)
    return _twiml(_patience(house, request.url.path, form, event.other))


def _patience(house: House, path: str, form: SignedForm, number: str) -> str:
    locale = "es" if region_of(number) in {"ES", "MX"} else "en"
    tries = tries_before(form)
    phrase = "V-MOMENT" if tries < MOMENTS else CLOSING
    said, words = words_of(house, Prompt(phrase), locale=locale, country=house.settings.country, channel="voice")
    patience = to_say(house, said, words, locale)
    if tries >= MOMENTS:
        return call_document([patience], voice_of(locale), listening=None, step_url="")
    again = f"{house.settings.public_url}{path}?{once_more(form)}"
    return one_moment(patience, voice_of(locale), again_url=again)


def _twiml(document: str) -> Response:
    return Response(document, media_type=MEDIA_TYPE)
