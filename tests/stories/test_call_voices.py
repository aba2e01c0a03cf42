"""How calls sound, on the line: the pace a person chose by key, and a host's recordings in the place of speech."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from tests.stories.own_calls import calls_own_things
from tests.stories.people import Network, Phone
from tests.stories.running import RunningHouse

GREETING = "For a calming break, press 2. For your own things, press 1."
SOUND = b"ID3 a host reads the greeting"


def last_document(house: RunningHouse) -> str:
    """The TwiML of the last answer to a call."""
    voice = [each for each in house.answered() if "/twilio/voice" in each["url"]]
    return str(voice[-1]["document"])


@pytest.mark.parametrize(("key", "rate"), [("1", "75%"), ("2", "90%"), ("3", "105%")])
async def test_who_wants_slower_or_faster_speech_chooses_it_by_key_and_keeps_it(
    ada: Phone, network: Network, key: str, rate: str
):
    call = await calls_own_things(ada, "4", "4")
    assert await call.hears("For how fast I speak, press 1. For answering machines, press 2.")

    await call.presses("1")
    assert await call.hears("For slower speech, press 1.")
    await call.presses(key)
    assert await call.hears("This is how I'll speak from now on.")
    assert f'rate="{rate}"' in last_document(ada.house)

    again = await ada.calls()
    assert await again.hears(GREETING)
    assert f'<prosody rate="{rate}">{GREETING}</prosody>' in last_document(ada.house)


@pytest_asyncio.fixture(loop_scope="session")
async def recorded(house: RunningHouse, tmp_path: Path) -> AsyncIterator[RunningHouse]:
    """The house with a recording of the greeting, in English alone, and one that would tell a number to everybody."""
    for file in ("en/V-GREET.mp3", "en/V-CK-2.mp3"):
        (tmp_path / file).parent.mkdir(exist_ok=True)
        (tmp_path / file).write_bytes(SOUND)
    house.end("web")
    house.start("web", AUDIO_DIR=str(tmp_path))
    await house.until_ready()
    yield house
    house.end("web")
    await house.make_whole()


async def test_a_recording_is_played_and_the_transcript_shows_its_words(
    recorded: RunningHouse, ada: Phone, carmen: Phone
):
    call = await ada.calls()
    assert await call.hears(GREETING)
    document = last_document(recorded)
    address = document.partition("<Play>")[2].partition("</Play>")[0]
    assert address.startswith(f"{recorded.url}/audio/")
    assert "<Say" not in document

    async with recorded.client.get(address) as answer:
        assert await answer.read() == SOUND
        assert answer.content_type == "audio/mpeg"
        assert "immutable" in answer.headers["Cache-Control"]
    spanish = await carmen.calls()
    assert await spanish.hears("Para")
    assert "<Play>" not in last_document(recorded)


@pytest.mark.parametrize(
    "name", ["V-GREET.mp3", "en%2FV-GREET.mp3", "..%2f..%2fREADME.md", "en/V-GREET.mp3", "%2e%2e/secret", ""]
)
async def test_nothing_else_can_be_asked_for(recorded: RunningHouse, name: str):
    async with recorded.client.get(f"{recorded.url}/audio/{name}", allow_redirects=False) as answer:
        assert answer.status == 404
