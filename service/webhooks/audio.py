"""GET /audio/NAME: a recording, by the name it has in a call's document and by no other."""

from __future__ import annotations

from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, Response

from flows.conversation.turn import Prompt
from service.delivery import words_of
from service.house import House
from service.recordings import Recording
from service.speaking import SILENCE

# The name changes with the sound, so whoever has it may keep it.
LASTS = "public, max-age=31536000, immutable"
WORDS = "Content-Description"


async def send_recording(request: Request) -> Response:
    """The file, or 404 for any other name; only names that we made are looked up, never paths."""
    house: House = request.app.state.house
    found = house.recordings.by_name.get(request.path_params["name"])
    if found is None or not found.path.is_file():
        return PlainTextResponse("", status_code=404)
    headers = {"Cache-Control": LASTS, "X-Content-Type-Options": "nosniff"}
    if house.settings.is_simulation:  # so that a transcript can show what was heard
        headers[WORDS] = quote(_words(house, found), safe="")
    return FileResponse(found.path, media_type=found.media_type, headers=headers)


def _words(house: House, recording: Recording) -> str:
    country = house.settings.country
    _, words = words_of(house, Prompt(recording.phrase), locale=recording.locale, country=country, channel="voice")
    return " ".join(SILENCE.sub(" ", words).split())
