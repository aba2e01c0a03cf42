"""A turn of a call -> TwiML, after its commit. Whatever the words hold, the document is valid and short enough."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from xml.etree import ElementTree as ET

from flows.conversation.calling import Listening
from service.gateway.twiml import document, hang_up, say

# A silence inside spoken words, in seconds (PROGRAMME 3.9, P09).
SILENCE = re.compile(r"\[(\d{1,2}) s\]")
STEP_PATH = "/twilio/voice/step"


@dataclass(frozen=True, slots=True)
class Voice:
    """Who speaks: a voice of the network's and the language tag that fits it."""

    name: str
    language: str


VOICES = {"en": Voice("Polly.Joanna", "en-US"), "es": Voice("Polly.Mia", "es-MX")}


def voice_of(locale: str) -> Voice:
    """The voice that speaks a person's language; English where we have none."""
    return VOICES.get(locale.split("-")[0], VOICES["en"])


def spoken(words: Sequence[str], voice: Voice) -> list[ET.Element]:
    """Says and pauses. `[4 s]` inside the words is four seconds of silence."""
    verbs: list[ET.Element] = []
    for phrase in words:
        for place, part in enumerate(SILENCE.split(phrase)):
            if place % 2:
                verbs.append(ET.Element("Pause", {"length": part}))
            elif part.strip():
                verbs.extend(say(part.strip(), language=voice.language, voice=voice.name))
    return verbs


def call_document(words: Sequence[str], voice: Voice, *, listening: Listening | None, step_url: str) -> str:
    """The whole answer: the words inside a Gather that any key interrupts, or the words and the end of the call.

    Raises:
        ValueError: more than Twilio reads (64 kB); the script checker bounds phrases far below it.
    """
    verbs = spoken(words, voice)
    if listening is None:
        return document([*verbs, hang_up()])
    gather = ET.Element("Gather", {
        "input": "dtmf speech" if listening.speech else "dtmf", "action": step_url, "method": "POST",
        "timeout": str(listening.seconds), "numDigits": str(listening.digits), "finishOnKey": listening.finish_on,
        "actionOnEmptyResult": "true", "language": voice.language,
    })  # fmt: skip
    if listening.speech:
        gather.set("speechTimeout", "auto")  # else the line would wait as long after the words as before them
    gather.extend(verbs)
    return document([gather])


def one_moment(words: str, voice: Voice, *, again_url: str) -> str:
    """The database is slow: a sentence, a breath, and the same step once more."""
    redirect = ET.Element("Redirect", {"method": "POST"})
    redirect.text = again_url
    return document([*spoken([words, "[2 s]"], voice), redirect])
