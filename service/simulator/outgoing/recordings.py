"""Recordings that a document plays: fetched as Twilio does, and heard as words where their server tells them."""

from __future__ import annotations

from urllib.parse import unquote

import aiohttp

# A header of our product in simulation. Anybody else's recording is heard as its address.
WORDS = "Content-Description"
SECONDS = 5.0
UNFETCHED, WRONG_TYPE = 11200, 12300


class Unplayable(Exception):
    """Twilio's code for why nothing is heard."""

    def __init__(self, code: int) -> None:
        super().__init__(str(code))
        self.code = code


async def fetch_recording(address: str) -> str:
    """What is heard of the recording at `address`: its words, or its address in brackets.

    Raises:
        Unplayable: 11200, it cannot be had; 12300, it is no sound.
    """
    timeout = aiohttp.ClientTimeout(total=SECONDS)
    try:
        async with aiohttp.ClientSession(timeout=timeout) as session, session.get(address) as answer:
            if answer.status != 200:
                raise Unplayable(UNFETCHED)
            if not answer.content_type.startswith("audio/"):
                raise Unplayable(WRONG_TYPE)
            await answer.content.read(1)
            return unquote(answer.headers.get(WORDS, "")) or f"[plays {address}]"
    except (aiohttp.ClientError, TimeoutError, ValueError) as gone:
        raise Unplayable(UNFETCHED) from gone
